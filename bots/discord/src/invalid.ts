/** Discord shuts out an address after 10,000 answers of 401, 403 or 429 in ten minutes: we stop far below it. */
const WINDOW_MS = 10 * 60_000
const MOST = 3_000

/** Counts the answers that Discord holds against an address. */
export function invalidCounter(most = MOST) {
  const minutes = new Map<number, number>()
  const minute = () => Math.floor(performance.now() / 60_000)
  const sum = () => {
    const oldest = minute() - WINDOW_MS / 60_000
    for (const at of minutes.keys()) if (at <= oldest) minutes.delete(at)
    return [...minutes.values()].reduce((all, one) => all + one, 0)
  }
  return {
    note(code: string, status?: number): void {
      if (status === 401 || status === 403 || status === 429 || code === '401' || code === '403')
        minutes.set(minute(), (minutes.get(minute()) ?? 0) + 1)
    },
    count: sum,
    /** True when nothing more should be asked until some minutes have passed. */
    tooMany: () => sum() >= most,
  }
}
