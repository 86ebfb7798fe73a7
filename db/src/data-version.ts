import type Database from 'better-sqlite3'
import { CompiledQuery, type Kysely } from 'kysely'
import type { Tables } from './tables.ts'

let writes = 0

/** To be called when a writer of this process has finished a statement or a transaction. */
export const written = () => {
  writes++
}

/**
 * SQLite's own `data_version`, which changes with every commit of another connection. A look takes a lock in shared memory, so it is
 * taken once in a turn of the event loop, whose requests arrived before it began, and again after a write of this process.
 */
export function fileVersion(reader: Database.Database): () => number {
  const look = reader.prepare('pragma data_version').pluck()
  let seen: { version: number; writes: number } | undefined
  return () => {
    if (seen?.writes === writes) return seen.version
    if (!seen) setImmediate(() => (seen = undefined))
    seen = { version: look.get() as number, writes }
    return seen.version
  }
}

/**
 * What PostgreSQL has in place of it: the name of a snapshot says exactly which transactions it shows, so two with one name show the
 * same data.
 */
export function snapshotVersion(pool: Kysely<Tables>): () => Promise<string> {
  const question = CompiledQuery.raw('select pg_current_snapshot()::text as name')
  return shared(async () => (await pool.executeQuery<{ name: string }>(question)).rows[0]!.name)
}

/** Callers who come while an answer is on its way share the next one: the one on its way may be older than their question. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  let next: Promise<T> | undefined
  const start = () => {
    const asked = ask().finally(() => {
      if (running === asked) running = undefined
    })
    running = asked
    return asked
  }
  return () => {
    if (!running) return start()
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined
        return start()
      })
    return next
  }
}
