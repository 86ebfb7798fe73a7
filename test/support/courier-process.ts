import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { countByState, laneTimes, open } from '@cme-commons/db'
import { createCourier, type Point, pgBossRunner, sqliteLoop } from '@cme-commons/server'
import { httpDeliverers } from './http-deliver.ts'

/** A courier in a process of its own: works until nothing is open (with a `runner` until SIGTERM), or dies of `kill -9` when it passes `die.point` for the `nth` time. */
export type CourierProcess = {
  url: string
  receiver: string
  holder: string
  die?: { point: Point; nth: number }
  runner?: boolean
  /** Works this lane only. */
  only?: string
  batch?: number
}

const options = JSON.parse(process.argv[2] ?? '{}') as CourierProcess
const log = { warn: () => {}, error: (data: object, message: string) => console.error(message, data) }
const now = () => new Date().toISOString()
const db = await open(options.url)
const runner = options.runner
  ? db.dialect === 'postgres'
    ? await pgBossRunner({ db, url: options.url, now, log })
    : sqliteLoop({ db, now, log })
  : undefined

let passed = 0
const courier = createCourier({
  db,
  now,
  log,
  holder: options.holder,
  deliverers: httpDeliverers(options.receiver, options.holder),
  platformOf: (lane) => lane.split('/')[0]!,
  unpack: async (_, { effect }) => (effect.kind === 'message' ? { card: effect.card } : { skip: 'no card' }),
  settled: async () => {},
  wake: async (tx, lane, at) => runner?.wake(tx, lane, at),
  leaseMs: 1_000,
  sendMs: 500,
  turnMs: 200,
  batch: options.batch ?? 4,
  side: 2,
  at: (point) => {
    if (point === options.die?.point && ++passed === options.die.nth) process.kill(process.pid, 'SIGKILL')
  },
})

async function left() {
  const { waiting = 0, sending = 0 } = await countByState(db.read)
  return waiting + sending
}
if (runner) {
  await runner.start(courier.work)
  console.log('started')
  await once(process, 'SIGTERM')
  await runner.stop()
} else
  while ((await left()) > 0) {
    for (const { lane, at } of await laneTimes(db.read))
      if (at <= now() && lane === (options.only ?? lane)) await courier.work(lane)
    await wait(20)
  }
await db.close()
