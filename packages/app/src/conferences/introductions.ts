import {
  type Answers,
  DETAILS_MAX,
  type Edition,
  type FormReply,
  INTEREST_MAX,
  INTRODUCTION_SHOWS,
  isMetAnswer,
  leftCard,
  type MeetShown,
  meetCard,
  meetForm,
  meetingDays,
  metCard,
  type OwnIntroduction,
  type Reply,
  roundCard,
  roundsOf,
  SHOWN_NAME_MAX,
  t,
} from '@cme-commons/core'
import {
  answerMet,
  audit,
  datesOfEdition,
  dropIntroduction,
  type IntroductionTable,
  introducedAt,
  introductionOf,
  introductionsAt,
  putIntroduction,
  roundsHeld,
  withdraw,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { moderatorsOnly } from '../moderators.ts'
import { memberOf } from '../people.ts'
import { words } from '../suggestions.ts'
import { editionHere, gone } from './catalog.ts'
import { aboutEdition, type Meant } from './here.ts'
import { holdRound, introductionKeys, wantingAnother } from './introductions-rounds.ts'
import { dateOf } from './rows.ts'

export const ownIntroduction = (row: IntroductionTable): OwnIntroduction => ({
  name: row.name,
  interest: row.interest,
  ...(row.details ? { details: row.details } : {}),
  shows: INTRODUCTION_SHOWS.filter((one) => row.shows.split(',').includes(one)),
})

/** Introductions at the meeting that is meant. */
export const showMeet = (ctx: Ctx, meant: Meant): Promise<Reply> =>
  aboutEdition(
    ctx,
    meant,
    (edition) => ({ do: 'meet', edition }),
    (edition) => shown(ctx, edition),
  )

async function shown(ctx: Ctx, edition: Edition, update = false): Promise<FormReply> {
  const { tx, now, actor } = ctx
  const own = await introductionOf(tx, edition.id, (await memberOf(ctx)).id)
  const days = meetingDays((await datesOfEdition(tx, edition.id)).map(dateOf), edition.zone)
  const held = new Set((await roundsHeld(tx, edition.id)).map(({ round }) => round))
  const next = days && roundsOf(days.first, edition.zone).find((one) => !held.has(one.round) && one.opens > now)
  const card = meetCard({
    edition,
    ...(own ? { own: ownIntroduction(own) } : {}),
    ...(next ? { next: next.opens } : {}),
    ...(actor.moderator ? { counts: await counts(ctx, edition.id) } : {}),
  })
  return { say: card, private: true, ...(update ? { update } : {}) }
}

async function counts({ tx }: Ctx, edition: string): Promise<NonNullable<MeetShown['counts']>> {
  const all = await introducedAt(tx, edition)
  return {
    people: (await introductionsAt(tx, edition)).length,
    introduced: new Set(all.map(({ member }) => member)).size,
    answered: all.filter(({ answer }) => answer !== null).length,
    met: all.filter(({ answer }) => answer === 'yes').length,
  }
}

/** Runs `then` with an edition of this space that is on. */
async function at<R extends Reply>(
  ctx: Ctx,
  id: string,
  then: (edition: Edition) => Promise<R>,
): Promise<R | FormReply> {
  const edition = await editionHere(ctx, id)
  return edition && edition.status === 'planned' ? then(edition) : gone('This meeting')
}

export const askMeet = (ctx: Ctx, id: string): Promise<Reply> =>
  at<Reply>(ctx, id, async (edition) => {
    const member = await memberOf(ctx)
    const own = await introductionOf(ctx.tx, id, member.id)
    return { ask: meetForm(edition, member.name ?? undefined, own && ownIntroduction(own)) }
  })

/** The submitted form `meet:<edition>`: joins, or changes what is shown. */
export const submitMeet = (ctx: Ctx, form: string, answers: Answers): Promise<FormReply> =>
  at(ctx, form.slice('meet:'.length), async (edition) => {
    const name = words(answers.name, SHOWN_NAME_MAX)
    const interest = words(answers.interest, INTEREST_MAX)
    const fields = {
      ...(name ? {} : { name: 'Write the name that others see: an introduction needs one.' }),
      ...(interest ? {} : { interest: 'Say in a few words what you would like to talk about.' }),
    }
    if (Object.keys(fields).length > 0) return notYet(edition, fields)
    const ticked = [answers.shows ?? []].flat().flatMap((one) => one.split(','))
    await putIntroduction(ctx.tx, {
      edition: edition.id,
      space: ctx.actor.space,
      member: (await memberOf(ctx)).id,
      name,
      interest,
      details: words(answers.details, DETAILS_MAX, true),
      shows: INTRODUCTION_SHOWS.filter((one) => ticked.includes(one)).join(','),
      at: ctx.now,
    })
    return shown(ctx, edition)
  })

const notYet = ({ id }: Edition, fields: Record<string, string>): FormReply => ({
  refuse: 'bad-answer',
  fields,
  say: {
    title: 'You are not introduced yet',
    blocks: [{ kind: 'list', items: Object.values(fields).map((say) => t`${say}`) }],
    buttons: [{ label: 'Try again', style: 'primary', act: { do: 'meet.form', edition: id } }],
  },
})

/** Out at once: what she filled in is deleted, what waits for her is taken back. It works for a cancelled edition as well. */
export async function leaveMeet(ctx: Ctx, id: string): Promise<Reply> {
  const edition = await editionHere(ctx, id)
  if (!edition) return gone('This meeting')
  const { id: member } = await memberOf(ctx)
  await dropIntroduction(ctx.tx, id, member)
  await withdraw(ctx.tx, introductionKeys(id, member), ctx.now)
  return { say: leftCard(edition), private: true, update: true }
}

/** A round that a moderator starts. */
export async function startRound(ctx: Ctx, id: string): Promise<Reply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  return at<Reply>(ctx, id, async (edition) => {
    const { tx, now, actor } = ctx
    const held = (await roundsHeld(tx, id)).length
    const { introduced, left } = await holdRound(tx, { edition: id, space: actor.space }, `now-${held + 1}`, now)
    const { id: me } = await memberOf(ctx)
    const detail = `${id}, ${introduced.length} members`
    await audit(tx, { at: now, space: actor.space, actor: me, what: 'introductions.round', detail })
    return { say: roundCard(edition, introduced.length, left), private: true }
  })
}

/** The answer to "did you meet?". Who wants somebody else is introduced at once where another one wants the same. */
export const answerDidYouMeet = (ctx: Ctx, id: string, round: string, answer: string): Promise<Reply> =>
  at<Reply>(ctx, id, async (edition) => {
    const { tx, now, actor } = ctx
    const { id: member } = await memberOf(ctx)
    if (!isMetAnswer(answer) || !(await answerMet(tx, { edition: id, round, member, answer, now })))
      return gone('This introduction')
    if (answer !== 'other') return { say: metCard(edition, answer, false), private: true, update: true }
    await withdraw(tx, `${introductionKeys(id, member)}${round}/`, now)
    const only = await wantingAnother(tx, id)
    const held = (await roundsHeld(tx, id)).length
    const again = await holdRound(tx, { edition: id, space: actor.space }, `again-${held + 1}`, now, { only })
    return { say: metCard(edition, answer, again.introduced.includes(member)), private: true, update: true }
  })
