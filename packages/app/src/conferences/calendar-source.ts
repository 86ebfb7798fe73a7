import { createHash } from 'node:crypto'
import {
  type Answers,
  type CalendarAction,
  calendarChangesCard,
  calendarSourcesCard,
  type Edition,
  type FollowedCalendar,
  type FormReply,
  type ImportProposal,
  isEmptyProposal,
  planWrongCard,
  type Reply,
  type Text,
  t,
} from '@cme-commons/core'
import {
  addCalendarSource,
  type CalendarSourceTable,
  calendarSourcesOf,
  changeCalendarSource,
  dropCalendarSource,
  findCalendarSource,
  holdSpace,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { editionHere, gone } from './catalog.ts'
import { asPlanner } from './plan-draft.ts'
import { type OtherCalendar, previewCalendar, proposeCalendar, takeCalendar } from './take-calendar.ts'

/** No edition follows more than these. */
const MOST = 5

type Asked = Extract<CalendarAction, { source: string } | { edition: string }>

export const isAboutCalendarSources = (action: CalendarAction): action is Asked =>
  'source' in action || 'edition' in action

/** Answers what moderators do about the calendars that an edition follows. */
export const calendarSourceReply = (ctx: Ctx, action: Asked): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    if (action.do === 'calendar.sources') {
      const edition = await editionHere(ctx, action.edition)
      return edition ? showSources(ctx, edition) : gone('This edition')
    }
    await holdSpace(ctx.tx, ctx.actor.space)
    const source = await findCalendarSource(ctx.tx, action.source)
    const edition = source?.space === ctx.actor.space ? await editionHere(ctx, source.edition) : undefined
    if (!source || !edition) return gone('This calendar')
    if (action.do === 'calendar.leave') {
      await dropCalendarSource(ctx.tx, source.id)
      return showSources(ctx, edition, t`It is not followed any more. The dates that were taken of it stay.`)
    }
    if (action.do === 'calendar.changes') return showChanges(ctx, edition, source)
    if (action.key !== source.pending_key) return showChanges(ctx, edition, source)
    return action.do === 'calendar.take' ? take(ctx, edition, source) : decline(ctx, edition, source)
  })

/** A submitted address: read by the next turn of the poller, because nothing waits for a network inside a press. */
export const followCalendar = (ctx: Ctx, id: string, answers: Answers): Promise<FormReply> =>
  asPlanner<FormReply>(ctx, async () => {
    const edition = await editionHere(ctx, id)
    if (!edition) return gone('This edition')
    const url = String(answers.address ?? '')
      .trim()
      .replace(/^webcals?:\/\//i, 'https://')
    const known = await calendarSourcesOf(ctx.tx, id)
    const wrong = !/^https?:\/\/[^\s/]+\.[^\s]+$/.test(url)
      ? 'Write the address of a calendar, as in https://example.org/meeting.ics or webcal://example.org/meeting.ics.'
      : known.length >= MOST && !known.some((one) => one.url === url)
        ? `An edition follows ${MOST} calendars at most: stop following one first.`
        : undefined
    if (wrong)
      return {
        refuse: 'bad-answer',
        fields: { address: wrong },
        say: planWrongCard([wrong], { form: 'calendar', of: `edition/${id}` }),
      }
    await addCalendarSource(ctx.tx, { space: ctx.actor.space, edition: id, url, now: ctx.now })
    return showSources(
      ctx,
      edition,
      t`It is read within a few minutes, and then once a day. What it tells is shown to you before anything is taken: here, and where your notices go.`,
    )
  })

/** What a followed calendar told last, as it can be taken. */
export const otherCalendar = ({ url, pending }: Pick<CalendarSourceTable, 'url' | 'pending'>): OtherCalendar => ({
  source: url,
  whole: true,
  dates: pending === null ? [] : JSON.parse(pending),
})

/** Names what taking a calendar would do: another name once that is something else. */
export const keyOf = ({ add, change, remove }: ImportProposal): string =>
  createHash('sha256')
    .update(JSON.stringify([add, change.map(({ date, to }) => [date, to]), remove]))
    .digest('base64url')
    .slice(0, 12)

async function showSources(ctx: Ctx, edition: Edition, said?: Text): Promise<FormReply> {
  const rows = await calendarSourcesOf(ctx.tx, edition.id)
  const calendars = rows.map(
    (row): FollowedCalendar => ({
      id: row.id,
      url: row.url,
      ...(row.read_at ? { read: row.read_at } : {}),
      ...(row.trouble ? { trouble: row.trouble } : {}),
      waits: row.pending !== null,
    }),
  )
  return { say: calendarSourcesCard(edition, calendars, said), private: true, ...(said ? { update: true } : {}) }
}

async function showChanges(ctx: Ctx, edition: Edition, source: CalendarSourceTable): Promise<Reply> {
  if (source.pending === null) return showSources(ctx, edition, t`Nothing of this calendar waits to be taken.`)
  const calendar = otherCalendar(source)
  const proposal = await proposeCalendar(ctx.tx, edition.id, calendar, ctx.now)
  if (isEmptyProposal(proposal)) {
    await changeCalendarSource(ctx.tx, source.id, { pending: null, pending_key: null, pending_at: null })
    return showSources(ctx, edition, t`All of it is here already.`)
  }
  const key = keyOf(proposal)
  if (key !== source.pending_key) await changeCalendarSource(ctx.tx, source.id, { pending_key: key })
  const does = await previewCalendar(ctx, edition, calendar)
  const told = { id: source.id, url: source.url, key }
  return { say: calendarChangesCard(edition, told, proposal, does), private: true }
}

async function take(ctx: Ctx, edition: Edition, source: CalendarSourceTable): Promise<Reply> {
  const { id: member } = await memberOf(ctx)
  const by = { tx: ctx.tx, now: ctx.now, by: { member } }
  const taken = await takeCalendar(by, edition, otherCalendar(source))
  await changeCalendarSource(ctx.tx, source.id, { pending: null, pending_key: null, pending_at: null })
  return showSources(ctx, edition, t`Taken: ${taken === 1 ? 'one date' : `${taken} dates`}.`)
}

async function decline(ctx: Ctx, edition: Edition, source: CalendarSourceTable): Promise<Reply> {
  await changeCalendarSource(ctx.tx, source.id, {
    pending: null,
    pending_key: null,
    pending_at: null,
    declined_key: source.pending_key,
  })
  return showSources(ctx, edition, t`Nothing was taken. You hear of it again when the calendar tells something else.`)
}
