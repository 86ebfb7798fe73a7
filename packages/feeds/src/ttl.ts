import type { Skip } from '@cme-commons/core'
import { first, textOf } from './pick.ts'
import type { Fields } from './xml.ts'

const PERIOD: Record<string, number> = {
  hourly: 3600,
  daily: 86_400,
  weekly: 604_800,
  monthly: 2_592_000,
  yearly: 2_592_000,
}

/** Seconds a feed says it stays fresh: RSS's `ttl` (minutes) or the syndication module's period over its frequency. */
export function ttlSeconds(feed: Fields): number | undefined {
  const number = (name: string) => first(feed, [name], (value) => Number.parseInt(textOf(value), 10) || undefined)
  const ttl = number('ttl')
  const period = first(feed, ['sy:updateperiod'], (value) => PERIOD[textOf(value).trim().toLowerCase()])
  const found = Math.max((ttl ?? 0) * 60, period ? period / Math.max(1, number('sy:updatefrequency') ?? 1) : 0)
  return found > 0 ? Math.min(Math.round(found), 2_592_000) : undefined
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** The hours (UTC) and weekdays in which a feed asks not to be read; nothing when that would be always. */
export function skipOf(feed: Fields): Skip | undefined {
  const words = (name: string) =>
    first(feed, [name], (value) =>
      textOf(value)
        .slice(0, 5000)
        .toLowerCase()
        .match(/(?<=>)\s*[\da-z]+\s*(?=<)/g),
    ) ?? []
  const hours = words('skiphours')
    .map((hour) => Number(hour) % 24)
    .filter((hour) => hour >= 0)
  const days = words('skipdays')
    .map((day) => DAYS.indexOf(day.trim()))
    .filter((day) => day >= 0)
  const skip = { hours: [...new Set(hours)], days: [...new Set(days)] }
  const always = skip.hours.length === 24 || skip.days.length === 7
  return always || skip.hours.length + skip.days.length === 0 ? undefined : skip
}
