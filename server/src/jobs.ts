import { planCompany, planConferences, planDigests, type Wake } from '@cme-commons/app'
import { DAY, type Instant, MINUTE } from '@cme-commons/core'
import { forgetAnswers, forgetArrivals, inTx, quarantined, type SourceTable, takeSlot } from '@cme-commons/db'
import { schedule } from 'node-cron'
import { type House, readerOptions } from './house.ts'
import { startLooking } from './offers.ts'
import { type Polled, type Polling, pollDue } from './poll.ts'
import { alone } from './poll-alone.ts'
import { pollCalendars } from './poll-calendars.ts'

const minuteOf = (now: Instant): Instant => `${now.slice(0, 16)}:00.000Z`

/** What a tick did; the slot of a minute goes to one process, so the others do nothing. */
export type Ticked = { polled: Polled[]; steps: number }

/**
 * Everything that is due at `now`, derived from what is stored: sources are read, then digests, what keeps newcomers company, and reminders of dates are planned. Safe to repeat and to break
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
  const waits = await quarantined(house.db.read)
  return { polled, steps: waits ? 0 : await planAll(house, polling.wake, now, stop) }
}

/** Plans everything that is due at `now`; a restored database waits for its operator instead, so ask `quarantined` first. */
export async function planAll({ db, content }: House, wake: Wake, now: Instant, stop?: AbortSignal): Promise<number> {
  const digests = await planDigests(db, now, content, wake, stop)
  const company = await planCompany(db, now, wake, stop)
  return digests + company + (await planConferences(db, now, content, wake, stop))
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
  const looker = startLooking(polling, house.clock.now)
  const reader = alone(house.db)

  /** The slot of a minute goes to one process; a moved clock is the try-out's own and takes none, or real time would wait for it. */
  const mine = (now: Instant): Promise<boolean> =>
    house.clock.moved() ? Promise.resolve(true) : inTx(house.db, (tx) => takeSlot(tx, 'tick', minuteOf(now)))
  const failed = (error: unknown) =>
    house.log.error(
      { err: error instanceof Error ? error.message : error },
      'tick failed; the next one goes on where it stopped',
    )

  /** Followed calendars wait while the try-out's clock is ahead: nobody's server knows that time. */
  async function readAll(now: Instant, which?: (source: SourceTable) => boolean) {
    const polled = await pollDue(polling, now, which, signal)
    if (!which) await pollCalendars({ ...polling, reader: readerOptions(house.config) }, now, signal)
    return polled
  }
  async function plan() {
    const now = house.clock.now()
    if (reading) await reader.renew()
    if (await mine(now)) {
      const which = house.clock.moved() ? isSample : undefined
      reading ??= reader
        .read(() => readAll(now, which))
        .catch(failed)
        .finally(() => {
          reading = undefined
        })
      if (!(await quarantined(house.db.read))) await planAll(house, polling.wake, now, signal)
      await forgetOld(house, signal)
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
      await Promise.all([planning, reading, looker.stop()])
    },
  }
}

/** What the platforms sent, and what the API answered under a key, is known again for a day; they repeat themselves within minutes. */
async function forgetOld({ db }: House, stop: AbortSignal): Promise<void> {
  const aDayAgo = new Date(Date.now() - DAY).toISOString()
  while (!stop.aborted && (await inTx(db, (tx) => forgetArrivals(tx, aDayAgo))) > 0);
  while (!stop.aborted && (await inTx(db, (tx) => forgetAnswers(tx, aDayAgo))) > 0);
}

/** True when the last tick is recent enough for the program to count as at work. */
export const ticking = (jobs: Jobs): boolean => jobs.sinceLastTick() < 5 * MINUTE
