import {
  type Card,
  DAY,
  type Effect,
  type Instant,
  type Knowledge,
  type ListedStall,
  nudgeCard,
  pathOf,
  plus,
  STALLED_SHOWN,
  type Step,
  stalledBefore,
  stalledListCard,
  welcomeCard,
} from '@cme-commons/core'
import {
  companyOf,
  countForList,
  type Delivery,
  doneSteps,
  findMember,
  findSpace,
  stalledForList,
  type Tx,
} from '@cme-commons/db'
import { artefactDone } from './documents.ts'

type Made = { card: Card } | { skip: string }
type About = Pick<Delivery, 'to' | 'made'>

/** What is next for members: a step whose document is made counts as done, whether she saw it or not. `within` a space, what was done there alone counts. */
export async function nextOf(
  tx: Tx,
  content: Knowledge,
  members: readonly { member: string; track: string | null }[],
  within?: string,
): Promise<Map<string, Step>> {
  const ids = members.map(({ member }) => member)
  const done = ids.length > 0 ? await doneSteps(tx, ids, within) : []
  const next = new Map<string, Step>()
  for (const { member, track } of members) {
    const records = done.filter((one) => one.member === member).map(({ step }) => ({ step, begun: '', done: '~' }))
    for (;;) {
      const step = pathOf(content.onboarding, track ?? undefined, records).next
      const made = step?.proof.kind === 'artefact' && (await artefactDone(tx, member, step.proof.artefact))
      if (step && !made) next.set(member, step)
      if (!step || !made) break
      records.push({ step: step.id, begun: '', done: '~' })
    }
  }
  return next
}

/** A welcome or a nudge as it goes out, or why she does not want it any more. */
export async function companyCard(
  tx: Tx,
  { touch, member: id }: Extract<Effect, { kind: 'company' }>,
  { to, made }: About,
  now: Instant,
  content: Knowledge,
): Promise<Made> {
  const row = await companyOf(tx, id)
  const member = 'user' in to ? await findMember(tx, to.space, to.user) : undefined
  if (!row || member?.id !== id) return { skip: 'She is not a member any more.' }
  if (row.stopped_at !== null) return { skip: 'She wants no nudges.' }
  const began = touch === 'welcome' ? row.begun_at !== null : row.since >= made
  if (row.did_at !== null || began) return { skip: 'She went on meanwhile.' }
  if (row.snoozed_until !== null && row.snoozed_until > now) return { skip: 'She snoozed it.' }
  const next = (await nextOf(tx, content, [{ member: id, track: member.track }])).get(id)
  const who = {
    begun: row.begun_at !== null,
    ...(member.name ? { name: member.name } : {}),
    ...(member.track ? { track: member.track } : {}),
  }
  if (touch === 'welcome') return { card: welcomeCard({ ...who, ...(next ? { next } : {}) }, content.onboarding) }
  return next ? { card: nudgeCard(who, next) } : { skip: 'Nothing of her pathway is left.' }
}

/** How far the members of a list are counted. */
const COUNTED = 500

/** The moderators' list of a slot as it goes out: who went on since is not on it. */
export async function stalledCard(
  tx: Tx,
  { slot }: Extract<Effect, { kind: 'stalled' }>,
  { to: { space: id } }: Pick<Delivery, 'to'>,
  content: Knowledge,
): Promise<Made> {
  const space = await findSpace(tx, id)
  if (!space || space.left_at !== null) return { skip: 'The space was left.' }
  const { before, fresh } = stalledBefore(slot, space.zone)
  const shown: ListedStall[] = []
  const rows = await stalledForList(tx, id, { slot, before }, STALLED_SHOWN)
  const steps = await nextOf(tx, content, rows)
  const lastWeek = plus(slot, -7 * DAY)
  for (const { member, name, moved_at, snoozed_until } of rows) {
    const next = steps.get(member)
    // The list of the week before left out who had snoozed: she is new on this one.
    const isNew = moved_at >= fresh || (snoozed_until !== null && snoozed_until > lastWeek)
    if (next) shown.push({ ...(name ? { name } : {}), step: next.name, since: moved_at, fresh: isNew })
  }
  if (shown.length === 0) return { skip: 'Nobody has stalled any more.' }
  const total = await countForList(tx, id, { slot, before }, COUNTED)
  return { card: stalledListCard(shown, total, COUNTED) }
}
