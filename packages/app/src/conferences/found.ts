import {
  type Action,
  type Answers,
  type Button,
  CALLS,
  changeButton,
  type Edition,
  FOUND_ON_CARD,
  type FormReply,
  type FoundDateAction,
  type FoundDay,
  foundDateCard,
  foundDatesCard,
  foundForm,
  foundWhereCard,
  goneCard,
  type Reply,
  t,
} from '@cme-commons/core'
import { conferencesOf, decideDate, editionsOf, type FoundRow, findSpace, foundDate, foundDates } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { editionHere, editionsAhead } from './catalog.ts'
import { meetingIsHere, otherMeeting } from './one-meeting.ts'
import { asPlanner, preview } from './plan-draft.ts'
import { checkDate } from './proposed.ts'
import { editionOf } from './rows.ts'
import { saveConference, saveEdition } from './save.ts'

const VERBS: Record<FoundDateAction['do'], true> = {
  found: true,
  'found.open': true,
  'found.take': true,
  'found.drop': true,
}
export const isAboutFound = (action: Action): action is FoundDateAction => Object.hasOwn(VERBS, action.do)

/** Answers what moderators do about days found in the news. */
export const foundReply = (ctx: Ctx, action: FoundDateAction): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    if (action.do === 'found') return queue(ctx, action.from)
    const row = await rowOf(ctx, action.found)
    if (!row) return { refuse: 'gone', say: goneCard('This date was found in an item that is not here any more.') }
    const found = dayOf(row)
    const done = row.state ?? undefined
    if (action.do === 'found.open' || done) return { say: foundDateCard(found, done), private: true }
    if (action.do === 'found.drop') return drop(ctx, found)
    if (action.edition === undefined) return { say: foundWhereCard(found, await editionsAhead(ctx)), private: true }
    const edition = await editionFor(ctx, action.edition, found)
    return edition ? { ask: foundForm(found, edition) } : { say: foundDateCard(found), private: true }
  })

const dayOf = ({ item, day, sense, sentence, title, link }: FoundRow): FoundDay => ({
  id: `${item}.${day}`,
  item,
  day,
  sense: sense as FoundDay['sense'],
  sentence,
  title,
  ...(link ? { link } : {}),
})

function rowOf({ tx, actor }: Ctx, id: string) {
  const at = id.lastIndexOf('.')
  return foundDate(tx, actor.space, id.slice(0, at), id.slice(at + 1))
}

async function queue({ tx, now, actor }: Ctx, from = 0): Promise<Reply> {
  const rows = await foundDates(tx, actor.space, now.slice(0, 10), from, FOUND_ON_CARD + 1)
  const shown = rows.slice(0, FOUND_ON_CARD).map(dayOf)
  return { say: foundDatesCard(shown, { from, more: rows.length > FOUND_ON_CARD }), private: true }
}

async function drop(ctx: Ctx, found: FoundDay): Promise<Reply> {
  await decide(ctx, found.id, 'dropped')
  return { say: foundDateCard(found, 'dropped'), private: true, update: true }
}

/** Writes down what became of a found day, and who decided. */
export async function decide(ctx: Ctx, id: string, state: 'taken' | 'dropped'): Promise<boolean> {
  const { tx, now, actor } = ctx
  const at = id.lastIndexOf('.')
  const { id: decided_by } = await memberOf(ctx)
  const what = { space: actor.space, item: id.slice(0, at), day: id.slice(at + 1) }
  return decideDate(tx, { ...what, state, decided_by, at: now })
}

/** An edition of the space, or the one of calls and deadlines of that year, which may not be there yet: then its id is `calls`. */
async function editionFor(ctx: Ctx, id: string, { day }: FoundDay): Promise<Edition | undefined> {
  if (id !== CALLS) return editionHere(ctx, id)
  const year = Number(day.slice(0, 4))
  const conference = (await conferencesOf(ctx.tx, ctx.actor.space)).find((one) => one.name === CALLS_NAME)?.id ?? ''
  const known = (await editionsOf(ctx.tx, ctx.actor.space, conference)).find((row) => row.year === year)
  if (known) return editionOf(known)
  const zone = (await findSpace(ctx.tx, ctx.actor.space))?.zone ?? 'UTC'
  const name = `Calls and deadlines ${year}`
  return { id: CALLS, conference, name, year, space: ctx.actor.space, zone, status: 'planned' }
}

/** What the list of calls and deadlines is called, and found by. */
const CALLS_NAME = 'Calls and deadlines in the news'

export const isFoundForm = (form: string): boolean => form.startsWith('found:')

/** The form `found:<item>.<day>:<edition>`: shown with what it will do, as every date is, before it is saved. */
export const submitFound = (ctx: Ctx, form: string, answers: Answers): Promise<FormReply> =>
  asPlanner<FormReply>(ctx, async () => {
    const [, id = '', where = ''] = form.split(':')
    const row = await rowOf(ctx, id)
    const edition = row && (await editionFor(ctx, where, dayOf(row)))
    if (!row || !edition)
      return { refuse: 'gone', say: goneCard('This date was found in an item that is not here any more.') }
    const field = (name: string) =>
      String(answers[name] ?? '')
        .replaceAll('\0', '')
        .trim()
    const said = { kind: field('kind'), title: field('title'), when: field('when'), status: field('status') }
    const read = checkDate({ ...said, source: field('source') }, edition, ctx.now)
    if ('fields' in read) return notEntered(dayOf(row), read.fields)
    const instead = await otherMeeting(ctx.tx, read.value)
    if (instead) return notEntered(dayOf(row), { kind: meetingIsHere(instead) }, [changeButton(instead)])
    const kept = edition.id === CALLS ? await openCalls(ctx, edition) : edition
    return preview(ctx, { what: 'date', date: { ...read.value, edition: kept.id }, found: id })
  })

function notEntered(found: FoundDay, fields: Record<string, string>, first: readonly Button[] = []): FormReply {
  const card = foundDateCard(found, undefined, t`Nothing is entered yet: ${Object.values(fields).join(' ')}`)
  const buttons = [...first, ...(card.buttons ?? [])]
  return { refuse: 'bad-answer', fields, say: { ...card, title: 'Nothing is entered yet', buttons } }
}

/** Opens the list of calls and deadlines of a year. */
async function openCalls(ctx: Ctx, { id: _, ...edition }: Edition): Promise<Edition> {
  const { tx, now } = ctx
  const by = { tx, now, by: { member: (await memberOf(ctx)).id } }
  if (edition.conference !== '') return editionOf(await saveEdition(by, edition))
  const conference = await saveConference(by, {
    space: edition.space,
    name: CALLS_NAME,
    short: 'Calls and deadlines',
    organiser: 'The bodies that call',
    href: null,
    tracks: '',
    region: 'intl',
    month: null,
    format: 'online',
    about: 'Calls for comment and deadlines that moderators of this community took out of the news.',
    source: 'the news of this community',
    checked: now.slice(0, 10),
  })
  return editionOf(await saveEdition(by, { ...edition, conference: conference.id }))
}
