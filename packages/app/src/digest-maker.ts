import { createHash } from 'node:crypto'
import { type Day, type Filter, inOrder, judge, type Knowledge } from '@cme-commons/core'
import { addDigest, labelsSince, type Read, type Tx, twinsSince } from '@cme-commons/db'
import { labelsOf } from './rows.ts'

/** An item's labels; `twins` are the spaces that have had it before, as a suggestion of their own. */
type Labelled = ReturnType<typeof labelsOf> & { twins?: readonly string[] }

/** How many labels are read at once. */
const PAGE = 2000

/** Short name of a value: the same everywhere and for ever. */
export const hashOf = (value: string, length = 20): string =>
  createHash('sha256').update(value).digest('base64url').slice(0, length)

/** Whose news it is: a reader's filter and the space she reads in, null where readers of several share what they get. */
export type Reader = { filter: Filter; space: string | null }

/** The ids of what is new in (since, upto] for such a reader and passes her filter, in the order a digest shows them. */
export function choose(news: readonly Labelled[], reader: Reader, content: Knowledge, today: Day): string[] {
  const { filter, space } = reader
  const through = news.filter((labels) => isFor(space, labels) && judge(filter, labels).through)
  return inOrder(through, content, today).map((labels) => labels.id)
}

const isFor = (space: string | null, { space: of, twins }: Labelled): boolean =>
  (of === null || of === space) && !(space !== null && twins?.includes(space))

/** The labels of what is new in any space in (since, upto], newest first, read in pages. */
export async function newsBetween(db: Read, since: number, upto: number): Promise<Labelled[]> {
  const news: Labelled[] = []
  for (let top = upto; since < top; ) {
    const page = (await labelsSince(db, since, top, PAGE)).map(labelsOf)
    news.push(...page)
    if (page.length < PAGE) break
    top = page.at(-1)!.seq - 1
  }
  const twins = Map.groupBy(await twinsSince(db, since, upto), ({ item }) => item)
  if (twins.size === 0) return news
  return news.map((labels) => ({ ...labels, twins: twins.get(labels.id)?.map(({ space }) => space) }))
}

/** The spaces for which the news differs from what everybody has. */
const spacesIn = (news: readonly Labelled[]): Set<string> =>
  new Set(news.flatMap(({ space, twins }) => [...(space === null ? [] : [space]), ...(twins ?? [])]))

/**
 * Makes digests and keeps them, reading the news of each stretch of numbers once. Readers with the same filter and the same news
 * share one digest; nothing that passes, no digest.
 */
export function digestMaker(content: Knowledge) {
  const news = new Map<string, { labels: Labelled[]; spaces: Set<string> }>()
  const chosen = new Map<string, string[]>()
  return async (
    tx: Tx,
    reader: { filter: string; space: string | null },
    since: number,
    upto: number,
    now: string,
  ): Promise<string | undefined> => {
    const { filter } = reader
    const stretch = `${since}-${upto}`
    if (!news.has(stretch)) {
      if (news.size > 20) news.clear()
      const labels = await newsBetween(tx, since, upto)
      news.set(stretch, { labels, spaces: spacesIn(labels) })
    }
    const { labels, spaces } = news.get(stretch)!
    const space = reader.space !== null && spaces.has(reader.space) ? reader.space : null
    const id = `d${hashOf(`${filter} ${since} ${upto}${space === null ? '' : ` ${space}`}`)}`
    if (!chosen.has(id)) {
      if (chosen.size > 2000) chosen.clear()
      const parsed = { filter: JSON.parse(filter) as Filter, space }
      chosen.set(id, choose(labels, parsed, content, now.slice(0, 10)))
    }
    const items = chosen.get(id)!
    if (items.length === 0) return undefined
    await addDigest(tx, { id, filter, since, upto, items: JSON.stringify(items), at: now })
    return id
  }
}
