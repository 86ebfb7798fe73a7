import { Temporal } from 'temporal-polyfill'
import { nearest } from './nearest.ts'

/** A point in time as ISO-8601 UTC text with milliseconds (`2026-11-23T08:00:00.000Z`), so that text order is time order. */
export type Instant = string
/** A calendar day without a zone, `2027-03-31`. */
export type Day = string

/** `instant` moved by `ms` milliseconds (negative moves back). */
export const plus = (instant: Instant, ms: number): Instant => new Date(Date.parse(instant) + ms).toISOString()

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** True for a zone name of the IANA database, such as `America/Chicago`, as this machine's zone data has it. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(zone)) return false
  try {
    Temporal.Now.zonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}

/** The zone whose name comes closest to what was typed: "chicago", "New York", "Europe/Brusels". */
export function nearestZone(said: string): string | undefined {
  const wanted = said.trim().replace(/\s+/g, '_')
  if (wanted.length < 3) return undefined
  const zones = Intl.supportedValuesOf('timeZone').flatMap((zone) => [
    [zone, zone] as const,
    [zone.slice(zone.lastIndexOf('/') + 1), zone] as const,
  ])
  return nearest(wanted, zones)
}

/** The wall clock in `zone` at `instant`. */
export const wallClock = (instant: Instant, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone)

/** The calendar day in `zone` at `instant`. */
export const dayIn = (instant: Instant, zone: string): Day => wallClock(instant, zone).toPlainDate().toString()

/**
 * The instant of a wall time. A wall time that does not exist (clocks go forward) is the next valid minute, so 02:30 becomes
 * 03:00; one that repeats (clocks go back) is its first occurrence.
 */
export function atWall(day: Day, time: string, zone: string): Instant {
  const wall = Temporal.PlainDateTime.from(`${day}T${time}`)
  // Without a word of ours, a repeated wall time is its first occurrence, and a missing one is moved by the length of the gap.
  const found = wall.toZonedDateTime(zone)
  if (found.toPlainDateTime().equals(wall)) return new Date(found.epochMilliseconds).toISOString()
  const before = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  return new Date((before.getTimeZoneTransition('next') ?? found).epochMilliseconds).toISOString()
}
