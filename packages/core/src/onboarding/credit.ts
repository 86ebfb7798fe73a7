import type { MockActivity, Segment } from './activity.ts'
import { formatOf } from './formats.ts'

/**
 * Minutes as *AMA PRA Category 1 Credit*: 60 minutes are 1, to the nearest quarter hour. A tie (7.5, 22.5, … minutes) rounds up; the
 * AMA gives no rule for it.
 */
export const amaCredits = (minutes: number): number => Math.floor((Math.max(0, minutes) + 7.5) / 15) / 4

/** The most European credits a full day of an event gives. */
export const ECMEC_A_DAY = 8

/** Minutes of one day as European CME credits: 0.5 for each full half hour, at most 8 a day. A begun half hour gives none. */
export const ecmecs = (minutes: number): number => Math.min(ECMEC_A_DAY, Math.floor(Math.max(0, minutes) / 30) / 2)

/** Minutes of education: breaks and non-certified parts do not count, sessions at the same time count once, by the longest. */
export function educationMinutes(schedule: readonly Segment[]): number {
  let total = 0
  let slot = 0
  for (const segment of schedule) {
    if (!segment.parallel) {
      total += slot
      slot = 0
    }
    if (segment.kind === 'education') slot = Math.max(slot, segment.minutes)
  }
  return total + slot
}

/** The minutes of education of each day of the schedule, in the order of the days. */
export function minutesByDay(schedule: readonly Segment[]): { day: number; minutes: number }[] {
  const days = [...new Set(schedule.map(({ day }) => day))].sort((a, b) => a - b)
  return days.map((day) => ({ day, minutes: educationMinutes(schedule.filter((segment) => segment.day === day)) }))
}

/** What an activity is worth: the most a learner may claim, and how it was counted, in words. */
export type Credit = { unit: 'ama' | 'ecmec'; credits: number; how: string }

/** What a unit that is no minute is worth in AMA credit. PI CME: three stages in sequence give 20 instead of 15. */
const EACH = { articles: 1, activities: 10, reviews: 3, cycles: 0.5 } as const
const ONE = { articles: 'article', activities: 'activity', reviews: 'review', cycles: 'cycle' } as const
const PI = [0, 5, 10, 20]

/** The credit of an activity, or nothing while its format, or what its format counts, is missing. */
export function creditOf(activity: MockActivity): Credit | undefined {
  const format = formatOf(activity.format)
  if (!format) return undefined
  const { schedule = [], quantity } = activity
  if (format.counts === 'minutes') {
    if (schedule.length === 0) return undefined
    return format.system === 'eaccme' ? europeanCredit(schedule) : minuteCredit(schedule, format.id === 'ama-teaching')
  }
  if (!quantity) return undefined
  if (format.counts === 'stages') {
    const stages = Math.min(3, quantity)
    return { unit: 'ama', credits: PI[stages]!, how: `${stages} of 3 stages in sequence: ${PI[stages]}` }
  }
  const each = EACH[format.counts]
  const most = format.counts === 'reviews' ? 'up to ' : ''
  const credits = each * quantity
  return { unit: 'ama', credits, how: `${quantity} × ${most}${each} for each ${ONE[format.counts]}` }
}

/** Learning from teaching gives 2 for each hour presented, in quarters as well. */
function minuteCredit(schedule: readonly Segment[], teaching: boolean): Credit {
  const minutes = minutesByDay(schedule).reduce((sum, day) => sum + day.minutes, 0)
  const counted = teaching ? 2 * minutes : minutes
  const how = `${minutes} minutes of education${teaching ? ' presented, counted twice' : ''}, to the nearest quarter hour`
  return { unit: 'ama', credits: amaCredits(counted), how }
}

function europeanCredit(schedule: readonly Segment[]): Credit {
  const days = minutesByDay(schedule).map(({ day, minutes }) => ({ day, minutes, credits: ecmecs(minutes) }))
  const credits = days.reduce((sum, day) => sum + day.credits, 0)
  const told = days.slice(0, 10).map(({ day, minutes, credits }) => `day ${day}: ${minutes} minutes, ${credits}`)
  const rest = days.length > 10 ? `; and ${days.length - 10} more days` : ''
  return { unit: 'ecmec', credits, how: `${told.join('; ')}${rest}; in half hours, at most ${ECMEC_A_DAY} a day` }
}

/** A number of AMA credits as it is written: 1.0, 0.75, 1.25. */
export const creditNumber = (credits: number): string =>
  Number.isInteger(credits * 10) ? credits.toFixed(1) : String(credits)
