import type { Instant } from '@cme-commons/core'
import { sql } from 'kysely'
import { DbError, explained } from './error.ts'
import { migrations } from './migrations/index.ts'
import { type Db, inTx, type Tx } from './tx.ts'

/** `newer` names what a later version of the program did to this database: we must not touch it. */
export type SchemaState = { done: string[]; open: string[]; newer: string[] }

/** What was done to this database and what is still to do. */
export async function schemaState(db: Db): Promise<SchemaState> {
  const done = await names(db)
  const ours = migrations.map(([name]) => name)
  return {
    done,
    open: ours.filter((name) => !done.includes(name)),
    newer: done.filter((name) => !ours.includes(name)),
  }
}

/**
 * Brings the database up to date, forward only, a transaction for each step; several processes may do it at once. Answers the
 * names of the steps it took, and throws a `DbError` for a database of a newer version.
 */
export async function migrate(db: Db, now: Instant): Promise<string[]> {
  await ready(db)
  const { newer } = await schemaState(db)
  if (newer.length > 0)
    throw new DbError(
      'newer',
      `${db.where} belongs to a newer version of CME Commons (${newer.at(-1)}): update the program, or use another database.`,
    )
  const taken: string[] = []
  for (const [name, up] of migrations) if (await inTx(db, (tx) => step(db, tx, name, up, now))) taken.push(name)
  return taken
}

/** Written first, the name makes a second process wait for the first and then find the step done. */
async function step(db: Db, tx: Tx, name: string, up: (tx: Tx) => Promise<void>, now: Instant) {
  const mine = await tx
    .insertInto('migrations')
    .values({ name, at: now })
    .onConflict((c) => c.doNothing())
    .returning('name')
    .executeTakeFirst()
  if (!mine) return false
  await up(tx)
  if (db.dialect === 'postgres') await orderTextByBytes(tx)
  return true
}

async function ready(db: Db) {
  const make = sql`create table if not exists migrations (name text not null primary key, at text not null)`
  // Two processes at once: PostgreSQL may fail one of them although the table then exists.
  await make
    .execute(db.write)
    .catch(() => make.execute(db.write).catch((error) => Promise.reject(explained(error, db.where))))
}

async function names(db: Db): Promise<string[]> {
  try {
    const rows = await db.read.selectFrom('migrations').select('name').orderBy('name').execute()
    return rows.map((row) => row.name)
  } catch (error) {
    if (error instanceof Error && /no such table|does not exist/.test(error.message)) return []
    throw explained(error, db.where)
  }
}

/** SQLite compares text by its bytes; PostgreSQL does by the rules of a language unless told: keys, times and prefixes need bytes. */
async function orderTextByBytes(tx: Tx) {
  const columns = await sql<{ table: string; column: string }>`
    select c.table_name as "table", c.column_name as "column" from information_schema.columns c
    join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
    where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.data_type = 'text'
      and c.collation_name is null`.execute(tx)
  for (const { table, column } of columns.rows)
    await sql`alter table ${sql.table(table)} alter column ${sql.ref(column)} type text collate "C"`.execute(tx)
}
