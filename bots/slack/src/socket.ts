import { setTimeout as wait } from 'node:timers/promises'
import type { EdgeLog } from '@cme-commons/core'
import type { App, Receiver } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import { clientOptions, quiet } from './client.ts'
import { classify } from './errors.ts'
import type { SlackSettings } from './settings.ts'

type Arrived = {
  ack: (response?: object) => Promise<void>
  body: Record<string, unknown>
  retry_num?: number
  retry_reason?: string
}

/** Socket Mode: Slack is called, so no public address is needed. Bolt's own receiver cannot be told where Slack is; this one can. */
export type SocketReceiver = Receiver & { connected(): boolean }

/** A connection that Slack is about to close still takes the answers to what came over it. */
const LINGER_MS = 5_000
/** One that ended sooner than this is not followed by the next one at once. */
const SHORT_MS = 5_000
const LONGEST_WAIT_MS = 30_000
const FAREWELL_MS = 1_000

/** One connection. That Slack will close it (`warning`, `refresh_requested`, `link_disabled`) is told as `leaving`, and nothing is closed yet. */
class Connection extends SocketModeClient {
  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const { type, reason, payload } = messageIn(data, isBinary)
    if (type === 'disconnect') this.emit('leaving', reason)
    else if (type !== undefined && (type !== 'events_api' || payload?.event))
      await super.onWebSocketMessage(data, isBinary)
  }
}

/** Keeps one connection open as long as it is not stopped: the next one stands before Slack closes the last, and while Slack is away it goes on trying. */
export function socketReceiver(settings: SlackSettings, log: EdgeLog): SocketReceiver {
  let app: App | undefined
  let current: Connection | undefined
  let stopped = false
  let short = 0

  async function open(): Promise<void> {
    const client = new Connection({
      appToken: settings.appToken,
      autoReconnectEnabled: false,
      clientOptions: clientOptions(settings.api, log),
      logger: quiet(log) as never,
    })
    let since: number | undefined
    let followed = false
    const follow = (reason: unknown) => {
      if (since === undefined || followed || stopped) return
      followed = true
      short = performance.now() - since < SHORT_MS ? short + 1 : 0
      log.info({ reason }, 'Slack ends a connection of Socket Mode; the next one is opened')
      void keepOpen(short > 1 ? waitFor(short) : 0)
    }
    client.on('leaving', (reason) => {
      follow(reason)
      setTimeout(() => void client.disconnect().catch(() => {}), LINGER_MS).unref()
    })
    client.on('disconnected', () => {
      if (current === client) current = undefined
      follow('closed')
    })
    client.on('slack_event', (arrived: Arrived) => void handle(arrived))
    await client.start()
    since = performance.now()
    current = client
    if (stopped) await client.disconnect()
    else log.info({}, 'Slack is connected over Socket Mode')
  }

  async function keepOpen(first = 0): Promise<void> {
    for (let tries = 1, pause = first; !stopped; tries++) {
      if (pause > 0) await wait(pause, undefined, { ref: false })
      try {
        if (!stopped) await open()
        return
      } catch (error) {
        const { code, after } = error ? classify(error) : { code: 'closed', after: undefined }
        pause = after ? after * 1000 : waitFor(tries)
        log.warn({ code, again: pause }, 'Socket Mode could not be opened; "cme slack check" says what to do')
      }
    }
  }

  async function handle({ ack, body, retry_num, retry_reason }: Arrived): Promise<void> {
    let acked = false
    const once = async (response?: unknown) => {
      if (acked) return
      acked = true
      await ack(typeof response === 'string' ? { text: response } : (response as object | undefined))
    }
    try {
      await app?.processEvent({
        body,
        ack: once as never,
        ...(retry_num === undefined ? {} : { retryNum: retry_num }),
        ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
      })
    } catch (error) {
      log.error({ err: error }, 'what came over Socket Mode could not be handled')
    }
    // What nobody listens to is taken all the same, or Slack sends it again and again.
    await once().catch(() => {})
  }

  return {
    init: (made) => {
      app = made
    },
    start: () => keepOpen(),
    stop: async () => {
      stopped = true
      const farewell = current?.disconnect().catch(() => {})
      await Promise.race([farewell, wait(FAREWELL_MS, undefined, { ref: false })])
    },
    connected: () => current !== undefined,
  }
}

const waitFor = (tries: number): number => Math.min(LONGEST_WAIT_MS, 500 * 2 ** tries)

type Frame = { type?: string; reason?: string; payload?: { event?: unknown } }

function messageIn(data: string | ArrayBuffer, isBinary: boolean): Frame {
  try {
    return isBinary || typeof data !== 'string' ? {} : ((JSON.parse(data) as Frame | null) ?? {})
  } catch {
    return {}
  }
}
