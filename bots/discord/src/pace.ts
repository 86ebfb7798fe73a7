import { DefaultRestOptions, type RESTOptions } from '@discordjs/rest'

export type MakeRequest = RESTOptions['makeRequest']

/** Discord lets a bot make so many requests a second, over all routes. */
const A_SECOND = 50
const WINDOW_MS = 1_005

/** What answers a person is outside of that limit. */
const EXEMPT = /\/(?:interactions|webhooks)\//

/**
 * Requests of which at most fifty reach Discord within any second, wherever that second begins and however late they arrive: each
 * counts from when it is sent until a second after its answer. A process that was just started lets a second pass first, for what
 * another one may have sent before it. All clients of a process share one.
 */
export function paced(make: MakeRequest = DefaultRestOptions.makeRequest, most = A_SECOND): MakeRequest {
  let free = 0
  const waiting: (() => void)[] = []
  const release = () => {
    const next = waiting.shift()
    if (next) next()
    else free++
  }
  const open = () => {
    for (let i = 0; i < most; i++) release()
  }
  const young = WINDOW_MS - performance.now()
  if (young > 0) setTimeout(open, young).unref()
  else open()
  return async (url, init) => {
    if (EXEMPT.test(url)) return make(url, init)
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await make(url, init)
    } finally {
      setTimeout(release, WINDOW_MS).unref()
    }
  }
}
