import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  `create table webhooks (
    id text not null primary key,
    space text not null references spaces (id),
    url text not null,
    events text not null,
    secret text not null,
    old_secret text,
    old_until text,
    made_at text not null,
    changed_at text not null,
    stopped_at text,
    trouble text
  )`,
  'create index webhooks_space on webhooks (space)',
  // What went well is by far the most: the rest is counted by this for whoever watches, without reading the ledger.
  `create index deliveries_amiss on deliveries (state) where state not in ('waiting', 'sending', 'done')`,
]

/** Where programs of a space hear of what happens, and an index that counts deliveries which did not arrive. */
export async function webhooks(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
