import {
  channelCloseCard,
  channelComingCard,
  channelItemCard,
  type FormReply,
  isClosing,
  type Reply,
} from '@cme-commons/core'
import {
  type ConferenceChannelTable,
  changeConferenceChannel,
  conferenceChannelOf,
  dropDecision,
  dropDelivery,
  findSpace,
  holdConferenceChannel,
  lookAtDate,
  post,
  promisedIn,
  putDecision,
  revive,
  sendNow,
} from '@cme-commons/db'
import { gone } from '../conferences/catalog.ts'
import { asPlanner } from '../conferences/plan-draft.ts'
import type { Ctx } from '../ctx.ts'
import { laneOf } from '../lanes.ts'
import { memberOf } from '../people.ts'
import { type Coming, comingIn, promisedItem } from './coming.ts'
import { channelReply } from './desk.ts'
import { aboutChannel, placeOfChannel } from './rows.ts'

/** The channel of an edition of this space. */
async function channelHere(ctx: Ctx, edition: string): Promise<ConferenceChannelTable | undefined> {
  const row = await conferenceChannelOf(ctx.tx, edition)
  return row?.space === ctx.actor.space ? row : undefined
}

/** What comes in a channel, with a way to decide about each. */
export const showComing = (ctx: Ctx, edition: string, from = 0): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    const row = await channelHere(ctx, edition)
    const about = row && (await aboutChannel(ctx.tx, row))
    if (!row || !about) return gone('This channel')
    return { say: channelComingCard(about.edition, await comingIn(ctx.tx, row, ctx.now), from), private: true }
  })

/** One thing that comes in a channel. */
export const showItem = (ctx: Ctx, edition: string, item: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => itemReply(ctx, edition, item))

async function itemReply(ctx: Ctx, edition: string, item: string, said?: string): Promise<FormReply> {
  const row = await channelHere(ctx, edition)
  const about = row && (await aboutChannel(ctx.tx, row))
  const found = row && (await comingIn(ctx.tx, row, ctx.now)).find((one) => one.item === item)
  if (!row || !about) return gone('This channel')
  if (!found) return channelReply(ctx, row, said ?? 'That has gone out already, or is not to come any more.')
  return {
    say: channelItemCard(about.edition, found, said),
    private: true,
    ...(said ? { update: true } : {}),
  }
}

/** Holds something that comes, leaves it out, lets it come again, or sends it at once. */
export const decide = (ctx: Ctx, edition: string, item: string, to: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    const seen = await channelHere(ctx, edition)
    const row = seen && (await holdConferenceChannel(ctx.tx, seen.id))
    if (row?.state === 'archived') return channelReply(ctx, row, 'It is closed already.')
    if (row?.state !== 'open' || row.channel === null) return gone('This channel')
    const found = await thatComes(ctx, row, item)
    if (!found) return itemReply(ctx, edition, item)
    const close = `close.${row.attempt}`
    // A button that asked about an earlier channel of this edition closes none: it asks anew.
    if (isClosing(item) && (to === 'now' || (to.startsWith('close.') && to !== close))) return askClose(ctx, row, found)
    const keep = async (decision: 'hold' | 'skip' | 'now') => {
      const by = { decided_by: (await memberOf(ctx)).id, decided_at: ctx.now }
      await putDecision(ctx.tx, { key: found.key, space: row.space, conference_channel: row.id, decision, ...by })
    }
    if (to === 'hold' || to === 'skip') {
      await dropDelivery(ctx.tx, found.key, ctx.now)
      await keep(to)
      await changeConferenceChannel(ctx.tx, row.id, { look_at: '' })
      return itemReply(ctx, edition, item, to === 'hold' ? 'It is held until you release it.' : 'It is left out.')
    }
    if (to === 'now' || (to === close && isClosing(item))) {
      await keep('now')
      await sendAtOnce(ctx, row, found)
      return channelReply(ctx, row, to === close ? 'It is being closed.' : 'It goes out now.')
    }
    if (to !== 'release') return itemReply(ctx, edition, item)
    await dropDecision(ctx.tx, found.key)
    await revive(ctx.tx, [found.key])
    // Whether it is open, and still of use, is for the next tick to see.
    await changeConferenceChannel(ctx.tx, row.id, { look_at: '' })
    if (found.effect.kind === 'reminder') await lookAtDate(ctx.tx, found.effect.date)
    return itemReply(ctx, edition, item, 'It comes as it would have.')
  })

async function askClose(ctx: Ctx, row: ConferenceChannelTable, found: Coming): Promise<FormReply> {
  const about = await aboutChannel(ctx.tx, row)
  if (!about) return gone('This channel')
  const { item, at } = found
  const asked = { item, to: `close.${row.attempt}`, ...(at > ctx.now ? { closes: at } : {}) }
  return { say: channelCloseCard(about.edition, placeOfChannel(row), asked), private: true }
}

/** What is to come under a name; also what is promised and waits, or was promised and failed. */
async function thatComes(ctx: Ctx, row: ConferenceChannelTable, item: string): Promise<Coming | undefined> {
  const coming = (await comingIn(ctx.tx, row, ctx.now)).find((one) => one.item === item)
  if (coming) return coming
  const promised = await promisedIn(
    ctx.tx,
    { space: row.space, channel: row.channel!, since: row.opened_at ?? '' },
    500,
  )
  const found = promised.find(
    ({ state, effect }) => ['waiting', 'dead', 'expired'].includes(state) && promisedItem(effect).item === item,
  )
  return found && { item, title: promisedItem(found.effect).title, at: found.due, key: found.key, effect: found.effect }
}

async function sendAtOnce(ctx: Ctx, row: ConferenceChannelTable, { key, effect, until }: Coming): Promise<void> {
  const space = (await findSpace(ctx.tx, row.space))!
  const to = { space: row.space, channel: row.channel! }
  const expires = until && until > ctx.now ? { expires: until } : {}
  const added = await post(ctx.tx, ctx.now, [{ key, lane: laneOf(space), to, effect, due: ctx.now, ...expires }])
  if (added === 0) await sendNow(ctx.tx, key, ctx.now)
}
