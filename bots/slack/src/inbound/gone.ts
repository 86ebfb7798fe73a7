import type { App } from '@slack/bolt'
import type { Inbound } from '../app.ts'
import { fromOf, type Payload } from './payload.ts'

/** The app was removed, or its token taken back: nothing is sent there any more, and what was kept for it goes. */
export function goneListeners(app: App, { edge, installs }: Inbound): void {
  const leave = async (body: Payload, why: string) => {
    const team = body.team_id ?? fromOf(body)?.team
    if (!team) return
    await edge.leave(team, why)
    await installs.drop(team)
  }
  app.event('app_uninstalled', async ({ body }) =>
    leave(body as unknown as Payload, 'The app was removed from the workspace.'),
  )
  app.event('tokens_revoked', async ({ body }) => {
    const payload = body as unknown as Payload
    if ((payload.event?.tokens?.bot ?? []).length > 0) await leave(payload, 'The token of the app was taken back.')
  })
}
