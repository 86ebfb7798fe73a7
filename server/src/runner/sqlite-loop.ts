import { setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '@cme-commons/core'
import { afterCommit, type Db, laneTimes } from '@cme-commons/db'
import { type Runner, type Say, STOP_MS, type Work } from './port.ts'

/** The longest sleep between two looks, for a system clock that is set. */
const NAP = 30_000
/** A lane that failed rests so long, twice as long each time up to `NAP`. */
const REST = 500

export type LoopParts = { db: Db; now: () => Instant; log: Say; side?: number }

/**
 * The runner of one process: sleeps until the ledger's next due time, or until a transaction that made work commits, and works up to
 * `side` lanes side by side, whoever waited longest first.
 */
export function sqliteLoop({ db, now, log, side = 64 }: LoopParts): Runner {
  const stopping = new AbortController()
  const running = new Map<string, Promise<void>>()
  const rests = new Map<string, { until: number; ms: number }>()
  const lastTurn = new Map<string, number>()
  let work: Work | undefined
  let turns = 0
  let looking: Promise<void> | undefined
  let again = false
  let timer: NodeJS.Timeout | undefined

  function look() {
    if (!work || stopping.signal.aborted) return
    again = looking !== undefined
    looking ??= lookNow().finally(() => {
      looking = undefined
      if (again) look()
    })
  }

  async function lookNow() {
    clearTimeout(timer)
    const clock = performance.now()
    let nap = NAP
    try {
      const times = (await laneTimes(db.read)).filter(({ lane }) => !running.has(lane))
      const time = now()
      const rested = ({ lane }: { lane: string }) => (rests.get(lane)?.until ?? 0) <= clock
      const due = times.filter(({ at }) => at <= time)
      const ready = due.filter(rested).sort((a, b) => (lastTurn.get(a.lane) ?? 0) - (lastTurn.get(b.lane) ?? 0))
      for (const { lane } of ready) if (running.size < side) begin(lane)
      const resting = due.filter((one) => !rested(one)).map(({ lane }) => rests.get(lane)!.until - clock)
      const ahead = times.filter(({ at }) => at > time).map(({ at }) => Date.parse(at) - Date.parse(time))
      nap = Math.min(NAP, ...resting, ...ahead)
    } catch (error) {
      log.error({ err: error }, 'the ledger could not be read; trying again')
      nap = 2_000
    }
    if (!stopping.signal.aborted) timer = setTimeout(look, nap)
  }

  function begin(lane: string) {
    const began = performance.now()
    lastTurn.set(lane, ++turns)
    const turn = Promise.resolve(work?.(lane, stopping.signal)).then(
      // A turn that ends at once though the lane was due found nothing to do: it must not spin.
      () => (performance.now() - began < 5 ? rest(lane, 100) : void rests.delete(lane)),
      (error) => {
        log.error({ err: error, lane }, 'a turn at a lane failed; it rests a while')
        rest(lane, Math.min(NAP, 2 * (rests.get(lane)?.ms ?? REST / 2)))
      },
    )
    running.set(
      lane,
      turn.finally(() => {
        running.delete(lane)
        look()
      }),
    )
  }

  function rest(lane: string, ms: number) {
    rests.set(lane, { until: performance.now() + ms, ms })
  }

  return {
    wake: async (tx) => afterCommit(tx, look),
    start: async (given) => {
      work = given
      look()
    },
    poke: look,
    sweep: async () => look(),
    stop: async () => {
      stopping.abort()
      clearTimeout(timer)
      await Promise.race([Promise.all([looking, ...running.values()]), wait(STOP_MS, undefined, { ref: false })])
      clearTimeout(timer)
    },
  }
}
