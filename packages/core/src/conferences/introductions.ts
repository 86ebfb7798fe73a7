import { tokens } from '../news/tokens.ts'
import { atWall, type Day, dayIn, type Instant } from '../time.ts'
import type { ConferenceDate } from './conference.ts'
import { remindable } from './reminders.ts'
import { dayAfter } from './when.ts'

/**
 * Who wants to be introduced at an edition. `replied` is whether she answered when she was last asked if they met (nothing when she never
 * was); `again` says that her last introduction came to nothing.
 */
export type Introducible = { id: string; track?: string; interest: string; replied?: boolean; again?: boolean }

/** Two people as one key, whoever is named first. */
export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

type Seated = Introducible & { words: ReadonlySet<string>; turn: number }

/** So short or so common a word says nothing of what two people share. */
const SMALL = new Set(
  'about also and are been being cme community continuing education for from have how interested interest into like medical more people some that their them they this want what when where which who with work working would you your'.split(
    ' ',
  ),
)

/** The words of a stated interest that may be shared with somebody else's. */
export const interestWords = (interest: string): string[] => [
  ...new Set(tokens(interest).flatMap(({ stem }) => (stem.length > 2 && !SMALL.has(stem) ? [stem] : []))),
]

/** What two people have in common: words of both interests, in the order of the first one's. */
export const sharedWords = (a: string, b: string): string[] => {
  const other = new Set(interestWords(b))
  return interestWords(a).filter((word) => other.has(word))
}

/** How well two fit: another track first of all, then shared words; who waited in vain is best helped by somebody who answers. */
function fit(a: Seated, b: Seated): number {
  const tracks = a.track && b.track ? (a.track === b.track ? 0 : 4) : 2
  let shared = 0
  for (const word of a.words) if (shared < 3 && b.words.has(word)) shared++
  const helped = (a.again && b.replied) || (b.again && a.replied) ? 4 : 0
  const silent = a.replied === false && b.replied === false ? -3 : 0
  return tracks + shared * 2 + helped + silent
}

/** A number that follows from a text alone, so that nobody is always first and everybody could work it out again (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/**
 * Brings people together: pairs, and one trio where their number is odd; never two who were introduced before (`met` holds `pairKey`s).
 * The same people, history and `seed` give the same groups. Whoever has met fewer than half of the others finds a place; who is left over
 * is in no group.
 */
export function introduce(people: readonly Introducible[], met: ReadonlySet<string>, seed: string): string[][] {
  const free = people
    .map((one): Seated => ({ ...one, words: new Set(interestWords(one.interest)), turn: hash(`${seed} ${one.id}`) }))
    .sort((a, b) => Number(b.again ?? false) - Number(a.again ?? false) || a.turn - b.turn || (a.id < b.id ? -1 : 1))
  const may = (a: Seated, b: Seated) => !met.has(pairKey(a.id, b.id))
  const pairs: Seated[][] = []
  const left: Seated[] = []
  while (free.length > 0) {
    const one = free.shift()!
    const at = bestFor(one, free, may)
    if (at === undefined) left.push(one)
    else pairs.push([one, free.splice(at, 1)[0]!])
  }
  while (left.length > 1 && placeTwo(left, pairs, may));
  if (left.length === 1 && people.length % 2 === 1) {
    const one = left[0]!
    const open = pairs.filter((pair) => pair.every((other) => may(one, other)))
    const best = open.toSorted((a, b) => together(one, b) - together(one, a))[0]
    best?.push(one)
  }
  return pairs.map((group) => group.map(({ id }) => id))
}

const together = (one: Seated, pair: readonly Seated[]): number => pair.reduce((sum, other) => sum + fit(one, other), 0)

type May = (a: Seated, b: Seated) => boolean

function bestFor(one: Seated, free: readonly Seated[], may: May): number | undefined {
  let best: number | undefined
  let most = Number.NEGATIVE_INFINITY
  for (const [i, other] of free.entries()) {
    if (!may(one, other)) continue
    const score = fit(one, other)
    if (score > most) [best, most] = [i, score]
  }
  return best
}

/** Gives two who are left over, and know each other, a place each by parting a pair; false where none can be parted. */
function placeTwo(left: Seated[], pairs: Seated[][], may: May): boolean {
  for (let i = 0; i < left.length; i++)
    for (let j = i + 1; j < left.length; j++)
      for (const [at, [a, b]] of pairs.entries()) {
        const [one, two] = [left[i]!, left[j]!]
        const parted =
          may(one, a!) && may(two, b!)
            ? [
                [one, a!],
                [two, b!],
              ]
            : may(one, b!) && may(two, a!)
              ? [
                  [one, b!],
                  [two, a!],
                ]
              : undefined
        if (!parted) continue
        pairs.splice(at, 1, ...parted)
        left.splice(j, 1)
        left.splice(i, 1)
        return true
      }
  return false
}

/** The first and the last day of a meeting, as its dates tell in the zone of its place; nothing while no day is known. */
export function meetingDays(
  dates: readonly Pick<ConferenceDate, 'kind' | 'status' | 'gone' | 'when'>[],
  zone: string,
): { first: Day; last: Day } | undefined {
  const days = dates
    .filter((date) => date.kind === 'event' && remindable(date))
    .flatMap(({ when }) =>
      when.kind === 'at'
        ? [dayIn(when.at, zone), dayIn(when.until ?? when.at, zone)]
        : [when.day, ('to' in when && when.to) || when.day],
    )
    .sort()
  return days.length > 0 ? { first: days[0]!, last: days.at(-1)! } : undefined
}

/** A round of introductions that comes by itself: open from `opens` until `until`, once. */
export type IntroductionRound = { round: 'two-weeks-before' | 'first-day'; opens: Instant; until: Instant }

/** The rounds of a meeting that begins on `first`: two weeks before at 10:00, and on its first day at 08:00, by the clock of the place. */
export const roundsOf = (first: Day, zone: string): IntroductionRound[] => [
  {
    round: 'two-weeks-before',
    opens: atWall(dayAfter(first, -14), '10:00', zone),
    until: atWall(dayAfter(first, -7), '10:00', zone),
  },
  { round: 'first-day', opens: atWall(first, '08:00', zone), until: atWall(dayAfter(first, 1), '00:00', zone) },
]

/** How many days after an introduction people are asked whether they met. */
export const ASK_AFTER_DAYS = 3

export const MET_ANSWERS = ['yes', 'not-yet', 'other'] as const
export type MetAnswer = (typeof MET_ANSWERS)[number]
export const isMetAnswer = (said: string): said is MetAnswer => MET_ANSWERS.some((answer) => answer === said)

/** What a person may let others see besides the name. */
export const INTRODUCTION_SHOWS = ['track', 'interest', 'details'] as const
export type IntroductionShows = (typeof INTRODUCTION_SHOWS)[number]

/**
 * What people do to meet others at an edition; `name` is typed, of a conference. `round` names the introduction that `met` answers, `answer`
 * is a `MetAnswer`.
 */
export type IntroductionAction =
  | { do: 'meet'; edition?: string; name?: string }
  | { do: 'meet.form'; edition: string }
  | { do: 'meet.leave'; edition: string }
  | { do: 'meet.round'; edition: string }
  | { do: 'met'; edition: string; round: string; answer: string }
  | { do: 'present'; edition?: string; name?: string; from?: number }
  | { do: 'present.join'; edition: string }
  | { do: 'present.leave'; edition: string }
