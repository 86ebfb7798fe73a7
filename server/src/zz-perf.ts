
import { open, migrate, inTx, countDeliveries, countFailed, findDeliveries } from '@cme-commons/db'
import { rmSync } from 'node:fs'
rmSync('/tmp/perf.db', { force: true })
const db = await open('sqlite:/tmp/perf.db')
await migrate(db, new Date().toISOString())
for (let d = 0; d < 3; d++)
  for (let i = 0; i < 100; i++)
    await inTx(db, async (tx) => {
      await tx.insertInto('deliveries').values(Array.from({ length: 1000 }, (_, n) => ({ key: `digest/s${i * 1000 + n}/2026-11-2${d}T08:00:00.000Z`, lane: 'try/x', space: 'x', address: `user:u${i * 1000 + n}`, effect: '{"kind":"digest","digest":"d12345678901234567890","subscription":"s123456"}', state: n === 7 && i === 1 ? 'dead' : 'done', attempts: 1, due_at: `2026-11-2${d}T08:00:00.000Z`, doubt: 0, made_at: `2026-11-2${d}T08:00:00.000Z` })) as never).execute()
    })
const time = async (name: string, work: () => Promise<unknown>) => { const t = performance.now(); const r = await work(); console.log(name, Math.round(performance.now() - t), 'ms', JSON.stringify(r).slice(0, 80)) }
for (let k = 0; k < 2; k++) {
await time('day', () => countDeliveries(db.read, 'x', { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' }))
await time('failed', () => countFailed(db.read, 'x', '2026-11-10T00:00:00.000Z'))
await time('list', async () => (await findDeliveries(db.read, { space: 'x', limit: 51 })).length)
await time('dead', async () => (await findDeliveries(db.read, { space: 'x', state: 'dead', lane: 'try/x', limit: 51 })).length)
await time('waiting', async () => (await findDeliveries(db.read, { space: 'x', state: 'waiting', lane: 'try/x', limit: 51 })).length)
await time('words', async () => (await findDeliveries(db.read, { space: 'x', words: 'digest/s77', addresses: ['user:u5'], limit: 51 })).length)
}
await db.close()
