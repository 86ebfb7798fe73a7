import {
  type ConferenceDate,
  chainCard,
  chainFor,
  chainHelpCard,
  datesCard,
  dayIn,
  parseWhen,
  type Reply,
} from '@cme-commons/core'
import { datesAhead, foundDates } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf, zoneOf } from '../people.ts'
import { ownDates, withEditions } from './own-dates.ts'

/** The dates of which this person is reminded. */
export async function showMine(ctx: Ctx, from = 0): Promise<Reply> {
  const member = await memberOf(ctx)
  const zone = await zoneOf(ctx, member)
  return { say: datesCard(await ownDates(ctx), { from, mine: true, now: ctx.now, zone }), private: true }
}

/** More than this need not be counted. */
const MOST_FOUND = 100

/** Every date of the space that is not over, and the standing deadlines. */
export async function showAll(ctx: Ctx, from = 0): Promise<Reply> {
  const zone = await zoneOf(ctx, await memberOf(ctx))
  const rows = await datesAhead(ctx.tx, ctx.actor.space, ctx.now)
  const today = ctx.now.slice(0, 10)
  const found = ctx.actor.moderator ? (await foundDates(ctx.tx, ctx.actor.space, today, 0, MOST_FOUND)).length : 0
  const dates = await withEditions(ctx.tx, ctx.actor.space, rows)
  return { say: datesCard(dates, { from, mine: false, now: ctx.now, zone, found }), private: true }
}

/** What hangs on the date of an activity that was typed. */
export async function showChain(ctx: Ctx, text?: string): Promise<Reply> {
  const zone = await zoneOf(ctx, await memberOf(ctx))
  if (text === undefined) return { say: chainHelpCard(), private: true }
  const read = parseWhen(text.replace(/^(?:my )?(?:event|activity) (?:on )?/i, ''), zone)
  if ('wrong' in read) return { refuse: 'bad-answer', say: chainHelpCard(read.wrong) }
  const event = daysOf(read.value, zone)
  const today = dayIn(ctx.now, zone)
  const chain = chainFor(event, today, ctx.content.conferences)
  const query = new URLSearchParams({ activity: event.day, ...(event.to ? { to: event.to } : {}) })
  const calendar = ctx.site ? `${ctx.site}/v1/deadlines/chain.ics?${query}` : undefined
  return { say: chainCard(event, chain, today, calendar), private: true }
}

function daysOf(when: ConferenceDate['when'], zone: string): { day: string; to?: string } {
  if (when.kind === 'at') return { day: dayIn(when.at, zone), ...(when.until ? { to: dayIn(when.until, zone) } : {}) }
  return { day: when.day, ...('to' in when && when.to ? { to: when.to } : {}) }
}
