import { readFileSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { perform, platformOf, settled, unpacker } from '@cme-commons/app'
import type { Knowledge } from '@cme-commons/core'
import { inTx, lanesDue, open } from '@cme-commons/db'
import { createCourier } from '../../server/src/courier.ts'
import { makeLog } from '../../server/src/log.ts'
import { httpDeliverers } from './http-deliver.ts'
import { isAmong } from './kills.ts'
import { watched } from './watched.ts'
import type { WalkStep } from './whole-walk.ts'

/** `file` holds the content and the steps; it dies at one boundary in `of`. The process waits to be told its `WalkTurn`. */
export type WalkProcess = { url: string; receiver: string; file: string; kills: { of: number; nth: number } }
/**
 * The walk from its `from`th step, each step followed by what is due to be sent. The process dies of `kill -9` at the first boundary
 * that is not among the `survived`, and has written its name before.
 */
export type WalkTurn = { now: string; from: number; survived: readonly string[] }

const { url, receiver, file, kills } = JSON.parse(process.argv[2] ?? '{}') as WalkProcess
const { knowledge, walk } = JSON.parse(readFileSync(file, 'utf8')) as { knowledge: Knowledge; walk: WalkStep[] }
const lines = createInterface({ input: process.stdin })
const { now, from, survived } = await new Promise<WalkTurn>((told) =>
  lines.once('line', (line) => told(JSON.parse(line))),
)
lines.close()
process.stdin.destroy()
const known = new Set(survived)
const tell = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`)
let place = ''
let count = 0
function boundary(what: string) {
  const name = `${place} ${++count} ${what}`
  if (known.has(name) || !isAmong(name, kills.of, kills.nth)) return
  tell({ died: name })
  process.kill(process.pid, 'SIGKILL')
}
function at(name: string) {
  place = name
  count = 0
}

const db = watched(await open(url), (where) => where !== 'before' && boundary(where))
const deliver = httpDeliverers(receiver).idempotent
const courier = createCourier({
  db,
  now: () => now,
  log: makeLog('error'),
  holder: `walk ${now}`,
  deliverers: {
    try: async (parcel) => {
      boundary('sending')
      const outcome = await deliver(parcel)
      boundary('sent')
      return outcome
    },
  },
  platformOf,
  unpack: unpacker(knowledge),
  settled,
  wake: async () => {},
  batch: 2,
  side: 1,
  settleMs: 1,
})
for (let i = from - 1; i < walk.length; i++) {
  if (i >= from) {
    at(`step ${i}`)
    const { who, action } = walk[i]!
    await inTx(db, (tx) => perform({ tx, now, content: knowledge, actor: who }, action))
    tell({ answered: i })
  }
  at(`sending after ${i}`)
  for (const lane of await lanesDue(db.read, now)) await courier.work(lane)
}
tell({ done: true })
await db.close()
