import type { Digest, Filter, Instant, Item, Schedule, SourceHealth, Subscription, Why } from '@cme-commons/core'
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

/** An item as its reader's space has it; what is pinned beyond `now` says so. */
export const itemOf = (row: ItemRow, now: Instant = ''): Item => ({
  ...labelsOf(row),
  title: row.title,
  text: row.text,
  link: row.link ?? undefined,
  published: row.published,
  seen: row.seen,
  old: row.old === 1,
  sample: row.sample === 1,
  why: whyOf(row),
  ...(row.before
    ? {
        updated: {
          at: row.before.at,
          told: row.before.told === 1,
          changes: difference(row.before, row.unedited ?? row),
        },
      }
    : {}),
  ...editedOf(row, now),
  links: row.links.map(({ source, href }) => ({ source, href: href ?? undefined })),
})

/** What gave an item its labels: its words, or the moderators who changed them. */
function whyOf({ why, edit, ...row }: ItemRow): Why[] {
  const words: Why[] = JSON.parse(why)
  if (!edit) return words
  const changed: Record<Why['label'], boolean> = {
    topic: edit.topic !== null,
    body: edit.body !== null,
    region: edit.region !== null,
    tracks: edit.tracks !== null,
    action: edit.action !== null,
    date: edit.action_date !== null || edit.action === 0,
  }
  const said = (label: Why['label'], value: string): Why => ({ label, value, cue: '', where: 'moderator' })
  return [
    ...words.filter(({ label }) => !changed[label]),
    ...(changed.topic ? [said('topic', row.topic)] : []),
    ...(changed.body && row.body ? [said('body', row.body)] : []),
    ...(changed.region ? [said('region', row.region)] : []),
    ...(changed.tracks ? tracksOf(row).map((track) => said('tracks', track)) : []),
    ...(changed.action ? [said('action', row.action === 1 ? 'yes' : 'no')] : []),
    ...(changed.date && row.action_date ? [said('date', row.action_date)] : []),
  ]
}

const editedOf = ({ edit }: ItemRow, now: Instant): Pick<Item, 'summary' | 'pinned' | 'edited'> => {
  if (!edit) return {}
  const { title, summary, topic, body, region, tracks, action, action_date, pinned_until } = edit
  const edited = [title, summary, topic, body, region, tracks, action, action_date].some((value) => value !== null)
  return {
    ...(summary ? { summary } : {}),
    ...(pinned_until && pinned_until > now ? { pinned: pinned_until } : {}),
    ...(edited ? { edited } : {}),
  }
}

export const subscriptionOf = (row: SubscriptionRow): Subscription => ({
  id: row.id,
  space: row.space,
  to: toOf(row.address),
  filter: JSON.parse(row.filter) as Filter,
  schedule: JSON.parse(row.schedule) as Schedule,
  paused: row.paused === 1,
  ...(row.even_empty === 1 ? { evenEmpty: true } : {}),
  snoozedUntil: row.snoozed_until ?? undefined,
  next: row.next_at,
})

export const digestOf = (row: DigestTable, site?: string): Digest => ({
  id: row.id,
  filter: JSON.parse(row.filter) as Filter,
  items: JSON.parse(row.items) as string[],
  at: row.at,
  page: site && `${site}/digests/${row.id}`,
  since: row.since,
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
