import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table item_edits (
    space text not null references spaces (id),
    item text not null references items (id),
    title text,
    summary text,
    topic text,
    body text,
    region text,
    tracks text,
    action integer,
    action_date text,
    hidden integer not null,
    pinned_until text,
    shown_in text,
    split_off text not null,
    primary key (space, item)
  )`,
  'create index item_edits_item on item_edits (item)',
  'create index item_edits_pinned on item_edits (space, pinned_until) where pinned_until is not null',
  'create index item_edits_shown_in on item_edits (space, shown_in) where shown_in is not null',
  `create table item_history (
    seq integer not null primary key,
    space text not null,
    item text not null references items (id),
    at text not null,
    changed_by text references members (id),
    said text,
    what text not null,
    why text,
    before text not null,
    after text not null
  )`,
  'create index item_history_item on item_history (space, item, seq)',
  'create index item_history_by on item_history (changed_by)',
  // A digest that differs in one space, by what is its own or edited there.
  'alter table digests add column space text',
  // Days that the words of an item name, and what each space made of them.
  `create table item_dates (
    item text not null references items (id),
    day text not null,
    sense text not null,
    sentence text not null,
    at text not null,
    primary key (item, day)
  )`,
  'create index item_dates_day on item_dates (day)',
  `create table item_date_decisions (
    space text not null references spaces (id),
    item text not null,
    day text not null,
    state text not null,
    decided_by text references members (id),
    at text not null,
    primary key (space, item, day)
  )`,
  'create index item_date_decisions_by on item_date_decisions (decided_by)',
  // 1 for who wants to hear, when a digest would come, that there is nothing in it.
  'alter table subscriptions add column even_empty integer not null default 0',
  // How many guids a source gave, how many of them repeat or change, and since when they name nothing any more.
  'alter table sources add column guids_seen integer not null default 0',
  'alter table sources add column guids_bad integer not null default 0',
  'alter table sources add column guids_dropped_at text',
  `create table source_offers (
    id text not null primary key,
    space text not null references spaces (id),
    member text not null references members (id),
    address text not null,
    url text not null,
    at text not null,
    looked_at text,
    found text,
    trouble text
  )`,
  'create index source_offers_open on source_offers (at) where looked_at is null',
  'create index source_offers_member on source_offers (member)',
]

/** What moderators of a space change about items, the days found in them, digests that come even when empty, sources that are looked at. */
export async function itemEditing(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
