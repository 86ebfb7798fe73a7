import { sql } from 'kysely'
import type { Traces } from './erase.ts'
import { redacted, someNaming, whoNames } from './erase-words.ts'
import type { Tx } from './tx.ts'

/** The tables of people at editions in which a member has one row for each edition, round or question, and what names her in them. */
const ONCE = [
  ['introductions', 'edition'],
  ['attendees', 'edition'],
  ['introduced', "edition || ' ' || round"],
  ['question_votes', 'question'],
] as const

const NAMED = [
  ['questions', 'member'],
  ['questions', 'decided_by'],
  ['stars', 'starred_by'],
  ['recaps', 'changed_by'],
] as const

/** Gives what a member has of editions to another one: where both have a row of one kind, hers who stays is kept. */
export async function giveMeetings(tx: Tx, from: string, to: string): Promise<void> {
  for (const [table, key] of ONCE) {
    const of = sql.raw(key)
    await sql`delete from ${sql.table(table)} where member = ${from}
      and ${of} in (select ${of} from ${sql.table(table)} where member = ${to})`.execute(tx)
    await sql`update ${sql.table(table)} set member = ${to} where member = ${from}`.execute(tx)
  }
  for (const [table, column] of NAMED)
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to} where ${sql.ref(column)} = ${from}`.execute(tx)
}

/** Gives who leaves a member what that member has of the editions of a space. */
export async function takeMeetings(tx: Tx, from: string, to: string, space: string): Promise<void> {
  const all = [...ONCE.map(([table]) => [table, 'member'] as const), ...NAMED]
  for (const [table, column] of all)
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to}
      where ${sql.ref(column)} = ${from} and space = ${space}`.execute(tx)
}

/** The words by which others may know a member from introductions: the names she chose, and what she wrote to be shown. */
export async function shownWords(tx: Tx, member: string): Promise<string[]> {
  const rows = await tx.selectFrom('introductions').select(['name', 'details']).where('member', '=', member).execute()
  return rows.flatMap(({ name, details }) => [name, details])
}

/** Deletes what is hers of editions; what she decided or starred for others stays, without her, and recaps and stars name her no more. */
export async function forgetMeetings(tx: Tx, traces: Traces): Promise<void> {
  const { member } = traces
  const questions = tx.selectFrom('questions').select('id').where('member', '=', member)
  await tx.deleteFrom('question_votes').where('question', 'in', questions).execute()
  await tx.deleteFrom('stars').where('question', 'in', questions).execute()
  for (const table of ['question_votes', 'questions', 'introduced', 'introductions', 'attendees'] as const)
    await tx.deleteFrom(table).where('member', '=', member).execute()
  await tx.updateTable('questions').set({ decided_by: null }).where('decided_by', '=', member).execute()
  await tx.updateTable('stars').set({ starred_by: null }).where('starred_by', '=', member).execute()
  await tx.updateTable('recaps').set({ changed_by: null }).where('changed_by', '=', member).execute()
  const words = whoNames(traces)
  for (const space of new Set(traces.identities.map((one) => one.space))) await redactKept(tx, space, words)
}

async function redactKept(tx: Tx, space: string, words: readonly string[]) {
  const recaps = tx.selectFrom('recaps').select(['edition', 'body']).where('space', '=', space)
  for (const { edition, body } of await recaps.where((e) => someNaming(e.ref('body'), words)).execute())
    await tx
      .updateTable('recaps')
      .set({ body: redacted(body, words) })
      .where('edition', '=', edition)
      .execute()
  const stars = tx.selectFrom('stars').select(['id', 'text', 'author']).where('space', '=', space)
  const naming = stars.where((e) => e.or([someNaming(e.ref('text'), words), someNaming(e.ref('author'), words)]))
  for (const { id, ...star } of await naming.execute())
    await tx
      .updateTable('stars')
      .set(JSON.parse(redacted(JSON.stringify(star), words)))
      .where('id', '=', id)
      .execute()
}

/** Everything about people at the editions of a space. */
export async function dropMeetings(tx: Tx, space: string): Promise<void> {
  for (const table of [
    'introductions',
    'introduction_rounds',
    'introduced',
    'attendees',
    'question_votes',
    'questions',
    'stars',
    'recaps',
  ] as const)
    await tx.deleteFrom(table).where('space', '=', space).execute()
}

/** Undoes what a clock that was ahead brought. */
export async function forgetMeetingsAfter(tx: Tx, now: string): Promise<void> {
  for (const table of [
    'introductions',
    'introduction_rounds',
    'introduced',
    'attendees',
    'question_votes',
    'questions',
    'stars',
  ] as const)
    await tx.deleteFrom(table).where('at', '>', now).execute()
  await tx.updateTable('introductions').set({ closed_at: null }).where('closed_at', '>', now).execute()
  await tx.updateTable('introduced').set({ answer: null, answered_at: null }).where('answered_at', '>', now).execute()
  await tx
    .updateTable('questions')
    .set({ state: 'released', answered_at: null })
    .where('answered_at', '>', now)
    .execute()
  await tx
    .updateTable('questions')
    .set({ state: 'open', released: null, reason: null, decided_by: null, decided_at: null })
    .where('decided_at', '>', now)
    .execute()
  await tx.deleteFrom('recaps').where('changed_at', '>', now).execute()
  await tx.updateTable('recaps').set({ posted_at: null }).where('posted_at', '>', now).execute()
}
