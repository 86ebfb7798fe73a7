import { REST } from '@discordjs/rest'
import { type MakeRequest, paced } from './pace.ts'
import type { DiscordSettings } from './settings.ts'

/** A wait that is shorter than this is kept in line; a longer one goes back to the ledger. */
const SHORT_MS = 1_500

/**
 * The REST client that delivers. It keeps Discord's limits, that of all routes by pacing and each other by the headers of the answers, and
 * never tries again by itself: the ledger does. A limit of one route is told at once, so that other addresses go on.
 */
export const makeRest = ({ token, api }: DiscordSettings, makeRequest: MakeRequest = paced()): REST =>
  keeping(
    token,
    new REST({
      api,
      version: '10',
      retries: 0,
      timeout: 9_000,
      makeRequest,
      // The library counts in seconds of its own, which are not those of Discord.
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      rejectOnRateLimit: ({ global, timeToReset }) => !global || timeToReset > SHORT_MS,
      handlerSweepInterval: 300_000,
      invalidRequestWarningInterval: 1,
    }),
  )

/** The REST client that answers people: it may wait a little, since nobody else will try again. */
export const makeAnsweringRest = ({ token, api }: DiscordSettings, makeRequest: MakeRequest = paced()): REST =>
  keeping(
    token,
    new REST({
      api,
      version: '10',
      retries: 1,
      timeout: 9_000,
      makeRequest,
      globalRequestsPerSecond: Number.POSITIVE_INFINITY,
      rejectOnRateLimit: ({ timeToReset }) => timeToReset > 3_000,
      handlerSweepInterval: 300_000,
      invalidRequestWarningInterval: 1,
    }),
  )

/** The library forgets a token that was refused once; ours is refused until somebody looks, and may be taken again then. */
function keeping(token: string, rest: REST): REST {
  const setToken = rest.setToken.bind(rest)
  rest.setToken = (other) => setToken(other || token)
  return rest.setToken(token)
}
