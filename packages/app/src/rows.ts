import type { Digest, Filter, Item, Schedule, SourceHealth, Subscription } from '@cme-commons/core'
import type { DigestTable, ItemRow, LabelRow, SourceTable, SubscriptionRow } from '@cme-commons/db'
import { difference } from './difference.ts'

/** Rows of the database as the core's values, and back. */
export const tracksOf = (row: { tracks: string }): string[] => row.tracks.split(',').filter(Boolean)

export const labelsOf = (row: LabelRow) => ({
  id: row.id,
  seq: row.seq,
  topic: row.topic,
  body: row.body ?? undefined,
  region: row.region,
  tracks: tracksOf(row),
  actionRequired: row.action === 1,
  actionDate: row.action_date ?? undefined,
  space: row.space,
})

export const itemOf = (row: ItemRow): Item => ({
  ...labelsOf(row),
  title: row.title,
  text: row.text,
  link: row.link ?? undefined,
  published: row.published,
  seen: row.seen,
  old: row.old === 1,
  sample: row.sample === 1,
  why: JSON.parse(row.why),
  ...(row.before
    ? { updated: { at: row.before.at, told: row.before.told === 1, changes: difference(row.before, row) } }
    : {}),
  links: row.links.map(({ source, href }) => ({ source, href: href ?? undefined })),
})

export const subscriptionOf = (row: SubscriptionRow): Subscription => ({
  id: row.id,
  space: row.space,
  to: toOf(row.address),
  filter: JSON.parse(row.filter) as Filter,
  schedule: JSON.parse(row.schedule) as Schedule,
  paused: row.paused === 1,
  snoozedUntil: row.snoozed_until ?? undefined,
  next: row.next_at,
})

export const digestOf = (row: DigestTable, site?: string): Digest => ({
  id: row.id,
  filter: JSON.parse(row.filter) as Filter,
  items: JSON.parse(row.items) as string[],
  at: row.at,
  page: site && `${site}/digests/${row.id}`,
})

export const healthOf = (row: SourceTable): SourceHealth => ({
  id: row.id,
  name: row.name,
  enabled: row.enabled === 1,
  reason: row.reason ?? undefined,
  lastRead: row.read_at ?? undefined,
  lastItem: row.last_item_at ?? undefined,
  next: row.next_at,
  failingSince: row.failing_since ?? undefined,
  trouble: row.trouble ?? undefined,
  sample: row.sample === 1,
})

/** `user:U1` or `channel:C1` as an address within its space. */
export function toOf(address: string): { user: string } | { channel: string } {
  const id = address.slice(address.indexOf(':') + 1)
  return address.startsWith('channel:') ? { channel: id } : { user: id }
}
