import { linkNote, notLinkedCard, type Reply, unlinkCard, unlinkedCard } from '@cme-commons/core'
import {
  addMember,
  type Brought,
  broughtBy,
  changeCompany,
  changeSubscription,
  companyOf,
  dropSubscription,
  holdMembers,
  type LinkedPerson,
  linkedOf,
  memberById,
  nextValues,
  type OnboardingTable,
  type Person,
  partDocuments,
  progressRows,
  putCompany,
  putProgress,
  type StepProgressTable,
  setHome,
  subscriptionAt,
  type Tx,
  takeAlong,
  unlinkLast,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { moveTrackRoles } from '../track.ts'
import { oneDigest } from './digest.ts'
import { movedTo } from './merge.ts'
import { isSame, me, personOf, placeOf, tellSides, whoOf } from './sides.ts'

const notLinked: Reply = { refuse: 'nothing-yet', say: notLinkedCard() }

/** What unlinking will do, before anything is changed. */
export async function askUnlink(ctx: Ctx): Promise<Reply> {
  const [here, others] = await sidesOf(ctx)
  if (!here) return notLinked
  return { say: unlinkCard(placeOf(here), others.map(placeOf)), private: true }
}

/** The side on which somebody acts, and the others. */
async function sidesOf(ctx: Ctx): Promise<[here: LinkedPerson | undefined, others: LinkedPerson[]]> {
  const { id } = await memberOf(ctx)
  await holdMembers(ctx.tx, [id])
  const linked = await linkedOf(ctx.tx, id)
  const isHere = (row: LinkedPerson) => isSame(personOf(row), me(ctx))
  return [linked.find(isHere), linked.filter((row) => !isHere(row))]
}

/** Undoes a link: one side becomes a member of its own again. `keep` says which of two has everything from now on. */
export async function unlink(ctx: Ctx, keep: string): Promise<Reply> {
  const { tx, now } = ctx
  const [here, others] = await sidesOf(ctx)
  const [other] = others
  if (!here || !other) return notLinked
  const leaver = keep === 'here' && others.length === 1 ? other : here
  const staying = [here, ...others].filter((row) => row !== leaver)
  const stays = staying.find(({ home }) => home === 1) ?? staying[0]!
  await part(ctx, leaver, staying, personOf(stays))
  const note = linkNote(await whoOf(tx, me(ctx)), now, 'unlinked')
  await tellSides(ctx, `unlinked/${await nextValues(tx, 'unlinked')}`, [here, ...others], note)
  return { say: unlinkedCard(placeOf(stays)), private: true, update: true }
}

async function part(ctx: Ctx, leaver: LinkedPerson, staying: readonly LinkedPerson[], stays: Person): Promise<void> {
  const { tx, now } = ctx
  const person = personOf(leaver)
  const brought = broughtBy(leaver)
  const from = leaver.member
  const alone = staying.every(({ space }) => space !== person.space)
  if (leaver.home === 1) await setHome(tx, from, stays)
  const told = await oneDigest(tx, from, stays, now, leaver.home === 1)
  const to = (await memberById(tx, brought.member.id)) ? `m${await nextValues(tx, 'members')}` : brought.member.id
  await addMember(tx, { ...brought.member, id: to })
  const left = await progressRows(tx, from)
  const here = <T extends StepProgressTable | OnboardingTable>(row: T): T =>
    alone && row.space === person.space ? { ...row, space: stays.space } : row
  await putProgress(tx, from, {
    ...left,
    onboarding: left.onboarding && here(left.onboarding),
    steps: left.steps.map(here),
  })
  await putProgress(tx, to, brought)
  const leaving = { from, to, person, alone, brought, stays, linkedAt: leaver.linked_at }
  await partDocuments(tx, leaving, now)
  const track = (await memberById(tx, from))!.track
  await takeAlong(tx, leaving)
  if (track !== brought.member.track) await moveTrackRoles(ctx, to, brought.member.track, track)
  await partCompany(tx, leaving, now)
  await ownDigest(tx, leaving, told)
  await unlinkLast(tx, from)
}

type Parted = { from: string; to: string; person: Person; brought: Brought; stays: Person }

/** Who leaves was welcomed already, wherever that was; she is no newcomer any more. */
async function partCompany(tx: Tx, { from, to, person, brought, stays }: Parted, now: string): Promise<void> {
  const row = await companyOf(tx, from)
  if (row?.address === `user:${person.user}` && row.space === person.space)
    await changeCompany(tx, from, movedTo(row, stays))
  const was = brought.company
  if (!was) return
  const met = { welcomed_at: was.welcomed_at ?? now, did_at: was.did_at ?? now }
  await putCompany(tx, to, { ...was, ...movedTo(was, person), ...met })
}

/** The digest that she brought goes on as it was, behind what she was told meanwhile; one that was started since stays with the others. */
async function ownDigest(tx: Tx, { person, brought, stays }: Parted, told: number | undefined): Promise<void> {
  const row = await subscriptionAt(tx, person.space, `user:${person.user}`)
  if (!row) return
  if (!brought.digest) return dropSubscription(tx, row.id)
  const kept = await subscriptionAt(tx, stays.space, `user:${stays.user}`)
  const goesOn = brought.digest.paused === 0 && kept?.paused === 0
  await changeSubscription(tx, row.id, { paused: goesOn ? 0 : 1, ...(told === undefined ? {} : { cursor: told }) })
}
