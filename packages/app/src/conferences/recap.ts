import {
  type Answers,
  type Button,
  type Edition,
  type FormReply,
  keepsakeCard,
  noEditionCard,
  RECAP_MAX,
  RECAP_PARTS,
  type Recap,
  type RecapAction,
  type Reply,
  readLink,
  recapCard,
  recapDraftCard,
  recapForm,
  STAR_MAX,
  starForm,
  starredCard,
  t,
} from '@cme-commons/core'
import {
  addStar,
  audit,
  conferenceChannelOf,
  datesOfEdition,
  dropStar,
  findSpace,
  putRecap,
  questionById,
  recapPosted,
  starById,
  starsAt,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { moderatorsOnly } from '../moderators.ts'
import { memberOf } from '../people.ts'
import { words } from '../suggestions.ts'
import { editionHere, gone } from './catalog.ts'
import { aboutEdition, editionsMeant, type Meant } from './here.ts'
import { promise } from './promise.ts'
import { meetingQuestionOf } from './questions-asked.ts'
import { keepsakeOf, recapNow, starOf } from './recap-sources.ts'

/** The channel of an edition that is open, where its recap goes. */
async function channelOf({ tx }: Ctx, edition: string): Promise<string | undefined> {
  const row = await conferenceChannelOf(tx, edition)
  return row?.state === 'open' ? (row.channel ?? undefined) : undefined
}

/** The recap of the meeting that is meant, for its moderators. */
export async function showRecap(ctx: Ctx, meant: Meant): Promise<Reply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  return aboutEdition(
    ctx,
    meant,
    (edition) => ({ do: 'recap', edition }),
    (edition) => shown(ctx, edition),
  )
}

async function shown(ctx: Ctx, edition: Edition, update = false): Promise<FormReply> {
  const { recap, posted, kept } = await recapNow(ctx.tx, edition)
  const stars = kept ? [] : (await starsAt(ctx.tx, edition.id)).map(starOf)
  const channel = (await channelOf(ctx, edition.id)) !== undefined
  const days = (await datesOfEdition(ctx.tx, edition.id)).filter(({ kind }) => kind === 'event')
  const early = days.some(({ over_at }) => over_at > ctx.now)
  return {
    say: recapDraftCard(edition, recap, { ...(posted ? { posted } : {}), channel, stars, early }),
    private: true,
    ...(update ? { update } : {}),
  }
}

/** Runs `then` for a moderator with an edition of her space. */
async function moderating<R extends Reply>(
  ctx: Ctx,
  id: string,
  then: (edition: Edition) => Promise<R>,
): Promise<R | FormReply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  const edition = await editionHere(ctx, id)
  return edition ? then(edition) : gone('This meeting')
}

export const askRecap = (ctx: Ctx, id: string): Promise<Reply> =>
  moderating<Reply>(ctx, id, async (edition) => {
    const { recap, posted } = await recapNow(ctx.tx, edition)
    return posted ? shown(ctx, edition, true) : { ask: recapForm(edition, recap) }
  })

/** The submitted form `recap:<edition>`: the draft is kept as she wrote it, and not posted. */
export const submitRecap = (ctx: Ctx, form: string, answers: Answers): Promise<FormReply> =>
  moderating(ctx, form.slice('recap:'.length), async (edition) => {
    const recap = Object.fromEntries(
      RECAP_PARTS.map((part) => [part, words(answers[part], RECAP_MAX[part], true)]),
    ) as Recap
    await keep(ctx, edition, recap)
    return shown(ctx, edition)
  })

async function keep(ctx: Ctx, { id, space }: Edition, recap: Recap): Promise<boolean> {
  const changed_by = (await memberOf(ctx)).id
  return putRecap(ctx.tx, { edition: id, space, body: JSON.stringify(recap), changed_by, changed_at: ctx.now })
}

/** Posts the recap in the channel of the meeting, once. */
export const postRecap = (ctx: Ctx, id: string): Promise<Reply> =>
  moderating<Reply>(ctx, id, async (edition) => {
    const { tx, now, actor } = ctx
    const channel = await channelOf(ctx, id)
    const { recap, posted, kept } = await recapNow(tx, edition)
    if (posted || !channel) return shown(ctx, edition, true)
    if (!kept) await keep(ctx, edition, recap)
    if (!(await recapPosted(tx, id, now))) return shown(ctx, edition, true)
    const effect = { kind: 'message' as const, card: recapCard(edition, recap) }
    const one = { key: `recap/${id}/channel`, space: actor.space, address: `channel:${channel}`, effect, due: now }
    await promise(tx, [one], now, async () => {})
    await audit(tx, { at: now, space: actor.space, actor: (await memberOf(ctx)).id, what: 'recap.posted', detail: id })
    return shown(ctx, edition, true)
  })

/** Keeps a released question for the recap at once; words, a link or a message first come as a form. */
export async function star(ctx: Ctx, action: Extract<RecapAction, { do: 'recap.star' }>): Promise<Reply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  if (action.question !== undefined) return starQuestion(ctx, action.question)
  const editions = await editionsMeant(ctx, action.edition === undefined ? {} : { edition: action.edition })
  if (!editions) return gone('This meeting')
  if (editions.length === 0) return { refuse: 'nothing-yet', say: noEditionCard(true) }
  const typed = action.text ?? ''
  const link = action.link ?? /https?:\/\/[^\s<>|]+/.exec(typed)?.[0]
  const { author } = action
  const text = link && action.link === undefined ? typed.replace(link, '').trim() : typed
  return { ask: starForm(editions, { text, ...(link ? { link } : {}), ...(author ? { author } : {}) }) }
}

async function starQuestion(ctx: Ctx, id: string): Promise<FormReply> {
  const { tx, now, actor } = ctx
  const row = await questionById(tx, id)
  const edition = row && (await editionHere(ctx, row.edition))
  if (!edition || (row.state !== 'released' && row.state !== 'answered')) return gone('This question')
  const { text } = meetingQuestionOf(row)
  const known = (await starsAt(tx, edition.id)).some(({ question }) => question === id)
  const by = (await memberOf(ctx)).id
  const kept = { edition: edition.id, space: actor.space, question: id, text, href: null, author: null }
  if (!known) await addStar(tx, { ...kept, starred_by: by, at: now })
  return { say: starredCard(edition, text), private: true }
}

/** The submitted form `recap.star:<edition>`, or `recap.star` with the edition among the answers. */
export async function submitStar(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  const id = form.startsWith('recap.star:') ? form.slice('recap.star:'.length) : words(answers.edition, 60)
  return moderating(ctx, id, async (edition) => {
    const text = words(answers.text, STAR_MAX)
    const address = words(answers.link, 400)
    const page = address ? readLink(address) : undefined
    const fields = {
      ...(text ? {} : { text: 'Say in a few words what is worth keeping.' }),
      ...(page && 'error' in page ? { link: page.error } : {}),
    }
    if (Object.keys(fields).length > 0 || (page && 'error' in page)) return notStarred(edition, fields)
    await addStar(ctx.tx, {
      edition: edition.id,
      space: ctx.actor.space,
      question: null,
      text,
      href: page?.href ?? null,
      author: words(answers.author, 60) || null,
      starred_by: (await memberOf(ctx)).id,
      at: ctx.now,
    })
    return { say: starredCard(edition, text), private: true }
  })
}

const notStarred = ({ id }: Edition, fields: Record<string, string>): FormReply => ({
  refuse: 'bad-answer',
  fields,
  say: {
    title: 'Not starred yet',
    blocks: [{ kind: 'list', items: Object.values(fields).map((say) => t`${say}`) }],
    buttons: [{ label: 'Try again', style: 'primary', act: { do: 'recap.star', edition: id } }],
  },
})

export async function unstar(ctx: Ctx, id: string): Promise<Reply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  const row = await starById(ctx.tx, id)
  const edition = row && (await editionHere(ctx, row.edition))
  if (!edition) return gone('This star')
  await dropStar(ctx.tx, id)
  return shown(ctx, edition, true)
}

/** What is worth keeping of the meeting that is meant, for everybody in its community. */
export const showKeepsake = (ctx: Ctx, meant: Meant, from = 0): Promise<Reply> =>
  aboutEdition(
    ctx,
    meant,
    (edition) => ({ do: 'keepsake', edition }),
    async (edition) => {
      const file = await keepsakeOf(ctx.tx, edition.id, ctx.now, ctx.actor.space)
      if (!file) return gone('This meeting')
      return { say: keepsakeCard(edition, file, from, await saves(ctx, edition)), private: true }
    },
  )

/** Where it can be saved as a file: on the try-out page only, whose address tells who asks. */
async function saves({ tx, actor }: Ctx, { id }: Edition): Promise<Button[]> {
  if ((await findSpace(tx, actor.space))?.platform !== 'try') return []
  const to = (ending: string) => `/documents/keepsake/${id}${ending}?as=${encodeURIComponent(actor.user)}`
  return [
    { label: 'Save as Markdown', href: to('.md') },
    { label: 'Page to print', href: to('') },
  ]
}
