import {
  type Card,
  type Companion,
  inAWeek,
  nudgesResumedCard,
  nudgesSnoozedCard,
  nudgesStoppedCard,
  type Reply,
  remindersStoppedCard,
  stopsCard,
  thanksCard,
} from '@cme-commons/core'
import { companyOf, type MemberTable, type Met, meet, snoozeNudges, stopNudges } from '@cme-commons/db'
import { isReminded, stopReminders } from '../conferences/own-dates.ts'
import type { Ctx } from '../ctx.ts'
import { memberOf, metOf, ownSubscription, zoneOf } from '../people.ts'
import { standOf } from './stand.ts'

/** Who acts, as the cards speak to her. */
async function companion(ctx: Ctx, { name }: MemberTable): Promise<Companion> {
  const { rows, path, track } = await standOf(ctx)
  return {
    ...(name ? { name } : {}),
    ...(track ? { track } : {}),
    begun: rows.started !== undefined,
    ...(path.next ? { next: path.next } : {}),
  }
}

/** What comes unasked, and how to stop each. Whoever asks this first of all is not welcomed on top of it. */
export async function showStops(ctx: Ctx): Promise<Reply> {
  const member = await memberOf(ctx)
  await meet(ctx.tx, metOf(ctx, member), ctx.now, true)
  const company = await companyOf(ctx.tx, member.id)
  const digest = await ownSubscription(ctx.tx, ctx.actor)
  const nudges = company?.stopped_at === null
  const reminders = await isReminded(ctx.tx, member.id)
  return {
    say: stopsCard({ nudges, reminders, ...(digest ? { digest: { paused: digest.paused === 1 } } : {}) }),
    private: true,
  }
}

const changed = async (
  ctx: Ctx,
  change: (met: Met, member: MemberTable) => Promise<(who: Companion) => Card>,
): Promise<Reply> => {
  const member = await memberOf(ctx)
  const cardFor = await change(metOf(ctx, member), member)
  return { say: cardFor(await companion(ctx, member)), private: true, update: true }
}

/** No more nudges, and not on the moderators' list; or that is taken back. */
export const setNudges = (ctx: Ctx, on: boolean): Promise<Reply> =>
  changed(ctx, async (met) => {
    await stopNudges(ctx.tx, met, ctx.now, !on)
    return on ? nudgesResumedCard : nudgesStoppedCard
  })

/** Asks again in a week, in the morning of her own time. */
export const snooze = (ctx: Ctx): Promise<Reply> =>
  changed(ctx, async (met, member) => {
    const until = inAWeek(ctx.now, await zoneOf(ctx, member))
    await meet(ctx.tx, met, ctx.now, true)
    await snoozeNudges(ctx.tx, met.member, until)
    return (who) => nudgesSnoozedCard(until, who)
  })

/** No more reminders of dates, in whatever space she is. */
export async function endReminders(ctx: Ctx): Promise<Reply> {
  await stopReminders(ctx, (await memberOf(ctx)).id)
  return { say: remindersStoppedCard, private: true, update: true }
}

export async function thanks(ctx: Ctx): Promise<Reply> {
  return { say: thanksCard(await companion(ctx, await memberOf(ctx))), private: true }
}
