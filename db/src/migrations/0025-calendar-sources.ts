import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table calendar_sources (
    id text not null primary key,
    space text not null references spaces (id),
    edition text not null references editions (id),
    url text not null,
    made_at text not null,
    next_at text not null,
    etag text,
    last_modified text,
    body_hash text,
    read_at text,
    failures integer not null,
    failing_since text,
    trouble text,
    told_at text,
    pending text,
    pending_key text,
    pending_at text,
    declined_key text
  )`,
  'create unique index calendar_sources_edition on calendar_sources (edition, url)',
  'create index calendar_sources_next on calendar_sources (next_at)',
]

/** Calendars of organisers that moderators follow for an edition: read like a feed, their changes kept until somebody takes them. */
export async function calendarSources(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
