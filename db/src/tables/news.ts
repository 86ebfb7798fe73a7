/** Where news comes from: the content's sources and those an operator added, with what the poller remembers of each. */
export interface SourceTable {
  id: string
  name: string
  url: string | null
  kind: string
  /** 1 while it is read. `switched` is the operator's own choice, which outlives a change of the content. */
  enabled: number
  switched: number | null
  reason: string | null
  body: string | null
  region: string | null
  topic: string | null
  mixed: number
  sample: number
  etag: string | null
  last_modified: string | null
  body_hash: string | null
  /** The last good answer; null until the first one, whose items are old news. */
  read_at: string | null
  next_at: string
  failures: number
  failing_since: string | null
  trouble: string | null
  last_item_at: string | null
  /** The address that the content named when `url` was last taken from it: one that was learned since stays until the content's changes. */
  shipped_url: string | null
  /** JSON of `PageSelectors`, for a page. */
  selectors: string | null
  /** Its place in a reading list: JSON of folder names, outermost first; and OPML's own categories as written there. */
  folder: string | null
  categories: string | null
  /** New items in 14 days, halved each 14 days, times 1,000: how busy it is. */
  pace: number
  /** Where permanent redirects lead, and how many readings in a row said so. */
  moved_to: string | null
  moved_times: number
  /** Since when it is not read because its server called it gone for good. */
  muted_at: string | null
  /** When moderators were told that it fails, until it is back. */
  told_at: string | null
  /** How many guids it gave lately, how many of those repeat or change, and since when its entries are not known by them any more. */
  guids_seen: number
  guids_bad: number
  guids_dropped_at: string | null
}

export interface ItemTable {
  id: string
  seq: number
  title: string
  text: string
  link: string | null
  published: string
  seen: string
  old: number
  sample: number
  topic: string
  body: string | null
  region: string
  /** Track ids between commas: `,program,academic,`. */
  tracks: string
  action: number
  action_date: string | null
  /** JSON of `Why[]`. */
  why: string
  /** The one space that has it, for what was suggested there; null for everybody's. */
  space: string | null
}

/** Every name an item is known by: per source, and under source '' across all of them. `name` is a hash. */
export interface ItemNameTable {
  source: string
  name: string
  item: string
}

/** Whose words an item has: only that source's changes are revisions. `hash` is of its words. */
export interface ItemOriginTable {
  item: string
  source: string
  hash: string
}

/** What an item said until `at`. `told` is 1 where its readers were told of the change. */
export interface ItemRevisionTable {
  item: string
  at: string
  title: string
  text: string
  told: number
}

export interface ItemLinkTable {
  item: string
  source: string
  href: string | null
}

/**
 * Subscriptions that share filter and schedule, so that due is asked once for all of them. `cursor` is the last item number they were
 * told. While a slot is being planned, `upto` is the last number its digests bring and `after` the last subscription that has its own.
 */
export interface AudienceTable {
  id: string
  /** The space that all of them are in, whose own items they get. */
  space: string | null
  filter: string
  schedule: string
  /** The next slot; it follows from the schedule. */
  next_at: string
  cursor: number
  upto: number | null
  after: string
}

/** `cursor` is null for who was told what the whole audience was told, and a number for who joined later, was away, or missed one. */
export interface SubscriptionTable {
  id: string
  space: string
  lane: string
  address: string
  member: string | null
  audience: string
  cursor: number | null
  paused: number
  snoozed_until: string | null
  quiet: string | null
  /** 1 for who is told, too, that there is nothing in it. */
  even_empty: number
  made_at: string
}

/** A digest as it was: shared by every reader with the same filter and the same news. `items` is JSON of ids in the order shown. */
export interface DigestTable {
  id: string
  filter: string
  since: number
  upto: number
  items: string
  at: string
  /** The space in which it differs from what others get. */
  space: string | null
}

export interface NewsTables {
  sources: SourceTable
  items: ItemTable
  item_names: ItemNameTable
  item_links: ItemLinkTable
  item_origins: ItemOriginTable
  item_revisions: ItemRevisionTable
  audiences: AudienceTable
  subscriptions: SubscriptionTable
  digests: DigestTable
}
