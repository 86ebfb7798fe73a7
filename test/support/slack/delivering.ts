import type { Parcel } from '@cme-commons/core'
import { startSlack } from '@cme-commons/slack'
import { onTestFinished } from 'vitest'
import { makeEdge } from '../../../server/src/bots/edge.ts'
import { startHouse } from '../bot-house.ts'
import { freshSqlite } from '../databases.ts'
import { fakeSlack, type State } from './server.ts'

export const SCOPES = ['commands', 'chat:write', 'im:write', 'users:read']

/** The bot as a courier has it, without anything else that would send. */
export async function delivering(scopes: readonly string[] = SCOPES, prepare: (state: State) => void = () => {}) {
  const slack = await fakeSlack()
  onTestFinished(() => slack.close())
  const team = slack.team('T1', { scopes: [...scopes] })
  prepare(slack.state)
  const database = await freshSqlite()
  const { house } = await startHouse({ DATABASE_URL: database.url, ROLES: 'api', TRY_OUT: 'off' })
  const edge = makeEdge(house, 'slack', 'test')
  const settings = {
    api: `${slack.url}/api`,
    authorize: '',
    token: 'xoxb-T1',
    appToken: '',
    signingSecret: 'secret',
    clientId: '',
    clientSecret: '',
  }
  const bot = await startSlack(edge, settings, { hears: false, page: async () => '' })
  onTestFinished(() => bot.stop())
  const parcel = (more: Partial<Parcel> & object = {}): Parcel =>
    ({
      id: 'a'.repeat(24),
      key: 'digest/s1/now',
      to: { space: 'T1', channel: 'C1' },
      attempt: 1,
      doubt: false,
      now: edge.now(),
      card: { title: 'CME standards news', blocks: [] },
      ...more,
    }) as Parcel
  const posted = () => slack.state.messages.filter(({ metadata }) => metadata)
  return { slack, team, house, edge, bot, parcel, posted }
}

export const fails =
  (method: string, error: string): State['fault'] =>
  (called) =>
    called === method ? { ok: false, error } : undefined
