import {
  type Card,
  calendarChangesCard,
  calendarTroubleCard,
  DAY,
  HOUR,
  type IncomingDate,
  type Instant,
  isEmptyProposal,
  plus,
} from '@cme-commons/core'
import { type CalendarSourceTable, changeCalendarSource, findEdition, findSpace, post, type Tx } from '@cme-commons/db'
import { whoMends } from '../amiss.ts'
import type { Wake } from '../due.ts'
import { laneOf } from '../lanes.ts'
import { keyOf, otherCalendar } from './calendar-source.ts'
import { editionOf } from './rows.ts'
import { proposeCalendar } from './take-calendar.ts'

/** What a followed calendar answered. */
export type CalendarAnswer =
  | { kind: 'unchanged' }
  | {
      kind: 'calendar'
      dates: readonly IncomingDate[]
      validators: { etag?: string; lastModified?: string; bodyHash?: string }
    }
  | { kind: 'trouble'; say: string; retryAfter?: number }

/** Moderators hear of a calendar that failed this often in a row. */
const TOLD_AFTER = 3
/** A failing one is tried again after an hour, then two, four, at most a day. */
const pauseAfter = (failures: number): number => Math.min(DAY, HOUR * 2 ** (failures - 1))

/**
 * Keeps what a followed calendar answered: what it would change waits for a moderator, who is told of it once under the name of what it
 * would do; what was declined is not asked again.
 */
export async function calendarAnswered(
  tx: Tx,
  source: CalendarSourceTable,
  answer: CalendarAnswer,
  now: Instant,
  wake: Wake,
): Promise<void> {
  const row = await findEdition(tx, source.edition)
  if (!row) return
  const edition = editionOf(row)
  const tell = (name: string, card: Card) => tellMenders(tx, source, name, card, now, wake)
  if (answer.kind === 'trouble') {
    const failures = source.failures + 1
    const pause = Math.max(pauseAfter(failures), Math.min(answer.retryAfter ?? 0, 7 * DAY))
    const tells = failures === TOLD_AFTER
    await changeCalendarSource(tx, source.id, {
      failures,
      failing_since: source.failing_since ?? now,
      trouble: answer.say,
      next_at: plus(now, pause),
      ...(tells ? { told_at: now } : {}),
    })
    if (tells) await tell(`failing/${source.failing_since}`, calendarTroubleCard(edition, source.url, answer.say))
    return
  }
  await changeCalendarSource(tx, source.id, {
    read_at: now,
    next_at: plus(now, DAY),
    failures: 0,
    failing_since: null,
    trouble: null,
    told_at: null,
  })
  if (source.told_at !== null) await tell(`well/${source.failing_since}`, calendarTroubleCard(edition, source.url))
  if (answer.kind === 'unchanged') return
  const pending = JSON.stringify(answer.dates)
  const proposal = await proposeCalendar(tx, edition.id, otherCalendar({ url: source.url, pending }), now)
  const key = keyOf(proposal)
  const waits = !isEmptyProposal(proposal) && key !== source.declined_key
  await changeCalendarSource(tx, source.id, {
    etag: answer.validators.etag ?? null,
    last_modified: answer.validators.lastModified ?? null,
    body_hash: answer.validators.bodyHash ?? null,
    pending: waits ? pending : null,
    pending_key: waits ? key : null,
    pending_at: waits ? now : null,
  })
  if (waits && key !== source.pending_key)
    await tell(`changes/${key}`, calendarChangesCard(edition, { id: source.id, url: source.url, key }, proposal))
}

async function tellMenders(
  tx: Tx,
  { id, space }: CalendarSourceTable,
  name: string,
  card: Card,
  now: Instant,
  wake: Wake,
) {
  const found = await findSpace(tx, space)
  const to = await whoMends(tx, space)
  if (!found || found.left_at !== null || !to) return
  const lane = laneOf(found)
  const key = `calendar/${id}/${name}`
  if ((await post(tx, now, [{ key, lane, to, effect: { kind: 'message', card }, due: now }])) > 0)
    await wake(tx, lane, now)
}
