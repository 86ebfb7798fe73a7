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
