import { planCompany, planDigests, platformOf, settled, syncSources, unpacker } from '@cme-commons/app'
import { type Db, inTx, laneTimes, open } from '@cme-commons/db'
import { createReader } from '@cme-commons/feeds'
import { createCourier, makeLog, pollDue } from '@cme-commons/server'
import { httpDeliverers } from './http-deliver.ts'
import { knowledge } from './world.ts'

/**
 * One pass from poll to settle in a process of its own, at a time of the test's choosing, that dies of `kill -9` at the nth boundary:
 * before and after each transaction, each reading of a source and each send.
 */
export type PipelineProcess = { url: string; receiver: string; now: string; dieAt?: number }

const { url, receiver, now, dieAt } = JSON.parse(process.argv[2] ?? '{}') as PipelineProcess
let boundaries = 0
const boundary = () => {
  if (++boundaries === dieAt) process.kill(process.pid, 'SIGKILL')
}
async function between<T>(work: () => Promise<T>): Promise<T> {
  boundary()
  const result = await work()
  boundary()
  return result
}

/** The same database, with a boundary around each transaction. */
function watched(db: Db): Db {
  const around = (builder: ReturnType<Db['write']['transaction']>): typeof builder =>
    new Proxy(builder, {
      get(target, name) {
        if (name === 'execute')
          return (work: Parameters<typeof target.execute>[0]) => between(() => target.execute(work))
        if (name === 'setIsolationLevel') return (level: 'read committed') => around(target.setIsolationLevel(level))
        return Reflect.get(target, name, target)
      },
    })
  const write = new Proxy(db.write, {
    get: (target, name) =>
      name === 'transaction' ? () => around(target.transaction()) : Reflect.get(target, name, target),
  })
  return { ...db, write }
}

const log = makeLog('error')
const db = watched(await open(url))
const reader = createReader({ userAgent: 'test', allow: ['127.0.0.1'] })
const wake = async () => {}
const deliver = httpDeliverers(receiver).idempotent
const courier = createCourier({
  db,
  now: () => now,
  log,
  holder: `pass ${now}`,
  deliverers: { try: (parcel) => between(() => deliver(parcel)) },
  platformOf,
  unpack: unpacker(knowledge),
  settled,
  wake,
  batch: 2,
  side: 1,
  settleMs: 1,
})
await inTx(db, (tx) => syncSources(tx, knowledge, now))
await pollDue(
  { db, content: knowledge, wake, log, reader: { ...reader, read: (...args) => between(() => reader.read(...args)) } },
  now,
)
await planDigests(db, now, knowledge, wake)
await planCompany(db, now, wake)
for (let times = await laneTimes(db.read); times.some(({ at }) => at <= now); times = await laneTimes(db.read))
  for (const { lane, at } of times) if (at <= now) await courier.work(lane)
console.log(JSON.stringify({ boundaries }))
await reader.close()
await db.close()
