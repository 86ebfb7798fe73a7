/**
 * Which of many boundaries a run kills at: each costs a process of its own, so that a run of the whole suite takes one in three, another
 * third on each database. `KILLS=all` takes them all.
 */
export const KILLS =
  process.env.KILLS === 'all' ? { of: 1, nth: { sqlite: 0, postgres: 0 } } : { of: 3, nth: { sqlite: 0, postgres: 1 } }

/** Whether a boundary of this name is among one in `of`. */
export const isAmong = (name: string, of: number, nth: number): boolean =>
  [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % of === nth
