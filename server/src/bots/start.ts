import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Bot, Deliver } from '@cme-commons/core'
import { Hono } from 'hono'
import { type Config, ConfigError } from '../config.ts'
import type { House } from '../house.ts'
import { connected, discordSettings, slackSettings } from './connected.ts'
import { makeEdge } from './edge.ts'
import { installedPage } from './installed.ts'

/** The bots of this process: what the courier delivers with, and the routes that platforms call. */
export type Bots = {
  deliverers: Record<string, Deliver>
  routes: Hono[]
  /** The platforms that this process hears, and whether each is connected at this moment. */
  heard(): readonly Heard[]
  /** Whether somebody moderates a space of a platform right now; nothing where that cannot be asked here. */
  moderates(platform: string, person: { space: string; user: string }): Promise<boolean | undefined>
  stop(): Promise<void>
}
export type Heard = { platform: 'slack' | 'discord'; connected: boolean }

/** Starts the bots that are set up and whose role this process has; their libraries are loaded for them alone. */
export async function startBots(house: House): Promise<Bots> {
  const { config } = house
  const holder = `${hostname()}/${process.pid}/${randomUUID()}`
  const wanted = connected(config)
  const bots = new Map<string, Bot>()
  const hearing = new Map<Heard['platform'], Bot>()
  const deliverers: Record<string, Deliver> = {}
  const routes: Hono[] = []
  if (wanted.includes('slack') && plays(config, 'slack')) {
    const { startSlack, missingSettings } = await import('@cme-commons/slack')
    const [wrong] = missingSettings(slackSettings(config))
    if (wrong) throw new ConfigError(wrong)
    const hears = config.roles.includes('slack')
    const bot = await startSlack(makeEdge(house, 'slack', holder), slackSettings(config), {
      hears,
      page: installedPage,
    })
    bots.set('slack', bot)
    deliverers.slack = bot.deliver
    if (hears) hearing.set('slack', bot)
    if (hears) routes.push(new Hono().all('/slack/*', (c) => bot.receive(c.req.raw)))
  }
  if (wanted.includes('discord') && plays(config, 'discord')) {
    const { startDiscord } = await import('@cme-commons/discord')
    const hears = config.roles.includes('discord')
    const bot = startDiscord(makeEdge(house, 'discord', holder), discordSettings(config), { hears })
    bots.set('discord', bot)
    if (hears) hearing.set('discord', bot)
    deliverers.discord = bot.deliver
  }
  return {
    deliverers,
    routes,
    heard: () => [...hearing].map(([platform, bot]) => ({ platform, connected: bot.ready() })),
    moderates: async (platform, person) => bots.get(platform)?.moderates(person),
    stop: async () => {
      await Promise.all([...bots.values()].map((bot) => bot.stop()))
    },
  }
}

/** A courier delivers for a platform, so it needs the bot as the process that hears the platform does. */
const plays = ({ roles }: Config, role: 'slack' | 'discord'): boolean =>
  roles.includes(role) || roles.includes('courier')
