import { hash } from 'node:crypto'
import type { Actor, Card, Edge, Press } from '@cme-commons/core'
import type { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Inbound } from '../app.ts'
import { drawHome } from '../render/home.ts'
import { fromOf, type Payload } from './payload.ts'

/** The dashboard in the app's Home tab. */
export type Home = {
  /** Draws it anew for who opened it. */
  open(client: WebClient, actor: Actor): Promise<void>
  /** Something may have changed for this person: draws it anew, soon and once, if she ever opened it. */
  changed(client: WebClient, actor: Actor): void
}

/** What stands on it, from top to bottom: each is asked of the product as she would. */
const PARTS: readonly Press[] = [{ do: 'home' }, { do: 'progress' }, { do: 'digest' }]
const SOON = 1_500

export function makeHome(edge: Edge): Home {
  const waiting = new Set<string>()
  const nameOf = ({ space, user }: Actor) => `home/${space}/${user}`

  async function draw(client: WebClient, actor: Actor): Promise<void> {
    const cards: Card[] = []
    for (const action of PARTS) {
      const reply = await edge.perform({ ...actor, channel: undefined }, action)
      if (reply && 'say' in reply) cards.push(reply.say)
    }
    const view = drawHome(cards)
    const now = hash('sha256', JSON.stringify(view)).slice(0, 24)
    const before = await edge.recall(nameOf(actor))
    const [drawn, seen] = before?.split(' ') ?? []
    if (drawn === now) return
    try {
      const answer = await client.views.publish({
        user_id: actor.user,
        view: view as never,
        ...(seen ? { hash: seen } : {}),
      })
      await keep(actor, `${now} ${answer.view?.hash ?? ''}`.trim())
    } catch (error) {
      // Somebody else drew it meanwhile (another process, another press): ours is newer, so it goes over theirs.
      if (!/hash_conflict/.test((error as Error).message)) throw error
      const answer = await client.views.publish({ user_id: actor.user, view: view as never })
      await keep(actor, `${now} ${answer.view?.hash ?? ''}`.trim())
    }
  }
  const keep = (actor: Actor, value: string) =>
    edge.remember(nameOf(actor), value, { space: actor.space, user: actor.user })

  return {
    async open(client, actor) {
      await edge.remember(nameOf(actor), undefined)
      await draw(client, actor)
    },
    changed(client, actor) {
      const name = nameOf(actor)
      if (waiting.has(name)) return
      waiting.add(name)
      setTimeout(async () => {
        waiting.delete(name)
        try {
          if ((await edge.recall(name)) !== undefined) await draw(client, actor)
        } catch (error) {
          edge.log.debug({ why: (error as Error).message }, 'a Home tab could not be drawn')
        }
      }, SOON).unref()
    },
  }
}

export function homeListeners(app: App, { edge, home, perform }: Inbound): void {
  app.event('app_home_opened', async ({ body, client, event }) => {
    const payload = body as unknown as Payload
    const from = fromOf(payload)
    if (!from || event.tab !== 'home') return
    try {
      const done = await perform(client, payload, { do: 'home' })
      if (done) await home.open(client, done.actor)
    } catch (error) {
      edge.apology(error, 'Home tab')
    }
  })
}
