import { calendarInstant, type DateTime, dayAfter, type Instant, oneLine, plus } from '@cme-commons/core'
import type { Component } from './components.ts'
import type { Problem } from './lines.ts'
import { type Property, propertyOf } from './property.ts'
import type { Zones } from './zones.ts'

/** How a calendar reads its times: `zone` for those that name none. */
export type Clock = { zones: Zones; zone: string }
type Point = { day: string } | { at: Instant; zone: string }

/** When an event is, from DTSTART with DTEND or DURATION; or what is wrong with it. */
export function whenOf(event: Component, clock: Clock): { when: DateTime } | { problem: Problem } {
  const said = propertyOf(event, 'DTSTART')
  if (!said) return wrong(event.line, 'this event has no DTSTART, so nobody knows when it is.')
  const start = pointOf(said, clock)
  if ('problem' in start) return start
  const ending = propertyOf(event, 'DTEND') ?? propertyOf(event, 'DURATION')
  if (!ending)
    return { when: 'day' in start ? { kind: 'day', day: start.day, zone: clock.zone } : { kind: 'at', ...start } }
  const end = event.lines.some(({ name }) => name === 'DTEND') ? pointOf(ending, clock) : after(start, ending)
  return 'problem' in end ? end : between(start, end, 'line' in ending ? ending.line : ending.broken, clock)
}

function between(start: Point, end: Point, line: number, { zone }: Clock): { when: DateTime } | { problem: Problem } {
  if ('day' in start && 'day' in end) {
    if (end.day < start.day) return wrong(line, 'this event ends before it begins.')
    // The end is the day after the last one; programs that don't know write the same day twice.
    const to = end.day > start.day ? dayAfter(end.day, -1) : start.day
    return { when: { kind: 'day', day: start.day, ...(to > start.day ? { to } : {}), zone } }
  }
  if ('at' in start && 'at' in end) {
    if (end.at < start.at) return wrong(line, 'this event ends before it begins.')
    return { when: { kind: 'at', at: start.at, ...(end.at > start.at ? { until: end.at } : {}), zone: start.zone } }
  }
  return wrong(line, 'this event begins with a day and ends with a time, or the other way round: give both alike.')
}

function pointOf(said: Property | { broken: number }, { zones, zone }: Clock): Point | { problem: Problem } {
  if ('broken' in said) return wrong(said.broken, 'this line cannot be read as a date.')
  const [, day, time, utc] =
    /^(\d{4}-\d{2}-\d{2})(?:T(?:(\d{2}:\d{2}:\d{2})(Z?)|::)?)?$/.exec(said.values[0] ?? '') ?? []
  if (day === undefined || !isDay(day) || (time !== undefined && !isTime(time)))
    return wrong(said.line, 'this is no date: write 20270314, or 20270314T170000Z with a time.')
  if (time === undefined) return { day }
  const named = said.parameter('tzid')
  const where = utc ? 'UTC' : named === undefined ? zone : zones(named)
  if (where === undefined)
    return wrong(
      said.line,
      `the time zone “${oneLine(named!).slice(0, 60)}” is not known: give the time in UTC, or in a zone such as America/Chicago.`,
    )
  return { at: calendarInstant(day, time === '23:59:60' ? '23:59:59' : time, where), zone: utc ? zone : where }
}

const isDay = (day: string): boolean =>
  day >= '1990' && day < '2101' && !Number.isNaN(Date.parse(day)) && dayAfter(day, 0) === day
const isTime = (time: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$|^23:59:60$/.test(time)

/** The end of what lasts so long: days and weeks count as days, hours as the time that passes. */
function after(start: Point, said: Property | { broken: number }): Point | { problem: Problem } {
  const line = 'broken' in said ? said.broken : said.line
  const text = 'values' in said ? (said.values[0] ?? '') : ''
  const [, w, d, h, m, s] =
    /^\+?P(?=.)(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/.exec(text) ?? []
  if ([w, d, h, m, s].every((part) => part === undefined))
    return wrong(line, 'this is no duration: write P2D for two days, PT90M for ninety minutes.')
  const days = Number(w ?? 0) * 7 + Number(d ?? 0)
  const seconds = Number(h ?? 0) * 3600 + Number(m ?? 0) * 60 + Number(s ?? 0)
  if ('day' in start) return { day: dayAfter(start.day, days + Math.ceil(seconds / 86_400)) }
  return { at: plus(start.at, (days * 86_400 + seconds) * 1000), zone: start.zone }
}

const wrong = (line: number, say: string): { problem: Problem } => ({ problem: { line, say } })
