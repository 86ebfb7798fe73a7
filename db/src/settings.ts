import type { Read, Tx } from './tx.ts'

/** One value by its name, which starts with the noun it belongs to (`try/clock`). */
export async function setting(read: Read, name: string): Promise<string | undefined> {
  const row = await read.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value
}

export async function putSetting(tx: Tx, name: string, value: string): Promise<void> {
  await tx
    .insertInto('settings')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute()
}

export async function dropSetting(tx: Tx, name: string): Promise<void> {
  await tx.deleteFrom('settings').where('name', '=', name).execute()
}
