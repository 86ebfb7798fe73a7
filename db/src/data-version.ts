import { CompiledQuery } from 'kysely'
import type { Db } from './tx.ts'

/**
 * Asks for a value that is another one after every commit to the database, also of other processes. Read it before what you keep:
 * what was read under a version is at least as new. It costs a look at shared memory on SQLite and a short query on PostgreSQL,
 * where the name of a snapshot says exactly which transactions it shows.
 */
export function dataVersion(db: Db): () => Promise<unknown> {
  const question = CompiledQuery.raw(
    db.dialect === 'sqlite' ? 'pragma data_version' : 'select pg_current_snapshot()::text as data_version',
  )
  const ask = async () => (await db.read.executeQuery<{ data_version: unknown }>(question)).rows[0]?.data_version
  return db.dialect === 'sqlite' ? ask : shared(ask)
}

/** Callers who come while an answer is on its way share the next one: the one under way may be older than their question. */
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
