import {
  ASK_AFTER_DAYS,
  DAY,
  type Instant,
  type Introducible,
  introduce,
  isZone,
  nightIn,
  pairKey,
  plus,
} from '@cme-commons/core'
import {
  addIntroduced,
  beginRound,
  findSpace,
  type IntroducedTable,
  introducedAt,
  introductionsAt,
  quietAtEdition,
  quietHours,
  type Read,
  roundHeld,
  type Tx,
  usersIn,
  type Willing,
} from '@cme-commons/db'
import type { Wake } from '../due.ts'
import { promise } from './promise.ts'

/** The keys of everything that introductions at an edition send to a member begin so. */
export const introductionKeys = (edition: string, member: string): string => `introduction/${edition}/${member}/`

type Of = { edition: string; space: string }
/** Who takes part, their platform ids, and whom a round would bring together. */
export type Seating = { people: Willing[]; users: Map<string, string>; groups: string[][] }

/**
 * What a round would do at `now`; `only` restricts it to these members, `also` are pairs that will have met by then. Who is not in the space
 * any more is left out.
 */
export async function seating(
  db: Read,
  of: Of,
  round: string,
  now: Instant,
  { only, also = [] }: { only?: ReadonlySet<string>; also?: Iterable<string> } = {},
): Promise<Seating> {
  const willing = (await introductionsAt(db, of.edition)).filter(({ member }) => !only || only.has(member))
  const users = await usersIn(
    db,
    of.space,
    willing.map(({ member }) => member),
  )
  const people = willing.filter(({ member }) => users.has(member))
  const history = await introducedAt(db, of.edition)
  const groups = introduce(
    people.map((one) => introducible(one, history, now)),
    new Set([...pairsOf(history), ...also]),
    `${of.edition}/${round}`,
  )
  return { people, users, groups }
}

const partyOf = ({ round, party }: IntroducedTable): string => `${round} ${party}`

/** Everybody in a group with everybody else in it. */
export const pairsIn = (group: readonly string[]): string[] =>
  group.flatMap((a, i) => group.slice(i + 1).map((b) => pairKey(a, b)))

const pairsOf = (history: readonly IntroducedTable[]): string[] =>
  [...Map.groupBy(history, partyOf).values()].flatMap((party) => pairsIn(party.map(({ member }) => member)))

/** Somebody with what became of her introductions so far. */
function introducible(one: Willing, history: readonly IntroducedTable[], now: Instant): Introducible {
  const own = history.filter(({ member }) => member === one.member)
  const asked = own.filter(({ at, answer }) => answer !== null || plus(at, ASK_AFTER_DAYS * DAY) <= now)
  const last = own.at(-1)
  const others = last ? history.filter((row) => row !== last && partyOf(row) === partyOf(last)) : []
  const vain = last !== undefined && asked.includes(last) && others.every(({ answer }) => answer === null)
  return {
    id: one.member,
    interest: one.interest,
    ...(one.track ? { track: one.track } : {}),
    ...(asked.length > 0 ? { replied: asked.some(({ answer }) => answer !== null) } : {}),
    ...(last && (last.answer === 'other' || (vain && last.answer !== 'yes')) ? { again: true } : {}),
  }
}

/** Those whose last introduction came to nothing and who asked for another one. */
export async function wantingAnother(db: Read, edition: string): Promise<Set<string>> {
  const last = new Map<string, IntroducedTable>()
  for (const row of await introducedAt(db, edition)) last.set(row.member, row)
  return new Set([...last.values()].flatMap(({ member, answer }) => (answer === 'other' ? [member] : [])))
}

/**
 * Holds a round: keeps who was introduced to whom, and promises each the introduction and, three days later, the question whether they
 * met, outside her quiet hours. Held once under its name; nothing is kept of a round in which nobody finds anybody.
 */
export async function holdRound(
  tx: Tx,
  { edition, space }: Of,
  round: string,
  now: Instant,
  { only, wake = async () => {} }: { only?: ReadonlySet<string>; wake?: Wake } = {},
): Promise<{ introduced: string[]; left: number }> {
  const of = { edition, space }
  const { people, users, groups } = await seating(tx, of, round, now, only ? { only } : {})
  const introduced = groups.flat()
  const left = people.length - introduced.length
  if (introduced.length === 0) return { introduced, left }
  if (!(await beginRound(tx, { ...of, round, at: now }))) return { introduced: [], left: people.length }
  await addIntroduced(
    tx,
    groups.flatMap((group, party) => group.map((member) => ({ ...of, round, member, party, at: now }))),
  )
  await roundHeld(tx, of.edition, round, introduced.length)
  const addresses = new Map(introduced.map((member) => [member, `user:${users.get(member)!}`]))
  const quiet = new Map([
    ...(await quietHours(tx, space, [...addresses.values()])),
    ...(await quietAtEdition(tx, space, edition)),
  ])
  const house = (await findSpace(tx, of.space))?.zone ?? 'UTC'
  const zones = new Map(people.map(({ member, zone }) => [member, zone && isZone(zone) ? zone : house]))
  const promised = introduced.flatMap((member) => {
    const address = addresses.get(member)!
    const common = { space: of.space, address, quiet: quiet.get(address) ?? nightIn(zones.get(member)!) }
    const about = { edition: of.edition, round, member }
    const key = `${introductionKeys(of.edition, member)}${round}`
    return [
      {
        ...common,
        key: `${key}/hello`,
        effect: { kind: 'introduction' as const, ...about },
        due: now,
        expires: plus(now, 7 * DAY),
      },
      {
        ...common,
        key: `${key}/met`,
        effect: { kind: 'did-you-meet' as const, ...about },
        due: plus(now, ASK_AFTER_DAYS * DAY),
        expires: plus(now, (ASK_AFTER_DAYS + 7) * DAY),
      },
    ]
  })
  await promise(tx, promised, now, wake)
  return { introduced, left }
}
