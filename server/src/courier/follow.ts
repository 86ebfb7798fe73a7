import { collided, DbError, type Delivery, explained, type FinalState, type Tx } from '@cme-commons/db'
import type { Broken, Courier } from './parts.ts'

/** What follows from an end. One that throws is noted and left out next time: nothing is sent twice for it. */
export async function follow(tx: Tx, courier: Courier, delivery: Delivery, state: FinalState, broken: Broken) {
  const name = `${delivery.key} follow-up`
  if (broken.has(name)) return
  await noting(courier, broken, name, () => courier.settled(tx, delivery, state, courier.now()))
}

/** Runs `fn`; a throw that is not the database's trouble is noted under `name` before it fails the transaction. */
export async function noting<T>({ db, log }: Courier, broken: Broken, name: string, fn: () => Promise<T>): Promise<T> {
  try {
    return await fn()
  } catch (error) {
    if (!collided(error) && !(explained(error, db.where) instanceof DbError)) {
      log.error({ err: error, delivery: name }, 'a delivery could not be handled')
      broken.set(name, error instanceof Error ? error.message : String(error))
    }
    throw error
  }
}
