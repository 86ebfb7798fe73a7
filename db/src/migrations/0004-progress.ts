import type { Tx } from '../tx.ts'

/** What members have done on their pathways. */
export async function progress(tx: Tx): Promise<void> {
  const { schema } = tx
  await schema
    .createTable('onboardings')
    .addColumn('member', 'text', (c) => c.primaryKey().references('members.id'))
    .addColumn('started_at', 'text', (c) => c.notNull())
    .execute()
  await schema
    .createTable('step_progress')
    .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('begun_at', 'text', (c) => c.notNull())
    .addColumn('done_at', 'text')
    .addColumn('said', 'text')
    .addColumn('day', 'text')
    .addColumn('wrong_run', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('step_progress_pk', ['member', 'step'])
    .execute()
  await schema
    .createTable('check_answers')
    .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
    .addColumn('step', 'text', (c) => c.notNull())
    .addColumn('question', 'text', (c) => c.notNull())
    .addColumn('chosen', 'integer', (c) => c.notNull())
    .addColumn('right', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('check_answers_pk', ['member', 'step', 'question'])
    .execute()
  await schema
    .createTable('sample_marks')
    .addColumn('member', 'text', (c) => c.notNull().references('members.id'))
    .addColumn('sample', 'text', (c) => c.notNull())
    .addColumn('marked', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('sample_marks_pk', ['member', 'sample'])
    .execute()
}
