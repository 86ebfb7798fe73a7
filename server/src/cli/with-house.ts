import { readConfig } from '../config.ts'
import { type House, openHouse } from '../house.ts'

/** Runs `work` with an opened house and closes it, whatever happens. */
export async function withHouse<T>(work: (house: House) => Promise<T>): Promise<T> {
  const house = await openHouse(readConfig())
  try {
    return await work(house)
  } finally {
    await house.close()
  }
}
