import { setTimeout as wait } from 'node:timers/promises'
import { type Outcome, plus } from '@cme-commons/core'
import { type Delivery, inTx, pauseLane, release, settle, type Tx } from '@cme-commons/db'
import { type Claimed, claimIn } from './claim.ts'
import { follow } from './follow.ts'
import { settledBy, wakeFor } from './outcome.ts'
import type { Courier, Turn } from './parts.ts'

type Answer = { delivery: Delivery; outcome: Outcome }
type Rest = { untried: readonly string[]; goOn: boolean }

/**
 * Writes answers down, together with what follows from them: those of `settleMs` at a time, in the order they came, the last ones in
 * one transaction with the next claim. An answer is never forgotten: while the database takes nothing (full disk, lock), it is kept and
 * tried again, and nothing more is sent.
 */
export function settler(courier: Courier, turn: Turn) {
  let noted: Answer[] = []
  let writing: Promise<Claimed | undefined> = Promise.resolve(undefined)
  let timer: NodeJS.Timeout | undefined
  let soon: PromiseWithResolvers<void> | undefined
  let stuck = false
  let paused = false

  function note(delivery: Delivery, outcome: Outcome) {
    noted.push({ delivery, outcome })
    soon ??= Promise.withResolvers()
    if ('later' in outcome && !outcome.only) paused = true
    if (courier.settleMs === 0) void flush()
    else timer ??= setTimeout(() => void flush(), courier.settleMs)
  }
  function flush(rest?: Rest) {
    clearTimeout(timer)
    timer = undefined
    const answers = noted
    noted = []
    const told = soon
    soon = undefined
    if (answers.length > 0 || rest) writing = writing.then(() => write(answers, rest)).finally(() => told?.resolve())
    return writing
  }
  async function write(answers: readonly Answer[], rest?: Rest): Promise<Claimed | undefined> {
    for (let tries = 0; ; tries++) {
      const { size } = turn.broken
      try {
        courier.at('before-settle')
        const next = await inTx(courier.db, async (tx) => {
          await writeIn(tx, courier, turn, answers)
          if (rest) await release(tx, turn, rest.untried)
          return rest?.goOn ? claimIn(tx, courier, turn) : undefined
        })
        courier.at('after-settle')
        stuck = false
        return next
      } catch (error) {
        if (turn.broken.size > size) continue
        stuck = true
        const found = { err: error, lane: turn.lane, answers: answers.length }
        courier.log.error(found, 'answers could not be written down yet')
        // Stopped before it could be written: the rows stay in doubt.
        if (turn.stopping.aborted) return undefined
        await wait(Math.min(100 * 2 ** tries, 5_000), undefined, { signal: turn.stopping }).catch(() => {})
      }
    }
  }
  /** Waits until everything noted so far is written down. */
  const written = async (): Promise<void> => {
    await (soon?.promise ?? writing)
  }
  /** Writes what is left and gives back what was `untried`; answers the next claim, if the turn may go on. */
  const end = (rest: Rest) => flush({ ...rest, goOn: rest.goOn && !stuck })
  return { note, written, end, stuck: () => stuck, paused: () => paused }
}

async function writeIn(tx: Tx, courier: Courier, turn: Turn, answers: readonly Answer[]) {
  if (answers.length === 0) return
  const now = courier.now()
  const all = answers.map(({ delivery, outcome }) => ({ delivery, outcome, to: settledBy(delivery, outcome, now) }))
  const ours = await settle(
    tx,
    turn.holder,
    now,
    all.map(({ to }) => to),
  )
  for (const { delivery, outcome, to } of all) {
    if (!ours.has(to.key))
      courier.log.warn({ key: to.key }, 'an answer came after the hold was lost; it will be looked up')
    else if (to.state !== 'waiting')
      await follow(tx, courier, { ...delivery, ...to, settled: now }, to.state, turn.broken)
    if ('later' in outcome && !outcome.only) await pauseLane(tx, turn.lane, plus(now, outcome.later), outcome.why)
  }
  await wakeFor(
    tx,
    courier,
    turn.lane,
    all.map(({ to }) => to),
  )
}
