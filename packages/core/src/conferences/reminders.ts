import { nightIn } from '../onboarding/company.ts'
import { atWall, type Day, dayIn, type Instant, MINUTE, plus } from '../time.ts'
import type { ConferenceDate, DateKind, Follow } from './conference.ts'
import { closesAt, dayAfter, dayFor } from './when.ts'

/** How long before a date people are reminded, where nobody says otherwise: days before a deadline, minutes before a session. */
export const DEFAULT_DAYS: readonly number[] = [60, 30, 14, 7, 1]
export const DEFAULT_MINUTES: readonly number[] = [15]
/** Reminders that count in days come at this time of the recipient's own day. */
export const MORNING = '09:00'
export const MOST_DAYS = 365
export const MOST_MINUTES = 1440

/** What a space sets for a kind of date: days before it, or minutes before a session. It holds for what opens after `since`. */
export type Policy = { kind: DateKind; leads: readonly number[]; since: Instant }

/** The leads of a date for a follow, the longest first: her own, else those of the policy, else the defaults. */
export function leadsFor(kind: DateKind, follow: Pick<Follow, 'days' | 'minutes'>, policy?: Policy): readonly number[] {
  const own = kind === 'session' ? follow.minutes : follow.days
  return own ?? policy?.leads ?? (kind === 'session' ? DEFAULT_MINUTES : DEFAULT_DAYS)
}

/** One reminder and when it is of use: from `opens` until the next one opens, the last one until the date comes. `lead` is `7d` or `15m`. */
export type Window = { lead: string; opens: Instant; until: Instant }

/** Every reminder of a date for somebody in `zone`, in the order of time. */
export function windowsOf(
  date: Pick<ConferenceDate, 'kind' | 'when'>,
  leads: readonly number[],
  zone: string,
): Window[] {
  const closes = closesAt(date)
  const opens = [...new Set(leads)]
    .sort((a, b) => b - a)
    .map((lead) =>
      date.kind === 'session'
        ? { lead: `${lead}m`, opens: plus(closes, -lead * MINUTE) }
        : { lead: `${lead}d`, opens: atWall(dayAfter(dayFor(date, zone), -lead), MORNING, zone) },
    )
    .filter(({ opens }) => opens < closes)
  return opens
    .map((one, i) => ({ ...one, until: opens[i + 1]?.opens ?? closes }))
    .filter((one) => one.opens < one.until)
}

/**
 * What decides about a date beside itself. `known` is since when it can be reminded of; `moved` is when it last became another one: of
 * that people are told, which stands for the reminder that was open then.
 */
export type Knowing = { known: Instant; moved?: Instant }

/** The reminder of a date that is open at `now` for a follow that began at `since`, if it became due after that. */
export function reminderDue(
  date: Pick<ConferenceDate, 'kind' | 'when'> & Knowing,
  follow: { leads: readonly number[]; zone: string; since: Instant },
  now: Instant,
): (Window & { due: Instant }) | undefined {
  const open = windowsOf(date, follow.leads, follow.zone).find(({ opens, until }) => opens <= now && now < until)
  if (!open || (date.moved !== undefined && open.opens <= date.moved)) return undefined
  const due = [open.opens, date.known].sort()[1]!
  return follow.since < due && due <= now ? { ...open, due } : undefined
}

/** The next reminder of a date that will open after `now`. */
export const nextWindow = (
  date: Pick<ConferenceDate, 'kind' | 'when'>,
  leads: readonly number[],
  zone: string,
  now: Instant,
): Window | undefined => windowsOf(date, leads, zone).find(({ opens }) => opens > now)

/** True for a date of which people may be reminded and told at all. */
export const remindable = ({ status, gone }: Pick<ConferenceDate, 'status' | 'gone'>): boolean =>
  gone === undefined && (status === 'confirmed' || status === 'tentative')

/**
 * The hours in which nothing is sent, as a delivery carries them: her own, else the night; of a session that begins at night she is
 * reminded all the same, unless she said otherwise.
 */
export function quietFor(kind: DateKind, { quiet, zone }: Pick<Follow, 'quiet' | 'zone'>): string | undefined {
  if (quiet) return `${quiet.from}-${quiet.to} ${zone}`
  return kind === 'session' ? undefined : nightIn(zone)
}

/** `60, 30, 14` as a person types them, as numbers from 1, the longest first; nothing for what is none. An empty text is an empty list. */
export function parseLeads(said: string, most: number): number[] | undefined {
  const words = said.split(/[\s,;]+/).filter(Boolean)
  const numbers = words.map((word) => (/^\d{1,4}$/.test(word) ? Number(word) : 0))
  if (numbers.some((n) => n < 1 || n > most) || numbers.length > 10) return undefined
  return [...new Set(numbers)].sort((a, b) => b - a)
}

/** The mornings of a zone at which reminders came due after `after` and until `now`, as days; nothing where there was none. */
export function morningsBetween(after: Instant, now: Instant, zone: string): { from: Day; to: Day } | undefined {
  const first = dayIn(after, zone)
  const from = atWall(first, MORNING, zone) > after ? first : dayAfter(first, 1)
  const last = dayIn(now, zone)
  const to = atWall(last, MORNING, zone) <= now ? last : dayAfter(last, -1)
  return from <= to ? { from, to } : undefined
}

/** How long moderators are still told, in days, what is usually announced in a month. */
const USUAL_LASTS = 7

/** The month (`2027-02`) of which moderators in `zone` are told at `now` what is usually announced in it: from the morning of its first day, for a week. */
export function usualNotice(now: Instant, zone: string): { month: string; opens: Instant; until: Instant } | undefined {
  const month = dayIn(now, zone).slice(0, 7)
  const opens = atWall(`${month}-01`, MORNING, zone)
  const until = atWall(`${month}-0${1 + USUAL_LASTS}`, MORNING, zone)
  return opens <= now && now < until ? { month, opens, until } : undefined
}

/** When the next such notice comes after `now`. */
export function nextNotice(now: Instant, zone: string): Instant {
  const month = dayIn(now, zone).slice(0, 7)
  const opens = atWall(`${month}-01`, MORNING, zone)
  return opens > now ? opens : atWall(`${dayAfter(`${month}-28`, 4).slice(0, 7)}-01`, MORNING, zone)
}
