import { DAY, HOUR, type Instant, plus } from '@cme-commons/core'
import { type Answer, feedOf, pageOf, type Story } from './news-site.ts'

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Kind = 'us' | 'eu' | 'noise' | 'ancient'
export type Told = { n: number; kind: Kind; at: Instant }

const TITLE: Record<Kind, (n: number) => string> = {
  us: (n) => `ACCME explains rule ${n} of the Standards for Integrity and Independence`,
  eu: (n) => `EACCME tells organisers of events what changes: note ${n}`,
  noise: (n) => `CME Group futures fall for the ${n}th time`,
  ancient: (n) => `ACCME looks back at rule ${n} of the Standards for Integrity and Independence`,
}
export const numberIn = (title: string): number => Number(/\d+/.exec(title)![0])

export const DAYS = 30
export const SOURCES = 60
const A_HOST = 5
const WINDOW = 40

/** What a source of the made-up month does wrong, by its place among the sources. */
const QUIRKS = [
  'plain',
  'guids move',
  'titles are edited',
  'links carry tracking',
  'no dates',
  'items come back',
  'moved for good',
  'sent on for now',
  'page',
  'truncated',
  'fails for days',
  'starts late',
  'page rebuilt',
  'no validators',
  'gone for good',
] as const
export type MonthSource = { id: string; path: string; host: number; quirk: (typeof QUIRKS)[number]; stories: Told[] }

/** Sixty sources on twelve hosts, what each publishes in a month, and how a server would answer at any moment of it. */
export function newsMonth(start: Instant, seed: number) {
  const roll = dice(seed)
  const day = (days: number) => plus(start, Math.round(days * DAY))
  let n = 0
  const tell = (at: Instant): Told => {
    const chance = roll()
    const kind: Kind = chance < 0.1 ? 'noise' : chance < 0.15 ? 'ancient' : chance < 0.5 ? 'eu' : 'us'
    return { n: ++n, kind, at }
  }
  const sources: MonthSource[] = Array.from({ length: SOURCES }, (_, i) => {
    const quirk = QUIRKS[i % QUIRKS.length]!
    const stories = Array.from({ length: 4 }, (_, k) => tell(day(-4 + k)))
    const busy = 1.5 + roll() * 4
    const last = quirk === 'gone for good' ? 14 : DAYS - 3
    for (let at = roll() * busy; at < last; at += 0.2 + roll() * busy * 2) stories.push(tell(day(at)))
    return { id: `source${i}`, path: `/s${i}`, host: Math.floor(i / A_HOST), quirk, stories }
  })
  // What one society tells, another tells again some hours later: with its link, or with its title alone.
  const again = new Map<string, Set<number>>()
  for (const [i, source] of sources.entries()) {
    const from = sources[(i + 7) % SOURCES]!
    if (source.quirk !== 'plain' && source.quirk !== 'no validators') continue
    if (['starts late', 'gone for good', 'no dates'].includes(from.quirk)) continue
    const taken = from.stories.filter(({ at, kind }) => at > day(3) && kind !== 'ancient' && roll() < 0.4)
    again.set(source.id, new Set(taken.map((story) => story.n)))
    source.stories.push(...taken.map((story) => ({ ...story, at: plus(story.at, 5 * HOUR) })))
    source.stories.sort((a, b) => (a.at < b.at ? -1 : 1))
  }

  const storyAs = (source: MonthSource, { n, kind, at }: Told, now: Instant): Story => {
    const moved = source.quirk === 'guids move' && now > day(12)
    const edited = source.quirk === 'titles are edited' && now > plus(at, 2 * DAY)
    const tracked = source.quirk === 'links carry tracking' ? `?utm_source=feed&utm_campaign=${now.slice(0, 10)}` : ''
    const date = kind === 'ancient' ? plus(at, -400 * DAY) : at
    return {
      id: `${moved ? 'new' : 'old'}-${source.id}-${n}`,
      title: TITLE[kind](n) + (edited ? ' (corrected)' : ''),
      link: `https://news.example/${again.get(source.id)?.has(n) && n % 2 ? 'again/' : ''}${n}${tracked}`,
      text: edited ? 'Now with one word more.' : 'As it was.',
      ...(source.quirk === 'no dates' && kind !== 'ancient' ? {} : { at: date }),
    }
  }

  /** What stands at an address at a moment, newest first, and what a server would answer. `shown` are the numbers that can be read. */
  function answer(host: number, path: string, now: Instant, asked: { etag?: string }): Answer & { shown?: number[] } {
    const source = sources.find((each) => each.host === host && (path === each.path || path === `${each.path}/moved`))
    if (!source) return { status: 404 }
    const between = (from: number, to: number) => now >= day(from) && now < day(to)
    if (host % 4 === 1 && between(8, 8.4)) return { status: 429, headers: { 'retry-after': '14400' } }
    if (host % 4 === 2 && between(16, 16.4)) return { status: 503, headers: { 'retry-after': '7200' } }
    const { quirk } = source
    if (quirk === 'fails for days' && between(10, 14)) return { status: 500 }
    if (quirk === 'starts late' && between(0, 3)) return { status: source.host % 2 ? 404 : 502 }
    if (quirk === 'gone for good' && between(17, 99)) return { status: 410 }
    if (quirk === 'sent on for now' && path === source.path)
      return { status: 302, headers: { location: `${path}/moved` } }
    if (quirk === 'moved for good' && path === source.path && between(5, 99))
      return between(20, 99) ? { status: 404 } : { status: 301, headers: { location: `${path}/moved` } }
    const away = quirk === 'items come back' && between(18, 21)
    const told = source.stories
      .filter(({ at }) => at <= now && !(away && at < day(17.9)))
      .reverse()
      .slice(0, WINDOW)
    const stories = told.map((story) => storyAs(source, story, now))
    const shown = told.map((story) => story.n)
    if (quirk === 'page' || quirk === 'page rebuilt')
      return quirk === 'page rebuilt' && between(11, 15)
        ? { body: pageOf(stories, 'renewed') }
        : { body: pageOf(stories), shown }
    const body = feedOf(stories)
    if (quirk === 'truncated' && between(6, 9)) {
      const cut = body.slice(0, Math.floor(body.length * 0.8))
      return { body: cut, shown: shown.slice(0, cut.split('</item>').length - 1) }
    }
    if (quirk === 'no validators') return { body, shown }
    const etag = `"${shown.join('-')}-${now > day(12)}-${quirk === 'titles are edited' ? body.length : ''}"`
    return asked.etag === etag ? { status: 304, headers: { etag } } : { body, headers: { etag }, shown }
  }
  return { sources, answer }
}

export type Served = { at: Instant; source: string; shown: readonly number[] }

/**
 * What should have been told, from what the servers sent alone: a number is old where its first sender had never been read before, else
 * it is news from the moment at which it was first sent.
 */
export function newsSince(served: readonly Served[]): Map<number, Instant> {
  const known = new Set<string>()
  const met = new Map<number, Instant | null>()
  for (const { at, source, shown } of served) {
    for (const n of shown) if (!met.has(n)) met.set(n, known.has(source) ? at : null)
    known.add(source)
  }
  return new Map([...met].filter((entry): entry is [number, Instant] => entry[1] !== null))
}
