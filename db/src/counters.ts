import type { Read, Tx } from './tx.ts'

/** The first of `n` consecutive numbers, from 1. The row stays locked until commit, so that numbers appear in the order of commits. */
export async function nextValues(tx: Tx, name: string, n = 1): Promise<number> {
  const { value } = await tx
    .insertInto('counters')
    .values({ name, value: n })
    .onConflict((c) => c.column('name').doUpdateSet((e) => ({ value: e('counters.value', '+', n) })))
    .returning('value')
    .executeTakeFirstOrThrow()
  return value - n + 1
}

/** The last number handed out, 0 before the first. */
export async function lastValue(read: Read, name: string): Promise<number> {
  const row = await read.selectFrom('counters').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value ?? 0
}
