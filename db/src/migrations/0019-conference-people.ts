import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table introductions (
    edition text not null,
    space text not null references spaces (id),
    member text not null references members (id),
    name text not null,
    interest text not null,
    details text not null,
    shows text not null,
    at text not null,
    closed_at text,
    primary key (edition, member)
  )`,
  'create index introductions_open on introductions (edition) where closed_at is null',
  'create index introductions_member on introductions (member)',
  'create index introductions_space on introductions (space)',
  `create table introduction_rounds (
    edition text not null,
    space text not null references spaces (id),
    round text not null,
    at text not null,
    people integer not null,
    primary key (edition, round)
  )`,
  'create index introduction_rounds_space on introduction_rounds (space)',
  `create table introduced (
    edition text not null,
    round text not null,
    member text not null references members (id),
    space text not null references spaces (id),
    party integer not null,
    at text not null,
    answer text,
    answered_at text,
    primary key (edition, round, member)
  )`,
  'create index introduced_member on introduced (member)',
  'create index introduced_space on introduced (space)',
  `create table attendees (
    edition text not null,
    space text not null references spaces (id),
    member text not null references members (id),
    at text not null,
    primary key (edition, member)
  )`,
  'create index attendees_member on attendees (member)',
  'create index attendees_space on attendees (space)',
  `create table questions (
    id text not null primary key,
    edition text not null,
    space text not null references spaces (id),
    member text not null references members (id),
    named integer not null,
    asked text not null,
    released text,
    state text not null,
    reason text,
    at text not null,
    decided_by text references members (id),
    decided_at text,
    answered_at text
  )`,
  'create index questions_edition on questions (edition, state, at)',
  'create index questions_member on questions (member)',
  'create index questions_decided_by on questions (decided_by)',
  'create index questions_space on questions (space)',
  `create table question_votes (
    question text not null,
    member text not null references members (id),
    space text not null references spaces (id),
    at text not null,
    primary key (question, member)
  )`,
  'create index question_votes_member on question_votes (member)',
  'create index question_votes_space on question_votes (space)',
  `create table stars (
    id text not null primary key,
    edition text not null,
    space text not null references spaces (id),
    question text,
    text text not null,
    href text,
    author text,
    starred_by text references members (id),
    at text not null
  )`,
  'create index stars_edition on stars (edition, at)',
  'create index stars_by on stars (starred_by)',
  'create index stars_space on stars (space)',
  `create table recaps (
    edition text not null primary key,
    space text not null references spaces (id),
    body text not null,
    changed_by text references members (id),
    changed_at text not null,
    posted_at text
  )`,
  'create index recaps_by on recaps (changed_by)',
  'create index recaps_space on recaps (space)',
  "create index conference_dates_over on conference_dates (over_at) where kind = 'event'",
]

/** People at an edition: who wants to be introduced and was, who is there, what they ask, and what moderators keep of it. */
export async function conferencePeople(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
