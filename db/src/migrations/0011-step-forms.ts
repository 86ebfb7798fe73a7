import type { Tx } from '../tx.ts'

/** What a member filled into a step's own form. */
export async function stepForms(tx: Tx): Promise<void> {
  await tx.schema.alterTable('step_progress').addColumn('answers', 'text').execute()
}
