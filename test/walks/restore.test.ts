import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  backupSqlite,
  checked,
  claim,
  type Db,
  deliveryOf,
  inTx,
  listDeliveries,
  migrate,
  open,
  post,
  quarantined,
  restoreSqlite,
  settle,
} from '@cme-commons/db'
import { expect, onTestFinished, test } from 'vitest'
import { dropAll, releaseAll } from '../../server/src/restored.ts'
import { entry, sara, worldOn } from '../support/world.ts'

/** Sunday; Sara's digest comes on Mondays at 08:00 in New York. */
const SUNDAY = '2026-11-22T12:00:00.000Z'
const MONDAY = '2026-11-23T13:00:00.000Z'
const AFTERNOON = '2026-11-23T18:00:00.000Z'
const NEXT_MONDAY = '2026-11-30T13:00:00.000Z'
const news = (n: number, published: string) => entry(n, { published })

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'cme-restore-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function opened(path: string): Promise<Db> {
  const db = await open(path)
  await migrate(db, SUNDAY)
  return db
}

/** Everything that goes out at `now`, as the courier would send it; answers its keys. */
async function send(db: Db, now: string): Promise<string[]> {
  return inTx(db, async (tx) => {
    const turn = { lane: 'try/try', holder: now, now, leaseMs: 60_000 }
    const claimed = await claim(tx, { ...turn, limit: 100 })
    if ('heldUntil' in claimed) return []
    await settle(
      tx,
      now,
      now,
      claimed.rows.map(({ key, attempts }) => ({ key, state: 'done', attempts, ref: 'm1' })),
    )
    return claimed.rows.map(({ key }) => key)
  })
}

const itemsOf = async (db: Db, key: string): Promise<string[]> => {
  const { effect } = (await deliveryOf(db.read, key))!
  if (effect.kind !== 'digest') throw new Error('no digest')
  const row = await db.read
    .selectFrom('digests')
    .select('items')
    .where('id', '=', effect.digest)
    .executeTakeFirstOrThrow()
  return JSON.parse(row.items)
}

/** A backup of Sunday; on Monday the digest with what came since goes out; then the disk is lost. */
async function lost() {
  const dir = folder()
  const path = join(dir, 'cme.db')
  const backup = join(dir, 'sunday.db')
  const db = await opened(path)
  const world = await worldOn(db, SUNDAY)
  await world.publish([news(1, '2026-11-01T10:00:00.000Z')], '2026-11-22T10:00:00.000Z')
  await world.say(sara, 'digest start', SUNDAY)
  await world.publish([news(2, '2026-11-22T11:30:00.000Z')], SUNDAY)
  await send(db, SUNDAY)
  await backupSqlite(path, backup)
  await world.publish([news(3, '2026-11-23T09:00:00.000Z')], '2026-11-23T10:00:00.000Z')
  await world.plan(MONDAY)
  const [digest] = await send(db, MONDAY)
  expect(await itemsOf(db, digest!)).toHaveLength(2)
  await db.close()
  return { path, backup, digest: digest! }
}

/** The backup is put back on Monday afternoon and the sources are read. */
async function restored() {
  const { path, backup, digest } = await lost()
  const { aside } = await restoreSqlite(backup, path, AFTERNOON)
  expect(existsSync(aside!)).toBe(true)
  const db = await opened(path)
  onTestFinished(() => db.close())
  const world = await worldOn(db, SUNDAY)
  await world.publish([news(3, '2026-11-23T09:00:00.000Z'), news(2, '2026-11-22T11:30:00.000Z')], AFTERNOON)
  expect(await quarantined(db.read)).toBe(AFTERNOON)
  return { db, world, digest }
}

test('after a restore nothing that was due before goes out; who presses is answered', async () => {
  const { db, world, digest } = await restored()
  await world.plan(AFTERNOON)
  expect(await send(db, '2026-11-23T19:00:00.000Z')).toEqual([])
  expect((await deliveryOf(db.read, digest))?.state).toBe('waiting')
  const effect = { kind: 'message' as const, card: { title: 'Hello', blocks: [] } }
  const due = '2026-11-23T18:30:00.000Z'
  await inTx(db, (tx) =>
    post(tx, due, [{ key: 'new', lane: 'try/try', to: { space: 'try', user: 'sara' }, effect, due }]),
  )
  expect(await send(db, '2026-11-23T19:00:00.000Z')).toEqual(['new'])
})

test('dropped, it counts as told: the next digest brings what came after, each item once', async () => {
  const { db, world, digest } = await restored()
  expect(await dropAll(db, AFTERNOON, '2026-11-24T08:00:00.000Z', world.plan)).toBe(1)
  expect((await deliveryOf(db.read, digest))?.state).toBe('withdrawn')
  expect(await quarantined(db.read)).toBeUndefined()
  await world.plan('2026-11-24T08:00:00.000Z')
  expect(await send(db, '2026-11-24T08:00:00.000Z')).toEqual([])
  await world.publish([news(4, '2026-11-25T09:00:00.000Z')], '2026-11-25T10:00:00.000Z')
  await world.plan(NEXT_MONDAY)
  const [next] = await send(db, NEXT_MONDAY)
  expect(await itemsOf(db, next!)).toEqual(['i4'])
})

test('what came while nobody decided is in the next digest, although what was due is dropped', async () => {
  const { db, world } = await restored()
  await world.publish([news(4, '2026-11-23T20:00:00.000Z')], '2026-11-23T21:00:00.000Z')
  await dropAll(db, AFTERNOON, '2026-11-24T08:00:00.000Z', world.plan)
  await world.plan(NEXT_MONDAY)
  const [next] = await send(db, NEXT_MONDAY)
  expect(await itemsOf(db, next!)).toEqual(['i4'])
})

test('released, what was due is planned and goes out', async () => {
  const { db, world, digest } = await restored()
  await releaseAll(db, AFTERNOON, AFTERNOON)
  await world.plan(AFTERNOON)
  expect(await send(db, AFTERNOON)).toEqual([digest])
  expect(await itemsOf(db, digest)).toHaveLength(2)
})

test('what waited or was under way at the time of the backup is held, and doubted where it may have arrived', async () => {
  const dir = folder()
  const path = join(dir, 'cme.db')
  const db = await opened(path)
  await worldOn(db, SUNDAY)
  const effect = { kind: 'message' as const, card: { title: 'Hello', blocks: [] } }
  const to = (user: string) => ({ space: 'try', user })
  await inTx(db, (tx) =>
    post(tx, SUNDAY, [
      { key: 'a', lane: 'try/try', to: to('a'), effect, due: SUNDAY },
      { key: 'b', lane: 'try/try', to: to('b'), effect, due: '2026-11-22T13:00:00.000Z', expires: MONDAY },
      { key: 'c', lane: 'try/try', to: to('c'), effect, due: NEXT_MONDAY },
    ]),
  )
  await inTx(db, (tx) => claim(tx, { lane: 'try/try', holder: 'h', now: SUNDAY, leaseMs: 60_000, limit: 1 }))
  await backupSqlite(path, join(dir, 'backup.db'))
  await db.close()
  await restoreSqlite(join(dir, 'backup.db'), path, AFTERNOON)
  const again = await opened(path)
  onTestFinished(() => again.close())
  expect(await send(again, AFTERNOON)).toEqual([])
  expect(
    (await listDeliveries(again.read, { space: 'try' })).deliveries.map(({ key, state, doubt }) => [key, state, doubt]),
  ).toEqual([
    ['c', 'waiting', false],
    ['b', 'waiting', false],
    ['a', 'waiting', true],
  ])
  expect(await send(again, NEXT_MONDAY)).toEqual(['c'])
})

test('a backup is refused over another file; a damaged, foreign or newer one is not restored, and nothing changes', async () => {
  const { path, backup } = await lost()
  const dir = folder()
  await expect(backupSqlite(path, backup)).rejects.toThrow('is there already')
  expect(checked(backup).schema).toMatch(/^\d{4}-/)
  const bad = join(dir, 'bad.db')
  copyFileSync(backup, bad)
  writeFileSync(bad, Buffer.alloc(4096, 7), { flag: 'r+' })
  await expect(restoreSqlite(bad, path, AFTERNOON)).rejects.toMatchObject({ trouble: 'not-a-database' })
  await expect(restoreSqlite(join(dir, 'none.db'), path, AFTERNOON)).rejects.toMatchObject({ trouble: 'no-such-file' })
  const newer = await opened(join(dir, 'newer.db'))
  await newer.write.insertInto('migrations').values({ name: '9999-later', at: AFTERNOON }).execute()
  await newer.close()
  await expect(restoreSqlite(join(dir, 'newer.db'), path, AFTERNOON)).rejects.toMatchObject({ trouble: 'newer' })
  const running = await open(path, { alone: true })
  await expect(restoreSqlite(backup, path, AFTERNOON)).rejects.toMatchObject({ trouble: 'in-use' })
  expect(await quarantined(running.read)).toBeUndefined()
  await running.close()
  expect(readdirSync(join(path, '..')).filter((name) => /restoring|part|before/.test(name))).toEqual([])
})
