import { createInterface } from 'node:readline/promises'
import { platformOf, settled, unpacker } from '@cme-commons/app'
import type { Deliver, Knowledge } from '@cme-commons/core'
import { lanesDue, open } from '@cme-commons/db'
import { makeEdge } from '../../server/src/bots/edge.ts'
import { readConfig } from '../../server/src/config.ts'
import { createCourier } from '../../server/src/courier.ts'
import type { House } from '../../server/src/house.ts'
import { makeLog } from '../../server/src/log.ts'

/** A courier with a bot of the product, in a process of its own: told the time, it sends what is due, says `done` and ends. */
export type ChannelProcess = { url: string; platform: 'slack' | 'discord'; api: string }

const SITE = 'https://cme.example.org'
const { url, platform, api } = JSON.parse(process.argv[2] ?? '{}') as ChannelProcess
const db = await open(url)
const config = readConfig({ DATABASE_URL: url, LOG_LEVEL: 'silent' })
// Nothing of what is sent here reads the content, which would take long to load.
const content = {} as Knowledge
const clock = { now: () => now } as House['clock']
const edge = makeEdge({ db, config, content, clock, site: SITE, log: makeLog('silent') } as House, platform, 'process')
let now = ''
const none = { authorize: '', appToken: '', signingSecret: 'secret', clientId: '', clientSecret: '' }
const deliver = platform === 'discord' ? await onDiscord() : await onSlack()

const lines = createInterface({ input: process.stdin })
console.log('ready')
now = await new Promise<string>((told) => lines.once('line', (line) => told(JSON.parse(line).now)))
lines.close()
process.stdin.destroy()
const courier = createCourier({
  db,
  now: () => now,
  holder: `channel ${now}`,
  deliverers: { [platform]: deliver },
  platformOf,
  unpack: unpacker(content, SITE),
  settled,
  wake: async () => {},
  log: { warn: () => {}, error: (data, say) => console.error(say, data) },
  settleMs: 1,
})
for (let lanes = await lanesDue(db.read, now); lanes.length > 0; lanes = await lanesDue(db.read, now))
  for (const lane of lanes) await courier.work(lane)
console.log('done')
await db.close()
process.exit(0)

async function onDiscord(): Promise<Deliver> {
  const { makeDeliver, makeRest } = await import('@cme-commons/discord')
  return makeDeliver({ edge, rest: makeRest({ token: 'MTIz.token', api }) })
}
async function onSlack(): Promise<Deliver> {
  const { startSlack } = await import('@cme-commons/slack')
  const settings = { ...none, api, token: 'xoxb-T1' }
  return (await startSlack(edge, settings, { hears: false, page: async () => '' })).deliver
}
