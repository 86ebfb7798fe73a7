import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { nextCompany, nextReminder, platformOf, rewind, settled, unpacker } from '@cme-commons/app'
import type { Deliver, Instant } from '@cme-commons/core'
import { anyLaneHeld, changeSource, inTx, lanesDue, nextAudience, nextDue } from '@cme-commons/db'
import { createCourier } from './courier.ts'
import type { House } from './house.ts'
import { isSample, type Jobs, startJobs, tick } from './jobs.ts'
import type { Polling } from './poll.ts'
import type { Runner } from './runner/port.ts'
import { sqliteLoop } from './runner/sqlite-loop.ts'
import { SAMPLE_SOURCE, sampleAddress } from './sample-feed.ts'

/** The longest that one point of the clock's way waits for a lane that another turn is at, in milliseconds. */
const PATIENCE = 2_000

export type Engine = {
  polling: Polling
  jobs?: Jobs
  /** Moves the try-out clock and runs everything that is due on the way. */
  moveClock(to: Instant | 'real'): Promise<void>
  stop(): Promise<void>
}

/** Starts what works unasked: the tick, the courier and their runner, as far as this process has the roles. */
export async function startEngine(house: House, deliverers: Readonly<Record<string, Deliver>>): Promise<Engine> {
  const { db, clock, log, config, content, reader, site } = house
  const runner = await makeRunner(house)
  house.wake = runner.wake
  const unpack = unpacker(content, site)
  const holder = `${hostname()}/${process.pid}/${randomUUID()}`
  const courier = createCourier({
    db,
    now: clock.now,
    holder,
    deliverers,
    platformOf,
    unpack,
    settled,
    wake: runner.wake,
    log,
  })
  const polling: Polling = { db, content, reader, wake: runner.wake, log }
  if (config.roles.includes('courier')) await runner.start(courier.work)
  const jobs = config.roles.includes('jobs') ? startJobs(house, polling, runner.sweep) : undefined

  /** One point of the way: what is due then, with the sample feed alone read, and everything sent. */
  async function pass(at: Instant) {
    await clock.set(at)
    await tick(house, polling, clock.now(), isSample)
    const patience = performance.now() + PATIENCE
    for (;;) {
      const lanes = await lanesDue(db.read, clock.now())
      for (const lane of lanes) await courier.work(lane)
      if (lanes.length > 0) continue
      // The runner may be at a lane already: whoever moved the clock wants to see what came of it.
      if (performance.now() > patience || !(await anyLaneHeld(db.read, clock.now()))) break
      await wait(10)
    }
  }

  let moving: Promise<void> = Promise.resolve()
  async function move(to: Instant | 'real') {
    if (to === 'real') {
      await clock.set('real')
      await inTx(db, (tx) => rewind(tx, clock.now()))
    } else {
      // What is due before the clock moves is done first: its time may be over where the clock stops next.
      await pass(clock.now())
      for (let at = await nextPoint(to); at; at = await nextPoint(to)) await pass(at)
      await pass(to)
    }
    runner.poke()
  }
  async function nextPoint(to: Instant): Promise<Instant | undefined> {
    const points = [
      await nextAudience(db.read),
      await nextCompany(db.read, clock.now()),
      await nextReminder(db.read, clock.now()),
      await nextDue(db.read),
    ].filter((at) => at !== undefined && at > clock.now() && at < to)
    return points.sort()[0]
  }

  return {
    polling,
    jobs,
    moveClock: (to) => {
      moving = moving.catch(() => {}).then(() => move(to))
      return moving
    },
    async stop() {
      await Promise.all([jobs?.stop(), runner.stop()])
    },
  }
}

/** The runner that fits the database; the engine for PostgreSQL is loaded only where there is one. */
async function makeRunner({ db, clock, log, config }: House): Promise<Runner> {
  if (db.dialect === 'sqlite') return sqliteLoop({ db, now: clock.now, log })
  const { pgBossRunner } = await import('./runner/pg-boss.ts')
  return pgBossRunner({ db, url: config.database, now: clock.now, log })
}

/** Lets the sample feed be read where this program listens, or not at all. */
export const switchSample = ({ db, config }: House, on: boolean): Promise<void> =>
  inTx(db, (tx) =>
    changeSource(tx, SAMPLE_SOURCE, on ? { enabled: 1, url: sampleAddress(config) } : { enabled: 0, url: null }),
  )
