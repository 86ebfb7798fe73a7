import {
  atWall,
  type DateTime,
  dayAfter,
  type Instant,
  type IntroductionRound,
  meetingDays,
  roundsOf,
} from '@cme-commons/core'
import { closeIntroductions, editionsIntroducing, type Introducing, inTx, type Read, roundsHeld } from '@cme-commons/db'
import type { Plan } from './due.ts'
import { holdRound, pairsIn, seating } from './introductions-rounds.ts'

/** How many days after its last day nobody is introduced at a meeting any more. */
const OPEN_AFTER = 30

/** When the meeting is, of what the database tells of it: its dates are among those that hold. */
function daysOf({ moments, zone }: Introducing) {
  const held = { kind: 'event', status: 'confirmed' } as const
  return meetingDays(
    moments.map((moment) => ({ ...held, when: JSON.parse(moment) as DateTime })),
    zone,
  )
}

const roundsFor = (one: Introducing): IntroductionRound[] => {
  const days = daysOf(one)
  return days ? roundsOf(days.first, one.zone) : []
}

const closesAt = (one: Introducing): Instant | undefined => {
  const days = daysOf(one)
  return days && atWall(dayAfter(days.last, OPEN_AFTER), '00:00', one.zone)
}

/** Holds the rounds that are open at `now` and were not held, and ends introductions at meetings that are long over. */
export async function planIntroductions({ db, now, wake, stop }: Plan): Promise<number> {
  let steps = 0
  for (const one of await editionsIntroducing(db.read)) {
    if (stop?.aborted) return steps
    const closes = closesAt(one)
    if (closes && closes <= now) {
      await inTx(db, (tx) => closeIntroductions(tx, one.edition, now))
      steps++
      continue
    }
    const open = roundsFor(one).find(({ opens, until }) => opens <= now && now < until)
    if (!open || one.people < 2 || (await heldAt(db.read, one.edition)).has(open.round)) continue
    const { introduced } = await inTx(db, (tx) => holdRound(tx, one, open.round, now, { wake }))
    if (introduced.length > 0) steps++
  }
  return steps
}

const heldAt = async (db: Read, edition: string): Promise<Set<string>> =>
  new Set((await roundsHeld(db, edition)).map(({ round }) => round))

/** A round that will be held if nobody joins or leaves. */
export type IntroductionsAhead = { at: Instant; what: 'introductions'; space: string; to: string[]; readers: number }

/** When a round opens next after `now`. */
export async function nextRound(db: Read, now: Instant): Promise<Instant | undefined> {
  const all = await editionsIntroducing(db)
  const times = all.flatMap((one) => [...roundsFor(one).map(({ opens }) => opens), closesAt(one) ?? ''])
  return times.filter((at) => at > now).sort()[0]
}

/** Every round that will open from `now` until `until`, with those who would be introduced as things stand. */
export async function introductionsAhead(db: Read, now: Instant, until: Instant): Promise<IntroductionsAhead[]> {
  const ahead: IntroductionsAhead[] = []
  for (const one of await editionsIntroducing(db)) {
    const also: string[] = []
    const held = await heldAt(db, one.edition)
    for (const { round, opens } of roundsFor(one)) {
      if (opens <= now || opens > until || held.has(round)) continue
      const { users, groups } = await seating(db, one, round, opens, { also })
      also.push(...groups.flatMap(pairsIn))
      const to = groups.flat().map((member) => `user:${users.get(member)!}`)
      if (to.length > 0)
        ahead.push({ at: opens, what: 'introductions', space: one.space, to: to.slice(0, 2), readers: to.length })
    }
  }
  return ahead
}
