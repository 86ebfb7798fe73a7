import { setTimeout as wait } from 'node:timers/promises'
import { countByState, countTwice, migrate, open } from '@cme-commons/db'
import { textOf } from '../support/discord/person.ts'
import { fakeDiscord } from '../support/discord/server.ts'
import { freePort } from '../support/free-port.ts'
import { startProgram } from '../support/program.ts'
import { promise } from '../support/promised.ts'
import { folder, type Measured } from './measure.ts'

const SERVERS = 5
const CHANNELS = 50
const GLOBAL = 50
const PATIENCE_MS = 400_000

/**
 * Many deliveries to many channels of several servers, through the whole program, against a Discord that lets five messages into a
 * channel every five seconds and fifty requests a second in all: how much of that rate is used, how often it had to refuse, and what a
 * kill in the middle does.
 */
export async function discordDeliveries(deliveries = 10_000): Promise<Measured[]> {
  const whole = await run(deliveries, false)
  const cut = await run(deliveries / 4, true)
  // The first second's fifty may go at once.
  const allowed = (deliveries - GLOBAL) / GLOBAL
  return [
    {
      what: `Discord: share of the allowed rate, ${deliveries} deliveries in ${Math.round(whole.seconds)} s`,
      value: allowed / whole.seconds,
      atLeast: 0.9,
    },
    { what: 'Discord: refusals of the bucket that refused most', value: whole.refused, atMost: 1 },
    { what: 'Discord: lost', value: whole.lost, atMost: 0 },
    { what: 'Discord: doubles', value: whole.doubles, atMost: 0 },
    { what: 'Discord: lost over a kill in the middle', value: cut.lost, atMost: 0 },
    { what: 'Discord: doubles over a kill in the middle', value: cut.doubles, atMost: 0 },
    { what: 'Discord: refusals of the bucket that refused most, over a kill', value: cut.refused, atMost: 1 },
  ]
}

const snowflake = (kind: number, n: number): string => String(900_000_000_000_000_000n + BigInt(kind * 1_000_000 + n))

async function run(deliveries: number, cut: boolean) {
  const discord = await fakeDiscord({ limits: { channel: 5, windowMs: 5_000, global: GLOBAL } })
  const now = new Date().toISOString()
  const url = `sqlite:${folder()}/discord${cut ? '-cut' : ''}.db`
  const db = await open(url)
  await migrate(db, now)
  const servers = Array.from({ length: SERVERS }, (_, i) => discord.guild(snowflake(1, i)))
  for (const [i, { channels }] of servers.entries())
    for (let c = 0; c < CHANNELS; c++) channels.set(snowflake(2 + i, c), { name: `channel-${c}` })
  await promise(
    db,
    'discord',
    Array.from({ length: deliveries }, (_, i) => {
      const server = i % SERVERS
      return {
        key: `d/${i}`,
        lane: 'discord',
        space: servers[server]!.id,
        address: `channel:${snowflake(2 + server, Math.floor(i / SERVERS) % CHANNELS)}`,
      }
    }),
    now,
  )
  const settings = {
    DATABASE_URL: url,
    PORT: String(await freePort()),
    TRY_OUT: 'off',
    DISCORD_API_URL: discord.api,
    DISCORD_TOKEN: discord.state.token,
  }
  let program = await startProgram(settings)
  const arrived = new Set<string>()
  let looked = 0
  let sent = 0
  const count = () => {
    for (; looked < discord.state.messages.length; looked++) {
      const title = /d\/\d+/.exec(textOf(discord.state.messages[looked]!.components))?.[0]
      if (!title) continue
      arrived.add(title)
      sent++
    }
    return arrived.size
  }
  while (count() === 0) await wait(5)
  const begun = performance.now()
  if (cut) {
    while (count() < deliveries / 2) await wait(20)
    await program.kill()
    program = await startProgram(settings)
  }
  const patience = performance.now() + PATIENCE_MS
  while (count() < deliveries && performance.now() < patience) await wait(20)
  const seconds = (performance.now() - begun) / 1000
  while (((await countByState(db.read)).done ?? 0) < count() && performance.now() < patience) await wait(100)
  await program.stop()
  const refused = new Map<string, number>()
  for (const { bucket } of discord.state.calls) if (bucket) refused.set(bucket, (refused.get(bucket) ?? 0) + 1)
  const found = {
    seconds,
    lost: deliveries - count(),
    doubles: sent - count(),
    counted: (await countTwice(db.read))['sent-blind'],
    refused: Math.max(0, ...refused.values()),
  }
  await db.close()
  await discord.close()
  return found
}

if (process.argv[1] === import.meta.filename) {
  const { machine, print } = await import('./measure.ts')
  console.log(machine())
  process.exit(print(await discordDeliveries(Number(process.argv[2] ?? 10_000))) ? 0 : 1)
}
