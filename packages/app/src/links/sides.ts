import { type Card, type LinkSide, linkedCard, scheduleInWords } from '@cme-commons/core'
import {
  audit,
  documentOf,
  findMember,
  findSpace,
  type LinkedPerson,
  type Person,
  post,
  progressOfMember,
  type Read,
  subscriptionAt,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { laneOf } from '../lanes.ts'
import { subscriptionOf } from '../rows.ts'

export const isSame = (a: Person, b: Person): boolean => a.space === b.space && a.user === b.user
export const me = ({ actor: { space, user } }: Ctx): Person => ({ space, user })
export const personOf = ({ space, user_id }: { space: string; user_id: string }): Person => ({ space, user: user_id })
export const placeOf = ({ name, platform }: { name: string; platform: string }) => ({ place: name, platform })

/** What somebody brings into a link, in words; nothing when she is no member (any more). */
export async function sideOf(db: Read, { space, user }: Person): Promise<LinkSide | undefined> {
  const member = await findMember(db, space, user)
  const found = await findSpace(db, space)
  if (!member || !found) return undefined
  const { steps } = await progressOfMember(db, member.id)
  const documents: LinkSide['documents'][number][] = []
  for (const kind of ['needs', 'activity'] as const) {
    const row = await documentOf(db, member.id, kind)
    if (row) documents.push({ kind, state: row.state, changed: row.changed_at })
  }
  const row = await subscriptionAt(db, space, `user:${user}`)
  const digest = row && { when: scheduleInWords(subscriptionOf(row).schedule), paused: row.paused === 1 }
  return {
    ...(member.name ? { name: member.name } : {}),
    ...placeOf(found),
    done: steps.filter(({ done_at }) => done_at !== null).map(({ step }) => step),
    documents,
    ...(digest ? { digest } : {}),
  }
}

/** A person as cards speak of her: by the name she is known by, in her space. */
export async function whoOf(db: Read, person: Person) {
  const member = await findMember(db, person.space, person.user)
  const space = await findSpace(db, person.space)
  return { ...(member?.name ? { name: member.name } : {}), ...placeOf(space ?? { name: person.space, platform: '' }) }
}

/** The other sides of who acts; all of them are one member. */
export function stateCard(ctx: Ctx, linked: readonly LinkedPerson[], said?: string) {
  const others = linked.filter((row) => !isSame(personOf(row), me(ctx)))
  return linkedCard(others.map(placeOf), placeOf(linked[0]!), said)
}

/** Tells each of these people, once for `what`, unless it is she who acts or the program has left her space. */
export async function tellSides(ctx: Ctx, what: string, people: readonly LinkedPerson[], card: Card): Promise<void> {
  const { tx, now, actor } = ctx
  for (const row of people) {
    const to = personOf(row)
    const space = await findSpace(tx, to.space)
    if (isSame(to, actor) || !space || space.left_at !== null) continue
    const key = `${what}/${to.space}/${to.user}`
    await post(tx, now, [{ key, lane: laneOf(space), to, effect: { kind: 'message', card }, due: now }])
  }
  for (const space of new Set(people.map((row) => row.space)))
    await audit(tx, { at: now, space, actor: 'a member', what: `member.${what.split('/')[0]}`, detail: '' })
}
