import {
  type Answers,
  type Conference,
  type ConferenceDate,
  calendarSourceForm,
  conferenceForm,
  dateForm,
  editionForm,
  type Form,
  type FormReply,
  importForm,
  isDateKind,
  planWrongCard,
  policyForm,
  type Reply,
} from '@cme-commons/core'
import { findDraft, findSpace } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { followCalendar } from './calendar-source.ts'
import { editionHere, findIn, gone } from './catalog.ts'
import { readTable } from './import.ts'
import { meetingIsHere, otherMeeting } from './one-meeting.ts'
import { asPlanner, dateHere, draftName, leadsHere, preview, type Subject, subjectOf } from './plan-draft.ts'
import { checkConference, checkDate, checkEdition, checkPolicy, type Proposed } from './proposed.ts'
import { dateOf } from './rows.ts'
import { statusBefore } from './save.ts'

/** One form of those that moderators fill in, with what is there already. */
export const askPlan = (ctx: Ctx, form: string, of?: string, draft?: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    const kept = draft ? await findDraft(ctx.tx, await draftName(ctx, draft)) : undefined
    const found = await formOf(ctx, form, subjectOf(of), kept && (JSON.parse(kept.body) as Proposed))
    return found ? { ask: found } : gone('What this changes')
  })

async function formOf(ctx: Ctx, form: string, { kind, id }: Subject, kept?: Proposed): Promise<Form | undefined> {
  if (form === 'import') return importForm()
  if (form === 'policy') return isDateKind(id) ? policyForm(id, await leadsHere(ctx, id)) : undefined
  if (form === 'conference') {
    const own = kind === 'conference' ? await findIn(ctx, id) : undefined
    const said = kept?.what === 'conference' ? kept.said : undefined
    return conferenceForm(
      ctx.content,
      said ? ({ ...own, ...said, id: own?.id ?? '' } as Conference) : own?.space ? own : undefined,
    )
  }
  if (form === 'edition') {
    const edition = kind === 'edition' ? await editionHere(ctx, id) : undefined
    const conference = await findIn(ctx, edition?.conference ?? id)
    const zone = (await findSpace(ctx.tx, ctx.actor.space))?.zone ?? 'UTC'
    const drafted = kept?.what === 'edition' ? kept : undefined
    return conference && editionForm(conference, zone, drafted?.edition ?? edition, drafted?.days)
  }
  const row = kind === 'date' ? await dateHere(ctx, id) : undefined
  const edition = await editionHere(ctx, row?.edition ?? id)
  if (form === 'calendar') return edition && calendarSourceForm(edition)
  const date =
    kept?.what === 'date' ? ({ ...kept.date, id: row?.id ?? edition?.id } as ConferenceDate) : row && dateOf(row)
  return edition && dateForm(edition, form === 'session', date)
}

/** A submitted form, `plan.date:e1`: says what it will do and keeps it until it is saved. */
export const submitPlan = (ctx: Ctx, formId: string, answers: Answers): Promise<FormReply> =>
  asPlanner<FormReply>(ctx, async () => {
    const [, form = '', id = ''] = /^plan\.([a-z]+)(?::(.*))?$/.exec(formId) ?? []
    if (form === 'calendar') return followCalendar(ctx, id, answers)
    const read = await readForm(ctx, form, id, answers)
    if (!read) return gone('What this changes')
    if ('wrong' in read)
      return {
        refuse: 'bad-answer',
        fields: read.fields ?? { csv: inOne(read.wrong) },
        say: planWrongCard(read.wrong, { form, ...(read.of ? { of: read.of } : {}) }, read.instead),
      }
    return preview(ctx, read.proposed, { form, ...(read.of ? { of: read.of } : {}) })
  })

/** What is wrong with the lines of a table, as it stands beside its field. */
const inOne = (wrong: readonly string[]): string =>
  [...wrong.slice(0, 5), ...(wrong.length > 5 ? [`And ${wrong.length - 5} more.`] : [])].join(' ')

type ReadForm = { proposed: Proposed; of?: string } | Wrong
type Wrong = { wrong: readonly string[]; fields?: Record<string, string>; of?: string; instead?: ConferenceDate }

async function readForm(ctx: Ctx, form: string, id: string, answers: Answers): Promise<ReadForm | undefined> {
  const { space } = ctx.actor
  const field = (name: string): string =>
    String(answers[name] ?? '')
      .replaceAll('\0', '')
      .trim()
  const failed = (fields: Record<string, string>, of?: string): Wrong => ({
    wrong: Object.values(fields),
    fields,
    ...(of ? { of } : {}),
  })
  if (form === 'import') {
    const read = await readTable(ctx, space, field('csv'))
    return 'wrong' in read ? { wrong: read.wrong } : { proposed: { what: 'dates', rows: read.rows } }
  }
  if (form === 'policy') {
    if (!isDateKind(id)) return undefined
    const read = checkPolicy(answers, id)
    const of = `kind/${id}`
    return 'fields' in read
      ? failed(read.fields, of)
      : { proposed: { what: 'policy', kind: id, leads: read.value }, of }
  }
  if (form === 'conference') {
    const own = id ? await findIn(ctx, id) : undefined
    if (id && !own?.space) return undefined
    const read = checkConference(answers, ctx.content)
    const of = id ? `conference/${id}` : undefined
    return 'fields' in read
      ? failed(read.fields, of)
      : { proposed: { what: 'conference', ...(id ? { id } : {}), said: read.value }, ...(of ? { of } : {}) }
  }
  if (form === 'edition') {
    const before = await editionHere(ctx, id)
    const conference = await findIn(ctx, before?.conference ?? id)
    if (!conference) return undefined
    const of = before ? `edition/${id}` : `conference/${id}`
    const read = checkEdition(answers, conference.id, space, before)
    return 'fields' in read ? failed(read.fields, of) : { proposed: { what: 'edition', ...read.value }, of }
  }
  if (form !== 'date' && form !== 'session') return undefined
  const row = await dateHere(ctx, id)
  const edition = await editionHere(ctx, row?.edition ?? id)
  if (!edition) return undefined
  const of = row ? `date/${id}` : `edition/${id}`
  const said = {
    kind: form === 'session' ? 'session' : field('kind'),
    title: field('title'),
    when: field('when'),
    status: field('status'),
    source: field('source'),
    place: field('place'),
  }
  const read = checkDate(said, edition, ctx.now, row && dateOf(row))
  if ('fields' in read) return failed(read.fields, of)
  const instead = await otherMeeting(ctx.tx, read.value)
  if (instead) return { ...failed({ kind: meetingIsHere(instead) }, of), instead }
  return { proposed: { what: 'date', date: read.value, ...(row ? { sequence: row.sequence } : {}) }, of }
}

/** A button that cancels, restores or takes out: shown before it is saved, as everything is. */
export const changePlan = (ctx: Ctx, of: string, to: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    const { kind, id } = subjectOf(of)
    if (kind === 'edition') {
      const edition = await editionHere(ctx, id)
      if (!edition || (to !== 'cancel' && to !== 'restore')) return gone('This edition')
      return preview(ctx, {
        what: 'edition',
        edition: { ...edition, status: to === 'cancel' ? 'cancelled' : 'planned' },
      })
    }
    const row = kind === 'date' ? await dateHere(ctx, id) : undefined
    if (!row) return gone('This date')
    const { sequence, changed, ...date } = dateOf(row)
    const status = to === 'cancel' ? ('cancelled' as const) : await statusBefore(ctx.tx, id)
    const next = to === 'remove' ? { ...date, gone: ctx.now } : { ...date, status }
    return preview(ctx, { what: 'date', date: next, sequence })
  })
