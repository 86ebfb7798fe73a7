import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Db, migrate, open } from '@cme-commons/db'
import { describe, inject, onTestFinished } from 'vitest'
import { scratch } from './scratch.ts'
import { command, MIGRATED } from './templates.ts'

export type Dialect = Db['dialect']

/** A database of its own for one test. `open` may be called again, as another process would; everything is closed and dropped after the test. */
export type TestDatabase = { dialect: Dialect; url: string; open(): Promise<Db> }

/** Runs one suite on SQLite and on PostgreSQL. `fresh` makes an empty database, migrated when it is first opened. */
export function describeEachDatabase(suite: (fresh: () => Promise<TestDatabase>, dialect: Dialect) => void) {
  describe('on SQLite', () => suite(freshSqlite, 'sqlite'))
  describe('on PostgreSQL', () => suite(freshPostgres, 'postgres'))
}

export async function freshSqlite(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(scratch, 'cme-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'cme.db')
  copyFileSync(await asked('/copied/sqlite'), file)
  return database('sqlite', `sqlite:${file}`)
}

export async function freshPostgres(): Promise<TestDatabase> {
  const server = await asked('')
  const name = `cme_${process.pid}_${++made}`
  await command(server, `create database ${name} template ${await asked('/copied/postgres')} strategy file_copy`)
  onTestFinished(() => command(server, `drop database if exists ${name} with (force)`))
  const url = new URL(server)
  url.pathname = `/${name}`
  return database('postgres', url.href)
}

let made = 0

async function asked(path: string): Promise<string> {
  const answer = await fetch(inject('postgres') + path)
  const said = await answer.text()
  if (!answer.ok) throw new Error(said)
  return said
}

function database(dialect: Dialect, url: string): TestDatabase {
  const opened = async () => {
    const db = await open(url)
    onTestFinished(() => db.close().catch(() => {}))
    await migrate(db, MIGRATED)
    return db
  }
  return { dialect, url, open: opened }
}
