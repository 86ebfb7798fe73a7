import type { SearchOrder, SearchTerm } from '@cme-commons/core'
import { amongWords, label, labelsIn } from './item-words.ts'
import type { NewsQuery } from './news-page.ts'
import { isPostgres, run } from './statement.ts'
import type { Read } from './tx.ts'

/**
 * What is looked for: all `terms` (at least one without `not`), and the labels of a `NewsQuery`. Items that `space` has for itself count
 * with everybody's. `from` leaves out so many of the best, `upto` what came after that number: for the pages of a ranked search.
 */
export type SearchQuery = Omit<NewsQuery, 'before'> & {
  terms: readonly SearchTerm[]
  order: SearchOrder
  space?: string
  before?: number
  from?: number
  upto?: number
}

/** By relevance, the newest so many that match are weighed: more would hold everybody up, and old news is rarely what is meant. */
export const MOST_RANKED = 1_000

/**
 * The numbers of the items that match, off-topic ones never: the newest first, or those first that say it in the title, often, and in
 * few words. One question, two ways to put it: SQLite's FTS5, PostgreSQL's text search.
 */
export async function searchItems(db: Read, query: SearchQuery): Promise<number[]> {
  if (!query.terms.some(({ not }) => !not)) return []
  const { limit, order, since, space, before, from = 0, upto } = query
  const asked = { ...query, edited: space !== undefined && (await hasEdits(db, space)) }
  const { matching, seq, rank, values, rankValues } = isPostgres(db) ? postgres(asked) : await sqlite(db, asked)
  const narrow: [condition: string, value: string | number | undefined][] = [
    ['items.published >= ?', since],
    [`${seq} < ?`, before],
    [`${seq} <= ?`, upto],
    ['(items.space is null or items.space = ?)', space],
  ]
  const given = narrow.filter(([, value]) => value !== undefined)
  const conditions = [matching, ...given.map(([condition]) => condition)]
  if (space === undefined) conditions.push('items.space is null')
  const newest = (columns: string, most: number) =>
    `select ${columns} ${conditions.join(' and ')} order by ${seq} desc limit ${Math.trunc(most)}`
  const all = [...values, ...given.map(([, value]) => value!)]
  const statement =
    order === 'newest'
      ? { text: newest('items.seq as seq', limit), values: all }
      : {
          text: `select seq from (${newest(`items.seq as seq, ${rank} as rank`, MOST_RANKED)}) ranked
            order by rank, seq desc limit ${Math.trunc(limit)} offset ${Math.trunc(from)}`,
          values: [...rankValues, ...all],
        }
  const { rows } = await run<{ seq: number }>(db, statement.text, statement.values)
  return rows.map((row) => row.seq)
}

async function hasEdits(db: Read, space: string): Promise<boolean> {
  const row = await db.selectFrom('item_edits').select('item').where('space', '=', space).limit(1).executeTakeFirst()
  return row !== undefined
}

/** A query, and whether moderators of its space edited anything. */
type AskedIn = SearchQuery & { edited: boolean }

/** The halves that differ: where matches come from, their number, and how well one fits (the lower, the better). */
type Asked = {
  matching: string
  seq: string
  rank: string
  values: readonly (string | number)[]
  rankValues: readonly string[]
}

async function sqlite(db: Read, query: AskedIn): Promise<Asked> {
  const { terms, since } = query
  const phrase = (words: readonly string[], prefix?: true) => `"${words.join(' ')}"${prefix ? ' *' : ''}`
  const said = (term: SearchTerm) =>
    `{title text} : (${voices(query, term)
      .map((words) => phrase(words, term.prefix))
      .join(' OR ')})`
  const any = (labels: readonly string[]) => `labels : (${labels.map((one) => `"${one}"`).join(' OR ')})`
  const wanted = [
    ...terms.filter(({ not }) => !not).map(said),
    labelled(query, { all: (labels) => `(${labels.map(any).join(' AND ')})`, not: ' NOT ', or: ' OR ' }, any),
    ...(since ? [any(daysSince(since))] : []),
  ].join(' AND ')
  const unwanted = terms.filter(({ not }) => not).map((term) => ` NOT (${said(term)})`)
  const first = since ? await firstSeen(db, since) : 0
  return {
    matching: `from item_words cross join items on items.seq = item_words.rowid
      where item_words match ? and item_words.rowid >= ?`,
    seq: 'item_words.rowid',
    rank: 'bm25(item_words, 8.0, 1.0, 0.0)',
    values: [`(${wanted})${unwanted.join('')}`, first],
    rankValues: [],
  }
}

/** The number of the first item seen since then: none before it was published later. */
async function firstSeen(db: Read, since: string): Promise<number> {
  const { rows } = await run<{ seq: number | null }>(db, 'select min(seq) as seq from items where seen >= ?', [since])
  return rows[0]?.seq ?? 2 ** 31
}

/** The days of that month, the months of that year and the years from that day on. */
function daysSince(since: string): string[] {
  const [year = 0, month = 0, day = 0] = since.slice(0, 10).split('-').map(Number)
  const two = (value: number) => String(value).padStart(2, '0')
  const upto = (from: number, most: number) => Array.from({ length: Math.max(0, most - from + 1) }, (_, i) => from + i)
  return [
    ...upto(day, 31).map((one) => label('day', `${year}-${two(month)}-${two(one)}`)),
    ...upto(month + 1, 12).map((one) => label('month', `${year}-${two(one)}`)),
    ...upto(Math.max(year + 1, 1970), 2099).map((one) => label('year', String(one))),
  ]
}

function postgres(query: AskedIn): Asked {
  const phrase = (words: readonly string[], prefix?: true) => {
    const all = words.map((word, i) => `'${word}'${prefix && i === words.length - 1 ? ':*' : ''}`)
    return `(${all.join(' <-> ')})`
  }
  const said = (term: SearchTerm) =>
    `${term.not ? '!' : ''}(${voices(query, term)
      .map((words) => phrase(words, term.prefix))
      .join(' | ')})`
  const any = (labels: readonly string[]) => `(${labels.map((one) => `'${amongWords(one)}'`).join(' | ')})`
  const words = query.terms.map(said).join(' & ')
  const labels = labelled(query, { all: (labels) => `(${labels.map(any).join(' & ')})`, not: ' & !', or: ' | ' }, any)
  return {
    matching: `from item_words join items on items.seq = item_words.seq where item_words.words @@ ?::tsquery`,
    seq: 'items.seq',
    rank: '-ts_rank(array[0.1, 0.1, 0.1, 1.0]::real[], item_words.words, ?::tsquery, 1)',
    values: [`${words} & ${labels}`],
    rankValues: [words],
  }
}

/** The words of a term as sources say them, and as moderators of the space do. */
function voices({ edited, space }: AskedIn, { words }: SearchTerm): (readonly string[])[] {
  return edited && space !== undefined ? [words, words.map(labelsIn(space).spoken)] : [words]
}

/** The labels that must hold: as they are everywhere, or, of what moderators of the space edited, as they are there. */
function labelled(
  query: AskedIn,
  { all, not, or }: { all: (labels: string[][]) => string; not: string; or: string },
  any: (labels: readonly string[]) => string,
): string {
  const labels = labelsOf(query)
  if (!query.edited || query.space === undefined) return all(labels)
  const { edited, here } = labelsIn(query.space)
  return `(${all(labels)}${not}${any([edited])}${or}${all(labels.map((some) => some.map(here)))})`
}

/** The labels that must hold, of each kind any: ids of the content, which hold no quotes. */
const labelsOf = ({ topics, bodies, regions, tracks }: SearchQuery): string[][] =>
  [
    ['on/topic'],
    topics?.map((id) => label('topic', id)) ?? [],
    bodies?.map((id) => label('body', id)) ?? [],
    regions?.map((id) => label('region', id)) ?? [],
    tracks?.map((id) => label('track', id)) ?? [],
  ].filter((labels) => labels.length > 0)
