import { atWall, type Day, dayIn, type Instant } from '../time.ts'
import type { ConferenceDate, Edition } from './conference.ts'
import { remindable } from './reminders.ts'
import { dayAfter, startsAt } from './when.ts'
import { calendarDay, calendarDays } from './words.ts'

/**
 * One thing that is done for a conference channel. `forum` opens the forum of questions beside it; `event` names what the platform shows
 * among its events (`event/day/1`, or a session's id); the others with a day are what comes on it.
 */
export type ChannelPart =
  | 'open'
  | 'forum'
  | 'topic'
  | 'welcome'
  | 'schedule'
  | 'bookmark/calendar'
  | 'bookmark/page'
  | `event/${string}`
  | Dated
type Dated = `morning/${Day}` | `notice/${Day}` | `archive/${Day}`

/** What a moderator says of a channel before it is opened, and later. `adopt` is a channel that is there already. */
export type ChannelPlan = {
  edition: string
  name: string
  topic: string
  adopt?: string
  category?: string
  forum: boolean
  morning: boolean
  rota?: string
  archiveOn?: Day
}

/** Both platforms take a name of so many letters. */
export const CHANNEL_NAME = 80
const TOPIC = 200
/** The card of a morning comes at this time where the meeting is; the others at the time of all reminders. */
const FIRST_THING = '07:00'
const NINE = '09:00'
/** So many days before it closes a channel is told so, and after the meeting it closes where nobody says otherwise. */
export const NOTICE_DAYS = 3
const OPEN_AFTER = 30
/** Nobody meets for longer. */
const LONGEST = 31

/** A name as Slack and Discord both take it: small letters, digits, hyphens. Nothing where nothing of it is left. */
export const channelName = (said: string): string =>
  said
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, CHANNEL_NAME)
    .replace(/^[-_]+|[-_]+$/g, '')

/** What is filled in for a channel when nobody has said anything. */
export function usualPlan(edition: Edition, dates: readonly ConferenceDate[], now: Instant): ChannelPlan {
  const last = daysOfMeeting(dates).at(-1)
  const closes = last && dayAfter(last, OPEN_AFTER)
  return {
    edition: edition.id,
    name: channelName(edition.name) || `conference-${edition.year}`,
    topic: usualTopic(edition, dates),
    forum: false,
    morning: true,
    ...(closes && closes > dayAfter(dayIn(now, edition.zone), NOTICE_DAYS) ? { archiveOn: closes } : {}),
  }
}

function usualTopic({ name, place }: Edition, dates: readonly ConferenceDate[]): string {
  const days = daysOfMeeting(dates)
  const when = days.length > 0 ? calendarDays(days[0]!, days.at(-1)) : ''
  return [name, when, place].filter(Boolean).join(', ').slice(0, TOPIC)
}

/** The days of the meeting itself, in order; none while they are not known. */
export function daysOfMeeting(dates: readonly ConferenceDate[]): Day[] {
  const days = dates.filter((date) => date.kind === 'event' && remindable(date)).flatMap(daysOf)
  return [...new Set(days)].sort()
}

/** Every day on which something goes on: the meeting, or a session before it or after it. */
export const daysWithSessions = (dates: readonly ConferenceDate[], zone: string): Day[] =>
  [...new Set([...daysOfMeeting(dates), ...sessionsByDay(dates, zone).keys()])].sort()

const isOnSession = (date: ConferenceDate): boolean => date.kind === 'session' && remindable(date)

function daysOf({ when }: Pick<ConferenceDate, 'when'>): Day[] {
  if (when.kind === 'aoe') return [when.day]
  const [from, to] =
    when.kind === 'day'
      ? [when.day, when.to ?? when.day]
      : [dayIn(when.at, when.zone), dayIn(when.until ?? when.at, when.zone)]
  const days: Day[] = []
  for (let day = from; day <= to && days.length < LONGEST; day = dayAfter(day, 1)) days.push(day)
  return days
}

/** The sessions of each day in `zone` that has any, in the order of time; one that goes on past midnight is of the day on which it begins. */
export function sessionsByDay(dates: readonly ConferenceDate[], zone: string): Map<Day, ConferenceDate[]> {
  const byDay = new Map<Day, ConferenceDate[]>()
  const sessions = dates.filter(isOnSession).map((date) => ({ date, starts: startsAt(date) }))
  for (const { date } of sessions.sort((a, b) => (a.starts < b.starts ? -1 : 1)))
    for (const day of date.when.kind === 'at' ? [dayIn(date.when.at, zone)] : daysOf(date))
      byDay.set(day, [...(byDay.get(day) ?? []), date])
  return byDay
}

/** The day on which a channel closes: the one that was chosen, but never before the meeting is over, wherever it was moved to. */
export function closingDay(
  { archiveOn }: { archiveOn?: Day | undefined },
  dates: readonly ConferenceDate[],
): Day | undefined {
  const last = daysOfMeeting(dates).at(-1)
  return archiveOn && last && archiveOn <= last ? dayAfter(last, 1) : archiveOn
}

/** Something that a channel has to come, and when it is of use. */
export type ChannelItem = { part: Dated; opens: Instant; until?: Instant }

/**
 * Everything that comes of a channel by itself, in the order of time: a card each morning on which something goes on, the notice that it
 * closes, and its end.
 */
export function channelItems(
  { morning, archiveOn }: Pick<ChannelPlan, 'morning' | 'archiveOn'>,
  dates: readonly ConferenceDate[],
  zone: string,
): ChannelItem[] {
  const mornings = (morning ? daysWithSessions(dates, zone) : []).map(
    (day): ChannelItem => ({
      part: `morning/${day}`,
      opens: atWall(day, FIRST_THING, zone),
      until: atWall(dayAfter(day, 1), '00:00', zone),
    }),
  )
  const ends = closingDay({ archiveOn }, dates)
  const end: ChannelItem[] = !ends
    ? []
    : [
        { part: `notice/${ends}`, opens: atWall(dayAfter(ends, -NOTICE_DAYS), NINE, zone) },
        { part: `archive/${ends}`, opens: atWall(ends, NINE, zone) },
      ]
  return [...mornings, ...end].sort((a, b) => (a.opens < b.opens ? -1 : 1))
}

/** A part that comes on a day, by its name: `morning.2027-03-14`. */
function datedPart(name: string): Dated | undefined {
  const [, kind, day] = /^(morning|notice|archive)[./](\d{4}-\d\d-\d\d)$/.exec(name) ?? []
  return kind && day ? (`${kind}/${day}` as Dated) : undefined
}

/** What a part is called where people decide about it. */
export function partInWords(part: ChannelPart): string {
  const dated = datedPart(part)
  if (dated) {
    const day = calendarDay(dated.slice(-10))
    if (dated.startsWith('morning')) return `Card of the morning, ${day}`
    return dated.startsWith('notice') ? `Notice that the channel closes on ${day}` : 'The channel closes'
  }
  if (part.startsWith('event/')) return 'An event of the platform'
  return PARTS[part as keyof typeof PARTS]
}
const PARTS = {
  open: 'The channel itself',
  forum: 'The forum for questions',
  topic: 'Its topic',
  welcome: 'The welcome',
  schedule: 'The schedule',
  'bookmark/calendar': 'The link to the calendar',
  'bookmark/page': 'The link to the conference’s page',
} as const

/** A reminder as moderators decide about it. `lead` is `7d` or `15m`. */
export function reminderInWords({ title }: Pick<ConferenceDate, 'title'>, lead: string): string {
  const count = Number.parseInt(lead, 10)
  const unit = lead.endsWith('m') ? 'minute' : 'day'
  return `Reminder ${count} ${unit}${count === 1 ? '' : 's'} before: ${title}`
}
