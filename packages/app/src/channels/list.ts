import { channelsCard, type Edition, noChannelCard, type Reply } from '@cme-commons/core'
import { conferenceChannelAt, conferenceChannelsOf } from '@cme-commons/db'
import { conferencesIn, editionsAhead, namedConference } from '../conferences/catalog.ts'
import { asPlanner } from '../conferences/plan-draft.ts'
import type { Ctx } from '../ctx.ts'
import { channelReply } from './desk.ts'
import { previewChannel } from './plan.ts'
import { aboutChannel, placeOfChannel } from './rows.ts'

/** The channel of an edition, or what opening it would do. */
export const showChannel = (ctx: Ctx, edition: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    const row = (await conferenceChannelsOf(ctx.tx, ctx.actor.space)).find((one) => one.edition === edition)
    return row ? channelReply(ctx, row) : previewChannel(ctx, edition)
  })

/** Every channel of the space; the one in which it was said, or that was named; `to` is what to do with it. */
export const showChannels = (ctx: Ctx, to?: string, name?: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    const { tx, actor } = ctx
    const here = actor.channel ? await conferenceChannelAt(tx, actor.space, actor.channel) : undefined
    if (name === undefined && here) return toOne(ctx, here.edition, to)
    const ahead = await editionsAhead(ctx)
    if (name !== undefined) {
      const found = await editionNamed(ctx, ahead, name)
      return found ? toOne(ctx, found.id, to) : { refuse: 'unknown-name', say: noChannelCard(name) }
    }
    const rows = await conferenceChannelsOf(tx, actor.space)
    const channels = []
    for (const row of rows) {
      const about = await aboutChannel(tx, row)
      if (about) channels.push({ edition: about.edition, place: placeOfChannel(row), state: row.state })
    }
    const without = ahead.filter(
      ({ id, status }) => status === 'planned' && !rows.some(({ edition }) => edition === id),
    )
    return { say: channelsCard(channels, without), private: true }
  })

/** The edition that is meant by its own name, or the next one of a conference. */
async function editionNamed(ctx: Ctx, ahead: readonly Edition[], name: string): Promise<Edition | undefined> {
  const own = ahead.find((one) => one.name.toLowerCase() === name.trim().toLowerCase())
  if (own) return own
  const conference = namedConference(await conferencesIn(ctx.tx, ctx.actor.space, ctx.content), name)
  return ahead.find((one) => one.conference === conference?.id)
}

async function toOne(ctx: Ctx, edition: string, to?: string): Promise<Reply> {
  const row = (await conferenceChannelsOf(ctx.tx, ctx.actor.space)).find((one) => one.edition === edition)
  if (!row) return previewChannel(ctx, edition)
  if (to !== 'archive' || row.state !== 'open') return channelReply(ctx, row)
  const said = row.archive_on
    ? 'What comes next tells when it closes: there you can close it now.'
    : 'No day is chosen on which it closes: choose one with Topic and closing day; that is announced three days before.'
  return channelReply(ctx, row, said)
}
