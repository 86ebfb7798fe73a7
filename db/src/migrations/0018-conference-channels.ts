import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table conference_channels (
    id text not null primary key,
    space text not null references spaces (id),
    edition text not null,
    channel text,
    forum text,
    name text not null,
    topic text not null,
    mark text not null,
    adopt text,
    category text,
    with_forum integer not null,
    state text not null,
    welcome_ref text,
    schedule_ref text,
    schedule_face text,
    schedule_no integer not null,
    morning integer not null,
    rota text,
    archive_on text,
    attempt integer not null,
    opened_by text references members (id),
    trouble text,
    look_at text not null,
    made_at text not null,
    changed_at text not null,
    opened_at text,
    ended_at text
  )`,
  'create unique index conference_channels_edition on conference_channels (edition)',
  'create index conference_channels_space on conference_channels (space, channel)',
  "create index conference_channels_look on conference_channels (look_at) where state = 'open'",
  'create index conference_channels_opener on conference_channels (opened_by)',
  `create table channel_events (
    conference_channel text not null,
    space text not null,
    subject text not null,
    chosen integer not null,
    face text,
    number integer not null,
    primary key (conference_channel, subject)
  )`,
  'create index channel_events_space on channel_events (space)',
  `create table channel_decisions (
    key text not null primary key,
    space text not null,
    conference_channel text not null,
    decision text not null,
    decided_by text references members (id),
    decided_at text not null
  )`,
  'create index channel_decisions_channel on channel_decisions (conference_channel)',
  'create index channel_decisions_space on channel_decisions (space)',
  `create index deliveries_to_channels on deliveries (space, address, made_at, key)
    where address >= 'channel:' and address < 'channel;'`,
  'alter table try_messages add column pinned integer not null default 0',
  'create index channel_decisions_by on channel_decisions (decided_by)',
]

/** The channels that moderators open for editions, what the platform shows of them among its events, and what is held or left out. */
export async function conferenceChannels(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
