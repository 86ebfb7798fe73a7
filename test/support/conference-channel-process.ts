import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { perform, planConferences, platformOf, settled, unpacker } from '@cme-commons/app'
import type { Deliver, Instant, Parcel, Press } from '@cme-commons/core'
import { inTx, lanesDue, open } from '@cme-commons/db'
import { saveDate } from '../../packages/app/src/conferences/save.ts'
import { createCourier } from '../../server/src/courier.ts'
import { makeLog } from '../../server/src/log.ts'
import { watched } from './watched.ts'
import { knowledge, moderator } from './world.ts'

/** One moment of the life of a channel: a press, or a session that gets another name, then all that is due. */
export type ChannelStep = { at: Instant; press?: Press; session?: { id: string; title: string } }
export type ChannelProcess = { url: string; receiver: string; steps: readonly ChannelStep[]; of: number; nth: number }
/**
 * The walk from its `from`th step, `late` milliseconds behind the time. The process dies of `kill -9` at the first boundary that is not among
 * the `survived`, of those that fall to it: one of `of`, those whose name comes to the `nth`.
 */
export type ChannelTurn = { from: number; late: number; survived: readonly string[] }

const { url, receiver, steps, of, nth } = JSON.parse(process.argv[2] ?? '{}') as ChannelProcess
const lines = createInterface({ input: process.stdin })
const { from, late, survived } = await new Promise<ChannelTurn>((told) =>
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
  const sum = [...name].reduce((all, letter) => (all * 31 + letter.charCodeAt(0)) % 9973, 7)
  if (known.has(name) || sum % of !== nth) return
  tell({ died: name })
  process.kill(process.pid, 'SIGKILL')
}
let now = ''

/** A platform that knows a channel by its mark, an event by mark and what is said of it, and a message by its id. */
const deliver: Deliver = async (parcel) => {
  const id = 'open' in parcel ? parcel.open.mark : 'event' in parcel ? `${parcel.event.mark} ${parcel.key}` : parcel.id
  const to = 'user' in parcel.to ? parcel.to.user : parcel.to.channel
  const body = JSON.stringify({ id, key: whatOf(parcel), to, doubt: parcel.doubt, by: 'test' })
  const { ref } = (await (await fetch(`${receiver}/idempotent`, { method: 'POST', body })).json()) as { ref: number }
  return { done: true, ref: 'open' in parcel ? 'C1' : String(ref) }
}

function whatOf(parcel: Parcel): string {
  if ('card' in parcel) return `${parcel.card.title}${parcel.pin ? ' (pinned)' : ''}${parcel.edit ? ' (edited)' : ''}`
  if ('open' in parcel) return `open ${parcel.open.name}`
  if ('event' in parcel) return `event ${parcel.event.title}`
  return 'bookmark' in parcel ? `bookmark ${parcel.bookmark.title}` : 'archive' in parcel ? 'archive' : 'other'
}

const db = watched(await open(url), (where) => where !== 'before' && boundary(where))
const courier = createCourier({
  db,
  now: () => now,
  log: makeLog('error'),
  holder: `channel ${late} ${process.pid}`,
  deliverers: {
    try: async (parcel) => {
      boundary('sending')
      const outcome = await deliver(parcel)
      boundary('sent')
      return outcome
    },
  },
  platformOf,
  unpack: unpacker(knowledge, 'https://cme.example.org'),
  settled,
  wake: async () => {},
  batch: 2,
  side: 1,
  settleMs: 1,
})
for (let i = from; i < steps.length; i++) {
  const { at, press, session } = steps[i]!
  place = `step ${i}`
  count = 0
  now = new Date(Date.parse(at) + late).toISOString()
  if (press) await inTx(db, (tx) => perform({ tx, now, content: knowledge, actor: moderator }, press))
  if (session) await inTx(db, (tx) => rename(tx, session))
  await planConferences(db, now, knowledge, async () => {})
  for (const lane of await lanesDue(db.read, now)) await courier.work(lane)
  tell({ answered: i })
}
tell({ done: true })
await db.close()

async function rename(tx: Parameters<typeof saveDate>[0]['tx'], { id, title }: { id: string; title: string }) {
  const row = await tx.selectFrom('conference_dates').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  if (row.title === title) return
  const said = { id, conference: row.conference, title, source: row.source, checked: row.checked }
  const rest = { space: row.space, edition: row.edition!, kind: 'session', status: 'confirmed' } as const
  await saveDate({ tx, now, by: { said: 'a test' } }, { ...said, ...rest, when: JSON.parse(row.moment) })
}
