import type { ChannelPlan, Reply } from '@cme-commons/core'
import {
  addConferenceChannel,
  type ConferenceChannelTable,
  changeConferenceChannel,
  conferenceChannelOf,
  forgetChannelEvents,
  holdConferenceChannel,
  takeDraft,
} from '@cme-commons/db'
import { editionHere, gone } from '../conferences/catalog.ts'
import { asPlanner } from '../conferences/plan-draft.ts'
import { promise } from '../conferences/promise.ts'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { channelReply } from './desk.ts'
import { closeChannel } from './lost.ts'
import { draftName, previewChannel } from './plan.ts'
import { partKey } from './rows.ts'

/**
 * Opens a channel as it was shown. An edition has one: whoever presses again, or another moderator at the same moment, sees that one.
 */
export const openChannel = (ctx: Ctx, id: string, draft: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    if (!(await editionHere(ctx, id))) return gone('This edition')
    const there = await conferenceChannelOf(ctx.tx, id)
    if (there)
      return channelReply(
        ctx,
        there,
        there.state === 'opening' ? 'It is being opened already.' : 'It is there already.',
      )
    const kept = await takeDraft(ctx.tx, { ...(await draftName(ctx, id)), id: draft })
    if (!kept) return previewChannel(ctx, id)
    const plan = JSON.parse(kept.body) as ChannelPlan
    const row = await addConferenceChannel(
      ctx.tx,
      rowFor(ctx, plan, kept.member),
      (id) => `cme-${id}-${Date.parse(ctx.now).toString(36)}`,
    )
    await promiseOpening(ctx, row)
    return channelReply(ctx, row, 'It is being opened. What stands in it first comes with it.')
  })

const rowFor = (
  { actor, now }: Ctx,
  plan: ChannelPlan,
  member: string,
): Omit<ConferenceChannelTable, 'id' | 'mark'> => ({
  space: actor.space,
  edition: plan.edition,
  channel: null,
  forum: null,
  name: plan.name,
  topic: plan.topic,
  adopt: plan.adopt ?? null,
  category: plan.category ?? null,
  with_forum: Number(plan.forum),
  state: 'opening',
  welcome_ref: null,
  schedule_ref: null,
  schedule_face: null,
  schedule_no: 0,
  morning: Number(plan.morning),
  rota: plan.rota ?? null,
  archive_on: plan.archiveOn ?? null,
  attempt: 1,
  opened_by: member,
  trouble: null,
  look_at: '',
  made_at: now,
  changed_at: now,
  opened_at: null,
  ended_at: null,
})

/** Its address is its own, so that a platform which keeps it waiting keeps nobody else waiting. */
const promiseOpening = ({ tx, now }: Ctx, row: ConferenceChannelTable): Promise<void> =>
  promise(
    tx,
    [
      {
        key: partKey(row, 'open'),
        space: row.space,
        address: `channel:new/${row.id}`,
        effect: { kind: 'channel', channel: row.id, part: 'open' },
        due: now,
      },
    ],
    now,
    async () => {},
  )

/** Tries again what could not be opened, or opens anew what was deleted. */
export const openAgain = (ctx: Ctx, id: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    const seen = await conferenceChannelOf(ctx.tx, id)
    const row = seen?.space === ctx.actor.space ? await holdConferenceChannel(ctx.tx, seen.id) : undefined
    if (!row) return gone('This channel')
    if (row.state === 'archived' || !(row.state === 'lost' || row.trouble))
      return channelReply(ctx, row, 'It is there already.')
    if (row.state === 'open') await closeChannel(ctx.tx, row, 'lost', ctx.now)
    await forgetChannelEvents(ctx.tx, row.id)
    const anew = {
      ...{ state: 'opening' as const, channel: null, forum: null, trouble: null, opened_at: null, ended_at: null },
      ...{ welcome_ref: null, schedule_ref: null, schedule_face: null, schedule_no: 0 },
      // What was adopted is gone with it.
      adopt: row.state === 'opening' ? row.adopt : null,
      attempt: row.attempt + 1,
      opened_by: (await memberOf(ctx)).id,
      changed_at: ctx.now,
    }
    await changeConferenceChannel(ctx.tx, row.id, anew)
    const after = { ...row, ...anew }
    await promiseOpening(ctx, after)
    return channelReply(ctx, after, 'It is being opened.')
  })
