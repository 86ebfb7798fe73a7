import type { Deliver, Outcome, Parcel } from '@cme-commons/core'
import { inTx, makeMember } from '@cme-commons/db'
import { tryDeliver } from '@cme-commons/server'
import { startSlack } from '@cme-commons/slack'
import { onTestFinished } from 'vitest'
import { makeEdge } from '../../server/src/bots/edge.ts'
import { readConfig } from '../../server/src/config.ts'
import { openHouse } from '../../server/src/house.ts'
import { settle } from '../../server/src/try/space.ts'
import { freshSqlite } from './databases.ts'
import { deliveries } from './discord/deliveries.ts'
import { fakeSlack, type State as SlackState } from './slack/server.ts'
import { knowledge } from './world.ts'

/** What may become of a delivery on any surface, in words of our own. */
export const TROUBLES = [
  'nothing',
  'too fast',
  'trouble of its own',
  'no answer',
  'the channel is gone',
  'the person is gone',
  'it is not allowed there',
  'the token is refused',
  'the message is refused',
  'an error that nobody documented',
] as const
export type Trouble = (typeof TROUBLES)[number]

/** A surface that delivers; `meets` are the troubles that can come about there, and `attempt` delivers into one. */
export type Deliverer = { meets: readonly Trouble[]; attempt(trouble: Trouble): Promise<Outcome> }

const AT = '2026-11-23T15:00:00.000Z'
let parcels = 0
const parcel = (to: Parcel['to']): Parcel => {
  const id = `${++parcels}`.padStart(24, 'a')
  const card = { title: 'CME standards news', blocks: [] }
  return { id, key: `k/${id}`, to, attempt: 1, doubt: false, now: AT, card }
}

async function house() {
  const database = await freshSqlite()
  const opened = await openHouse(readConfig({ DATABASE_URL: database.url, LOG_LEVEL: 'silent' }))
  onTestFinished(() => opened.close())
  return opened
}

const refusing =
  (error: string, more: object = {}): SlackState['fault'] =>
  (method) =>
    method.startsWith('chat.') ? { ok: false, error, ...more } : undefined
const onSlack: Record<Exclude<Trouble, 'the person is gone'>, SlackState['fault']> = {
  nothing: undefined,
  'too fast': refusing('ratelimited', { status: 429 }),
  'trouble of its own': refusing('internal_error'),
  'no answer': (method) => (method.startsWith('chat.') ? 'drop' : undefined),
  'the channel is gone': refusing('channel_not_found'),
  'it is not allowed there': refusing('restricted_action'),
  'the token is refused': refusing('invalid_auth'),
  'the message is refused': refusing('invalid_blocks'),
  'an error that nobody documented': refusing('an_error_of_tomorrow'),
}

async function slackDeliverer(): Promise<Deliverer> {
  const slack = await fakeSlack()
  onTestFinished(() => slack.close())
  slack.team('T1')
  const settings = { authorize: '', appToken: '', signingSecret: 'secret', clientId: '', clientSecret: '' }
  const edge = makeEdge(await house(), 'slack', 'test')
  const page = async () => ''
  const bot = await startSlack(edge, { ...settings, api: `${slack.url}/api`, token: 'xoxb-T1' }, { hears: false, page })
  onTestFinished(() => bot.stop())
  let channels = 1
  return {
    meets: TROUBLES,
    attempt(trouble) {
      if (trouble === 'the person is gone') return bot.deliver(parcel({ space: 'T1', user: 'UGONE' }))
      slack.state.fault = onSlack[trouble]
      const channel = `C${++channels}`
      slack.state.teams.get('T1')!.channels.set(channel, { name: channel, member: true })
      return bot.deliver(parcel({ space: 'T1', channel }))
    },
  }
}

const answering = (status: number, code: number) => (method: string, path: string) =>
  method === 'POST' && path.endsWith('/messages')
    ? { status, body: { code, message: 'x', ...(status === 429 ? { retry_after: 2, global: false } : {}) } }
    : undefined
const onDiscord: Record<Trouble, Awaited<ReturnType<typeof deliveries>>['state']['fault']> = {
  nothing: undefined,
  'too fast': answering(429, 0),
  'trouble of its own': answering(500, 0),
  'no answer': (_, path) => (path.endsWith('/messages') ? 'drop' : undefined),
  'the channel is gone': answering(404, 10003),
  'the person is gone': (_, path) =>
    path.endsWith('/users/@me/channels') ? { status: 404, body: { code: 10013, message: 'Unknown User' } } : undefined,
  'it is not allowed there': answering(403, 50013),
  'the token is refused': answering(401, 0),
  'the message is refused': answering(400, 50035),
  'an error that nobody documented': answering(400, 999_999),
}

async function discordDeliverer(): Promise<Deliverer> {
  const { state, toChannel, toSara } = await deliveries()
  return {
    meets: TROUBLES,
    attempt(trouble) {
      state.fault = onDiscord[trouble]
      return trouble === 'the person is gone' ? toSara() : toChannel()
    },
  }
}

/** On the try-out page nothing is between the product and the reader but the database. */
async function tryDeliverer(): Promise<Deliverer> {
  const { db } = await house()
  await inTx(db, (tx) => settle(tx, knowledge, AT))
  await inTx(db, (tx) =>
    makeMember(tx, 'try', 'ines', { name: null, track: null, region: null, zone: null, made_at: AT }),
  )
  const deliver: Deliver = tryDeliver(db)
  return {
    meets: ['nothing', 'the person is gone'],
    attempt: (trouble) => deliver(parcel({ space: 'try', user: trouble === 'nothing' ? 'ines' : 'nobody' })),
  }
}

export const deliverers = [
  { name: 'Slack', start: slackDeliverer },
  { name: 'Discord', start: discordDeliverer },
  { name: 'the try-out page', start: tryDeliverer },
] as const
