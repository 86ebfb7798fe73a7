import type { Deliver, Instant } from '@cme-commons/core'
import { allSources, countAmiss, type Db, quarantined, queueDepths } from '@cme-commons/db'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Heard } from '../requests.ts'

export type MetricsParts = { db: Db; now: () => Instant; version: string; sinceLastTick: () => number | undefined }

export type Metrics = {
  /** Counts what a deliverer does: how it ended, how long it took, and when a platform asked for patience. */
  watch(platform: string, deliver: Deliver): Deliver
  heard(request: Heard): void
  /** Everything in the text format of Prometheus; the database is asked at most once in `KEPT` milliseconds. */
  text(): Promise<{ type: string; body: string }>
  stop(): void
}

const KEPT = 5_000
const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What whoever watches the program wants to know. Names and labels hold no person, no address and no text. */
export function makeMetrics({ db, now, version, sinceLastTick }: MetricsParts): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const registers = [register]
  const gauge = <T extends string>(name: string, help: string, ...labelNames: T[]) =>
    new Gauge({ name, help, labelNames, registers })
  const info = gauge('cme_build_info', 'The version that runs', 'version')
  info.set({ version }, 1)
  const queue = gauge('cme_queue_depth', 'Deliveries that wait for their time or their turn', 'platform')
  const due = gauge('cme_queue_due', 'Deliveries that are due and not sent yet', 'platform')
  const oldest = gauge('cme_queue_oldest_seconds', 'How long the first of what is due has waited', 'platform')
  const states = gauge('cme_deliveries', 'Deliveries by state; what arrived is in cme_deliveries_total', 'state')
  const age = gauge('cme_source_age_seconds', 'How long ago a source was read, by its id', 'source')
  const failures = gauge('cme_source_failures', 'How often in a row a source could not be read', 'source')
  const lag = gauge('cme_tick_age_seconds', 'How long ago a round of planning ended; one a minute is right')
  const held = gauge('cme_quarantined', '1 while a restored database waits for its operator')
  const took = gauge('cme_metrics_query_seconds', 'How long the database took to answer all this')
  const attempts = new Counter({
    name: 'cme_deliveries_total',
    help: 'Attempts to deliver since the start: done, failed, never or later',
    labelNames: ['platform', 'outcome'],
    registers,
  })
  const limited = new Counter({
    name: 'cme_rate_limited_total',
    help: 'How often a platform asked for patience (429) since the start',
    labelNames: ['platform'],
    registers,
  })
  const lasted = new Histogram({
    name: 'cme_delivery_seconds',
    help: 'How long one attempt took',
    labelNames: ['platform'],
    buckets: SECONDS,
    registers,
  })
  const requests = new Histogram({
    name: 'cme_http_request_seconds',
    help: 'How long requests took, by class of the answer',
    labelNames: ['status'],
    buckets: [0.001, 0.005, ...SECONDS],
    registers,
  })

  async function look(): Promise<void> {
    const began = performance.now()
    const time = now()
    for (const one of [queue, due, oldest, age, failures]) one.reset()
    for (const { platform, waiting, due: ready, oldest: first } of await queueDepths(db.read, time)) {
      queue.set({ platform }, waiting)
      due.set({ platform }, ready)
      oldest.set({ platform }, first ? secondsBetween(first, time) : 0)
    }
    for (const [state, count] of Object.entries(await countAmiss(db.read))) states.set({ state }, count)
    for (const { id, enabled, url, read_at, failures: failed } of await allSources(db.read)) {
      if (enabled !== 1 || !url) continue
      failures.set({ source: id }, failed)
      if (read_at) age.set({ source: id }, secondsBetween(read_at, time))
    }
    held.set((await quarantined(db.read)) ? 1 : 0)
    took.set((performance.now() - began) / 1_000)
  }

  let looked = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined
  async function fresh(): Promise<void> {
    if (performance.now() - looked < KEPT) return
    looking ??= look().finally(() => {
      looked = performance.now()
      looking = undefined
    })
    await looking
  }

  return {
    watch: (platform, deliver) => async (parcel) => {
      const end = lasted.startTimer({ platform })
      try {
        const outcome = await deliver(parcel)
        const kind = ['done', 'never', 'failed'].find((one) => one in outcome) ?? 'later'
        attempts.inc({ platform, outcome: kind })
        if (kind === 'later') limited.inc({ platform })
        return outcome
      } catch (error) {
        attempts.inc({ platform, outcome: 'failed' })
        throw error
      } finally {
        end()
      }
    },
    heard: ({ status, ms }) => requests.observe({ status: `${Math.floor(status / 100)}xx` }, ms / 1_000),
    async text() {
      await fresh()
      const since = sinceLastTick()
      if (since !== undefined) lag.set(since / 1_000)
      return { type: register.contentType, body: await register.metrics() }
    },
    stop: () => register.clear(),
  }
}

const secondsBetween = (from: Instant, to: Instant): number => Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000)
