import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table kept_answers (
    token text not null,
    key text not null,
    request text not null,
    space text not null,
    status integer not null,
    headers text not null,
    body text not null,
    at text not null,
    primary key (token, key)
  )`,
  'create index kept_answers_at on kept_answers (at)',
  'create index documents_of_space on documents (space, kind, made_at)',
  'create index identities_of_space on identities (space, member)',
]

/** What was answered to a request with a key of its own, so that sending it again does nothing twice. */
export async function api(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
