import { type Knowledge, SUGGESTED, topicName } from '@cme-commons/core'
import { allSources, type Db } from '@cme-commons/db'
import type { Context } from 'hono'
import { jsonAnswer } from './answer.ts'
import type { Kept } from './kept.ts'

/** The tracks as the API tells them; the shape is `trackList` of the schemas. */
export const tracksJson = (content: Knowledge) => ({
  tracks: content.tracks.map(({ id, name, summary, topics }) => ({
    id,
    name,
    summary,
    topics: topics.map((topic) => ({ id: topic, name: topicName(content, topic) })),
  })),
})

/**
 * `GET /v1/sources`: how each source is doing; the shape is `sourceList` of the schemas. Addresses are left out, since an operator's own may
 * hold a key.
 */
export function listSources(db: Db, kept: Kept) {
  const make = async () => {
    const rows = (await allSources(db.read)).filter(({ id }) => id !== SUGGESTED.id)
    return jsonAnswer({
      sources: rows.map((row) => ({
        id: row.id,
        name: row.name,
        kind: row.kind,
        enabled: row.enabled === 1,
        sample: row.sample === 1,
        lastRead: row.read_at,
        lastItem: row.last_item_at,
        nextRead: row.enabled === 1 && row.muted_at === null ? row.next_at : null,
        failingSince: row.failing_since,
        trouble: row.trouble?.replace(/\?\S+/g, '?…') ?? null,
      })),
    })
  }
  return (c: Context) => kept(c, make)
}
