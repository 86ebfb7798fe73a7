import { REST } from '@discordjs/rest'
import type { DiscordSettings } from './settings.ts'

/** A wait that is shorter than this is kept in line; a longer one goes back to the ledger. */
const SHORT_MS = 1_500

/**
 * The REST client that delivers. It keeps Discord's limits by the headers of each answer, and never tries again by itself: the ledger
 * does. A limit of one route is told at once, so that other addresses go on.
 */
export const makeRest = ({ token, api }: DiscordSettings): REST =>
  new REST({
    api,
    version: '10',
    retries: 0,
    timeout: 9_000,
    rejectOnRateLimit: ({ global, timeToReset }) => !global || timeToReset > SHORT_MS,
    handlerSweepInterval: 300_000,
  }).setToken(token)

/** The REST client that answers people: it may wait a little, since nobody else will try again. */
export const makeAnsweringRest = ({ token, api }: DiscordSettings): REST =>
  new REST({
    api,
    version: '10',
    retries: 1,
    timeout: 9_000,
    rejectOnRateLimit: ({ timeToReset }) => timeToReset > 3_000,
  }).setToken(token)
