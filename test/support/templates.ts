import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { scratch } from './scratch.ts'

/** When every database of the tests was migrated. */
export const MIGRATED = '2026-11-01T00:00:00.000Z'

/** One migrated database of each kind for a whole run, made for the first who asks: copying it takes a tenth of the time of migrating anew. */
export function makeTemplates(server: () => Promise<string>) {
  let folder: string | undefined
  let sqlite: Promise<string> | undefined
  let postgres: Promise<string> | undefined
  return {
    sqlite: () =>
      (sqlite ??= (async () => {
        folder = mkdtempSync(join(scratch, 'cme-template-'))
        const file = join(folder, 'cme.db')
        await migrated(`sqlite:${file}`)
        return file
      })()),
    postgres: () =>
      (postgres ??= (async () => {
        const name = `cme_template_${process.pid}`
        const url = await server()
        await command(url, `drop database if exists ${name}`)
        await command(url, `create database ${name}`)
        await migrated(Object.assign(new URL(url), { pathname: `/${name}` }).href)
        return name
      })()),
    /** Leaves nothing behind, also on a server that is not ours. */
    drop: async () => {
      if (folder) rmSync(folder, { recursive: true, force: true })
      const name = await postgres?.catch(() => undefined)
      if (name) await command(await server(), `drop database if exists ${name}`)
    },
  }
}

// Loaded by the first who asks: a run of other tests goes without.
async function migrated(url: string): Promise<void> {
  const { migrate, open } = await import('@cme-commons/db')
  const db = await open(url)
  await migrate(db, MIGRATED)
  await db.close()
}

/** One statement on a server, outside any transaction. */
export async function command(url: string, statement: string): Promise<void> {
  const [{ open }, { sql }] = await Promise.all([import('@cme-commons/db'), import('kysely')])
  const db = await open(url)
  await sql.raw(statement).execute(db.write)
  await db.close()
}
