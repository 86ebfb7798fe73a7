import { searchWords } from '@cme-commons/core'
import { sql } from 'kysely'
import { relabelledBy, shownBy } from './relabelled.ts'
import { isPostgres } from './statement.ts'
import type { ItemEditTable } from './tables/editing.ts'
import type { ItemTable } from './tables/news.ts'
import type { Tx } from './tx.ts'

/** What the archive is searched by: an item's words, and its labels as words of their own that no text can hold; with those of spaces that edited it. */
export type Searched = Labelled &
  Pick<ItemTable, 'seq' | 'title' | 'text' | 'published'> & { also?: readonly string[]; said?: readonly Said[] }
type Labelled = Pick<ItemTable, 'topic' | 'body' | 'region' | 'tracks'>
/** What moderators say of an item, in words that are found in their space alone. */
type Said = { title: readonly string[]; summary: readonly string[] }

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
    const { said = [], also = [] } = item
    const title = [wordsOf(item.title), ...said.flatMap((one) => one.title)].join(' ')
    const text = [wordsOf(item.text), ...said.flatMap((one) => one.summary)].join(' ')
    const labels = [...labelsOf(item), ...also, ...daysOf(item.published)].join(' ')
    return sql`(${item.seq}, ${title}, ${text}, ${labels})`
  })
  await sql`insert or replace into item_words (rowid, title, text, labels) values ${sql.join(rows)}`.execute(tx)
}

async function indexPostgres(tx: Tx, items: readonly Searched[]) {
  const rows = items.map((item) => {
    const labels = sql.join([...labelsOf(item), ...(item.also ?? [])].map((label) => sql`${amongWords(label)}::text`))
    return sql`(${item.seq}::integer, setweight(to_tsvector('simple', ${wordsOf(item.title)}), 'A')
      || setweight(to_tsvector('simple', ${wordsOf(item.text)}), 'D') || array_to_tsvector(array[${labels}])
      || ${vectorOf(item.said ?? [])}::tsvector)`
  })
  await sql`insert into item_words (seq, words) values ${sql.join(rows)}
    on conflict (seq) do update set words = excluded.words`.execute(tx)
}

/** What moderators say as PostgreSQL writes words with their places: a title does not go on in the summary, and one space not in another. */
function vectorOf(said: readonly Said[]): string {
  let place = 0
  const placed = (words: readonly string[], weight: string) => {
    place++
    return words.map((word) => `'${word}':${++place}${weight}`)
  }
  return said.flatMap(({ title, summary }) => [...placed(title, 'A'), ...placed(summary, 'D')]).join(' ')
}

/** The words of an item that spaces edited, with its labels and what their moderators say of it in each of them. */
export async function indexEdited(tx: Tx, item: ItemTable): Promise<void> {
  const edits = await tx.selectFrom('item_edits').selectAll().where('item', '=', item.id).execute()
  const also = edits.filter(changesFinding).flatMap((edit) => {
    const { edited, here } = labelsIn(edit.space)
    return [edited, ...(shownBy(edit) ? labelsOf(relabelledBy(item, edit)).map(here) : [])]
  })
  const said = edits.filter(shownBy).map(({ space, title, summary }) => {
    const { spoken } = labelsIn(space)
    return { title: searchWords(title ?? '').map(spoken), summary: searchWords(summary ?? '').map(spoken) }
  })
  await indexItems(tx, [{ ...item, also, said }])
}

const changesFinding = (edit: ItemEditTable): boolean =>
  !shownBy(edit) || [edit.topic, edit.body, edit.region, edit.tracks].some((value) => value !== null)

/**
 * How the labels of items that a space edited are told from those that they have elsewhere, and the words of its moderators (`spoken`) from
 * those of sources: no beginning of a word that anybody looks for is theirs. They are written in hexadecimal, so that no letter that SQLite does
 * not know breaks one in two, of which the second would be anybody's.
 */
export function labelsIn(space: string): {
  edited: string
  here: (label: string) => string
  spoken: (word: string) => string
} {
  const name = hex(space)
  return { edited: `edited/${name}`, here: (label) => `in/${name}/${label}`, spoken: (word) => `:${name}/${hex(word)}` }
}

const hex = (text: string): string => Buffer.from(text).toString('hex')

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

/** A label where PostgreSQL has it, among the words: no beginning of a word that anybody looks for is its own. */
export const amongWords = (label: string): string => `/${label}`

/** Of which day, month and year an item is, so that a search since some day need not look at all that is older. */
const daysOf = (published: string): string[] => [
  label('day', published.slice(0, 10)),
  label('month', published.slice(0, 7)),
  label('year', published.slice(0, 4)),
]
