import { type Instant, MINUTE, plus } from '@cme-commons/core'
import { conferenceChannelOf, type Db, listDeliveries } from '@cme-commons/db'
import { expect, onTestFinished, test } from 'vitest'
import { makeEdge } from '../../server/src/bots/edge.ts'
import { readConfig } from '../../server/src/config.ts'
import { answer, openHouse } from '../../server/src/house.ts'
import type { ChannelProcess } from '../support/channel-process.ts'
import { type Child, startChild } from '../support/children.ts'
import { freshPostgres, freshSqlite, type TestDatabase } from '../support/databases.ts'
import { textOf } from '../support/discord/person.ts'
import { fakeDiscord } from '../support/discord/server.ts'
import { meeting, WEEK_BEFORE } from '../support/meeting.ts'
import { fakeSlack } from '../support/slack/server.ts'

const SCOPES = [
  ...['commands', 'chat:write', 'im:write', 'users:read', 'channels:read', 'channels:manage', 'pins:write'],
  ...['bookmarks:read', 'bookmarks:write', 'channels:history'],
]

/** The product with an edition whose channel is to be opened. */
async function opening(database: TestDatabase, platform: 'slack' | 'discord', space: string) {
  const house = await openHouse(readConfig({ DATABASE_URL: database.url, LOG_LEVEL: 'silent' }))
  onTestFinished(() => house.close())
  const now = (): Instant => WEEK_BEFORE
  house.clock = { ...house.clock, now }
  await makeEdge(house, platform, 'test').enter({ id: space, name: 'Association' })
  await meeting(house, space, 'UMOD')
  const actor = { space, user: 'UMOD', moderator: true }
  const preview = await answer(house, actor, { do: 'channel', edition: 'e1' })
  const open = 'say' in preview ? preview.say.buttons?.find(({ label }) => label === 'Open') : undefined
  if (!open || !('act' in open)) throw new Error('nothing to open')
  await answer(house, actor, open.act)
  return house.db
}

type Kill = (what: string) => boolean

/**
 * Lets processes send, one after the other, until one comes to its end. `listen` is handed what kills the one at work by SIGKILL: once for
 * each thing, as soon as the platform has done it and before anybody hears so. Answers for what it was done, in order.
 */
async function killedAtEachCall(options: ChannelProcess, listen: (kill: Kill) => void): Promise<string[]> {
  const killed = new Set<string>()
  let child: Child | undefined
  listen((what) => {
    if (killed.has(what)) return false
    killed.add(what)
    return child!.process.kill('SIGKILL')
  })
  const start = async (): Promise<Child> => {
    const one = startChild('channel-process.ts', options)
    await one.line()
    return one
  }
  // The next one starts up while one works.
  let next = start()
  for (let now = WEEK_BEFORE; ; now = plus(now, 15 * MINUTE)) {
    child = await next
    next = start()
    child.tell({ now })
    const { signal, errors } = await child.ended
    expect(errors).toBe('')
    if (signal !== 'SIGKILL') break
  }
  await next
  return [...killed]
}

// Each process costs a second of the machine, so each bot's library meets one of the databases.
test('on Slack and PostgreSQL: killed at each call, there is one channel, one pin and bookmark of each, each message once', async () => {
  const slack = await fakeSlack()
  onTestFinished(() => slack.close())
  const team = slack.team('T1', { scopes: SCOPES })
  const database = await freshPostgres()
  const db = await opening(database, 'slack', 'T1')
  const options = { url: database.url, platform: 'slack', api: `${slack.url}/api` } as const
  const killed = await killedAtEachCall(options, (kill) => {
    slack.state.lose = (method, { text, title, timestamp }) =>
      /^(?:conversations\.(?:create|setTopic)|chat\.|pins\.|bookmarks\.add)/.test(method) &&
      kill(`${method} ${String(text ?? title ?? timestamp ?? '').slice(0, 25)}`)
  })
  expect(killed.map((what) => what.split(' ')[0])).toEqual([
    'conversations.create',
    'conversations.setTopic',
    'chat.postMessage',
    'pins.add',
    'chat.postMessage',
    'pins.add',
    'bookmarks.add',
  ])
  const [[id, channel] = [], ...others] = [...team.channels].filter(([, { creator }]) => creator === 'UBOT')
  expect(others).toEqual([])
  expect(channel!.bookmarks).toHaveLength(1)
  expect(channel!.pins).toEqual(slack.state.messages.map(({ ts }) => ts))
  expect(slack.state.messages.map(({ text }) => text.split('\n')[0])).toEqual(TITLES)
  expect(await conferenceChannelOf(db.read, 'e1')).toMatchObject({ channel: id, state: 'open', trouble: null })
  expect(await open(db, 'T1')).toEqual([])
}, 240_000)

test('on Discord and SQLite: killed at each call, there is one channel, one pin and event of each, each message once', async () => {
  const discord = await fakeDiscord()
  onTestFinished(() => discord.close())
  const guild = discord.guild('100', 'Association')
  const database = await freshSqlite()
  const db = await opening(database, 'discord', '100')
  const options = { url: database.url, platform: 'discord', api: discord.api } as const
  const killed = await killedAtEachCall(options, (kill) => {
    discord.state.lose = (method, path, { name, nonce }) =>
      method !== 'GET' && kill(`${method} ${path} ${String(name ?? nonce ?? '')}`)
  })
  expect(
    killed.map((what) =>
      what
        .split(' ')
        .slice(0, 2)
        .join(' ')
        .replace(/\d{3,}/g, ':id'),
    ),
  ).toEqual([
    'POST /guilds/:id/channels',
    'POST /channels/:id/messages',
    'PUT /channels/:id/messages/pins/:id',
    'POST /channels/:id/messages',
    'PUT /channels/:id/messages/pins/:id',
    'POST /guilds/:id/scheduled-events',
    'POST /guilds/:id/scheduled-events',
  ])
  const [[id, channel] = [], ...others] = [...guild.channels].filter(([, { topic }]) => topic?.includes('cme-cc1'))
  expect(others).toEqual([])
  expect(channel!.pins).toEqual(discord.state.messages.map((one) => one.id))
  expect(discord.state.messages.map(({ components }) => textOf(components).split('\n')[0]!.slice(3))).toEqual(TITLES)
  expect([...guild.events.values()].map(({ name }) => name)).toEqual([
    'SACME 2027, day 1 of 2',
    'SACME 2027, day 2 of 2',
  ])
  expect(await conferenceChannelOf(db.read, 'e1')).toMatchObject({ channel: id, state: 'open', trouble: null })
  expect(await open(db, '100')).toEqual([])
}, 240_000)

const TITLES = ['Welcome to SACME 2027', 'SACME 2027: schedule']

/** What of the channel is not done. */
const open = async (db: Db, space: string) =>
  (await listDeliveries(db.read, { space, limit: 100 })).deliveries
    .filter(({ effect, state }) => effect.kind === 'channel' && state !== 'done' && state !== 'skipped')
    .map(({ key, state, trouble }) => [key, state, trouble])
