import type { Actor, Instant } from '@cme-commons/core'
import type { Reader } from '@cme-commons/feeds'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, onTestFinished } from 'vitest'
import type { ConsoleHouse } from '../../server/src/console/house.ts'
import { consoleRoutes } from '../../server/src/console/routes.ts'
import { assetRoutes } from '../../server/src/html/assets.ts'
import { tryRoutes } from '../../server/src/try/routes.ts'
import { client } from './console-client.ts'
import { freshSqlite } from './databases.ts'
import { START, tryHouse } from './try-house.ts'

/** The moderator of the try-out space, by her platform. */
export const boss: Actor = {
  space: 'try',
  user: 'moderator',
  name: 'Moderator',
  zone: 'America/Chicago',
  moderator: true,
}

export type ConsoleWorld = Awaited<ReturnType<typeof consoleWorld>>

const nowhere: Pick<Reader, 'read' | 'discover'> = {
  read: async () => ({ kind: 'trouble', trouble: { kind: 'unreachable', say: 'Nobody answers there.' } }) as never,
  discover: async () => ({ trouble: { kind: 'unreachable', say: 'Nobody answers there.' } }) as never,
}

/** The console with the try-out page beside it, asked without a network; `passes` moves the time by which people are signed in, and `told` is
 * what the platform says when it is asked who moderates. */
export async function consoleWorld({ site = 'http://localhost', reader = nowhere } = {}) {
  const db = await (await freshSqlite()).open()
  const tried = await tryHouse(db)
  let real = Date.parse(START)
  const told = new Map<string, boolean>()
  const house: ConsoleHouse = {
    db,
    content: tried.content,
    now: tried.now,
    real: () => new Date(real).toISOString(),
    site,
    perform: tried.perform,
    reader,
    proxies: 1,
    moderates: async (_, person) => told.get(person.user),
  }
  const app = new Hono().route('/', consoleRoutes(house)).route('/', assetRoutes())
  const passes = (ms: number) => {
    real += ms
  }
  /** What the bot answers to `/cme console`: the path of the link. */
  const link = async (who: Actor = boss): Promise<string> => {
    const reply = await house.perform(who, { do: 'console' })
    const button = 'say' in reply ? reply.say.buttons?.find((one) => 'href' in one) : undefined
    return button && 'href' in button ? button.href.replace(/^https?:\/\/[^/]+/, '') : ''
  }
  return { db, house, tried, app, passes, link, told }
}

/** The same on a port of its own, with the try-out page, until the end of the test. */
export async function openConsole(options: Parameters<typeof consoleWorld>[0] = {}) {
  const world = await consoleWorld(options)
  const all = new Hono().route('/', world.app).route('/', tryRoutes(world.tried))
  const server = await new Promise<ReturnType<typeof serve>>((listening) => {
    const made = serve({ fetch: all.fetch, port: 0, hostname: '127.0.0.1' }, () => listening(made))
  })
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    return new Promise<void>((closed) => server.close(() => closed()))
  })
  const bound = server.address()
  return { ...world, address: `http://localhost:${typeof bound === 'object' && bound ? bound.port : ''}` }
}

/** Hours and minutes after the start, for what a test says when. */
export const after = (hours: number): Instant => new Date(Date.parse(START) + hours * 3_600_000).toISOString()

/** A console with Mo signed in, and browsers of others. */
export async function signedIn(options: Parameters<typeof consoleWorld>[0] = {}) {
  const world = await consoleWorld(options)
  const origin = options.site ?? 'http://localhost'
  const mo = client(world.app, origin)
  const first = await mo.signIn(await world.link())
  expect(first.html).toContain('What needs you first')
  return { ...world, mo, origin, other: () => client(world.app, origin) }
}
