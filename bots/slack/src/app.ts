import { type Action, type Actor, type Edge, parseCommand, type Reply } from '@cme-commons/core'
import { App, type Receiver } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { clientOptions, makeClient, quiet } from './client.ts'
import { goneListeners } from './inbound/gone.ts'
import { type Home, homeListeners } from './inbound/home.ts'
import { messageListeners } from './inbound/message.ts'
import { type From, fromOf, isDirect, onceOf, type Payload, typed } from './inbound/payload.ts'
import { shortcutListeners } from './inbound/shortcut.ts'
import { homeSpot, messageSpot, modalSpot, type Spot, show, sorry } from './inbound/spot.ts'
import { submitListener } from './inbound/submit.ts'
import type { Who } from './inbound/who.ts'
import type { Installs } from './installs.ts'
import type { Own } from './own.ts'
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
  /** Keeps which conversation is hers with the bot, or asks whether this one is. */
  direct: { keep(from: From | undefined): Promise<void>; is(from: From | undefined): Promise<boolean> }
}

export type AppParts = { edge: Edge; settings: SlackSettings; installs: Installs; own: Own; who: Who; home: Home }

/** Bolt with every listener of this bot, over whatever brings the requests. */
export async function makeSlackApp({ edge, settings, installs, own, who, home }: AppParts, receiver: Receiver) {
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
  const ask = askOnce(edge, own)

  const inbound: Inbound = {
    edge,
    installs,
    home,
    direct: directWith(edge),
    async perform(client, body, action) {
      const from = fromOf(body)
      if (!from) return undefined
      const actor = await who(client, from)
      const shown = isErasing(action) && (await home.shown(actor))
      const reply = await edge.perform(actor, action, onceOf(body))
      if (shown && !(await home.shown(actor))) await home.clear(client, actor)
      if (reply) void ask(actor)
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
    const direct = await inbound.direct.is(fromOf(payload))
    const spot = messageSpot(client, payload, { respond: respond as never, direct })
    await inbound.answer(client, payload, parseCommand(typed(payload.text ?? '')), spot)
  })

  app.action(/^cme1:/, async ({ ack, body, client, respond }) => {
    await ack()
    const payload = body as unknown as Payload
    const action = pressOf(payload.actions?.[0] ?? {})
    const spot = await spotOf(inbound, client, payload, respond as never)
    await inbound.answer(client, payload, action ?? { do: 'home' }, spot)
  })
  // A button that opens an address is told of as well: there is nothing to do.
  app.action(/^link:/, async ({ ack }) => ack())

  submitListener(app, inbound)
  shortcutListeners(app, inbound)
  homeListeners(app, inbound)
  messageListeners(app, inbound)
  goneListeners(app, inbound, (token) => makeClient(settings.api, edge.log, token))
  return app
}

type Respond = (message: object) => Promise<unknown>

async function spotOf({ direct }: Inbound, client: WebClient, body: Payload, respond: Respond): Promise<Spot> {
  if (body.view?.type === 'modal') return modalSpot(client, body)
  if (body.view) return homeSpot(client, body)
  return messageSpot(client, body, { respond, direct: await direct.is(fromOf(body)) })
}

/** A person's own conversation with the bot. Others with a `D` are between two people, one of whom typed `/cme` there. */
function directWith(edge: Edge): Inbound['direct'] {
  const nameOf = ({ team, user }: From) => `dm/${team}/${user}`
  return {
    async keep(from) {
      if (!from?.channel || !isDirect(from.channel) || (await edge.recall(nameOf(from))) === from.channel) return
      await edge.remember(nameOf(from), from.channel, { space: from.team, user: from.user })
    },
    is: async (from) => isDirect(from?.channel) && (await edge.recall(nameOf(from!))) === from!.channel,
  }
}

const isErasing = (action: Action): boolean => action.do === 'form.submit' && action.form === 'my-data.erase'

/**
 * A bot token does not tell who installed the app. The first administrator of its workspace who does something with it is asked, once,
 * where things shall go.
 */
function askOnce(edge: Edge, own: Own) {
  const asked = new Set<string>()
  return async ({ space, user, moderator }: Actor): Promise<void> => {
    const install = own.known()
    if (!moderator || install?.team !== space || asked.has(space)) return
    asked.add(space)
    try {
      if (await edge.recall(`asked/${space}`)) return
      await edge.enter({ id: space, name: install.name, installer: user })
      await edge.remember(`asked/${space}`, user, { space })
    } catch (error) {
      asked.delete(space)
      edge.apology(error, 'the first question to an administrator')
    }
  }
}
