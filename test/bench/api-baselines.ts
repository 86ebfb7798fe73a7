import Database from 'better-sqlite3'
import { Hono } from 'hono'

/** The least that a Hono route can do: the same bytes, made before. */
export const sameBytes = (path: string, body: string): Hono =>
  new Hono().get(path, (c) => c.body(body, 200, { 'Content-Type': 'application/json' }))

const QUERY = `select item.id, item.seq, item.title, substr(item.text, 1, 1001) as text, item.link, item.published, item.seen,
    item.sample, item.topic, item.body, item.region, item.tracks, item.action, item.action_date, item.why, l.source, l.href, s.name,
    (select max(at) from item_revisions r where r.item = item.id) as updated
  from items item left join item_links l on l.item = item.id left join sources s on s.id = l.source
  where item.seq in (select seq from items where topic != 'off-topic' order by seq desc limit 21)
  order by item.seq desc, l.source`

/** What a careful hand would write without our layers: one prepared statement, the same shape; throws when its body is not `expected`. */
export function rawRoute(path: string, file: string, expected: string): Hono {
  const statement = new Database(file, { readonly: true }).prepare(QUERY)
  const answer = () => JSON.stringify(pageOf(statement.all() as Row[]))
  if (answer() !== expected) throw new Error('The baseline answers something else')
  return new Hono().get(path, (c) => c.body(answer(), 200, { 'Content-Type': 'application/json' }))
}

type Row = Record<string, string> & { seq: number; sample: number; action: number }

function pageOf(rows: Row[]) {
  const items: Record<string, unknown>[] = []
  let last: { id: unknown; sources: unknown[] } | undefined
  let seq = 0
  for (const row of rows) {
    if (last?.id !== row.id) {
      if (items.length === 20) return { items, next: Buffer.from(`before ${seq}`).toString('base64url') }
      last = itemOf(row)
      items.push(last)
      seq = row.seq
    }
    if (row.source !== null) last!.sources.push({ id: row.source, name: row.name, link: row.href })
  }
  return { items, next: null }
}

const itemOf = (row: Row) => ({
  id: row.id,
  title: row.title,
  link: row.link,
  text: row.text,
  published: row.published,
  seen: row.seen,
  updated: row.updated,
  body: row.body,
  topic: row.topic,
  region: row.region,
  tracks: row.tracks!.split(',').filter(Boolean),
  actionRequired: row.action === 1,
  actionDate: row.action_date,
  sample: row.sample === 1,
  sources: [] as unknown[],
  why: JSON.parse(row.why!),
})
