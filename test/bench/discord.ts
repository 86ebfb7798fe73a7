import { setTimeout as wait } from 'node:timers/promises'
import type { Filter, Schedule } from '@cme-commons/core'
import { countByState, type Db, inTx, migrate, open, putAudience } from '@cme-commons/db'
import { sql } from 'kysely'
import { type FakeDiscord, fakeDiscord } from '../support/discord/server.ts'
import { freePort } from '../support/free-port.ts'
import { startProgram } from '../support/program.ts'
import { entry, worldOn } from '../support/world.ts'
import { folder, type Measured } from './measure.ts'

const SERVER = '900000000000000100'
const A_SECOND = 50
const PEOPLE = 500
const READERS = 20_000
const FILTERS = 50

/**
 * Fifty interactions a second for a minute, through the whole program in a process of its own, while its database is busy: at the full
 * minute a digest tick plans for many readers, and from then on their digests are sent. How long Discord waits for the first word.
 */
export async function discordAcknowledged(seconds = 60): Promise<Measured[]> {
  const discord = await fakeDiscord()
  const guild = discord.guild(SERVER, 'Association')
  const person = (i: number) => String(910_000_000_000_000_000n + BigInt(i))
  for (let i = 0; i < PEOPLE; i++) guild.members.set(person(i), { name: `Person ${i}`, roles: [], permissions: '0' })
  const url = `sqlite:${folder()}/discord-busy.db`
  const db = await open(url)
  const due = new Date(Math.ceil((Date.now() + 15_000) / 60_000) * 60_000)
  await stock(db, due)
  const program = await startProgram({
    DATABASE_URL: url,
    PORT: String(await freePort()),
    TRY_OUT: 'off',
    DISCORD_API_URL: discord.api,
    DISCORD_TOKEN: discord.state.token,
  })
  while (discord.gateway.sockets.size === 0) await wait(20)
  await wait(1_000)
  // The tick falls into the minute.
  await wait(Math.max(0, due.getTime() - 20_000 - Date.now()))
  const asked = await ask(discord, seconds, person)
  const done = (await countByState(db.read)).done ?? 0
  await program.stop()
  const waits = asked.map(({ id, at }) => (discord.state.callbacks.get(id)?.at ?? Infinity) - at).sort((a, b) => a - b)
  const part = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))]!
  await db.close()
  await discord.close()
  const spread = `half within ${part(0.5).toFixed(0)}, the last after ${part(1).toFixed(0)}`
  return [
    { what: `Discord: ms to the first word for 99 of 100 interactions (${spread})`, value: part(0.99), atMost: 300 },
    {
      what: `Discord: without a first word, of ${waits.length}`,
      value: waits.filter((ms) => ms === Infinity).length,
      atMost: 0,
    },
    { what: 'Discord: digests that were sent meanwhile', value: done, atLeast: 500 },
  ]
}

async function ask(discord: FakeDiscord, seconds: number, person: (i: number) => string) {
  const asked: { id: string; at: number }[] = []
  const begun = performance.now()
  for (let i = 0; i < seconds * A_SECOND; i++) {
    const next = begun + (i * 1000) / A_SECOND
    if (next > performance.now()) await wait(next - performance.now())
    const id = discord.state.id()
    asked.push({ id, at: performance.now() })
    discord.gateway.dispatch('INTERACTION_CREATE', interaction(discord, id, person(i % PEOPLE), i))
  }
  const patience = performance.now() + 10_000
  while (performance.now() < patience && asked.some(({ id }) => !discord.state.callbacks.has(id))) await wait(50)
  return asked
}

const option = (name: string, value: string) => [{ type: 3, name, value }]
const command = (name: string, options: object[] = []) => ({
  type: 2,
  data: { id: '1', name: 'cme', type: 1, options: [{ type: 1, name, options }] },
})
const press = (custom_id: string) => ({
  type: 3,
  message: { id: '9', flags: 64, components: [] },
  data: { custom_id, component_type: 2 },
})
/** What people do, in turns: reading and writing, commands and buttons. */
const KINDS = [
  command('home'),
  command('track', option('name', 'program')),
  press('cme1:path.start'),
  command('what', option('term', 'ECMEC')),
  command('news'),
  press('cme1:track.choose:academic'),
  command('path'),
  command('progress'),
]

function interaction({ state }: FakeDiscord, id: string, user: string, i: number): object {
  return {
    id,
    application_id: state.application,
    token: `token-${id}`,
    version: 1,
    locale: 'en-US',
    guild_id: SERVER,
    channel_id: '300',
    channel: { id: '300', type: 0 },
    member: { user: { id: user, username: `p${user}`, global_name: null }, nick: null, roles: [], permissions: '0' },
    ...KINDS[i % KINDS.length],
  }
}

/** Readers whose digests are all due at one moment, and news for them. */
async function stock(db: Db, due: Date): Promise<void> {
  const now = new Date().toISOString()
  await migrate(db, now)
  const world = await worldOn(db, now)
  await world.publish([], now)
  const schedule: Schedule = { cadence: 'daily', at: due.toISOString().slice(11, 16), zone: 'UTC' }
  await inTx(db, async (tx) => {
    await sql`insert into spaces (id, platform, name, zone, made_at) values (${SERVER}, 'discord', 'Association', 'UTC', ${now})`.execute(
      tx,
    )
    for (let f = 0; f < FILTERS; f++) {
      const filter: Filter = { bodies: [], topics: [], regions: [], tracks: [], muted: [], max: 1 + f }
      const texts = { filter: JSON.stringify(filter), schedule: JSON.stringify(schedule) }
      await putAudience(tx, { id: `a${f}`, space: null, ...texts, next_at: due.toISOString(), cursor: 0 })
    }
    await sql`insert into subscriptions (id, space, lane, address, member, audience, cursor, paused, snoozed_until, quiet, made_at)
      with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ${READERS})
      select 's' || i, ${SERVER}, 'discord', 'user:9200000000000' || (10000 + i), null, 'a' || (i % ${sql.lit(FILTERS)}), null, 0, null, null, ${now}
      from n`.execute(tx)
  })
  await world.publish(
    Array.from({ length: 40 }, (_, i) => entry(i)),
    now,
  )
}

if (process.argv[1] === import.meta.filename) {
  const { machine, print } = await import('./measure.ts')
  console.log(machine())
  process.exit(print(await discordAcknowledged(Number(process.argv[2] ?? 60))) ? 0 : 1)
}
