import { leaveSpace } from '@cme-commons/app'
import { type Card, changeSettings, type Parcel, type RoleChange, type SettingChange } from '@cme-commons/core'
import { inTx, listDeliveries, putSettings, settingsOf } from '@cme-commons/db'
import { makeDeliver, makeRest } from '@cme-commons/discord'
import { onTestFinished } from 'vitest'
import { makeEdge } from '../../../server/src/bots/edge.ts'
import { readConfig } from '../../../server/src/config.ts'
import { openHouse } from '../../../server/src/house.ts'
import { freshSqlite } from '../databases.ts'
import { fakeDiscord } from './server.ts'

const TO = { space: '100', user: '501' } as const
const card: Card = { title: 'News of today', blocks: [{ kind: 'text', text: ['Rules have changed.'] }] }

/**
 * What delivers to Discord, against the fake, with a real edge: the server 100 with its channel 300, and Sara (501). `later` moves the
 * clock of the edge by days.
 */
export async function deliveries() {
  const discord = await fakeDiscord()
  onTestFinished(() => discord.close())
  const guild = discord.guild('100', 'Association')
  const database = await freshSqlite()
  const house = await openHouse(readConfig({ DATABASE_URL: database.url, LOG_LEVEL: 'silent' }))
  onTestFinished(() => house.close())
  const start = Date.now()
  let days = 0
  const now = () => new Date(start + days * 86_400_000).toISOString()
  house.clock = { ...house.clock, now }
  const edge = makeEdge(house, 'discord', 'test')
  const errors: string[] = []
  edge.log.error = (_, say) => errors.push(say)
  await edge.enter({ id: '100', name: 'Association', installer: '500' })
  const start1 = () => makeDeliver({ edge, rest: makeRest({ token: 'MTIz.token', api: discord.api }) })
  const deliver = start1()
  const parcel = (
    to: Parcel['to'],
    more: Partial<{ id: string; doubt: boolean; card: Card; thread: Card[] }>,
  ): Parcel => ({
    id: 'a'.repeat(24),
    key: 'k',
    to,
    attempt: 1,
    doubt: false,
    now: now(),
    card,
    ...more,
  })
  return {
    discord,
    state: discord.state,
    guild,
    edge,
    house,
    errors,
    deliver,
    /** Another process, that remembers nothing of its own. */
    restarted: start1,
    later: (more: number) => {
      days += more
    },
    toChannel: (more = {}, send = deliver) => send(parcel({ space: '100', channel: '300' }, more)),
    toSara: (more = {}, send = deliver) => send(parcel(TO, more)),
    role: (role: RoleChange) => deliver({ id: 'r', key: 'r', to: TO, attempt: 1, doubt: false, now: now(), role }),
    settings: () => settingsOf(house.db.read, '100'),
    set: (...changes: SettingChange[]) =>
      inTx(house.db, async (tx) => putSettings(tx, '100', changeSettings(await settingsOf(tx, '100'), changes))),
    /** What waits to be told, by title and to whom. */
    told: async () =>
      (await listDeliveries(house.db.read, { space: '100', limit: 100 })).deliveries.flatMap(({ effect, to }) =>
        effect.kind === 'message' && !effect.card.title.startsWith('CME Commons is in')
          ? [`${effect.card.title} → ${'user' in to ? to.user : `#${to.channel}`}`]
          : [],
      ),
    leave: () => inTx(house.db, (tx) => leaveSpace(tx, '100', 'test', now())),
  }
}
