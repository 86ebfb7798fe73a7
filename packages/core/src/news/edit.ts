import type { Instant } from '../time.ts'

/**
 * What the moderators of a space changed about an item; null is as its source has it. An empty `body` or `action_date` says that it has none.
 * Lists are written `,a,b,`: `tracks`, and `split_off`, each source whose link is another story with the item that this became (`source=i7`). `shown_in` is the item under which it
 * is shown instead of by itself.
 */
export type ItemEdit = {
  title: string | null
  summary: string | null
  topic: string | null
  body: string | null
  region: string | null
  tracks: string | null
  action: number | null
  action_date: string | null
  hidden: number
  pinned_until: Instant | null
  shown_in: string | null
  split_off: string
}

export const UNEDITED: ItemEdit = {
  title: null,
  summary: null,
  topic: null,
  body: null,
  region: null,
  tracks: null,
  action: null,
  action_date: null,
  hidden: 0,
  pinned_until: null,
  shown_in: null,
  split_off: ',,',
}

/** What can be done to an item, as its history names it. */
export type EditDone = 'relabel' | 'summary' | 'pin' | 'unpin' | 'hide' | 'show' | 'merge' | 'split' | 'undo'

/** One line of the history of an item in a space; `by` is a name, or what else it was. */
export type EditLine = {
  id: string
  item: string
  title?: string
  at: Instant
  by: string
  what: EditDone
  why?: string
  before: ItemEdit
  after: ItemEdit
}

const FIELDS = Object.keys(UNEDITED) as (keyof ItemEdit)[]

/** What a change changed. */
export const changedFields = ({ before, after }: Pick<EditLine, 'before' | 'after'>): (keyof ItemEdit)[] =>
  FIELDS.filter((field) => before[field] !== after[field])

/** The edit without one of its changes: what that changed is as it was before, what was changed besides stays. */
export function withoutChange(edit: ItemEdit, line: Pick<EditLine, 'before' | 'after'>): ItemEdit {
  return { ...edit, ...Object.fromEntries(changedFields(line).map((field) => [field, line.before[field]])) }
}

export const sameEdit = (before: ItemEdit, after: ItemEdit): boolean => changedFields({ before, after }).length === 0

/** Names written `,a,b,` as a list. */
export const listed = (names: string): string[] => names.split(',').filter(Boolean)
/** A list as `,a,b,`. */
export const written = (names: readonly string[]): string => `,${names.join(',')},`
