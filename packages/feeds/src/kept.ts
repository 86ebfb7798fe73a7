import type { Instant } from '@cme-commons/core'
import { readDate } from './dates/read-date.ts'
import { fieldValue, type Held, says } from './field.ts'
import { CATEGORY, PUBLISHED, UPDATED } from './fields.ts'
import { newest } from './newest.ts'

/** An item with its dates, read once. */
export type Dated = { fields: readonly Held[]; published?: Instant; updated?: Instant }

/** The newest items of those kept so far and those that came after them; items that say nothing take no place. */
export const keepNewest = (kept: readonly Dated[], more: readonly (readonly Held[])[], most: number): Dated[] =>
  newest([...kept, ...more.filter((fields) => fields.some(isWord)).map(dated)], most)

/** Where something is filed is not enough to show it. */
const isWord = (field: Held): boolean => !CATEGORY.has(field.name) && says(field)

const dated = (fields: readonly Held[]): Dated => ({
  fields,
  published: dateIn(fields, PUBLISHED),
  updated: dateIn(fields, UPDATED),
})

/** The first readable date, in the order of the names. */
function dateIn(fields: readonly Held[], names: readonly string[]): Instant | undefined {
  for (const name of names)
    for (const field of fields) {
      const date = field.name === name ? readDate(fieldValue(field)) : undefined
      if (date) return date
    }
  return undefined
}
