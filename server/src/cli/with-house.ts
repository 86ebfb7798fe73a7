import { plainMoment } from '@cme-commons/core'
import { readConfig } from '../config.ts'
import { type House, openHouse } from '../house.ts'

/** Runs `work` with an opened house and closes it, whatever happens. Says on standard error when the try-out clock is ahead. */
export async function withHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse(readConfig())
  try {
    if (house.clock.moved())
      console.error(
        `The try-out clock is ahead: there it is ${plainMoment(house.clock.now(), 'moment', 'UTC')}. “Back to real time” on the try-out page sets it back.`,
      )
    return await work(house)
  } finally {
    await house.close()
  }
}
