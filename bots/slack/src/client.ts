import type { EdgeLog } from '@cme-commons/core'
import { type Logger, LogLevel } from '@slack/bolt'
import { WebClient, type WebClientOptions } from '@slack/web-api'

/** The ledger tries again, so the client never does; a rate limit is an answer, not a wait. */
export const clientOptions = (api: string, log: EdgeLog): WebClientOptions => ({
  slackApiUrl: `${api}/`,
  allowAbsoluteUrls: false,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 10_000,
  logger: quiet(log),
})

export const makeClient = (api: string, log: EdgeLog, token?: string): WebClient =>
  new WebClient(token, clientOptions(api, log))

/** The library's own lines may quote what people wrote, so only that there was one is kept. */
export function quiet(log: EdgeLog): Logger {
  const note = (level: 'warn' | 'error') => (): void =>
    log[level]({ from: 'slack library' }, 'the Slack library noted something')
  return {
    debug: () => {},
    info: () => {},
    warn: () => log.debug({ from: 'slack library' }, 'the Slack library warned'),
    error: note('warn'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  }
}
