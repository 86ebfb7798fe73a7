import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Filter } from '../people/subscription.ts'
import type { Day } from '../time.ts'
import type { Item, Labels } from './item.ts'

/** What a filter says to an item: through, with the reasons; or left out, by which rule. */
export type Verdict = { through: true; because: readonly string[] } | { through: false; rule: string }

/** Whether an item belongs in a digest with this filter, and why. Off-topic items never do. */
export function judge(filter: Filter, labels: Pick<Labels, 'topic' | 'body' | 'region' | 'tracks'>): Verdict {
  if (labels.topic === 'off-topic') return { through: false, rule: 'off-topic' }
  if (filter.muted.includes(labels.topic)) return { through: false, rule: 'muted topic' }
  const because: string[] = []
  const tests: [string, readonly string[], readonly string[]][] = [
    ['body', filter.bodies, labels.body ? [labels.body] : []],
    ['topic', filter.topics, [labels.topic]],
    ['region', filter.regions, [labels.region]],
    ['track', filter.tracks, labels.tracks],
  ]
  for (const [name, wanted, has] of tests) {
    if (wanted.length === 0) continue
    const hit = has.find((value) => wanted.includes(value))
    if (hit === undefined) return { through: false, rule: `other ${name}` }
    because.push(`${name} ${hit}`)
  }
  return { through: true, because }
}

/** The parts of a digest: what moderators pinned, what needs action, changes of standards and criteria, the rest. */
export type Part = { part: 'pinned' | 'action' | 'standards' | 'rest'; items: Item[] }

/** Topics up to this `order` count as changes of standards and criteria. */
const STANDARDS_UP_TO = 2

type Ranked = Pick<Item, 'seq' | 'topic' | 'actionRequired' | 'actionDate'>

/** Whether an item still asks for something on `today`: what it asked for by a day that has passed is news, no more. */
export const asksOn = (
  { actionRequired, actionDate }: Pick<Item, 'actionRequired' | 'actionDate'>,
  today: Day,
): boolean => actionRequired && (actionDate === undefined || actionDate >= today)

/** The order in which a digest shows its items: urgency (soonest date first), then the order of topics, then oldest first. */
export function inOrder<T extends Ranked>(items: readonly T[], knowledge: Pick<Knowledge, 'topics'>, today: Day): T[] {
  const order = new Map(knowledge.topics.map((topic) => [topic.id, topic.order]))
  const rank = (item: Ranked): [number, string, number, number] => [
    asksOn(item, today) ? 0 : 1,
    asksOn(item, today) ? (item.actionDate ?? '9999') : '',
    order.get(item.topic) ?? 99,
    item.seq,
  ]
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ item }) => item)
}

/** Items already in order, cut into the parts of a digest; empty parts are left out. */
export function inParts(items: readonly Item[], knowledge: Pick<Knowledge, 'topics'>, today: Day): Part[] {
  const order = new Map(knowledge.topics.map((topic) => [topic.id, topic.order]))
  const parts: Part[] = [
    { part: 'pinned', items: [] },
    { part: 'action', items: [] },
    { part: 'standards', items: [] },
    { part: 'rest', items: [] },
  ]
  for (const item of items) {
    const place = asksOn(item, today) ? 1 : (order.get(item.topic) ?? 99) <= STANDARDS_UP_TO ? 2 : 3
    const part = item.pinned ? 0 : place
    parts[part]!.items.push(item)
  }
  return parts.filter((part) => part.items.length > 0)
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const i = a.findIndex((value, at) => value !== b[at])
  return i < 0 ? 0 : a[i]! < b[i]! ? -1 : 1
}
