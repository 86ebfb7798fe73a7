import { setTimeout as wait } from 'node:timers/promises'
import type { Bot, Deliver, Edge } from '@cme-commons/core'
import { makeSlackApp } from './app.ts'
import { makeClient } from './client.ts'
import { makeDeliver } from './deliver.ts'
import { type HttpReceiver, httpReceiver } from './http.ts'
import { makeHome } from './inbound/home.ts'
import { moderatesNow, whoIs } from './inbound/who.ts'
import { makeInstalls } from './installs.ts'
import { type Installed, makeOauth } from './oauth.ts'
import { ownWorkspace } from './own.ts'
import { missingSettings, type SlackSettings } from './settings.ts'
import { socketReceiver } from './socket.ts'

/** The Slack bot at work; `receive` answers what comes to `/slack/…`. */
export type SlackBot = Bot & { receive(request: Request): Promise<Response> }

/** Draws what a person sees in her browser when she has installed the app, or could not. */
export type InstallPage = (result: Installed) => Promise<string>

/** `hears`: requests and events are taken here; a process that only delivers takes none. */
export type SlackOptions = { hears: boolean; page: InstallPage }

/** So long a start waits for Slack; after that it goes on trying beside everything else. */
const PATIENCE_MS = 3_000

/** Connects to Slack. Throws one sentence for what the operator has to set; while Slack is away it goes on trying. */
export async function startSlack(
  edge: Edge,
  settings: SlackSettings,
  { hears, page }: SlackOptions,
): Promise<SlackBot> {
  const [wrong] = missingSettings(settings)
  if (wrong) throw new Error(wrong)
  const own = ownWorkspace(settings, edge)
  const installs = makeInstalls(edge, settings, own)
  const who = whoIs(edge)
  const clientOf = (token: string) => makeClient(settings.api, edge.log, token)
  const home = makeHome(edge, async (space, user) => {
    const install = await installs.find(space)
    if (!install) return undefined
    const client = clientOf(install.token)
    return { client, actor: await who(client, { team: space, user }) }
  })
  const socket = hears && settings.appToken ? socketReceiver(settings, edge.log) : undefined
  const http: HttpReceiver | undefined =
    hears && settings.signingSecret ? httpReceiver(settings.signingSecret, edge.log) : undefined
  for (const receiver of [socket, http])
    if (receiver) receiver.init(await makeSlackApp({ edge, settings, installs, own, who, home }, receiver))
  const oauth = settings.clientId ? makeOauth(edge, settings, installs) : undefined
  const send = makeDeliver({ edge, installs, clientOf })
  const deliver: Deliver = async (parcel) => {
    const { to } = parcel
    // A token of nobody knows whom: it may be this workspace's.
    if (own.waiting() && !(await installs.find(to.space).catch(() => undefined)) && own.waiting())
      return { later: 5_000, why: 'Slack has not said yet whose SLACK_BOT_TOKEN is.' }
    const outcome = await send(parcel)
    if ('done' in outcome && 'user' in to) home.touched(to.space, to.user)
    return outcome
  }
  await Promise.race([Promise.all([own.ask(), socket?.start()]), wait(PATIENCE_MS, undefined, { ref: false })])

  return {
    deliver,
    async moderates(person) {
      const install = await installs.find(person.space).catch(() => undefined)
      return install && moderatesNow(clientOf(install.token), person)
    },
    ready: () => socket?.connected() ?? true,
    stop: async () => {
      own.stop()
      home.stop()
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
