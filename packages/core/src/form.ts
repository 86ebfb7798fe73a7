/** One to five fields: Discord's modal holds no more. A longer document continues through a card. */
export type Form = { id: string; title: string; submit?: string; fields: readonly Field[] }

export type Option = { value: string; label: string; hint?: string }

/**
 * `text` and `paragraph` answer with a string; `one` with one option's value; `many` with a list of them (2 to 25 options). A
 * `channel` answers with the platform's id of one of its channels; a `role` likewise, and is left out where a platform has none.
 */
export type Field = { name: string; label: string; hint?: string; optional?: boolean } & (
  | { kind: 'text' | 'paragraph'; value?: string; placeholder?: string; max?: number }
  | { kind: 'one'; options: readonly Option[]; value?: string }
  | { kind: 'many'; options: readonly Option[]; values?: readonly string[] }
  | { kind: 'channel' | 'role'; value?: string }
)

/** What a person filled in, by field name. */
export type Answers = Readonly<Record<string, string | readonly string[]>>
