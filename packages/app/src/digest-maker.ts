import { createHash } from 'node:crypto'
import { type Day, type Filter, inOrder, judge, type Knowledge } from '@cme-commons/core'
import { addDigest, labelsSince, type Read, type Tx } from '@cme-commons/db'
import { labelsOf } from './rows.ts'

type Labelled = ReturnType<typeof labelsOf>

/** How many labels are read at once. */
const PAGE = 2000

/** Short name of a value: the same everywhere and for ever. */
export const hashOf = (value: string, length = 20): string =>
  createHash('sha256').update(value).digest('base64url').slice(0, length)

/** The ids of what is new in (since, upto] and passes the filter, in the order a digest shows them. */
export function choose(news: readonly Labelled[], filter: Filter, content: Knowledge, today: Day): string[] {
  const through = news.filter((labels) => judge(filter, labels).through)
  return inOrder(through, content, today).map((labels) => labels.id)
}

/** The labels of what is new in (since, upto], newest first, read in pages. */
export async function newsBetween(db: Read, since: number, upto: number): Promise<Labelled[]> {
  const news: Labelled[] = []
  for (let top = upto; since < top; ) {
    const page = (await labelsSince(db, since, top, PAGE)).map(labelsOf)
    news.push(...page)
    if (page.length < PAGE) break
    top = page.at(-1)!.seq - 1
  }
  return news
}

/**
 * Makes digests and keeps them, reading the news of each stretch of numbers once. Readers with the same filter and the same news
 * share one digest; nothing that passes, no digest.
 */
export function digestMaker(content: Knowledge) {
  const news = new Map<string, Labelled[]>()
  const chosen = new Map<string, string[]>()
  return async (tx: Tx, filter: string, since: number, upto: number, now: string): Promise<string | undefined> => {
    const id = `d${hashOf(`${filter} ${since} ${upto}`)}`
    const stretch = `${since}-${upto}`
    if (!chosen.has(id)) {
      if (news.size > 20) news.clear()
      if (chosen.size > 2000) chosen.clear()
      if (!news.has(stretch)) news.set(stretch, await newsBetween(tx, since, upto))
      chosen.set(id, choose(news.get(stretch)!, JSON.parse(filter) as Filter, content, now.slice(0, 10)))
    }
    const items = chosen.get(id)!
    if (items.length === 0) return undefined
    await addDigest(tx, { id, filter, since, upto, items: JSON.stringify(items), at: now })
    return id
  }
}
