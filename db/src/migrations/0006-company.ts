import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

/** Nothing was done, sent or stopped since day 0: the queries of `company.ts` say it in the same words. */
const OPEN = 'did_at is null and nudged_at is null and stopped_at is null'

const statements = [
  `create table company (
    member text not null primary key references members (id),
    space text not null references spaces (id),
    address text not null,
    clock text not null,
    since text not null,
    begun_at text,
    welcomed_at text,
    did_at text,
    nudged_at text,
    snoozed_until text,
    stopped_at text
  )`,
  'create index company_unwelcomed on company (since) where welcomed_at is null and did_at is null and stopped_at is null',
  `create index company_waiting on company (clock, since) where snoozed_until is null and ${OPEN}`,
  `create index company_snoozed on company (snoozed_until) where snoozed_until is not null and ${OPEN}`,
  'create index company_space on company (space)',
  // Who began before there was company is on her way; nobody is welcomed or nudged for what is long ago.
  `insert into company (member, space, address, clock, since, begun_at, welcomed_at, nudged_at)
    select m.id, i.space, 'user:' || i."user", coalesce(m.zone, 'space/' || i.space), o.started_at, o.started_at, o.started_at, o.started_at
    from onboardings o join members m on m.id = o.member join identities i on i.member = m.id
    where i.space = (select min(space) from identities where member = m.id)
      and i."user" = (select min("user") from identities where member = m.id and space = i.space)`,
]

/** What is needed to keep newcomers company: since when, and what they heard, did and said about it. */
export async function company(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
