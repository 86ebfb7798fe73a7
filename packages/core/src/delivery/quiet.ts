import { outOfQuiet } from '../people/schedule.ts'
import { type Instant, isZone } from '../time.ts'

/**
 * When the quiet hours of a delivery (`22:00-07:00 America/Chicago`) that hold `now` end, or undefined outside them (and for a text
 * that is no quiet hours). An end that the clocks repeat is its first occurrence, so nobody waits the hour twice.
 */
export function quietUntil(quiet: string, now: Instant): Instant | undefined {
  const [, from, to, zone] = /^(\d\d:\d\d)-(\d\d:\d\d) (\S+)$/.exec(quiet) ?? []
  if (!from || !to || !zone || !isZone(zone)) return undefined
  const end = outOfQuiet(now, { quiet: { from, to }, zone })
  return end > now ? end : undefined
}
