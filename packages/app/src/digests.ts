import {
  type Answers,
  atWall,
  code,
  type Digest,
  digestCard,
  type FormReply,
  goneCard,
  lessCard,
  placeInWords,
  type Reply,
  restCard,
  type Subscription,
  snoozeCard,
  subscriptionCard,
  t,
  topicName,
  trackName,
  whatForm,
  whenForm,
  whyCard,
} from '@cme-commons/core'
import { findDigest, findSpace, findSubscription, itemsById, type Read, settingsOf } from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { memberOf } from './people.ts'
import { previewItems } from './preview.ts'
import { digestOf, itemOf, subscriptionOf } from './rows.ts'
import { checkWhat, checkWhen } from './schedule-form.ts'
import {
  pause,
  reorder,
  type Started,
  sayEmpty,
  snooze,
  snoozeEnd,
  startHere,
  startOwn,
  stop,
} from './subscriptions.ts'
import { moderatorsOnly, withTheirs } from './their-digest.ts'

async function settings(ctx: Ctx, subscription: Subscription, said?: string, update = false): Promise<Reply> {
  const where = await elsewhere(ctx, subscription)
  return { say: subscriptionCard(subscription, ctx.content, ctx.now, said, where), private: true, update }
}

/** Where the digest of who is linked comes, when that is not here. */
async function elsewhere({ tx, actor }: Ctx, { space, to }: Subscription): Promise<string | undefined> {
  if (space === actor.space && !('user' in to && to.user !== actor.user)) return undefined
  const found = await findSpace(tx, space)
  return found && placeInWords({ place: found.name, platform: found.platform })
}

export const show = (ctx: Ctx, id?: string): Promise<Reply> => withTheirs(ctx, id, async (own) => settings(ctx, own))

/**
 * Starts a digest with sensible defaults: the person's own, or (`here`, moderators) one for the channel she is in, or for the one that
 * the settings name for news.
 */
export async function begin(ctx: Ctx, here?: string): Promise<Reply> {
  if (!here) return started(ctx, await startOwn(ctx), 'This is your digest from now on.')
  if (!ctx.actor.moderator) return { refuse: 'moderators-only', say: moderatorsOnly }
  if (here === 'news') return beginNews(ctx)
  if (!ctx.actor.channel)
    return {
      refuse: 'bad-answer',
      say: {
        title: 'Which channel?',
        blocks: [{ kind: 'text', text: t`Say ${code('/cme digest here')} in the channel that should get the digest.` }],
      },
    }
  return started(ctx, await startHere(ctx, ctx.actor.channel), 'This channel gets a digest from now on.')
}

async function beginNews(ctx: Ctx): Promise<Reply> {
  const { news } = await settingsOf(ctx.tx, ctx.actor.space)
  if (!news)
    return {
      refuse: 'nothing-yet',
      say: {
        title: 'Which channel is for news?',
        blocks: [{ kind: 'text', text: t`Name it first; then its digest can start.` }],
        buttons: [{ label: 'Choose channels', style: 'primary', act: { do: 'setup.form', form: 'channels' } }],
      },
    }
  return started(ctx, await startHere(ctx, news), 'The channel for news gets a digest from now on.')
}

/** Lets a digest bring news for the track its reader works in now. */
export const followTrack = (ctx: Ctx, id?: string): Promise<Reply> =>
  withTheirs(ctx, id, async (own) => {
    const { track } = await memberOf(ctx)
    if (!track) return { refuse: 'nothing-yet', say: goneCard('You have not chosen a track yet.') }
    const moved = await reorder(ctx, own, { filter: { ...own.filter, tracks: [track] } })
    return settings(ctx, moved, `It brings news for ${trackName(ctx.content, track)} from now on.`, true)
  })

/** The settings, with a word on it when the digest is new. */
const started = (ctx: Ctx, { subscription, fresh }: Started, said: string): Promise<Reply> =>
  settings(ctx, subscription, fresh ? said : undefined)

export const askWhen = (ctx: Ctx, id?: string): Promise<Reply> =>
  withTheirs(ctx, id, async (own) => ({ ask: whenForm(own) }))
export const askWhat = (ctx: Ctx, id?: string): Promise<Reply> =>
  withTheirs(ctx, id, async (own) => ({ ask: whatForm(own, ctx.content) }))

/** A submitted form: `digest.when:<id>` or `digest.what:<id>`. */
export async function submitted(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  const [kind, id] = form.split(':')
  const reply = await withTheirs(ctx, id ?? '', async (own) => {
    const checked = kind === 'digest.when' ? checkWhen(answers) : checkWhat(answers, ctx.content)
    if ('fields' in checked) return wrong(own, kind, checked.fields)
    const change = kind === 'digest.when' ? { schedule: checked.value as never } : { filter: checked.value as never }
    return settings(ctx, await reorder(ctx, own, change), 'Saved.', true)
  })
  return reply as FormReply
}

const wrong = (own: Subscription, kind: string | undefined, fields: Record<string, string>): Reply => ({
  refuse: 'bad-answer',
  fields,
  say: {
    title: 'Not saved yet',
    blocks: [{ kind: 'list', items: Object.values(fields).map((say) => t`${say}`) }],
    buttons: [
      {
        label: 'Try again',
        style: 'primary',
        act:
          kind === 'digest.when'
            ? { do: 'digest.when', subscription: own.id }
            : { do: 'digest.what', subscription: own.id },
      },
    ],
  },
})

export const preview = (ctx: Ctx, id?: string): Promise<Reply> =>
  withTheirs(ctx, id, async (own) => {
    const items = await previewItems(ctx.tx, own.filter, ctx.content, ctx.now, undefined, own.space)
    if (items.length === 0)
      return {
        refuse: 'nothing-yet',
        say: {
          title: 'Nothing to show yet',
          blocks: [
            {
              kind: 'text',
              text: t`Nothing from the last two weeks passes your filter. Older news is under ${code('/cme news')}.`,
            },
          ],
          buttons: [{ label: 'Change what is in it', act: { do: 'digest.what', subscription: own.id } }],
        },
      }
    const digest: Digest = { id: '', filter: own.filter, items: items.map((item) => item.id), at: ctx.now }
    const card = digestCard(digest, items, ctx.content)
    return { say: { ...card, title: 'Preview: a digest of the last two weeks', buttons: [] }, private: true }
  })

/** Snoozes until a day or for some days; asks how long when nothing was said. */
export const doSnooze = (ctx: Ctx, id?: string, said?: string): Promise<Reply> =>
  withTheirs(ctx, id, async (own) => {
    if (!said) return { say: snoozeCard(own), private: true }
    const until = snoozeEnd(said, ctx.now, own.schedule.zone, (day, zone) => atWall(day, '00:00', zone))
    if (!until)
      return {
        refuse: 'bad-answer',
        say: {
          ...snoozeCard(own),
          title: 'Snooze for how long? Say 14 (days), 2w, or a day as in 2027-01-10, within a year.',
        },
      }
    return settings(ctx, await snooze(ctx, own, until), undefined, true)
  })

export const doPause = (ctx: Ctx, paused: boolean, id?: string): Promise<Reply> =>
  withTheirs(ctx, id, async (own) => settings(ctx, await pause(ctx, own, paused), undefined, true))

/** Turns on or off that the digest says so when there is nothing in it; without a word it turns to the other. */
export const doQuiet = (ctx: Ctx, id?: string, to?: string): Promise<Reply> =>
  withTheirs(ctx, id, async (own) => {
    const say = to === undefined ? !own.evenEmpty : to === 'on'
    const said = say
      ? 'When there is nothing new, a short note says so from now on, and whether all sources were read.'
      : 'When there is nothing new, nothing comes.'
    return settings(ctx, await sayEmpty(ctx, own, say), said, true)
  })

export const doStop = (ctx: Ctx, id?: string): Promise<Reply> =>
  withTheirs(ctx, id, async (own) => {
    await stop(ctx, own)
    return {
      say: {
        title: 'Stopped',
        blocks: [{ kind: 'text', text: t`No more digests. The news stays one command away.` }],
        buttons: [
          { label: 'Latest news', act: { do: 'news' } },
          {
            label: 'Start again',
            act: 'channel' in own.to ? { do: 'digest.start', here: 'yes' } : { do: 'digest.start' },
          },
        ],
      },
      private: true,
      update: true,
    }
  })

/** Leaves a topic out from now on. */
export const mute = (ctx: Ctx, topic: string, id?: string): Promise<Reply> =>
  withTheirs(ctx, id, async (own) => {
    if (!ctx.content.topics.some((known) => known.id === topic))
      return { refuse: 'unknown-name', say: goneCard('This topic is not used any more.') }
    const muted = [...new Set([...own.filter.muted, topic])].sort()
    return settings(
      ctx,
      await reorder(ctx, own, { filter: { ...own.filter, muted } }),
      `${topicName(ctx.content, topic)} is left out from now on.`,
      true,
    )
  })

/**
 * A kept digest with its items in the order it showed them, or the first `most` of them: what needs action comes first. They are as `space` has them
 * now, without those that it does not show any more; without a space as that has them for which the digest was made, if it was for one alone.
 */
export async function keptDigest(db: Read, id: string, { site, most, space }: Showing = {}) {
  const row = await findDigest(db, id)
  if (!row) return undefined
  const digest = digestOf(row, site)
  const ids = digest.items.slice(0, most)
  const items = (await itemsById(db, ids, space ?? row.space)).map((item) => itemOf(item, row.at))
  const shown = new Set(items.map((item) => item.id))
  const left =
    space === undefined && row.space === null
      ? digest.items
      : digest.items.filter((one, i) => i >= ids.length || shown.has(one))
  return { digest: { ...digest, items: left }, items }
}

type Showing = { site?: string; most?: number; space?: string }

const noSuchDigest: Reply = { refuse: 'gone', say: goneCard('This digest is not kept any more.') }

export async function rest(ctx: Ctx, id: string, from: number): Promise<Reply> {
  const kept = await keptDigest(ctx.tx, id, { site: ctx.site, space: ctx.actor.space })
  if (!kept || from >= kept.items.length) return noSuchDigest
  return { say: restCard(kept.digest, kept.items, from, ctx.content), private: true }
}

export async function why(ctx: Ctx, id: string, subscription?: string): Promise<Reply> {
  const kept = await keptDigest(ctx.tx, id, { site: ctx.site, space: ctx.actor.space })
  if (!kept) return noSuchDigest
  // Everybody in a channel may know why something is there.
  const row = subscription ? await findSubscription(ctx.tx, subscription) : undefined
  const channels =
    row && row.space === ctx.actor.space && row.address.startsWith('channel:') ? subscriptionOf(row) : undefined
  const show = (own: Subscription, theirs: boolean): Reply => ({
    say: whyCard(kept.digest, kept.items, ctx.content, own, theirs),
    private: true,
  })
  return channels
    ? show(channels, ctx.actor.moderator === true)
    : withTheirs(ctx, subscription, async (own) => show(own, true))
}

export async function less(ctx: Ctx, id: string, subscription?: string): Promise<Reply> {
  const kept = await keptDigest(ctx.tx, id, { site: ctx.site, space: ctx.actor.space })
  if (!kept) return noSuchDigest
  return withTheirs(ctx, subscription, async (own) => ({ say: lessCard(kept.items, ctx.content, own), private: true }))
}
