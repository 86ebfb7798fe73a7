import type { Day } from '../../time.ts'
import type { NeedsAssessment, NeedsField } from '../needs.ts'
import { isPlaceholder } from './placeholder.ts'

/** Where a rule finds something: the field, and the words of the author that gave rise to it. */
export type Found = { field: string; quote?: string }

/** The condition of a rule. It answers with nothing when the document is sound, and when it cannot tell. */
export type Condition = (doc: NeedsAssessment, today: Day) => readonly Found[]
export type Conditions<Id extends string = string> = Readonly<Record<Id, Condition>>

/** A field's own words, trimmed; empty when it is missing or only holds its place ("TBD"). */
export function words(doc: NeedsAssessment, field: NeedsField): string {
  const value = doc[field]
  return typeof value === 'string' && !isPlaceholder(value) ? value.trim() : ''
}

/** The condition that a field is missing. */
export const isMissing =
  (field: NeedsField): Condition =>
  (doc) => {
    const value = doc[field]
    const empty =
      typeof value === 'string' ? value.trim() === '' : Array.isArray(value) ? value.length === 0 : value === undefined
    return empty ? [{ field }] : []
  }

export const found = (field: string, quote?: string | false): Found[] => [{ field, ...(quote ? { quote } : {}) }]
export const nothing: Found[] = []
