import {
  type Card,
  DAY,
  HOUR,
  type Instant,
  type Knowledge,
  MINUTE,
  plus,
  strong,
  type Trouble,
  t,
  when,
} from '@cme-commons/core'
import { allSources, allSpaces, changeSource, post, putSource, type SourceTable, type Tx } from '@cme-commons/db'
import type { Wake } from './due.ts'
import { laneOf } from './lanes.ts'
import { toOf } from './rows.ts'

/** How often a source is read, and how long a failing one is left alone: a quarter of an hour, doubled each time, up to a day. */
const EVERY = HOUR
const LONGEST = DAY
const FIRST_BACKOFF = 15 * MINUTE

/** How many failures in a row make moderators hear of it. */
const TOLD_AFTER = 3

/**
 * Brings the content's sources into the database: new ones as they ship, known ones with what an operator
 * switched left as it is, and the sample feed with what the program that serves it set.
 */
export async function syncSources(tx: Tx, content: Knowledge, now: Instant): Promise<void> {
  const stored = new Map((await allSources(tx)).map((row) => [row.id, row]))
  for (const source of content.sources) {
    const switched = stored.get(source.id)?.switched ?? null
    if (source.sample && stored.has(source.id)) continue
    const facts = {
      name: source.name,
      url: source.url ?? null,
      kind: source.kind,
      enabled: switched ?? (source.enabled ? 1 : 0),
      reason: source.reason ?? null,
      body: source.body ?? null,
      region: source.region ?? null,
      topic: source.topic ?? null,
      mixed: source.mixed ? 1 : 0,
      sample: source.sample ? 1 : 0,
    }
    await putSource(tx, { ...unread(source.id, now), ...facts }, facts)
  }
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
})

export type Validators = { etag?: string; lastModified?: string; bodyHash?: string }

/** After a good answer: validators kept only now that the items are stored, the next read no sooner than the server asked. */
export async function sourceRead(
  tx: Tx,
  source: SourceTable,
  now: Instant,
  seen: { validators: Validators; maxAge?: number; items: number },
  wake: Wake,
): Promise<void> {
  const pause = Math.min(LONGEST, Math.max(EVERY, (seen.maxAge ?? 0) * 1000))
  await changeSource(tx, source.id, {
    etag: seen.validators.etag ?? null,
    last_modified: seen.validators.lastModified ?? null,
    body_hash: seen.validators.bodyHash ?? null,
    read_at: now,
    next_at: plus(now, pause),
    failures: 0,
    failing_since: null,
    trouble: null,
    ...(seen.items > 0 ? { last_item_at: now } : {}),
  })
  if (source.failures >= TOLD_AFTER)
    await tellModerators(tx, `source/${source.id}/well/${source.failing_since}`, recovered(source), now, wake)
}

/** After a bad answer: the source is left alone for longer each time, and moderators are told once. */
export async function sourceFailed(
  tx: Tx,
  source: SourceTable,
  now: Instant,
  trouble: Trouble,
  wake: Wake,
): Promise<void> {
  const failures = source.failures + 1
  const backoff = Math.min(LONGEST, FIRST_BACKOFF * 2 ** Math.min(failures - 1, 10))
  const pause =
    trouble.kind === 'gone' ? LONGEST : Math.min(LONGEST, Math.max(backoff, (trouble.retryAfter ?? 0) * 1000))
  const since = source.failing_since ?? now
  await changeSource(tx, source.id, { next_at: plus(now, pause), failures, failing_since: since, trouble: trouble.say })
  if (failures === TOLD_AFTER)
    await tellModerators(tx, `source/${source.id}/failing/${since}`, failing(source, since, trouble), now, wake)
}

const failing = (source: SourceTable, since: Instant, trouble: Trouble): Card => ({
  title: 'A news source has stopped answering',
  blocks: [
    {
      kind: 'text',
      text: t`${strong(source.name)} fails since ${when(since)}. ${trouble.say} It is tried again, less and less often; you hear of it when it is back.`,
    },
  ],
  buttons: [{ label: 'All sources', act: { do: 'sources' } }],
})

const recovered = (source: SourceTable): Card => ({
  title: 'A news source is back',
  blocks: [
    {
      kind: 'text',
      text: t`${strong(source.name)} answers again. What it published meanwhile comes with the next digests.`,
    },
  ],
})

/** Posts a card to the moderators of every space that named an address for them. */
async function tellModerators(tx: Tx, key: string, card: Card, now: Instant, wake: Wake): Promise<void> {
  for (const space of await allSpaces(tx)) {
    if (!space.moderators) continue
    const lane = laneOf(space)
    const to = { space: space.id, ...toOf(space.moderators) }
    await post(tx, now, [{ key: `${key}/${space.id}`, lane, to, effect: { kind: 'message', card }, due: now }])
    await wake(tx, lane, now)
  }
}
