import { type ConferenceDate, type Face, faceOf, type Instant, nightIn, sameFace } from '@cme-commons/core'
import {
  type DateTable,
  dateSeen,
  datesToTell,
  type EditionTable,
  editionsToTell,
  editionTold,
  type FollowTable,
  findDate,
  findEdition,
  findSpace,
  inTx,
  remindedPage,
  saidNotThisYear,
  type Tx,
} from '@cme-commons/db'
import { followersOf, wantedBy } from './audience.ts'
import type { Plan } from './due.ts'
import { type Promised, promise, quietOf } from './promise.ts'
import { dateOf, keyUnder, toldOf } from './rows.ts'

const STRETCH = 100

/** Promises to all whom it concerns what became of dates since they were told: once, with what they knew and what holds now. */
export async function tellNews(plan: Plan): Promise<number> {
  const { db, stop } = plan
  let steps = 0
  for (let some = await datesToTell(db.read); some.length > 0 && !stop?.aborted; some = await datesToTell(db.read))
    for (const row of some) {
      steps += await tellOne(plan, row)
      if (stop?.aborted) return steps
      await inTx(db, (tx) => dateSeen(tx, row, { announce: 0 }))
    }
  return steps
}

async function tellOne(plan: Plan, row: DateTable): Promise<number> {
  const { db, now, content, stop } = plan
  const face = faceOf(dateOf(row))
  if (!face) return 0
  if (row.over_at <= now) return 0
  // From here on this is what people know; whoever is not reached by a crash finds `announce` still set.
  const begun = toldOf(row)
  if (!begun || !sameFace(begun, face)) await inTx(db, (tx) => begin(tx, row, face, now))
  const wanted = await wantedBy(db.read, dateOf(row), content)
  let steps = 0
  const tell = async (to: readonly Told[]) => {
    for (let i = 0; i < to.length && !stop?.aborted; i += STRETCH, steps++)
      await inTx(db, (tx) => tellSome(tx, row, face, to.slice(i, i + STRETCH), plan))
  }
  for await (const page of followersOf(db.read, row, {}))
    await tell(page.filter(wanted).map((one) => toldBy(one, dateOf(row))))
  const prefix = `conference/${row.id}/`
  for (let after = ''; !stop?.aborted; ) {
    const page = await remindedPage(db.read, prefix, after, 1000)
    const to: Told[] = []
    for (const one of page)
      if (!row.edition || !(await saidNotThisYear(db.read, one.space, one.address, row.edition))) to.push(one)
    // Who follows it was told above, under the same key.
    await tell([...new Map(to.map(({ space, address }) => [`${space} ${address}`, { space, address }])).values()])
    if (page.length < 1000) break
    after = page.at(-1)!.key
  }
  return steps
}

type Told = { space: string; address: string; quiet?: string }

const toldBy = (row: FollowTable, { kind }: ConferenceDate): Told => ({
  space: row.space,
  address: row.address,
  ...quietOf(row, kind),
})

async function begin(tx: Tx, row: DateTable, face: Face, now: Instant): Promise<void> {
  await dateSeen(tx, row, { told: JSON.stringify(face), ...(face.state === 'on' ? { moved_at: now } : {}) })
}

async function tellSome(tx: Tx, { id, sequence }: DateTable, face: Face, to: readonly Told[], { now, wake }: Plan) {
  const row = await findDate(tx, id)
  if (!row || row.sequence !== sequence) return
  const zones = new Map<string, string>()
  for (const { space } of to) if (!zones.has(space)) zones.set(space, (await findSpace(tx, space))?.zone ?? 'UTC')
  // Who was reminded and follows it no longer is told outside the night of her community.
  const night = (space: string) => (row.kind === 'session' ? undefined : nightIn(zones.get(space)!))
  const promised = to.map(
    ({ space, address, quiet = night(space) }): Promised => ({
      key: `${keyUnder(id, space, address)}news/${sequence}`,
      space,
      address,
      effect: { kind: 'date-news', date: id, face },
      due: now,
      expires: row.over_at,
      ...(quiet ? { quiet } : {}),
    }),
  )
  await promise(tx, promised, now, wake)
}

/** Promises to everybody who follows anything of an edition that it was called off, or is on again: one message in the place of many. */
export async function tellEditions(plan: Plan): Promise<number> {
  const { db, stop } = plan
  let steps = 0
  for (const edition of await editionsToTell(db.read)) {
    const about = { edition: edition.id, conference: edition.conference, space: edition.space } as DateTable
    for await (const page of followersOf(db.read, about, {})) {
      const to = page.filter(({ scope, muted }) => muted === 0 && scope !== 'all')
      for (let i = 0; i < to.length && !stop?.aborted; i += STRETCH, steps++)
        await inTx(db, (tx) => tellEdition(tx, edition, to.slice(i, i + STRETCH), plan))
    }
    if (stop?.aborted) return steps
    await inTx(db, (tx) => editionTold(tx, edition))
  }
  return steps
}

async function tellEdition(tx: Tx, { id, changed_at }: EditionTable, to: readonly FollowTable[], { now, wake }: Plan) {
  const edition = await findEdition(tx, id)
  if (!edition || edition.changed_at !== changed_at) return
  const status = edition.status as 'planned' | 'cancelled'
  const promised = to.map(
    (row): Promised => ({
      key: `conference/edition/${id}/${row.address}/${changed_at}`,
      space: row.space,
      address: row.address,
      effect: { kind: 'edition-news', edition: id, status },
      due: now,
      ...quietOf(row, 'event'),
    }),
  )
  await promise(tx, promised, now, wake)
}
