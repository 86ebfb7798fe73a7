import {
  type Action,
  CALENDAR_SECRET,
  type CalendarAction,
  calendarAddressCard,
  calendarCard,
  DAY,
  plus,
  type Reply,
} from '@cme-commons/core'
import {
  addToken,
  audit,
  CALENDAR_TOKEN,
  calendarToken,
  dropSetting,
  endCalendarTokens,
  openCalendarName,
  putSetting,
  setting,
} from '@cme-commons/db'
import { tellOfCalendar } from '../channels/calendar.ts'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { newSecret } from '../secret.ts'
import { calendarSourceReply, isAboutCalendarSources } from './calendar-source.ts'
import { plannersOnly } from './refusals.ts'

const VERBS: Record<CalendarAction['do'], true> = {
  calendar: true,
  'calendar.new': true,
  'calendar.end': true,
  'calendar.open': true,
  'calendar.close': true,
  'calendar.sources': true,
  'calendar.changes': true,
  'calendar.take': true,
  'calendar.decline': true,
  'calendar.leave': true,
}
export const isAboutCalendars = (action: Action): action is CalendarAction => Object.hasOwn(VERBS, action.do)

/** Answers what people do about calendars, in private: an address is a secret. */
export async function calendarReply(ctx: Ctx, action: CalendarAction): Promise<Reply> {
  if (isAboutCalendarSources(action)) return calendarSourceReply(ctx, action)
  switch (action.do) {
    case 'calendar':
      return shown(ctx)
    case 'calendar.new':
      return newAddress(ctx)
    case 'calendar.end':
      return endAddress(ctx)
    case 'calendar.open':
      return ctx.actor.moderator ? setOpen(ctx, true) : plannersOnly
    case 'calendar.close':
      return ctx.actor.moderator ? setOpen(ctx, false) : plannersOnly
  }
}

async function shown(ctx: Ctx, says?: string): Promise<Reply> {
  const { tx, actor, site = '' } = ctx
  const token = await calendarToken(tx, actor.space, (await memberOf(ctx)).id)
  const open = await setting(tx, openCalendarName(actor.space))
  return {
    say: calendarCard({
      ...(token ? { made: token.made_at } : {}),
      ...(token?.used_at ? { used: token.used_at } : {}),
      ...(open ? { open: `${site}/v1/conferences.ics?space=${encodeURIComponent(actor.space)}` } : {}),
      moderator: actor.moderator === true,
      ...(says ? { says } : {}),
    }),
    private: true,
    ...(says ? { update: true } : {}),
  }
}

/** No address lasts longer than this, so that one that was forgotten ends some day: ten years. */
const LASTS = 3650 * DAY

async function newAddress(ctx: Ctx): Promise<Reply> {
  const { tx, now, actor, site = '' } = ctx
  const member = await memberOf(ctx)
  const replaced = await endCalendarTokens(tx, actor.space, member.id, now)
  const { secret, hash } = newSecret(ctx, CALENDAR_SECRET)
  const token = { hash, space: actor.space, member: member.id, scopes: CALENDAR_TOKEN, made_by: member.id }
  await addToken(tx, { ...token, made_at: now, expires_at: plus(now, LASTS) })
  return { say: calendarAddressCard(`${site}/v1/calendar/${secret}.ics`, replaced), private: true }
}

async function endAddress(ctx: Ctx): Promise<Reply> {
  const ended = await endCalendarTokens(ctx.tx, ctx.actor.space, (await memberOf(ctx)).id, ctx.now)
  return shown(ctx, ended ? 'Your address has ended: programs that read it are told so.' : 'You had no address.')
}

async function setOpen(ctx: Ctx, open: boolean): Promise<Reply> {
  const { tx, now, actor } = ctx
  const name = openCalendarName(actor.space)
  if (open) await putSetting(tx, name, now)
  else await dropSetting(tx, name)
  await tellOfCalendar(ctx, open)
  const { id } = await memberOf(ctx)
  await audit(tx, {
    at: now,
    space: actor.space,
    actor: id,
    what: open ? 'calendar.open' : 'calendar.close',
    detail: '',
  })
  return shown(
    ctx,
    open ? 'The calendar of this community is open now.' : 'The calendar of this community is closed now.',
  )
}
