import { Temporal } from 'temporal-polyfill'
import type { Day, Instant } from '../time.ts'
import { CALENDAR_CATEGORIES } from './calendar.ts'
import { type ConferenceDate, DATE_KINDS, type DateKind, type DateTime } from './conference.ts'
import { overAt, sameWhen } from './when.ts'

/** A date as a calendar of somebody else tells it; `line` is where in its file. Its `uid` names it there for good. */
export type IncomingDate = {
  uid: string
  sequence: number
  kind: DateKind
  title: string
  when: DateTime
  status: 'confirmed' | 'tentative' | 'cancelled'
  place?: string
  href?: string
  line: number
}
/** What was taken of a date before: as the calendar told it then, whatever became of it here since. */
export type TakenDate = { date: string; taken: Omit<IncomingDate, 'line'> }

export type Difference = 'when' | 'title' | 'kind' | 'status' | 'place' | 'href'
export type ImportChange = { date: string; from: TakenDate['taken']; to: IncomingDate; what: readonly Difference[] }
/** What taking a calendar would do. `older` tell of a state that is behind what was taken; nothing is done about them. */
export type ImportProposal = {
  add: readonly IncomingDate[]
  change: readonly ImportChange[]
  remove: readonly TakenDate[]
  same: number
  older: readonly IncomingDate[]
}

/**
 * What taking `incoming` would add, change and take out, compared with what was `taken` from the same calendar before. `whole` is for a
 * calendar that is read again and again: what it does not tell any more is taken out, unless that is over by `now`, since calendars
 * forget the past. A date that is cancelled and was never taken is none of ours.
 */
export function proposeImport(
  taken: readonly TakenDate[],
  incoming: readonly IncomingDate[],
  { whole, now }: { whole: boolean; now: Instant },
): ImportProposal {
  const before = new Map(taken.map((one) => [one.taken.uid, one]))
  const told = new Set(incoming.map(({ uid }) => uid))
  const proposal = { add: [] as IncomingDate[], change: [] as ImportChange[], same: 0, older: [] as IncomingDate[] }
  for (const to of incoming) {
    const known = before.get(to.uid)
    if (!known) {
      if (to.status !== 'cancelled') proposal.add.push(to)
    } else if (to.sequence < known.taken.sequence) proposal.older.push(to)
    else {
      const what = differences(known.taken, to)
      if (what.length > 0) proposal.change.push({ date: known.date, from: known.taken, to, what })
      else proposal.same++
    }
  }
  const remove = whole
    ? taken.filter(({ taken }) => !told.has(taken.uid) && taken.status !== 'cancelled' && overAt(taken) >= now)
    : []
  return { ...proposal, remove }
}

/** True when there is nothing to take. */
export const isEmptyProposal = ({ add, change, remove }: ImportProposal): boolean =>
  add.length + change.length + remove.length === 0

function differences(from: TakenDate['taken'], to: IncomingDate): Difference[] {
  const plain = (['title', 'kind', 'status', 'place', 'href'] as const).filter((name) => from[name] !== to[name])
  return sameWhen(from.when, to.when) ? plain : ['when', ...plain]
}

/** What the words say, the surest first: "abstract decisions" are no deadline for abstracts. */
const CUES: readonly (readonly [DateKind, RegExp])[] = [
  [
    'notification',
    /\b(?:notif\w+|acceptances?|decisions?) (?:sent|of|to|announced|due)\b|\b(?:abstract|author|proposal) (?:notif|decision)/i,
  ],
  ['early-bird', /\bearly[ -]?bird\b|\b(?:early|advance)[ -]registration\b/i],
  ['hotel', /\bhotel\b|\broom block\b|\bhousing\b/i],
  ['grant', /\bgrants?\b|\bscholarships?\b|\bbursar\w+\b|\btravel awards?\b/i],
  ['comment', /\bcalls? for comments?\b|\b(?:public )?comments? (?:period|window|due|closes?)\b/i],
  [
    'abstracts',
    /\babstracts?\b|\bcalls? for (?:papers|proposals|presentations|posters)\b|\b(?:submission|proposal)s?\b/i,
  ],
  ['report', /\b(?:annual|year-end|activity) report|\bPARS\b/i],
  ['registration', /\bregist(?:er|ration)\b/i],
  ['session', /\b(?:sessions?|keynotes?|workshops?|plenar\w+|posters?|panels?|webinars?)\b/i],
]

/** What a date of somebody else's calendar is about: as its categories say, else as its title does, else by its shape. */
export function kindOfIncoming(title: string, categories: readonly string[], when: DateTime): DateKind {
  for (const said of categories) {
    const named = DATE_KINDS.find((kind) => CALENDAR_CATEGORIES[kind].toLowerCase() === said.trim().toLowerCase())
    if (named && (named !== 'session' || when.kind === 'at')) return named
  }
  for (const said of [...categories, title]) {
    const found = CUES.find(([kind, cue]) => cue.test(said) && (kind !== 'session' || when.kind === 'at'))
    if (found) return found[0]
  }
  if (/\b(?:deadlines?|due|cut-?off|closes?)\b/i.test(title)) return 'other'
  if (when.kind === 'day') return 'event'
  return when.kind === 'at' && when.until ? 'session' : 'other'
}

/**
 * The instant of a wall time in a calendar file: one that does not exist counts by the offset from before the gap, one that repeats is
 * its first occurrence (RFC 5545, 3.3.5).
 */
export const calendarInstant = (day: Day, time: string, zone: string): Instant =>
  new Date(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).epochMilliseconds).toISOString()

/** What of an incoming date a date of ours is made of or brought up to. */
export const fieldsOf = ({
  kind,
  title,
  when,
  status,
  place,
  href,
}: Omit<IncomingDate, 'line'>): Pick<ConferenceDate, 'kind' | 'title' | 'when' | 'status' | 'place' | 'href'> => ({
  kind,
  title,
  when,
  status,
  ...(place ? { place } : {}),
  ...(href ? { href } : {}),
})
