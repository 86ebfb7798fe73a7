import { planCompany, planDigests } from '@cme-commons/app'
import { type Instant, MINUTE } from '@cme-commons/core'
import { inTx, type SourceTable, takeSlot } from '@cme-commons/db'
import { schedule } from 'node-cron'
import type { House } from './house.ts'
import { type Polled, type Polling, pollDue } from './poll.ts'

const minuteOf = (now: Instant): Instant => `${now.slice(0, 16)}:00.000Z`

/** What a tick did; the slot of a minute goes to one process, so the others do nothing. */
export type Ticked = { polled: Polled[]; steps: number }

/**
 * Everything that is due at `now`, derived from what is stored: sources are read, then digests and what keeps newcomers company are planned. Safe to repeat and to break
 * off anywhere.
 */
export async function tick(
  house: House,
  polling: Polling,
  now: Instant,
  which?: (source: SourceTable) => boolean,
  stop?: AbortSignal,
): Promise<Ticked> {
  const polled = await pollDue(polling, now, which)
  const digests = await planDigests(house.db, now, house.content, polling.wake, stop)
  const company = await planCompany(house.db, now, polling.wake, stop)
  return { polled, steps: digests + company }
}

/** The sources that the program itself publishes: the only ones read at a time that is not real. */
export const isSample = (source: SourceTable): boolean => source.sample === 1

export type Jobs = {
  /** How long ago the last tick ended, in milliseconds of this process. */
  sinceLastTick(): number
  stop(): Promise<void>
}

/**
 * Ticks at start and then each minute. What is sent is planned at once; sources are read beside, so that a server that does not answer
 * holds up no reader's morning.
 */
export function startJobs(house: House, polling: Polling, sweep: (now: Instant) => Promise<unknown>): Jobs {
  const stopping = new AbortController()
  const { signal } = stopping
  let last = performance.now()
  let planning: Promise<void> | undefined
  let reading: Promise<unknown> | undefined

  /** The slot of a minute goes to one process; a moved clock is the try-out's own and takes none, or real time would wait for it. */
  const mine = (now: Instant): Promise<boolean> =>
    house.clock.moved() ? Promise.resolve(true) : inTx(house.db, (tx) => takeSlot(tx, 'tick', minuteOf(now)))
  const failed = (error: unknown) =>
    house.log.error(
      { err: error instanceof Error ? error.message : error },
      'tick failed; the next one goes on where it stopped',
    )

  async function plan() {
    const now = house.clock.now()
    if (await mine(now)) {
      const which = house.clock.moved() ? isSample : undefined
      reading ??= pollDue(polling, now, which, signal)
        .catch(failed)
        .finally(() => {
          reading = undefined
        })
      await planDigests(house.db, now, house.content, polling.wake, signal)
      await planCompany(house.db, now, polling.wake, signal)
    }
    await sweep(now)
    last = performance.now()
  }
  const start = () => {
    planning ??= plan()
      .catch(failed)
      .finally(() => {
        planning = undefined
      })
  }
  const task = schedule('* * * * *', start, { timezone: 'UTC', noOverlap: true })
  start()
  return {
    sinceLastTick: () => performance.now() - last,
    async stop() {
      stopping.abort()
      await task.stop()
      await Promise.all([planning, reading])
    },
  }
}

/** True when the last tick is recent enough for the program to count as at work. */
export const ticking = (jobs: Jobs): boolean => jobs.sinceLastTick() < 5 * MINUTE
