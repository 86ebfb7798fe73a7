import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Traces } from './erase.ts'

/** What is written in the place of a name. */
const SOMEBODY = 'a former member'

/** The words that tell who she was: her names, and those of her ids that are nobody else's word. */
export const whoNames = ({ name, member, was, identities }: Traces): string[] => [
  ...[name ?? '', ...was].filter((word) => word.trim() !== ''),
  member,
  ...identities.map(({ user }) => user).filter((user) => /[^a-z]/.test(user)),
]

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
/** Whole words only: May is not named in "Maybe". */
const naming = (words: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'gu')

/** SQL: true for a JSON text that may name her; it finds more than `redacted` replaces. */
export const someNaming = (text: Expression<string | null>, words: readonly string[]): RawBuilder<SqlBool> => {
  const like = (word: string) => `%${JSON.stringify(word).slice(1, -1).replace(/[~%_]/g, '~$&')}%`
  return sql<SqlBool>`(${sql.join(
    words.map((word) => sql`${text} like ${like(word)} escape '~'`),
    sql` or `,
  )})`
}

/** A JSON text whose strings name her no more. */
export const redacted = (json: string, words: readonly string[]): string =>
  JSON.stringify(without(JSON.parse(json), naming(words)))

function without(value: unknown, names: RegExp): unknown {
  if (typeof value === 'string') return value.replace(names, SOMEBODY)
  if (Array.isArray(value)) return value.map((one) => without(one, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, without(one, names)]))
}
