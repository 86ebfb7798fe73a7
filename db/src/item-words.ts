import { searchWords } from '@cme-commons/core'
import { sql } from 'kysely'
import { relabelledBy } from './relabelled.ts'
import { isPostgres } from './statement.ts'
import type { ItemEditTable } from './tables/editing.ts'
import type { ItemTable } from './tables/news.ts'
import type { Tx } from './tx.ts'

/** What the archive is searched by: an item's words, and its labels as words of their own that no text can hold; with those of spaces that edited it. */
export type Searched = Labelled & Pick<ItemTable, 'seq' | 'title' | 'text' | 'published'> & { also?: readonly string[] }
type Labelled = Pick<ItemTable, 'topic' | 'body' | 'region' | 'tracks'>

const ROWS_A_STATEMENT = 100
/** Words of a text that can be found; PostgreSQL knows the places of the first sixteen thousand. */
const MOST_WORDS = 12_000

/** Makes items findable, in the transaction that stores or changes them; those that were findable before are as they are now. */
export async function indexItems(tx: Tx, items: readonly Searched[]): Promise<void> {
  for (let i = 0; i < items.length; i += ROWS_A_STATEMENT) {
    const rows = items.slice(i, i + ROWS_A_STATEMENT)
    await (isPostgres(tx) ? indexPostgres(tx, rows) : indexSqlite(tx, rows))
  }
}

/** Forgets the words under a number that an item does not have any more; PostgreSQL moved them with it. */
export async function moveWords(tx: Tx, from: number): Promise<void> {
  if (!isPostgres(tx)) await sql`delete from item_words where rowid = ${from}`.execute(tx)
}

const wordsOf = (text: string): string => searchWords(text, MOST_WORDS).join(' ')

async function indexSqlite(tx: Tx, items: readonly Searched[]) {
  const rows = items.map((item) => {
    const labels = [...labelsOf(item), ...(item.also ?? []), ...daysOf(item.published)].join(' ')
    return sql`(${item.seq}, ${wordsOf(item.title)}, ${wordsOf(item.text)}, ${labels})`
  })
  await sql`insert or replace into item_words (rowid, title, text, labels) values ${sql.join(rows)}`.execute(tx)
}

async function indexPostgres(tx: Tx, items: readonly Searched[]) {
  const rows = items.map((item) => {
    const labels = sql.join([...labelsOf(item), ...(item.also ?? [])].map((label) => sql`${label}::text`))
    return sql`(${item.seq}::integer, setweight(to_tsvector('simple', ${wordsOf(item.title)}), 'A')
      || setweight(to_tsvector('simple', ${wordsOf(item.text)}), 'D') || array_to_tsvector(array[${labels}]))`
  })
  await sql`insert into item_words (seq, words) values ${sql.join(rows)}
    on conflict (seq) do update set words = excluded.words`.execute(tx)
}

/** The words of an item that spaces edited, with its labels in each of them. */
export async function indexEdited(tx: Tx, item: ItemTable): Promise<void> {
  const edits = await tx.selectFrom('item_edits').selectAll().where('item', '=', item.id).execute()
  const also = edits.filter(changesFinding).flatMap((edit) => {
    const { edited, here } = labelsIn(edit.space)
    const shown = edit.hidden === 0 && edit.shown_in === null
    return [edited, ...(shown ? labelsOf(relabelledBy(item, edit)).map(here) : [])]
  })
  await indexItems(tx, [{ ...item, also }])
}

const changesFinding = ({ hidden, shown_in, topic, body, region, tracks }: ItemEditTable): boolean =>
  hidden === 1 || [shown_in, topic, body, region, tracks].some((value) => value !== null)

/** How the labels of items that a space edited are told from those that they have elsewhere. */
export function labelsIn(space: string): { edited: string; here: (label: string) => string } {
  const name = Buffer.from(space).toString('hex')
  return { edited: `edited/${name}`, here: (label) => `in/${name}/${label}` }
}

const labelsOf = ({ topic, body, region, tracks }: Labelled): string[] => [
  topic === 'off-topic' ? 'off/topic' : 'on/topic',
  label('topic', topic),
  ...(body ? [label('body', body)] : []),
  label('region', region),
  ...tracks
    .split(',')
    .filter(Boolean)
    .map((track) => label('track', track)),
]

/** A label as the index knows it: no word of a text holds a slash, no label a quote. */
export const label = (name: string, id: string): string => `${name}/${id.replace(/["'\\]/g, '')}`

/** Of which day, month and year an item is, so that a search since some day need not look at all that is older. */
const daysOf = (published: string): string[] => [
  label('day', published.slice(0, 10)),
  label('month', published.slice(0, 7)),
  label('year', published.slice(0, 4)),
]
