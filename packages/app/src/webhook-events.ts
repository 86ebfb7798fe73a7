import { type ConferenceDate, type Instant, sameWhen, type WebhookDate } from '@cme-commons/core'
import {
  channelsInStretch,
  type DateTable,
  type ItemTable,
  progressOfMember,
  type Stretch,
  type Tx,
  webhooksFor,
} from '@cme-commons/db'
import { dateOf } from './conferences/rows.ts'
import type { Ctx } from './ctx.ts'
import type { Wake } from './due.ts'
import { tellWebhooks } from './webhooks.ts'

/** New items: everybody's for every space, a space's own for that space. Old news and what is off topic is told to nobody. */
export async function tellOfItems(
  tx: Tx,
  items: readonly Pick<ItemTable, 'id' | 'old' | 'topic' | 'space'>[],
  now: Instant,
): Promise<void> {
  const news = items.filter(({ old, topic }) => old === 0 && topic !== 'off-topic')
  for (const [space, some] of Map.groupBy(news, ({ space }) => space ?? undefined))
    await tellWebhooks(
      tx,
      now,
      'item.added',
      some.map(({ id }) => ({ item: id })),
      space,
    )
}

/** A digest that was just promised to channels of a stretch. What single members get is theirs. */
export async function tellOfDigest(tx: Tx, stretch: Stretch, digest: string, now: Instant, wake: Wake): Promise<void> {
  const spaces = [...new Set((await webhooksFor(tx, 'digest.made')).map(({ space }) => space))]
  if (spaces.length === 0) return
  const channels = await channelsInStretch(tx, stretch, digest, spaces)
  for (const { space, address } of channels) {
    const data = { digest, channel: address.slice('channel:'.length) }
    for (const lane of await tellWebhooks(tx, now, 'digest.made', [data], space)) await wake(tx, lane, now)
  }
}

/** A step that a member has just done, and its pathway where that was the last one. */
export async function tellOfStep(
  { tx, now, content }: Pick<Ctx, 'tx' | 'now' | 'content'>,
  { space, member, step }: { space: string; member: string; step: string },
): Promise<void> {
  await tellWebhooks(tx, now, 'step.done', [{ member, step }], space)
  if ((await webhooksFor(tx, 'pathway.done', space)).length === 0) return
  const done = new Set((await progressOfMember(tx, member)).steps.flatMap((row) => (row.done_at ? [row.step] : [])))
  const complete = content.onboarding.pathways.filter(
    ({ steps }) => steps.some(({ id }) => id === step) && steps.every(({ id }) => done.has(id)),
  )
  await tellWebhooks(
    tx,
    now,
    'pathway.done',
    complete.map(({ id }) => ({ member, pathway: id })),
    space,
  )
}

/** A date of a space that was added, moved, or called off (cancelled, put off, taken out). What else changes about it is told to nobody. */
export async function tellOfDate(tx: Tx, before: DateTable | undefined, after: DateTable, now: Instant): Promise<void> {
  const [was, is] = [before && dateOf(before), dateOf(after)]
  const type = !was || (off(was) && !off(is)) ? 'date.added' : changeOf(was, is)
  if (!type || !is.space || (type === 'date.added' && off(is))) return
  const moved = type === 'date.moved' && was ? { was: spanOf(was).from } : {}
  await tellWebhooks(tx, now, type, [{ ...dataOf(is), ...moved }], is.space)
}

const off = ({ status, gone }: ConferenceDate): boolean =>
  gone !== undefined || status === 'cancelled' || status === 'postponed'

function changeOf(was: ConferenceDate, is: ConferenceDate): 'date.moved' | 'date.cancelled' | undefined {
  if (off(was)) return undefined
  if (off(is)) return 'date.cancelled'
  return sameWhen(was.when, is.when) ? undefined : 'date.moved'
}

const dataOf = (date: ConferenceDate): WebhookDate => ({
  date: date.id,
  ...(date.edition ? { edition: date.edition } : {}),
  conference: date.conference,
  kind: date.kind,
  status: date.gone ? 'removed' : date.status,
  sequence: date.sequence,
  ...spanOf(date),
})

function spanOf({ when }: ConferenceDate): { from: string; to?: string } {
  if (when.kind === 'at') return { from: when.at, ...(when.until ? { to: when.until } : {}) }
  return { from: when.day, ...(when.kind === 'day' && when.to ? { to: when.to } : {}) }
}
