import type { Bot, Deliver, Edge } from '@cme-commons/core'
import { makeSlackApp } from './app.ts'
import { makeClient } from './client.ts'
import { makeDeliver } from './deliver.ts'
import { type HttpReceiver, httpReceiver } from './http.ts'
import { makeHome } from './inbound/home.ts'
import { type Install, installOf, makeInstalls } from './installs.ts'
import { type Installed, makeOauth } from './oauth.ts'
import { missingSettings, type SlackSettings } from './settings.ts'
import { socketReceiver } from './socket.ts'

/** The Slack bot at work; `receive` answers what comes to `/slack/…`. */
export type SlackBot = Bot & { receive(request: Request): Promise<Response> }

/** Draws what a person sees in her browser when she has installed the app, or could not. */
export type InstallPage = (result: Installed) => Promise<string>

/** `hears`: requests and events are taken here; a process that only delivers takes none. */
export type SlackOptions = { hears: boolean; page: InstallPage }

/** Connects to Slack. Throws one sentence for what the operator has to set; while Slack is away it goes on trying. */
export async function startSlack(
  edge: Edge,
  settings: SlackSettings,
  { hears, page }: SlackOptions,
): Promise<SlackBot> {
  const [wrong] = missingSettings(settings)
  if (wrong) throw new Error(wrong)
  const own: Install | undefined = settings.token ? await installOf(settings, edge) : undefined
  const installs = makeInstalls(edge, settings, own)
  if (own) await edge.enter({ id: own.team, name: own.name })
  const home = makeHome(edge)
  const socket = hears && settings.appToken ? socketReceiver(settings, edge.log) : undefined
  const http: HttpReceiver | undefined =
    hears && settings.signingSecret ? httpReceiver(settings.signingSecret, edge.log) : undefined
  for (const receiver of [socket, http]) {
    if (!receiver) continue
    const { app } = await makeSlackApp(edge, settings, installs, receiver, home)
    receiver.init(app)
  }
  const oauth = settings.clientId ? makeOauth(edge, settings, installs) : undefined
  const clientOf = (token: string) => makeClient(settings.api, edge.log, token)
  const deliver: Deliver = makeDeliver({ edge, installs, clientOf })
  await socket?.start()

  return {
    deliver,
    ready: () => socket?.connected() ?? true,
    stop: async () => {
      await socket?.stop()
    },
    async receive(request) {
      const { pathname } = new URL(request.url)
      if (request.method === 'POST' && pathname === '/slack/events' && http) return http.receive(request)
      if (request.method === 'GET' && pathname === '/slack/install' && oauth) return oauth.begin()
      if (request.method === 'GET' && pathname === '/slack/oauth_redirect' && oauth) return oauth.end(request, page)
      return new Response(null, { status: 404 })
    },
  }
}

export { checkSlack } from './check.ts'
export { type ManifestOptions, manifest } from './manifest.ts'
export type { Installed } from './oauth.ts'
export { cardView, drawCard, drawParts, type Message } from './render/card.ts'
export { drawForm } from './render/form.ts'
export { drawHome } from './render/home.ts'
export { SCOPES, type Scope } from './scopes.ts'
export { missingSettings, type SlackSettings, slackWanted } from './settings.ts'
