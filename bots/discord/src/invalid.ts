import { type REST, RESTEvents } from '@discordjs/rest'

/** Discord shuts out an address after 10,000 answers of 401, 403 or 429 in ten minutes: we stop far below it. */
const MOST = 3_000

/**
 * Watches how often Discord refused a request of these clients, as the library counts it for the whole process. `tooMany` is true from
 * `most` on, until Discord's ten minutes are over.
 */
export function watchInvalid(clients: readonly REST[], most = MOST) {
  let count = 0
  let until = 0
  for (const rest of clients)
    rest.on(RESTEvents.InvalidRequestWarning, (counted) => {
      count = counted.count
      until = performance.now() + counted.remainingTime
    })
  return { count: () => count, tooMany: () => count >= most && performance.now() < until }
}
