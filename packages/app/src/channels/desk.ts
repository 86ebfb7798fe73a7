import { channelCard, closingDay, type FormReply, type SentItem } from '@cme-commons/core'
import {
  answersFor,
  type ConferenceChannelTable,
  type Delivery,
  deliveryOf,
  findDate,
  findSpace,
  promisedIn,
} from '@cme-commons/db'
import { gone } from '../conferences/catalog.ts'
import type { Ctx } from '../ctx.ts'
import { comingIn, promisedItem } from './coming.ts'
import { aboutChannel, featuresOf, partKey, placeOfChannel, planOf } from './rows.ts'

const LATEST = 60
const SHOWN = 8

/** A channel as its moderators see it now. */
export async function channelReply(ctx: Ctx, row: ConferenceChannelTable, said?: string): Promise<FormReply> {
  const { tx, now } = ctx
  const about = await aboutChannel(tx, row)
  if (!about) return gone('This channel')
  const since = row.opened_at ?? row.made_at
  const promised = row.channel ? await promisedIn(tx, { space: row.space, channel: row.channel, since }, LATEST) : []
  const latest = (states: readonly Delivery['state'][]) =>
    promised.filter(({ state }) => states.includes(state)).slice(0, SHOWN)
  const sent: SentItem[] = []
  for (const one of latest(['done'])) sent.push({ title: await titleOf(ctx, one), at: one.settled ?? one.due })
  const failed: SentItem[] = []
  for (const one of latest(['dead', 'expired'])) {
    const { item } = promisedItem(one.effect)
    const why = one.trouble ?? 'It could not be sent in time.'
    failed.push({ title: await titleOf(ctx, one), at: one.settled ?? one.due, why, ...(item ? { again: item } : {}) })
  }
  const shown = {
    edition: about.edition,
    plan: planOf(row),
    closes: closingDay(planOf(row), about.dates),
    state: row.state,
    place: placeOfChannel(row),
    ...(row.trouble ? { trouble: row.trouble } : {}),
    answers: await answersFor(tx, row.edition),
    coming: await comingIn(tx, row, now),
    sent,
    failed,
    events: featuresOf((await findSpace(tx, row.space))?.platform ?? '').events,
  }
  return {
    say: channelCard(shown, said ?? (await triedAgain(ctx, row))),
    private: true,
    ...(said ? { update: true } : {}),
  }
}

/** Why a channel is not there yet, while it is tried again by itself. */
async function triedAgain(ctx: Ctx, row: ConferenceChannelTable): Promise<string | undefined> {
  if (row.state !== 'opening' || row.trouble) return undefined
  const trouble = (await deliveryOf(ctx.tx, partKey(row, 'open')))?.trouble
  return trouble && `It is tried again by itself; so far: ${trouble}`
}

async function titleOf(ctx: Ctx, { effect }: Delivery): Promise<string> {
  const { title } = promisedItem(effect)
  if (effect.kind !== 'reminder' && effect.kind !== 'date-news') return title
  return `${title}: ${(await findDate(ctx.tx, effect.date))?.title ?? ''}`
}
