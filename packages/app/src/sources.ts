import {
  afterSkipped,
  type Card,
  hostLeftAlone,
  hostOf,
  type Instant,
  intervalOf,
  type Knowledge,
  LONGEST,
  leftAlone,
  MOVED_AFTER,
  paceAfter,
  plainAddress,
  plus,
  type Skip,
  type Trouble,
  toldAfter,
} from '@cme-commons/core'
import { allSources, allSpaces, audit, changeSource, post, putSource, type SourceTable, type Tx } from '@cme-commons/db'
import type { Wake } from './due.ts'
import { laneOf } from './lanes.ts'
import { toOf } from './rows.ts'
import { failingCard, mutedCard, recoveredCard } from './source-cards.ts'

/**
 * Brings the content's sources into the database: new ones as they ship, known ones with what an operator
 * switched left as it is, and the sample feed with what the program that serves it set. An address that was learned since stays. A page whose
 * selectors were corrected is read as if for the first time.
 */
export async function syncSources(tx: Tx, content: Knowledge, now: Instant): Promise<void> {
  const stored = new Map((await allSources(tx)).map((row) => [row.id, row]))
  for (const source of content.sources) {
    const known = stored.get(source.id)
    if (source.sample && known) continue
    const url = source.url ?? null
    const moved = known && known.shipped_url !== null && known.shipped_url !== url
    const selectors = source.page ? JSON.stringify(source.page) : null
    const facts = {
      name: source.name,
      kind: source.kind,
      enabled: known?.switched ?? (source.enabled ? 1 : 0),
      reason: source.reason ?? null,
      body: source.body ?? null,
      region: source.region ?? null,
      topic: source.topic ?? null,
      mixed: source.mixed ? 1 : 0,
      sample: source.sample ? 1 : 0,
      selectors,
      shipped_url: url,
      ...(known?.shipped_url !== url ? { url } : {}),
      ...(moved ? { ...freshAddress, next_at: now } : {}),
      ...(known && known.selectors !== selectors ? { ...firstReading, next_at: now } : {}),
    }
    await putSource(tx, { ...unread(source.id, now), ...facts, url }, facts)
  }
}

/** Makes the next answer of a source be read whatever it said before. */
const unvalidated = { etag: null, last_modified: null, body_hash: null }

/** A page that is read by other selectors has been there all the time: what they find on it first is old news. */
const firstReading = { ...unvalidated, read_at: null }

/** What was learned of an address, forgotten with it. */
const freshAddress = {
  ...unvalidated,
  muted_at: null,
  moved_to: null,
  moved_times: 0,
  guids_seen: 0,
  guids_bad: 0,
  guids_dropped_at: null,
}

/** A source nobody has read yet, off until somebody switches it on. */
export const unread = (id: string, now: Instant): SourceTable => ({
  id,
  name: id,
  url: null,
  kind: 'feed',
  enabled: 0,
  switched: null,
  reason: null,
  body: null,
  region: null,
  topic: null,
  mixed: 0,
  sample: 0,
  etag: null,
  last_modified: null,
  body_hash: null,
  read_at: null,
  next_at: now,
  failures: 0,
  failing_since: null,
  trouble: null,
  last_item_at: null,
  shipped_url: null,
  selectors: null,
  folder: null,
  categories: null,
  pace: 0,
  moved_to: null,
  moved_times: 0,
  muted_at: null,
  told_at: null,
  guids_seen: 0,
  guids_bad: 0,
  guids_dropped_at: null,
})

/** What a good answer said: `maxAge` in seconds; `movedTo` when it came from there by permanent redirects alone. */
export type Seen = {
  validators: { etag?: string; lastModified?: string; bodyHash?: string }
  maxAge?: number
  skip?: Skip
  movedTo?: string
  items: number
  /** Entries of a first reading that appeared in the 14 days before it, by which its pace begins. */
  recent?: number
}

/**
 * After a good answer: validators kept only now that the items are stored, the next read no sooner than its own pace and the server
 * ask for, the new address of one that moved for good, and a word to moderators when they knew that it failed.
 */
export async function sourceRead(tx: Tx, source: SourceTable, now: Instant, seen: Seen, wake: Wake): Promise<void> {
  const pace = paceAfter(source.pace, source.read_at, now, source.read_at === null ? (seen.recent ?? 0) : seen.items)
  const pause = Math.min(LONGEST, Math.max(intervalOf(source.id, pace), (seen.maxAge ?? 0) * 1000))
  await changeSource(tx, source.id, {
    etag: seen.validators.etag ?? null,
    last_modified: seen.validators.lastModified ?? null,
    body_hash: seen.validators.bodyHash ?? null,
    read_at: now,
    next_at: afterSkipped(plus(now, pause), seen.skip),
    failures: 0,
    failing_since: null,
    trouble: null,
    muted_at: null,
    told_at: null,
    pace,
    ...(seen.items > 0 ? { last_item_at: now } : {}),
    ...(await learned(tx, source, now, seen.movedTo)),
  })
  if (source.told_at !== null)
    await tellEverywhere(tx, `source/${source.id}/well/${source.failing_since}`, recoveredCard(source), now, wake)
}

/**
 * Counts the readings that were sent on to one address for good; after three in a row it is the source's own. Not that of another source:
 * no address is read twice, so moderators switch off one of the two; the audit says so once.
 */
async function learned(tx: Tx, source: SourceTable, now: Instant, to?: string): Promise<Partial<SourceTable>> {
  if (!to || to === source.url) return { moved_to: null, moved_times: 0 }
  const times = source.moved_to === to ? source.moved_times + 1 : 1
  if (times < MOVED_AFTER) return { moved_to: to, moved_times: times }
  const other = (await allSources(tx)).find(
    ({ id, url }) => id !== source.id && url !== null && plainAddress(url) === plainAddress(to),
  )
  const detail = JSON.stringify({ source: source.id, from: source.url, to, ...(other ? { of: other.id } : {}) })
  if (other) {
    if (times === MOVED_AFTER)
      await audit(tx, { at: now, space: null, actor: 'feeds', what: 'source.not-moved', detail })
    return { moved_to: to, moved_times: times }
  }
  await audit(tx, { at: now, space: null, actor: 'feeds', what: 'source.moved', detail })
  return { url: to, moved_to: null, moved_times: 0 }
}

/**
 * After a bad answer: the source is left alone for longer each time, its whole host where the server asks for patience, and not read at
 * all once its server says that it is gone. Moderators are told once.
 */
export async function sourceFailed(
  tx: Tx,
  source: SourceTable,
  now: Instant,
  trouble: Trouble,
  wake: Wake,
): Promise<void> {
  const failures = source.failures + 1
  const since = source.failing_since ?? now
  const tell = source.told_at === null && failures >= toldAfter(trouble)
  const gone = trouble.kind === 'gone'
  await changeSource(tx, source.id, {
    next_at: plus(now, leftAlone(trouble, failures)),
    failures,
    failing_since: since,
    trouble: trouble.say,
    moved_to: null,
    moved_times: 0,
    ...(gone ? { muted_at: now } : {}),
    ...(tell ? { told_at: now } : {}),
  })
  const pause = hostLeftAlone(trouble, failures)
  if (pause > 0) await pauseHost(tx, source, plus(now, pause))
  if (gone && source.muted_at === null)
    await tellEverywhere(tx, `source/${source.id}/gone/${now}`, mutedCard(source, trouble), now, wake)
  else if (tell)
    await tellEverywhere(tx, `source/${source.id}/failing/${since}`, failingCard(source, since, trouble), now, wake)
}

/** Nothing of the host of this source is due before `until`. */
async function pauseHost(tx: Tx, { url }: SourceTable, until: Instant): Promise<void> {
  const host = hostOf(url ?? '')
  for (const other of await allSources(tx))
    if (other.url && other.next_at < until && hostOf(other.url) === host)
      await changeSource(tx, other.id, { next_at: until })
}

/** Posts a card to the moderators of every space that named an address for them. */
export async function tellEverywhere(tx: Tx, key: string, card: Card, now: Instant, wake: Wake): Promise<void> {
  for (const space of await allSpaces(tx)) {
    if (!space.moderators) continue
    const lane = laneOf(space)
    const to = { space: space.id, ...toOf(space.moderators) }
    await post(tx, now, [{ key: `${key}/${space.id}`, lane, to, effect: { kind: 'message', card }, due: now }])
    await wake(tx, lane, now)
  }
}
