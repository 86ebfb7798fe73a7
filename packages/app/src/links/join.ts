import { goesOn, linkGoneCard, linkNote, type Reply } from '@cme-commons/core'
import {
  changeMember,
  codeDone,
  companyOf,
  documentOf,
  findMember,
  giveAll,
  holdCode,
  holdMembers,
  linkedOf,
  type MemberTable,
  noteBrought,
  noteDeed,
  type Person,
  progressRows,
  putCompany,
  putProgress,
  RowGone,
  setAside,
  setHome,
  type Tx,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { standOf } from '../onboarding/stand.ts'
import { moveTrackRoles } from '../track.ts'
import { oneDigest } from './digest.ts'
import { mergedCompany, mergedProgress } from './merge.ts'
import { me, personOf, stateCard, tellSides, whoOf } from './sides.ts'

/** Makes one member of who typed a code and who made it; `side` is where what comes unasked goes. The second press finds it done. */
export async function confirmLink(ctx: Ctx, id: string, side: string): Promise<Reply> {
  const { tx, now } = ctx
  const here = me(ctx)
  const code = await holdCode(tx, here, id)
  const there = code && personOf(code)
  const mine = await findMember(tx, here.space, here.user)
  const theirs = there && (await findMember(tx, there.space, there.user))
  if (!mine || !theirs || (!code.done_at && code.expires_at <= now)) return gone
  if (mine.id !== theirs.id) {
    if (code.done_at) return gone
    const [home, kept, other] = side === 'there' ? ([there, theirs, mine] as const) : ([here, mine, theirs] as const)
    await join(ctx, home, kept, other)
    const linked = await linkedOf(tx, kept.id)
    await tellSides(ctx, `linked/${code.id}`, linked, linkNote(await whoOf(tx, here), now, 'linked'))
  }
  await codeDone(tx, code.id, now)
  const linked = await linkedOf(tx, (await findMember(tx, here.space, here.user))!.id)
  if (linked.length === 0) return gone
  return { say: stateCard(ctx, linked), private: true, update: true }
}

const gone: Reply = { refuse: 'gone', say: linkGoneCard() }

/** Everything of `other` becomes that of `kept`, who is at `home`. */
async function join(ctx: Ctx, home: Person, kept: MemberTable, other: MemberTable): Promise<void> {
  const { tx, now } = ctx
  if ((await holdMembers(tx, [kept.id, other.id])).length < 2) throw new RowGone('one of the two was erased meanwhile')
  await noteBrought(tx, kept.id, now)
  await noteBrought(tx, other.id, now)
  await asideWith(tx, kept.id, other.id, now)
  const progress = mergedProgress(await progressRows(tx, kept.id), await progressRows(tx, other.id))
  await putProgress(tx, other.id, { onboarding: null, steps: [], answers: [], marks: [] })
  await putProgress(tx, kept.id, progress)
  const company = mergedCompany((await companyOf(tx, kept.id)) ?? null, (await companyOf(tx, other.id)) ?? null, home)
  await putCompany(tx, kept.id, company)
  const track = kept.track ?? other.track
  await changeMember(tx, kept.id, {
    name: kept.name ?? other.name,
    track,
    region: kept.region ?? other.region,
    zone: kept.zone ?? other.zone,
  })
  for (const { id, track: before } of [kept, other]) if (track !== before) await moveTrackRoles(ctx, id, track, before)
  await giveAll(tx, other.id, kept.id, now)
  await setHome(tx, kept.id, home)
  await oneDigest(tx, kept.id, home, now)
  await noteDeed(tx, kept.id, now)
  // Whether anything of her pathway is left follows from what she has done on both sides.
  await standOf(ctx)
}

/** Of two who have written, the documents of one are set aside. */
async function asideWith(tx: Tx, a: string, b: string, now: string): Promise<void> {
  const documents = async (member: string) => {
    const rows = [await documentOf(tx, member, 'needs'), await documentOf(tx, member, 'activity')]
    return rows.flatMap((row) => (row ? [{ kind: row.kind, state: row.state, changed: row.changed_at }] : []))
  }
  const [ofA, ofB] = [await documents(a), await documents(b)]
  if (ofA.length > 0 && ofB.length > 0) await setAside(tx, goesOn(ofA, ofB) ? b : a, now)
}
