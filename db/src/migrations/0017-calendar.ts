import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table calendar_dates (
    edition text not null,
    uid text not null,
    space text not null,
    date text not null,
    source text not null,
    taken text not null,
    taken_at text not null,
    primary key (edition, uid)
  )`,
  'create index calendar_dates_space on calendar_dates (space)',
]

/** Which dates were taken from the calendars of others, and as what. */
export async function calendar(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
