import { CompiledQuery, PostgresAdapter, type QueryResult } from 'kysely'
import type { Read } from './tx.ts'

type Value = string | number | null

/**
 * Runs SQL with `?` for its values, for the few statements that run for every delivery: building and compiling them through Kysely
 * takes longer than running them. The text must not hold a `?` of its own.
 */
export function run<Row>(on: Read, text: string, values: readonly Value[]): Promise<QueryResult<Row>> {
  return on.executeQuery<Row>(CompiledQuery.raw(isPostgres(on) ? numbered(text) : text, [...values]))
}

export const isPostgres = (on: Read): boolean => on.getExecutor().adapter instanceof PostgresAdapter

function numbered(text: string) {
  let n = 0
  return text.replaceAll('?', () => `$${++n}`)
}

/** `?, ?, ?`, or `(?, ?), (?, ?)` for rows of two. */
export const marks = (count: number, row = '?'): string => Array(count).fill(row).join(', ')

/** Which of these deliveries are in a state that `holder` gave them. */
export async function keysUnder(
  on: Read,
  holder: string,
  state: string,
  keys: readonly string[],
): Promise<Set<string>> {
  const text = `select key from deliveries where key in (${marks(keys.length)}) and lease = ? and state = ?`
  const { rows } = await run<{ key: string }>(on, text, [...keys, holder, state])
  return new Set(rows.map(({ key }) => key))
}
