import type { Tx } from '../tx.ts'

/** What the poller learns of a source, and where it stands in a reading list. */
export async function sources(tx: Tx): Promise<void> {
  for (const column of ['shipped_url', 'selectors', 'folder', 'categories', 'moved_to', 'muted_at', 'told_at'])
    await tx.schema.alterTable('sources').addColumn(column, 'text').execute()
  for (const column of ['pace', 'moved_times'])
    await tx.schema
      .alterTable('sources')
      .addColumn(column, 'integer', (c) => c.notNull().defaultTo(0))
      .execute()
  // Whoever failed three times was told of by the rule until now.
  await tx
    .updateTable('sources')
    .set((eb) => ({ told_at: eb.ref('failing_since') }))
    .where('failures', '>=', 3)
    .execute()
}
