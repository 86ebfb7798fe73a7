import { PostgresDialect } from 'kysely'
import pg from 'pg'

const INT8 = 20
const NUMERIC = 1700

/** Counts and sums arrive as numbers, as they do from SQLite. Connects on first use. */
export function postgres(url: string, onError: (error: Error) => void) {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    application_name: 'cme-commons',
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === INT8 || oid === NUMERIC
          ? Number
          : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  pool.on('error', onError)
  // A connection that ends between two statements of a transaction has no other listener, and would end the process.
  pool.on('connect', (client) => client.on('error', onError))
  return new PostgresDialect({ pool })
}
