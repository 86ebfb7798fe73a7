import type { Db } from '@cme-commons/db'
import { sql } from 'kysely'

/** Every table of the database, whoever made it. */
export async function tablesOf(db: Db): Promise<string[]> {
  const { rows } = await (db.dialect === 'sqlite'
    ? sql<{ name: string }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
    : sql<{ name: string }>`select table_name as name from information_schema.tables
        where table_schema = current_schema() and table_type = 'BASE TABLE'`
  ).execute(db.read)
  return rows.map(({ name }) => name).sort()
}

/** In which tables any of the words stands, whole, in any column of any row; each with the rows that have it. */
export async function tracesIn(db: Db, words: readonly string[]): Promise<Record<string, string[]>> {
  const any = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'u')
  const found: Record<string, string[]> = {}
  for (const table of await tablesOf(db)) {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(db.read)
    const having = rows.map((row) => JSON.stringify(row)).filter((text) => any.test(text))
    if (having.length > 0) found[table] = having
  }
  return found
}

/** Every column that refers to a member, as `table.column`. */
export async function membersReferred(db: Db): Promise<string[]> {
  if (db.dialect === 'postgres') {
    const { rows } = await sql<{ at: string }>`
      select k.table_name || '.' || k.column_name as at from information_schema.key_column_usage k
      join information_schema.referential_constraints r on r.constraint_name = k.constraint_name
      join information_schema.table_constraints t on t.constraint_name = r.unique_constraint_name
      where t.table_name = 'members' and k.table_schema = current_schema()`.execute(db.read)
    return rows.map(({ at }) => at).sort()
  }
  const all: string[] = []
  for (const table of await tablesOf(db)) {
    const { rows } = await sql<{
      table: string
      from: string
    }>`select "table", "from" from pragma_foreign_key_list(${table})`.execute(db.read)
    all.push(...rows.filter((row) => row.table === 'members').map((row) => `${table}.${row.from}`))
  }
  return all.sort()
}
