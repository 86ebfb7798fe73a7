import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table try_messages (
    key text not null primary key,
    place integer not null,
    seq integer not null,
    space text not null,
    channel text,
    reader text,
    author text,
    kind text not null,
    said text,
    cause text,
    card text,
    at text not null
  )`,
  'create unique index try_messages_seq on try_messages (space, seq)',
]

/** The conversations of the try-out page. */
export async function tryOut(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
