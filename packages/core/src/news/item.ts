import type { Day, Instant } from '../time.ts'

/** An entry as a feed gave it, cleaned: plain text only, an absolute http(s) link, UTC times. Nothing in it is trusted. */
export type FeedItem = {
  id?: string
  title: string
  link?: string
  published?: Instant
  updated?: Instant
  text: string
  categories?: readonly string[]
}
export type FeedFormat = 'rss' | 'rdf' | 'atom' | 'json' | 'page'
export type Feed = { format: FeedFormat; title: string; link?: string; items: readonly FeedItem[] }

/** What an item is about, with the cue for each label. `region` is an id of the content's regions. */
export type Labels = {
  topic: string
  body?: string
  region: string
  tracks: readonly string[]
  actionRequired: boolean
  actionDate?: Day
  why: readonly Why[]
}
/** A day to come that the words of an item name beside what is asked, with the sentence that does. */
export type ReadDay = { day: Day; sense: DateSense; sentence: string }
/** What a day is to the reader: something is due by it, comments close, something holds from it or after it. Unwritten it is a deadline. */
export type DateSense = 'due' | 'comments' | 'from' | 'after'
export type Why = {
  label: 'topic' | 'body' | 'region' | 'tracks' | 'action' | 'date'
  value: string
  cue: string
  where: 'title' | 'text' | 'source' | 'moderator'
  sense?: DateSense
}

/** A news item as the product keeps it. `seq` grows with every stored item and orders what is new; `old` was there at the source's first read. */
export type Item = Labels & {
  id: string
  seq: number
  title: string
  text: string
  link?: string
  published: Instant
  seen: Instant
  old: boolean
  links: readonly { source: string; href?: string }[]
  sample: boolean
  /** Its last change: when, what, and whether its readers were told of it. */
  updated?: { at: Instant; told: boolean; changes: readonly Change[] }
  /** What moderators of the reader's community wrote in the place of its first sentences. */
  summary?: string
  /** Until when it stands first there. */
  pinned?: Instant
  /** True where they changed something about it. */
  edited?: boolean
}

/** One place where a text changed: the words there before and after, either of which may be none. */
export type Change = { was: string; now: string }
