import {
  type Answers,
  type ChannelPlan,
  calendarDay,
  channelEventsForm,
  channelForm,
  channelMoreForm,
  channelName,
  channelPreviewCard,
  channelWrongCard,
  closingDay,
  type Day,
  dayIn,
  type FormReply,
  type Instant,
  parseWhen,
  type Reply,
  strong,
  type Text,
  t,
  usualPlan,
} from '@cme-commons/core'
import {
  channelEventsOf,
  conferenceChannelAt,
  conferenceChannelOf,
  draftOf,
  findSpace,
  putDraft,
} from '@cme-commons/db'
import { editionHere, gone } from '../conferences/catalog.ts'
import { asPlanner } from '../conferences/plan-draft.ts'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { changeChannel, chooseEvents } from './change.ts'
import { type About, aboutChannel, featuresOf, planOf } from './rows.ts'

/** A draft is kept for each edition. */
export const draftName = async (ctx: Ctx, edition: string) => ({
  space: ctx.actor.space,
  member: (await memberOf(ctx)).id,
  kind: `channel/${edition}`,
})

const platformHere = async (ctx: Ctx): Promise<string> => (await findSpace(ctx.tx, ctx.actor.space))?.platform ?? ''

/** An edition of this space with its dates. */
async function aboutHere(ctx: Ctx, edition: string): Promise<About | undefined> {
  return (await editionHere(ctx, edition)) ? aboutChannel(ctx.tx, { edition }) : undefined
}

/** What she last said of a channel that is not opened yet, else what is usual. */
async function planHere(ctx: Ctx, { edition, dates }: About): Promise<ChannelPlan> {
  const kept = await draftOf(ctx.tx, await draftName(ctx, edition.id))
  return kept ? (JSON.parse(kept.body) as ChannelPlan) : usualPlan(edition, dates, ctx.now)
}

/** What opening a channel would do: shown first, with everything filled in that is usual. */
export const previewChannel = (ctx: Ctx, id: string): Promise<FormReply> =>
  asPlanner<FormReply>(ctx, async () => {
    const about = await aboutHere(ctx, id)
    return about ? previewOf(ctx, about, await planHere(ctx, about)) : gone('This edition')
  })

async function previewOf(ctx: Ctx, { edition, dates }: About, plan: ChannelPlan): Promise<FormReply> {
  const body = JSON.stringify(plan)
  const draft = await putDraft(ctx.tx, { ...(await draftName(ctx, edition.id)), body, at: ctx.now })
  return {
    say: channelPreviewCard(
      edition,
      plan,
      doesOf({ ...plan, archiveOn: closingDay(plan, dates) }, await platformHere(ctx)),
      draft,
    ),
    private: true,
  }
}

/** What opening it will do, line by line. */
function doesOf(plan: Omit<ChannelPlan, 'archiveOn'> & { archiveOn: Day | undefined }, platform: string): Text[] {
  const has = featuresOf(platform)
  return [
    plan.adopt
      ? t`The channel ${{ channel: plan.adopt }} becomes its channel, under the name it has.`
      : t`A channel ${strong(`#${plan.name}`)} is made${plan.category && has.forum ? t` in the category ${plan.category}` : ''}. One that bears our mark already is taken instead.`,
    ...(plan.topic ? [t`Its topic: ${plan.topic}`] : []),
    t`A welcome and the schedule are pinned${has.bookmarks ? ', with links to the calendar and the conference’s page' : ''}; the schedule is kept up to date.`,
    ...(plan.forum && has.forum ? [t`A forum for questions is made beside it.`] : []),
    ...(has.events ? [t`The days of the meeting become events; which sessions do as well, you choose later.`] : []),
    t`Reminders of its dates and sessions come there${plan.morning ? ', and a card each morning of the meeting' : ''}.`,
    ...(plan.archiveOn ? [t`It closes on ${calendarDay(plan.archiveOn)}, announced three days before.`] : []),
  ]
}

/** One form about a channel, with what is there already. */
export const askChannel = (ctx: Ctx, id: string, form?: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    const about = await aboutHere(ctx, id)
    if (!about) return gone('This edition')
    const row = await conferenceChannelOf(ctx.tx, id)
    const plan = row ? planOf(row) : await planHere(ctx, about)
    const has = featuresOf(await platformHere(ctx))
    if (form === 'more')
      return { ask: channelMoreForm(about.edition, plan, { category: has.forum && row?.state !== 'open' }) }
    if (form !== 'events')
      return { ask: channelForm(about.edition, plan, { opened: row?.state === 'open', forum: has.forum }) }
    const sessions = about.dates.filter((date) => date.kind === 'session' && date.when.kind === 'at')
    const chosen = row
      ? (await channelEventsOf(ctx.tx, row.id)).flatMap((one) => (one.chosen ? [one.subject] : []))
      : []
    const asked = has.events ? channelEventsForm(about.edition, sessions, chosen) : undefined
    return asked ? { ask: asked } : { refuse: 'nothing-yet', say: channelWrongCard([TOO_FEW], id) }
  })

const TOO_FEW = 'Enter at least two sessions with their times first: then choose which of them are shown as events.'

/** A submitted form about a channel: `channel.plan:e1`, `channel.more:e1`, `channel.events:e1`. */
export const submitChannel = (ctx: Ctx, formId: string, answers: Answers): Promise<FormReply> =>
  asPlanner<FormReply>(ctx, async () => {
    const [, form = '', id = ''] = /^channel\.(plan|more|events):(.+)$/.exec(formId) ?? []
    const about = await aboutHere(ctx, id)
    if (!about) return gone('This edition')
    const row = await conferenceChannelOf(ctx.tx, id)
    if (form === 'events') return row ? chooseEvents(ctx, row, about, answers.sessions) : gone('This channel')
    const before = row ? planOf(row) : await planHere(ctx, about)
    const read = form === 'more' ? readMore(before, answers) : readPlan(before, answers, about.edition.zone, ctx.now)
    const wrong = 'wrong' in read ? read.wrong : await adoptTrouble(ctx, id, read.plan)
    if (Object.keys(wrong).length > 0 || 'wrong' in read) {
      const say = channelWrongCard(Object.values(wrong), id, form === 'more' ? 'more' : undefined)
      return { refuse: 'bad-answer', fields: wrong, say }
    }
    return row ? changeChannel(ctx, row, read.plan) : previewOf(ctx, about, read.plan)
  })

type ReadPlan = { plan: ChannelPlan } | { wrong: Record<string, string> }

const answerOf = (answers: Answers, name: string): string | undefined =>
  answers[name] === undefined ? undefined : String(answers[name]).replaceAll('\0', '').trim()

/** Leaves out of a plan what was emptied. */
const filled = (plan: { [P in keyof ChannelPlan]: ChannelPlan[P] | undefined }): ChannelPlan =>
  Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined && value !== '')) as ChannelPlan

function readPlan(before: ChannelPlan, answers: Answers, zone: string, now: Instant): ReadPlan {
  const wrong: Record<string, string> = {}
  const name = channelName(answerOf(answers, 'name') ?? before.name)
  if (!name) wrong.name = 'Give it a name with letters or digits, as in sacme-2027.'
  const said = answerOf(answers, 'archive') ?? ''
  const archiveOn = said ? readDay(said, zone) : ''
  if (archiveOn === undefined) wrong.archive = 'Write the day on which it closes as in 2027-04-15, or leave it empty.'
  else if (archiveOn && archiveOn <= dayIn(now, zone))
    wrong.archive = 'It closes on a later day than today: that is announced before.'
  if (archiveOn === undefined || Object.keys(wrong).length > 0) return { wrong }
  const forum = answerOf(answers, 'forum')
  const adopt = answerOf(answers, 'adopt')
  const topic = (answerOf(answers, 'topic') ?? before.topic).replace(/\s+/g, ' ').slice(0, 200)
  return {
    plan: { ...filled({ ...before, adopt, archiveOn }), name, topic, forum: forum ? forum === 'yes' : before.forum },
  }
}

function readDay(said: string, zone: string): Day | undefined {
  const read = parseWhen(said, zone)
  return 'value' in read && read.value.kind === 'day' && !read.value.to ? read.value.day : undefined
}

function readMore(before: ChannelPlan, answers: Answers): ReadPlan {
  const category = answerOf(answers, 'category') ?? before.category
  const rota = answerOf(answers, 'rota')?.slice(0, 600)
  return { plan: filled({ ...before, rota, category, morning: answerOf(answers, 'morning') !== 'no' }) }
}

/** A channel has one use: what is another conference's, or where moderators are told things, is none for this one. */
async function adoptTrouble(ctx: Ctx, edition: string, { adopt }: ChannelPlan): Promise<Record<string, string>> {
  if (!adopt) return {}
  const other = await conferenceChannelAt(ctx.tx, ctx.actor.space, adopt)
  if (other && other.edition !== edition)
    return { adopt: 'That is the channel of another conference: choose another one.' }
  const told = (await findSpace(ctx.tx, ctx.actor.space))?.moderators
  return told === `channel:${adopt}` ? { adopt: 'That is where moderators are told things: choose another one.' } : {}
}
