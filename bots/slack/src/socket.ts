import type { EdgeLog } from '@cme-commons/core'
import type { App, Receiver } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import { clientOptions, quiet } from './client.ts'
import type { SlackSettings } from './settings.ts'

type Arrived = {
  ack: (response?: object) => Promise<void>
  body: Record<string, unknown>
  retry_num?: number
  retry_reason?: string
}

/** Socket Mode: Slack is called, so no public address is needed. Bolt's own receiver cannot be told where Slack is; this one can. */
export type SocketReceiver = Receiver & { connected(): boolean }

export function socketReceiver(settings: SlackSettings, log: EdgeLog): SocketReceiver {
  const { retryConfig: _, ...options } = clientOptions(settings.api, log)
  const client = new SocketModeClient({
    appToken: settings.appToken,
    clientOptions: options,
    logger: quiet(log) as never,
  })
  let app: App | undefined
  let connected = false
  client.on('connected', () => {
    connected = true
    log.info({}, 'Slack is connected over Socket Mode')
  })
  for (const event of ['disconnected', 'reconnecting', 'disconnecting'])
    client.on(event, () => {
      connected = false
    })
  client.on('slack_event', async ({ ack, body, retry_num, retry_reason }: Arrived) => {
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
  })
  return {
    init: (made) => {
      app = made
    },
    start: () => client.start(),
    stop: async () => client.disconnect(),
    connected: () => connected,
  }
}
