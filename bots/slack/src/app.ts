import { type Action, type Actor, type Edge, parseCommand, type Reply } from '@cme-commons/core'
import { App, type Receiver } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { clientOptions, makeClient, quiet } from './client.ts'
import { goneListeners } from './inbound/gone.ts'
import { type Home, homeListeners } from './inbound/home.ts'
import { messageListeners } from './inbound/message.ts'
import { fromOf, onceOf, type Payload } from './inbound/payload.ts'
import { shortcutListeners } from './inbound/shortcut.ts'
import { homeSpot, messageSpot, modalSpot, type Spot, show, sorry } from './inbound/spot.ts'
import { submitListener } from './inbound/submit.ts'
import { whoIs } from './inbound/who.ts'
import type { Installs } from './installs.ts'
import { pressOf } from './render/ids.ts'
import type { SlackSettings } from './settings.ts'

/** What every listener works with. */
export type Inbound = {
  edge: Edge
  installs: Installs
  home: Home
  /** Performs one action for whoever sent `body`, once; nothing when it acted already or nobody can be told. */
  perform(client: WebClient, body: Payload, action: Action): Promise<{ actor: Actor; reply: Reply } | undefined>
  /** Performs, and shows the reply; what goes wrong is our mistake, and she gets an apology where she is. */
  answer(client: WebClient, body: Payload, action: Action, spot: Spot): Promise<void>
}

/** Bolt with every listener of this bot, over whatever brings the requests. */
export async function makeSlackApp(
  edge: Edge,
  settings: SlackSettings,
  installs: Installs,
  receiver: Receiver,
  home: Home,
) {
  const who = whoIs(edge)
  const app = new App({
    receiver,
    deferInitialization: true,
    tokenVerificationEnabled: false,
    logger: quiet(edge.log),
    clientOptions: clientOptions(settings.api, edge.log),
    authorize: async ({ teamId, enterpriseId }) => {
      const install = await installs.find(teamId, enterpriseId)
      if (!install) throw new Error('this workspace has no installation')
      return { botToken: install.token, botUserId: install.botUser, ...(teamId ? { teamId } : {}) }
    },
  })
  await app.init()
  app.error(async (error) => {
    edge.log.warn({ code: error.code, why: error.message }, 'a request of Slack could not be handled')
  })

  const inbound: Inbound = {
    edge,
    installs,
    home,
    async perform(client, body, action) {
      const from = fromOf(body)
      if (!from) return undefined
      const actor = await who(client, from)
      const reply = await edge.perform(actor, action, onceOf(body))
      return reply && { actor, reply }
    },
    async answer(client, body, action, spot) {
      try {
        const done = await inbound.perform(client, body, action)
        if (!done) return
        await show(spot, done.reply, action)
        home.changed(client, done.actor)
      } catch (error) {
        await spot.say(sorry(edge, error, action.do), { private: true, update: false }).catch(() => {})
      }
    },
  }

  app.command(/^\/cme/, async ({ ack, body, client, respond }) => {
    await ack()
    const payload = body as Payload
    const spot = messageSpot(client, payload, payload.channel_id, respond as never)
    await inbound.answer(client, payload, parseCommand(payload.text ?? ''), spot)
  })

  app.action(/^cme1:/, async ({ ack, body, client, respond }) => {
    await ack()
    const payload = body as unknown as Payload
    const action = pressOf(payload.actions?.[0] ?? {})
    const spot = spotOf(client, payload, respond as never)
    await inbound.answer(client, payload, action ?? { do: 'home' }, spot)
  })
  // A button that opens an address is told of as well: there is nothing to do.
  app.action(/^link:/, async ({ ack }) => ack())

  submitListener(app, inbound)
  shortcutListeners(app, inbound)
  homeListeners(app, inbound)
  messageListeners(app, inbound)
  goneListeners(app, inbound)
  return { app, clientOf: (token: string) => makeClient(settings.api, edge.log, token) }
}

function spotOf(client: WebClient, body: Payload, respond: (message: object) => Promise<unknown>): Spot {
  if (body.view?.type === 'modal') return modalSpot(client, body.view.id ?? '')
  if (body.view) return homeSpot(client, body)
  return messageSpot(client, body, fromOf(body)?.channel, respond)
}
