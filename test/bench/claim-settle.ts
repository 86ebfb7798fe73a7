import { platformOf } from '@cme-commons/app'
import { type Db, inTx, migrate, open, post } from '@cme-commons/db'
import Database from 'better-sqlite3'
import { createCourier } from '../../server/src/courier.ts'
import { makeLog } from '../../server/src/log.ts'
import { folder, type Measured, ratio, seconds } from './measure.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const LANE = 'bench/one'

/** The courier's own work, with a platform that answers at once, against two durable commits a row in raw better-sqlite3. */
export async function claimSettle(): Promise<Measured[]> {
  const dir = folder()
  const best = { limit: 0, single: 0, batched: 0 }
  // In turns, the best of each: another program's writes to the disk hit all alike.
  for (let round = 0; round < 4; round++) {
    best.limit = Math.max(best.limit, 1 / (await twoCommits(`${dir}/raw${round}.db`, 500)))
    best.single = Math.max(best.single, await delivered(`${dir}/single${round}.db`, 500, { batch: 1, side: 1 }))
    best.batched = Math.max(best.batched, await delivered(`${dir}/batched${round}.db`, 10_000))
  }
  return [
    ratio('claim and settle one by one, rows/s against two durable commits a row', best.single, best.limit, 0.8),
    ratio('claim and settle in batches, rows/s against two durable commits a row', best.batched, best.limit, 20),
  ]
}

/** Seconds a row. */
async function twoCommits(file: string, rows: number): Promise<number> {
  const db = await open(file)
  await migrate(db, NOW)
  await fill(db, rows)
  await db.close()
  const raw = new Database(file)
  raw.pragma('journal_mode = wal')
  raw.pragma('synchronous = full')
  const keys = raw.prepare('select key from deliveries order by due_at, key').pluck().all()
  const claim = raw.prepare("update deliveries set state = 'sending', lease = 'x', lease_until = 'y' where key = ?")
  const settle = raw.prepare(
    "update deliveries set state = 'done', lease = null, lease_until = null, settled_at = 'z' where key = ?",
  )
  const time = await seconds(() => {
    for (const key of keys) {
      claim.run(key)
      settle.run(key)
    }
  })
  raw.close()
  return time / rows
}

/** Rows a second. */
async function delivered(file: string, rows: number, parts: { batch?: number; side?: number } = {}): Promise<number> {
  const db = await open(file)
  await migrate(db, NOW)
  await fill(db, rows)
  const card = { title: 'A digest', blocks: [] }
  const courier = createCourier({
    db,
    now: () => NOW,
    holder: 'bench',
    deliverers: { bench: async () => ({ done: true }) },
    platformOf,
    unpack: async () => ({ card }),
    settled: async () => {},
    wake: async () => {},
    log: makeLog('silent'),
    turnMs: 60_000,
    ...parts,
  })
  const time = await seconds(() => courier.work(LANE))
  const left = await db.read.selectFrom('deliveries').select('key').where('state', '!=', 'done').limit(1).execute()
  if (left.length > 0) throw new Error('not everything was delivered')
  await db.close()
  return rows / time
}

const fill = (db: Db, rows: number) =>
  inTx(db, (tx) =>
    post(
      tx,
      NOW,
      Array.from({ length: rows }, (_, i) => ({
        key: `digest/s${i}/${NOW}`,
        lane: LANE,
        to: { space: 'one', user: `u${i}` },
        effect: { kind: 'digest' as const, digest: 'd1', subscription: `s${i}` },
        due: NOW,
      })),
    ),
  )
