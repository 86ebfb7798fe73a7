import type { Answers, ChannelPart, ChannelPlan, FormReply } from '@cme-commons/core'
import {
  type ConferenceChannelTable,
  changeConferenceChannel,
  channelEventsOf,
  conferenceChannelOf,
  holdConferenceChannel,
  putChannelEvent,
} from '@cme-commons/db'
import { promise } from '../conferences/promise.ts'
import type { Ctx } from '../ctx.ts'
import { channelReply } from './desk.ts'
import { type About, partKey } from './rows.ts'

/** Keeps what moderators changed of a channel that is there; its pinned welcome and its topic follow. */
export async function changeChannel(ctx: Ctx, seen: ConferenceChannelTable, plan: ChannelPlan): Promise<FormReply> {
  const { tx, now } = ctx
  const row = (await holdConferenceChannel(tx, seen.id))!
  await changeConferenceChannel(tx, row.id, {
    topic: plan.topic,
    morning: Number(plan.morning),
    rota: plan.rota ?? null,
    archive_on: plan.archiveOn ?? null,
    ...(row.state === 'opening'
      ? { name: plan.name, adopt: plan.adopt ?? null, category: plan.category ?? null, with_forum: Number(plan.forum) }
      : {}),
    changed_at: now,
    look_at: '',
  })
  const parts: ChannelPart[] = [
    ...(plan.topic === row.topic ? [] : (['topic'] as const)),
    ...((plan.rota ?? null) === row.rota ? [] : (['welcome'] as const)),
  ]
  if (row.state === 'open' && parts.length > 0)
    await promise(
      tx,
      parts.map((part) => ({
        key: `${partKey(row, part)}/${now}`,
        space: row.space,
        address: `channel:${row.channel}`,
        effect: { kind: 'channel', channel: row.id, part },
        due: now,
      })),
      now,
      async () => {},
    )
  return channelReply(ctx, (await conferenceChannelOf(tx, row.edition))!, 'Saved.')
}

/** Keeps which sessions the platform shows among its events; the next tick makes and takes back what follows from it. */
export async function chooseEvents(
  ctx: Ctx,
  row: ConferenceChannelTable,
  { dates }: About,
  said: Answers[string] | undefined,
): Promise<FormReply> {
  const wanted = new Set(typeof said === 'string' ? said.split(',') : (said ?? []))
  const before = new Map((await channelEventsOf(ctx.tx, row.id)).map((one) => [one.subject, one]))
  for (const { id, kind } of dates) {
    const chosen = Number(kind === 'session' && wanted.has(id))
    const known = before.get(id)
    if ((known?.chosen ?? 0) === chosen) continue
    const at = { conference_channel: row.id, space: row.space, subject: id }
    await putChannelEvent(ctx.tx, { ...at, face: known?.face ?? null, number: known?.number ?? 0, chosen })
  }
  await changeConferenceChannel(ctx.tx, row.id, { look_at: '' })
  return channelReply(ctx, row, 'Saved. The events follow within a minute.')
}
