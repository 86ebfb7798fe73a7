import { bodyName, type Knowledge, regionName, topicName, trackName } from '@cme-commons/core'
import type { Context } from 'hono'
import { problem } from '../problem.ts'
import { answerOf } from './answer.ts'
import { FEED_TYPES, type FeedFormat, feedText } from './feed-formats.ts'
import type { ApiHouse } from './house.ts'
import type { Kept } from './kept.ts'
import { type Asked, newsJson, numbered, pageOf, queryOf } from './news.ts'
import { type NewsQuerySchema, readNewsQuery } from './query.ts'
import { forReader, VARIES } from './space-news.ts'

/** `GET /v1/news.atom`, `.rss` and `.json`: what `GET /v1/news` answers to the same query, as a feed with the whole texts. */
export function newsFeed(house: ApiHouse, schema: NewsQuerySchema, kept: Kept, format: FeedFormat) {
  const { db, content, site } = house
  const path = `${site}/v1/news.${format}`
  const make = async (c: Context, space?: string) => {
    const asked = new URLSearchParams(queryOf(c))
    const read = readNewsQuery(schema, asked, content)
    if (!('query' in read)) {
      const say = 'The query cannot be answered: correct what `errors` points at.'
      return problem(c, 422, say, { errors: read.wrong })
    }
    const page = await pageOf(db.read, { ...read, space })
    const rows = await numbered(
      db.read,
      page.items.map(({ seq }) => seq),
      space,
      'whole',
    )
    const feed = {
      title: titleOf(read, content),
      site,
      self: addressWith(path, asked),
      ...(page.next === null ? {} : { next: addressWith(path, asked, page.next) }),
      items: rows.map(newsJson),
    }
    return answerOf(feedText(format, feed, content), FEED_TYPES[format], {
      ...VARIES,
      'X-Content-Type-Options': 'nosniff',
    })
  }
  return (c: Context) => forReader(c, house, kept, (space) => make(c, space))
}

function addressWith(path: string, asked: URLSearchParams, cursor?: string): string {
  const query = new URLSearchParams(asked)
  if (cursor) query.set('cursor', cursor)
  return query.size > 0 ? `${path}?${query}` : path
}

/** What the feed is about, in words. */
function titleOf({ query, search }: Asked, content: Knowledge): string {
  const about = [
    ...(query.bodies ?? []).map((id) => bodyName(content, id)),
    ...(query.topics ?? []).map((id) => topicName(content, id)),
    ...(query.regions ?? []).map((id) => regionName(content, id)),
    ...(query.tracks ?? []).map((id) => trackName(content, id)),
    ...(search?.terms ?? []).map(({ words, not }) => `${not ? 'without ' : ''}“${words.join(' ')}”`),
  ]
  return ['CME standards news', ...(about.length > 0 ? [about.join(', ')] : [])].join(': ')
}
