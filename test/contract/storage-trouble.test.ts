import { countByState, inTx, open } from '@cme-commons/db'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { message, testCourier } from '../support/couriers.ts'
import { freshPostgres, freshSqlite } from '../support/databases.ts'

const rows = [message('a'), message('b', { to: { space: 'T1', user: 'U2' } })]

test('a disk that is full when answers are written: kept, written later, nothing sent twice', async () => {
  const db = await (await freshSqlite()).open()
  const sent: string[] = []
  const limit = (pages: number) => sql.raw(`pragma max_page_count = ${pages}`).execute(db.write)
  const deliver = async ({ key }: { key: string }) => {
    sent.push(key)
    // Longer than the pages that are left: SQLite itself answers that the disk is full.
    return { done: true as const, ref: 'x'.repeat(50_000) }
  }
  const complaints: string[] = []
  const note = (data: object, text: string) => {
    complaints.push(`${text}: ${(data as { err?: { trouble?: string } }).err?.trouble}`)
    void limit(1_000_000)
  }
  const courier = testCourier(db, deliver, { log: { warn: note, error: note } })
  await courier.put(...rows)
  await limit(1)
  await courier.work('chat/T1')
  expect(complaints).toEqual(['answers could not be written down yet: full'])
  expect(sent.sort()).toEqual(['a', 'b'])
  expect(await countByState(db.read)).toEqual({ done: 2 })
})

test('a disk that is full when work is claimed: nothing is sent without a claim that is written down', async () => {
  const db = await (await freshSqlite()).open()
  const sent: string[] = []
  const courier = testCourier(db, async ({ key }) => {
    sent.push(key)
    return { done: true }
  })
  await courier.put(...rows)
  await sql`pragma max_page_count = 1`.execute(db.write)
  await inTx(db, (tx) => sql`create table filler (x text)`.execute(tx)).catch(() => {})
  const filling = inTx(db, (tx) => sql`insert into settings values ('x', ${'x'.repeat(100_000)})`.execute(tx))
  await expect(filling).rejects.toMatchObject({ trouble: 'full', message: expect.stringContaining('free some space') })
  await sql`pragma query_only = on`.execute(db.write)
  await expect(courier.work('chat/T1')).rejects.toMatchObject({ trouble: 'read-only' })
  expect(sent).toEqual([])
  await sql`pragma query_only = off`.execute(db.write)
  await courier.work('chat/T1')
  expect(sent.sort()).toEqual(['a', 'b'])
})

test('another program that keeps the file locked for a moment only delays the answers', async () => {
  const database = await freshSqlite()
  const db = await database.open()
  const other = new Database(database.url.replace('sqlite:', ''))
  const sent: string[] = []
  const courier = testCourier(
    db,
    async ({ key }) => {
      sent.push(key)
      return { done: true }
    },
    {
      at: (point) => {
        if (point !== 'before-settle') return
        other.exec('begin immediate')
        setImmediate(() => other.exec('commit'))
      },
    },
  )
  await courier.put(...rows)
  await courier.work('chat/T1')
  other.close()
  expect(courier.complaints).toEqual([])
  expect(sent.sort()).toEqual(['a', 'b'])
  expect(await countByState(db.read)).toEqual({ done: 2 })
})

test('a PostgreSQL that ends our connections when answers are written: written on a new one, nothing sent twice', async () => {
  const database = await freshPostgres()
  const db = await database.open()
  const admin = await open(database.url)
  const sent: string[] = []
  let ended = 0
  const courier = testCourier(
    db,
    async ({ key }) => {
      sent.push(key)
      return { done: true }
    },
    {
      settled: async () => {
        if (ended++ > 0) return
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`.execute(admin.read)
      },
    },
  )
  await courier.put(...rows)
  await courier.work('chat/T1')
  await admin.close()
  expect(courier.complaints).toEqual(['answers could not be written down yet'])
  expect(sent.sort()).toEqual(['a', 'b'])
  expect(await countByState(db.read)).toEqual({ done: 2 })
})
