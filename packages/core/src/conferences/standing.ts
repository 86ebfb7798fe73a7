import { Temporal } from 'temporal-polyfill'
import { atWall, type Day, dayIn, type Instant } from '../time.ts'
import { closedBy, nextBusinessDay } from './business-days.ts'
import type { ChainStep, ConferenceKnowledge, DateTime, StandingDeadline } from './conference.ts'
import { dayAfter } from './when.ts'

/** The day of a standing deadline in a year, moved to the next business day where its calendar says so. */
export function standingDay(
  { month, day, calendar }: StandingDeadline,
  year: number,
  content: ConferenceKnowledge,
): Day {
  const said = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return calendar ? nextBusinessDay(said, closedBy(content.holidays, calendar)) : said
}

/** When a standing deadline comes next, on `from` or after it. */
export function nextStanding(deadline: StandingDeadline, from: Day, content: ConferenceKnowledge): Day {
  const year = Number(from.slice(0, 4))
  const days = [year - 1, year, year + 1].map((y) => standingDay(deadline, y, content))
  return days.find((day) => day >= from)!
}

/** The standing deadlines that come within two years of `now`, as the dates that they are. */
export function standingDates(
  content: ConferenceKnowledge,
  now: Instant,
): { deadline: StandingDeadline; year: number; when: DateTime }[] {
  return content.deadlines.flatMap((deadline) => {
    const year = Number(dayIn(now, deadline.zone).slice(0, 4))
    return [year, year + 1].map((year) => ({
      deadline,
      year,
      when: { kind: 'day' as const, day: standingDay(deadline, year, content), zone: deadline.zone },
    }))
  })
}

/** One link of the chain of an activity: by which day, and whether that has passed. */
export type ChainLink = { step: ChainStep; day: Day; passed: boolean }

/**
 * The deadlines that hang on the date of an activity, worked out from it, the soonest first: those before it from its first day, those
 * after it from its last, and the standing ones that come next after it.
 */
export function chainFor(
  event: { day: Day; to?: Day },
  today: Day,
  content: ConferenceKnowledge,
  regions?: readonly string[],
): ChainLink[] {
  const last = event.to ?? event.day
  return content.chain
    .filter(({ region }) => !regions || regions.includes(region))
    .flatMap((step): ChainLink[] => {
      const day = dayOf(step, event.day, last, content)
      return day ? [{ step, day, passed: day < today }] : []
    })
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

function dayOf(step: ChainStep, first: Day, last: Day, content: ConferenceKnowledge): Day | undefined {
  if ('weeks' in step) return dayAfter(first, -7 * step.weeks)
  if ('years' in step) return yearsAfter(last, step.years)
  const deadline = content.deadlines.find(({ id }) => id === step.next)
  // The report of a year is due in the next one.
  return deadline && nextStanding(deadline, `${Number(last.slice(0, 4)) + 1}-01-01`, content)
}

/** The same day some years on; of 29 February the 28th, so that nothing runs longer than it may. */
const yearsAfter = (day: Day, years: number): Day => Temporal.PlainDate.from(day).add({ years }).toString()

/** The start of a day in a zone, for cards that tell days as moments. */
export const startOfDay = (day: Day, zone: string): Instant => atWall(day, '00:00', zone)
