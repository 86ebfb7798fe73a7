import { setImmediate as breath, setTimeout as wait } from 'node:timers/promises'
import type Database from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { written } from './data-version.ts'

const KEPT = 500
const LONGEST_KEPT = 60_000

/** Prepared statements of both handles forget their columns together when a schema changes. */
export type Schema = { version: number }

/** `locks` says that one caller at a time gets the handle, in the order they asked: for the writer. */
export function sqliteDialect(handle: Database.Database, locks: boolean, schema: Schema): Dialect {
  return {
    createDriver: () => driver(handle, locks, schema),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new Adapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

/** Kysely's own lock for one connection wakes every waiter at each release; the driver below keeps a queue instead. */
class Adapter extends SqliteAdapter {
  override get supportsMultipleConnections() {
    return true
  }
}

function driver(handle: Database.Database, locks: boolean, schema: Schema): Driver {
  const prepared = statements(handle, schema)
  const connection = connect(prepared, locks, schema)
  const run = (sql: string) => prepared(sql).run()
  const queue: (() => void)[] = []
  let held = false
  return {
    init: async () => {},
    acquireConnection: async () => {
      if (locks && held) await new Promise<void>((next) => queue.push(next))
      held = true
      return connection
    },
    releaseConnection: async () => {
      if (locks) written()
      const next = queue.shift()
      // Each gets a turn of the event loop of its own: a queue of them in one would keep everybody else out.
      if (next) setImmediate(next)
      else held = false
    },
    beginTransaction: async () => begin(run),
    commitTransaction: async () => void run('commit'),
    // A full disk makes SQLite roll back by itself.
    rollbackTransaction: async () => void (handle.inTransaction && run('rollback')),
    destroy: async () => void handle.close(),
  }
}

/** Waits for another process's transaction without holding the event loop, for about five seconds. */
async function begin(run: (sql: string) => unknown) {
  for (let tries = 0; ; tries++) {
    try {
      run('begin immediate')
      return
    } catch (error) {
      if (tries === 250 || !(error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')) throw error
      await wait(20)
    }
  }
}

function connect(prepared: (sql: string) => Database.Statement, locks: boolean, schema: Schema): DatabaseConnection {
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      // Others get a turn of the event loop between the statements of a transaction, as they do while PostgreSQL works.
      if (locks) await breath()
      const statement = prepared(sql)
      if (statement.reader) return { rows: statement.all(parameters) as R[] }
      const { changes } = statement.run(parameters)
      if (/^\s*(create|alter|drop)\b/i.test(sql)) schema.version++
      return { rows: [], numAffectedRows: BigInt(changes) }
    },
    // biome-ignore lint/correctness/useYield: an open cursor would block the handle for everybody else
    async *streamQuery() {
      throw new Error('SQLite results are not streamed: read them in pages')
    },
  }
}

/** A small store of prepared statements, the longest unused one leaving first: preparing costs four times what running does. */
function statements(handle: Database.Database, schema: Schema) {
  const kept = new Map<string, Database.Statement>()
  let version = schema.version
  return (sql: string) => {
    if (version !== schema.version) {
      kept.clear()
      version = schema.version
    }
    const found = kept.get(sql) ?? handle.prepare(sql)
    kept.delete(sql)
    if (sql.length <= LONGEST_KEPT) kept.set(sql, found)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
    return found
  }
}
