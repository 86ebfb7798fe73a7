import type { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Inbound } from '../app.ts'
import { fromOf, type Payload } from './payload.ts'

/** The app was removed, or its token taken back: nothing is sent there any more, and what was kept for it goes. */
export function goneListeners(app: App, { edge, installs }: Inbound, clientOf: (token: string) => WebClient): void {
  /** Slack tells again what it could not tell, for a while: meanwhile the app may have been installed anew. */
  async function isOutdated(body: Payload, team: string, retry: number | undefined): Promise<boolean> {
    if (!retry) return false
    const install = await installs.find(team).catch(() => undefined)
    if (!install?.at || Date.parse(install.at) / 1000 <= (body.event_time ?? 0)) return false
    return clientOf(install.token)
      .auth.test()
      .then(
        () => true,
        () => false,
      )
  }
  const leave = async (body: Payload, retry: number | undefined, why: string) => {
    const team = body.team_id ?? fromOf(body)?.team
    if (!team || (await isOutdated(body, team, retry))) return
    await edge.leave(team, why)
    await installs.drop(team)
  }
  app.event('app_uninstalled', async ({ body, context }) =>
    leave(body as unknown as Payload, context.retryNum, 'The app was removed from the workspace.'),
  )
  app.event('tokens_revoked', async ({ body, context }) => {
    const payload = body as unknown as Payload
    if ((payload.event?.tokens?.bot ?? []).length > 0)
      await leave(payload, context.retryNum, 'The token of the app was taken back.')
  })
}
