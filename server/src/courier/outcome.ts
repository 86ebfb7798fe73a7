import { ATTEMPTS, backoff, type Instant, type Outcome, plus, WEBHOOK_ATTEMPTS } from '@cme-commons/core'
import type { Delivery, Settled, Tx } from '@cme-commons/db'
import type { Courier } from './parts.ts'

/** What an outcome makes of a delivery. `never` and the last failure are its end; `later` costs nothing. */
export function settledBy(delivery: Delivery, outcome: Outcome, now: Instant): Settled {
  const { key, attempts, doubt } = delivery
  if ('done' in outcome) return { key, state: 'done', attempts: attempts + 1, ref: outcome.ref, twice: outcome.twice }
  if ('never' in outcome)
    return { key, state: 'dead', attempts: attempts + 1, trouble: outcome.never, gone: outcome.gone }
  if ('failed' in outcome) return failed(delivery, now, outcome.failed, outcome.doubt)
  const due = plus(now, Math.max(0, outcome.later))
  return { key, state: 'waiting', due, attempts, doubt, first: true, trouble: outcome.why }
}

export function failed(delivery: Delivery, now: Instant, trouble: string, doubt = false): Settled {
  const attempts = delivery.attempts + 1
  if (attempts >= (delivery.effect.kind === 'webhook' ? WEBHOOK_ATTEMPTS : ATTEMPTS))
    return { key: delivery.key, state: 'dead', attempts, trouble }
  const due = plus(now, backoff(attempts, delivery.key))
  return { key: delivery.key, state: 'waiting', due, attempts, doubt: delivery.doubt || doubt, first: true, trouble }
}

/** Whoever moves a due time wakes the lane for it; whole seconds, so that a hundred rows don't make a hundred wake-ups. */
export async function wakeFor(tx: Tx, { wake }: Courier, lane: string, settled: readonly Settled[]): Promise<void> {
  const times = new Set(settled.flatMap((s) => (s.state === 'waiting' ? [secondAfter(s.due)] : [])))
  for (const at of times) await wake(tx, lane, at)
}

const secondAfter = (at: Instant): Instant => new Date(Math.ceil(Date.parse(at) / 1000) * 1000).toISOString()
