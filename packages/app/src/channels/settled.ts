import { channelTroubleCard, DATE_KINDS, type Instant } from '@cme-commons/core'
import {
  type ConferenceChannelTable,
  changeConferenceChannel,
  conferenceChannelAt,
  type Delivery,
  type FinalState,
  findSpace,
  followAt,
  holdConferenceChannel,
  post,
  putFollow,
  type Tx,
  userIn,
} from '@cme-commons/db'
import { amiss } from '../amiss.ts'
import { promise } from '../conferences/promise.ts'
import { listed } from '../conferences/rows.ts'
import { laneOf } from '../lanes.ts'
import { whoMends } from '../who-mends.ts'
import { lookAtChannel } from './look.ts'
import { closeChannel } from './lost.ts'
import { aboutChannel, type ChannelEffect, channelPrefix, featuresOf, partKey } from './rows.ts'

const atOnce = async () => {}

/** What follows when a part of a channel has come to its end. */
export async function channelSettled(tx: Tx, delivery: Delivery, state: FinalState, now: Instant): Promise<void> {
  const { channel: id, part } = delivery.effect as ChannelEffect
  const row = await holdConferenceChannel(tx, id)
  if (!row || !delivery.key.startsWith(channelPrefix(row))) return
  if (state === 'skipped') return
  if (state !== 'done') {
    if (part === 'open') await notOpened(tx, row, delivery.trouble ?? 'The platform gave no answer.', now)
    else if (part === 'forum')
      await changeConferenceChannel(tx, id, { with_forum: 0, trouble: `There is no forum: ${delivery.trouble ?? ''}` })
    else if (delivery.trouble && part.startsWith('archive/'))
      await changeConferenceChannel(tx, id, { trouble: delivery.trouble })
    if (delivery.gone && 'channel' in delivery.to && row.state === 'open') {
      await troubleIn(tx, delivery.to, delivery.trouble ?? '')
      await amiss(tx, row.space, { channel: delivery.to.channel, say: delivery.trouble ?? REFUSED }, now)
    }
    return
  }
  if (part === 'open') return delivery.ref ? opened(tx, row, delivery.ref, now) : notOpened(tx, row, NOTHING_CAME, now)
  if (part === 'forum') return changeConferenceChannel(tx, id, { forum: delivery.ref ?? null })
  const ref = delivery.ref ?? null
  await changeConferenceChannel(tx, id, {
    ...(row.trouble && row.state === 'open' ? { trouble: null } : {}),
    ...(part === 'welcome' ? { welcome_ref: ref ?? row.welcome_ref } : {}),
    ...(part === 'schedule' ? { schedule_ref: ref ?? row.schedule_ref } : {}),
  })
  if (part.startsWith('archive/')) return closeChannel(tx, row, 'archived', now)
  // When the channel closes hangs on when that was told.
  if (part.startsWith('notice/')) await lookAtChannel(tx, id, now, atOnce)
}

const REFUSED = 'The platform refused it.'
const NOTHING_CAME = 'The platform said nothing of a channel: ask who runs this program to look at its log.'

/** The channel is there: what stands in it first is promised in the transaction that notes it, in this order. */
async function opened(tx: Tx, row: ConferenceChannelTable, channel: string, now: Instant): Promise<void> {
  if (row.state !== 'opening') return
  await changeConferenceChannel(tx, row.id, { state: 'open', channel, trouble: null, opened_at: now, look_at: '' })
  const has = featuresOf((await findSpace(tx, row.space))?.platform ?? '')
  const parts = ['welcome' as const, ...(has.bookmarks ? (['bookmark/calendar', 'bookmark/page'] as const) : [])]
  const promised = parts.map((part) => ({
    key: partKey(row, part, part === 'welcome' ? 0 : undefined),
    space: row.space,
    address: `channel:${channel}`,
    effect: { kind: 'channel' as const, channel: row.id, part },
    due: now,
  }))
  const forum =
    has.forum && row.with_forum === 1
      ? [
          {
            key: partKey(row, 'forum'),
            space: row.space,
            address: `channel:new/${row.id}/forum`,
            effect: { kind: 'channel' as const, channel: row.id, part: 'forum' as const },
            due: now,
          },
        ]
      : []
  await followEdition(tx, { ...row, channel }, now)
  await promise(tx, [...promised, ...forum], now, atOnce)
  await lookAtChannel(tx, row.id, now, atOnce)
}

/** A channel follows its edition, sessions and all, until its moderators or its end stop that. */
export async function followEdition(
  tx: Tx,
  { space, channel, edition }: Pick<ConferenceChannelTable, 'space' | 'channel' | 'edition'>,
  now: Instant,
): Promise<void> {
  const zone = (await findSpace(tx, space))?.zone ?? 'UTC'
  const rest = { tracks: '', days: '', minutes: '', answer: null, zone, quiet: null, made_at: now, since: now }
  const [address, scope] = [`channel:${channel}`, `edition/${edition}`]
  if (await followAt(tx, space, address, scope)) return
  await putFollow(tx, { space, address, member: null, scope, kinds: listed(DATE_KINDS), ...rest })
}

/** Keeps what a platform says against a channel, or that it works again, where it is that of a conference. */
export async function troubleIn(
  tx: Tx,
  { space, channel }: { space: string; channel: string },
  why: string | null,
): Promise<void> {
  const row = await conferenceChannelAt(tx, space, channel)
  if (row?.state === 'open' && row.trouble !== why) await changeConferenceChannel(tx, row.id, { trouble: why })
}

/** Keeps why, and tells who can mend it and who wanted it. */
async function notOpened(tx: Tx, row: ConferenceChannelTable, why: string, now: Instant): Promise<void> {
  if (row.state !== 'opening') return
  await changeConferenceChannel(tx, row.id, { trouble: why })
  const about = await aboutChannel(tx, row)
  const space = await findSpace(tx, row.space)
  if (!about || !space) return
  const user = row.opened_by ? await userIn(tx, row.space, row.opened_by) : undefined
  const to = [await whoMends(tx, row.space), ...(user ? [{ space: row.space, user }] : [])].filter(
    (one) => one !== undefined,
  )
  const effect = { kind: 'message' as const, card: channelTroubleCard(about.edition, why) }
  const once = new Map(to.map((one) => ['user' in one ? `user:${one.user}` : `channel:${one.channel}`, one]))
  await post(
    tx,
    now,
    [...once].map(([address, to]) => ({
      key: `${channelPrefix(row)}trouble/${address}`,
      lane: laneOf(space),
      to,
      effect,
      due: now,
    })),
  )
}
