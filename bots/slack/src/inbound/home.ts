import { hash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Actor, Card, Edge, Press } from '@cme-commons/core'
import type { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Inbound } from '../app.ts'
import { classify } from '../errors.ts'
import { drawHome } from '../render/home.ts'
import { fromOf, type Payload } from './payload.ts'

/** The dashboard in the app's Home tab. */
export type Home = {
  /** Draws it anew for who opened it. */
  open(client: WebClient, actor: Actor): Promise<void>
  /** Something may have changed for this person: draws it anew, soon and once, if she ever opened it. */
  changed(client: WebClient, actor: Actor): void
  /** Something changed without her: draws it anew when its turn comes. */
  touched(space: string, user: string): void
  /** Whether she ever opened it. */
  shown(actor: Actor): Promise<boolean>
  /** Takes everything of hers off it. */
  clear(client: WebClient, actor: Actor): Promise<void>
  stop(): void
}

/** What stands on it, from top to bottom: each is asked of the product as she would. */
const PARTS: readonly Press[] = [{ do: 'home' }, { do: 'progress' }, { do: 'digest' }]
const LAST: Card = {
  title: '',
  blocks: [],
  buttons: [
    { label: 'My data', act: { do: 'my-data' } },
    { label: 'What comes unasked', act: { do: 'stop' } },
    { label: 'All commands', act: { do: 'help' } },
  ],
}
const EMPTY: Card = {
  title: 'CME Commons',
  blocks: [
    { kind: 'text', text: ['Nothing is kept about you. Begin with the button, or with /cme, whenever you like.'] },
  ],
  buttons: [{ label: 'Begin', style: 'primary', act: { do: 'home' } }],
}
const SOON = 1_500
/** Slack takes a hundred views a minute of one workspace: what nobody waits for keeps well below that. */
const APART = 1_000

type Found = { client: WebClient; actor: Actor }

/** `find` makes out who somebody is whom a delivery went to. */
export function makeHome(edge: Edge, find: (space: string, user: string) => Promise<Found | undefined>): Home {
  const waiting = new Set<string>()
  const queues = new Map<string, Set<string>>()
  let stopped = false
  const nameOf = ({ space, user }: Pick<Actor, 'space' | 'user'>) => `home/${space}/${user}`
  const shown = async (actor: Pick<Actor, 'space' | 'user'>) => (await edge.recall(nameOf(actor))) !== undefined

  async function draw(client: WebClient, actor: Actor): Promise<void> {
    const cards: Card[] = []
    for (const action of PARTS) {
      const reply = await edge.perform({ ...actor, channel: undefined }, action)
      if (reply && 'say' in reply) cards.push(reply.say)
    }
    const view = drawHome([...cards, LAST])
    const now = hash('sha256', JSON.stringify(view)).slice(0, 24)
    const before = await edge.recall(nameOf(actor))
    const [drawn, seen] = before?.split(' ') ?? []
    if (drawn === now) return
    const answer = await publish(client, actor.user, view, seen)
    await edge.remember(nameOf(actor), `${now} ${answer.view?.hash ?? ''}`.trim(), actor)
  }

  /** Draws it anew unless she never opened it; what Slack has no time for now comes later. */
  async function again(client: WebClient, actor: Actor): Promise<number> {
    try {
      if (await shown(actor)) await draw(client, actor)
      return 0
    } catch (error) {
      const { code, fate, after } = classify(error)
      edge.log.debug({ code }, 'a Home tab could not be drawn')
      if (fate === 'slow') touched(actor.space, actor.user)
      return fate === 'slow' ? (after ?? 1) * 1000 : 0
    }
  }

  function touched(space: string, user: string): void {
    const queue = queues.get(space)
    if (queue) return void queue.add(user)
    queues.set(space, new Set([user]))
    void work(space).finally(() => queues.delete(space))
  }
  async function work(space: string): Promise<void> {
    const queue = queues.get(space)!
    await wait(SOON, undefined, { ref: false })
    for (const user of queue) {
      queue.delete(user)
      if (stopped || !(await shown({ space, user }).catch(() => false))) continue
      const found = await find(space, user).catch(() => undefined)
      const rest = found ? await again(found.client, found.actor) : 0
      await wait(Math.max(APART, rest), undefined, { ref: false })
    }
  }

  return {
    async open(client, actor) {
      await edge.remember(nameOf(actor), undefined)
      await draw(client, actor)
    },
    changed(client, actor) {
      const name = nameOf(actor)
      if (waiting.has(name)) return
      waiting.add(name)
      setTimeout(() => {
        waiting.delete(name)
        if (!stopped) void again(client, actor)
      }, SOON).unref()
    },
    touched,
    shown,
    async clear(client, { user }) {
      await publish(client, user, drawHome([EMPTY])).catch(() => {})
    },
    stop() {
      stopped = true
    },
  }
}

/** With the hash of what stood there; where somebody else drew it meanwhile, ours is newer and goes over theirs. */
async function publish(client: WebClient, user: string, view: object, seen?: string) {
  const args = { user_id: user, view: view as never }
  try {
    return await client.views.publish({ ...args, ...(seen ? { hash: seen } : {}) })
  } catch (error) {
    if (!/hash_conflict/.test((error as Error).message)) throw error
    return client.views.publish(args)
  }
}

export function homeListeners(app: App, { edge, home, perform, direct }: Inbound): void {
  app.event('app_home_opened', async ({ body, client, event }) => {
    const payload = body as unknown as Payload
    const from = fromOf(payload)
    if (!from) return
    try {
      await direct.keep(from)
      if (event.tab !== 'home') return
      const done = await perform(client, payload, { do: 'home' })
      if (done) await home.open(client, done.actor)
    } catch (error) {
      edge.apology(error, 'Home tab')
    }
  })
}
