import { sql } from 'kysely'
import type { Tx } from '../tx.ts'

const statements = [
  'create table slots (name text not null primary key, at text not null)',
  'create table leases (name text not null primary key, holder text not null, until text not null)',
  'create table counters (name text not null primary key, value integer not null)',
  'create table settings (name text not null primary key, value text not null)',
  `create table deliveries (
    key text not null primary key,
    lane text not null,
    space text not null,
    address text not null,
    effect text not null,
    state text not null default 'waiting',
    attempts integer not null default 0,
    due_at text not null,
    expires_at text,
    lease text,
    lease_until text,
    doubt integer not null default 0,
    quiet text,
    ref text,
    trouble text,
    twice text,
    made_at text not null,
    settled_at text
  )`,
  `create index deliveries_waiting on deliveries (lane, due_at, key) where state = 'waiting'`,
  `create index deliveries_expiring on deliveries (expires_at) where state = 'waiting'`,
  `create index deliveries_sending on deliveries (lease_until) where state = 'sending'`,
  'create index deliveries_by_space on deliveries (space, made_at, key)',
  'create table address_heads (lane text not null, address text not null, key text not null, primary key (lane, address))',
  'create index address_heads_key on address_heads (key)',
  'create table lane_pauses (lane text not null primary key, until text not null, why text)',
]

/** The ledger, and the small tables that everything stands on. */
export async function delivery(tx: Tx) {
  for (const statement of statements) await sql.raw(statement).execute(tx)
}
