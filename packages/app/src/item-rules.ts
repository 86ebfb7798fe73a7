import { type Filter, judge, type Knowledge, plainMoment } from '@cme-commons/core'
import { findSource, type ItemRow, type Read, revisionsOf, type SubscriptionRow, twinsSince } from '@cme-commons/db'
import { relabelled } from './labels.ts'
import { labelsOf } from './rows.ts'

const filterOf = ({ filter }: SubscriptionRow): Filter => JSON.parse(filter)

/** The rule that keeps an item out of every digest, in words; nothing where some may have it. */
export function leftOutOfAll(row: ItemRow): string | undefined {
  if (row.topic === 'off-topic') return 'No digest has what is off topic, unless moderators give it a topic.'
  if (row.old === 1)
    return 'It was old news when it was first seen: archived, and in no digest unless moderators pin it.'
  return undefined
}

/** The rule that leaves an item out of one digest, in words; nothing where it goes through. What is pinned may be old, and suggested before. */
export async function leavesOut(
  db: Read,
  row: ItemRow,
  order: SubscriptionRow,
  content: Knowledge,
  as: 'new' | 'pinned',
): Promise<string | undefined> {
  if (row.space !== null && row.space !== order.space) return 'another community has it for itself.'
  if (row.edit?.hidden === 1) return 'the moderators of this community hid it.'
  if (row.edit?.shown_in) return 'the moderators of this community show it as the same story as another item.'
  if (row.topic === 'off-topic') return 'it is off topic, so no digest has it.'
  if (as === 'new') {
    if (row.old === 1) return 'it was old news when it was first seen, which is archived and never told.'
    const twins = await twinsSince(db, row.seq - 1, row.seq)
    if (twins.some(({ space }) => space === order.space)) return 'this community had it before, as a suggestion.'
  }
  const verdict = judge(filterOf(order), labelsOf(row))
  if (verdict.through) return undefined
  const topic = content.topics.find(({ id }) => id === row.topic)?.name ?? row.topic
  return verdict.rule === 'muted topic' ? `the topic “${topic}” is muted.` : `left out by the filter: ${verdict.rule}.`
}

/** Why an item that goes through today was in no digest when its turn came. */
export async function passedOver(db: Read, row: ItemRow, order: SubscriptionRow, content: Knowledge): Promise<string> {
  const changes = await revisionsOf(db, row.id)
  const news = changes.find(({ told }) => told === 1)?.at ?? row.seen
  if (order.made_at >= news) return 'it was there before this digest began.'
  const source = await findSource(db, row.links[0]?.source ?? '')
  for (const { at, title, text } of source ? changes.filter(({ at }) => at > news) : []) {
    const labels = relabelled({ title, text }, source!, row.published, content)
    if (!judge(filterOf(order), labels).through)
      return `its source changed it on ${plainMoment(at, 'day', 'UTC')}; by the words that it had before, this digest leaves it out.`
  }
  return row.edit
    ? 'when its turn came, the moderators of this community had not made of it what it is now, or this digest had another filter.'
    : 'when its turn came, this digest had another filter.'
}
