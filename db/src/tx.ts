import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import { explained } from './error.ts'
import type { Tables } from './tables.ts'

export type Tx = Transaction<Tables>

/**
 * An open database. On SQLite `write` is the one writer and `read` a second, read-only handle that never waits for it; on PostgreSQL
 * both are one pool. `where` names the database for people, without secrets. `version` is another value after every commit, also of
 * other processes; ask it before you read what you keep.
 */
export type Db = {
  dialect: 'sqlite' | 'postgres'
  where: string
  write: Kysely<Tables>
  read: Kysely<Tables>
  version(): Version | Promise<Version>
  close(): Promise<void>
}

export type Version = string | number

/** What reads take: the reader, or the transaction one is in. */
export type Read = Kysely<Tables>

const TRIES = 5
const later = new WeakMap<Tx, (() => void)[]>()

/**
 * Runs `fn` in one transaction: all or nothing. PostgreSQL runs it again when it collided with another (serialization, deadlock),
 * so `fn` keeps its side effects inside the database, or in `afterCommit`. Throws a `DbError` where an operator can help.
 */
export async function inTx<T>(db: Db, fn: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    let then: (() => void)[] = []
    try {
      const start = db.write.transaction()
      const result = await (db.dialect === 'postgres' ? start.setIsolationLevel('read committed') : start).execute(
        async (tx) => {
          then = []
          later.set(tx, then)
          return fn(tx)
        },
      )
      for (const call of then) call()
      return result
    } catch (error) {
      if (tries === TRIES || !collided(error)) throw explained(error, db.where)
      await wait(10 * tries)
    }
  }
}

/** Calls `then` once the transaction is committed, and never when it is rolled back. */
export function afterCommit(tx: Tx, then: () => void) {
  const calls = later.get(tx)
  if (!calls) throw new Error('afterCommit belongs into a transaction that inTx opened')
  calls.push(then)
}

/** PostgreSQL: could not be put in order, a deadlock, and a row that is referred to but was deleted at the same moment. */
const COLLISIONS = ['40001', '40P01', '23503']

/** A row went away that was there a moment ago: `inTx` runs the transaction again, which then finds it gone from the start. */
export class RowGone extends Error {
  readonly code = '40001'
}

/** Two transactions met: `inTx` runs such a one again by itself. */
export const collided = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && COLLISIONS.includes(String(error.code))
