import { platformOf, settled, unpacker, unread } from '@cme-commons/app'
import { DAY, HOUR, type Instant, plain, plus } from '@cme-commons/core'
import {
  auditLines,
  type Db,
  findDigest,
  inTx,
  itemsById,
  listDeliveries,
  putSource,
  tryMessages,
} from '@cme-commons/db'
import { createReader } from '@cme-commons/feeds'
import { createCourier, makeLog, pollDue, tryDeliver } from '@cme-commons/server'
import { expect, onTestFinished, test } from 'vitest'
import { freshSqlite } from '../support/databases.ts'
import { DAYS, dice, type Kind, newsMonth, newsSince, numberIn, type Served, SOURCES } from '../support/news-month.ts'
import { newsSite } from '../support/news-site.ts'
import { knowledge, worldOn } from '../support/world.ts'

const SEED = Number(process.env.MONTH_SEED ?? 8)
const START = '2026-11-02T00:00:00.000Z'
const STEP = 6 * HOUR
const TOPICS = knowledge.topics.map(({ id }) => id).filter((id) => id !== 'off-topic')

/** Who reads: when she joins, how often, and which regions. */
const READERS = [
  { user: 'all', from: 0, rhythm: 'daily', regions: [], wants: ['us', 'eu'] },
  { user: 'europe', from: 0, rhythm: 'weekly-3', regions: ['eu'], wants: ['eu'] },
  { user: 'america', from: 0, rhythm: 'weekdays', regions: ['us'], wants: ['us'] },
  { user: 'late', from: 9.5, rhythm: 'daily', regions: [], wants: ['us', 'eu'] },
  { user: 'away', from: 0, rhythm: 'daily', regions: [], wants: ['us', 'eu'] },
] as const

test('a month of sixty sources: whoever should have an item has it exactly once', async () => {
  const month = newsMonth(START, SEED)
  const roll = dice(SEED + 1)
  let now: Instant = START
  const served: Served[] = []
  const hosts = await Promise.all(
    Array.from({ length: SOURCES / 5 }, (_, host) =>
      newsSite((path, { headers }) => {
        const { shown, ...answer } = month.answer(host, path, now, { etag: headers['if-none-match'] })
        if (shown) served.push({ at: now, source: `${path.split('/')[1]}`, shown })
        return answer
      }),
    ),
  )
  onTestFinished(() => void Promise.all(hosts.map((host) => host.close())))
  const reader = createReader({ userAgent: 'test', allow: ['127.0.0.0/8'] })
  onTestFinished(() => reader.close())

  const database = await freshSqlite()
  let db = await database.open()
  let world = await worldOn(db, START)
  const selectors = JSON.stringify({ list: '.news li', title: 'a', date: 'time@datetime' })
  for (const { id, path, host, quirk } of month.sources)
    await inTx(db, (tx) =>
      putSource(tx, {
        ...unread(id, START),
        name: `${id}, ${quirk}`,
        url: hosts[host]!.url + path,
        enabled: 1,
        switched: 1,
        ...(quirk.startsWith('page') ? { kind: 'page', selectors } : {}),
      }),
    )

  async function join({ user, rhythm, regions }: (typeof READERS)[number]) {
    const actor = { space: 'try', user, zone: 'UTC' }
    await world.say(actor, 'digest start', now)
    const own = (
      await db.read.selectFrom('subscriptions').selectAll().where('address', '=', `user:${user}`).execute()
    )[0]!
    const submit = (form: string, answers: Record<string, string | string[]>) =>
      world.press(actor, { do: 'form.submit', form: `${form}:${own.id}`, answers }, now)
    await submit('digest.when', { rhythm, at: '09:00', zone: 'UTC', quiet: '' })
    await submit('digest.what', { topics: TOPICS, regions: [...regions], tracks: [], bodies: [], max: '8' })
  }

  /** Reads what is due; now and then the machine goes off in the middle, and starts again on what is on its disk. */
  async function poll(crash: boolean) {
    const log = makeLog('silent')
    let writes = crash ? 3 + Math.floor(roll() * 20) : Number.POSITIVE_INFINITY
    const dying: Db = {
      ...db,
      get write() {
        if (writes-- <= 0) throw new Error('the machine went off')
        return db.write
      },
    }
    const polling = { db: dying, content: knowledge, reader, wake: async () => {}, log }
    await pollDue(polling, now).catch((error) => expect(String(error)).toContain('the machine went off'))
  }
  async function send(broken: boolean) {
    await world.plan(now)
    const courier = createCourier({
      db,
      now: () => now,
      holder: `courier ${now}`,
      deliverers: { try: broken ? async () => ({ failed: 'the platform is down' }) : tryDeliver(db) },
      platformOf,
      unpack: unpacker(knowledge),
      settled,
      wake: async () => {},
      log: makeLog('silent'),
    })
    await courier.work('try/try')
  }

  for (let step = 0; step <= (DAYS * DAY) / STEP; step++) {
    now = plus(START, step * STEP)
    const days = (step * STEP) / DAY
    for (const reader of READERS) if (reader.from === days) await join(reader)
    if (days === 15) await world.say({ space: 'try', user: 'away', zone: 'UTC' }, 'snooze 5', now)
    const restart = days > 6 && (days < 8 || days > 10) && days < DAYS - 2 && roll() < 0.15
    await poll(restart)
    await send(days >= 22 && days < 23.5)
    if (!restart) continue
    await db.close()
    db = await database.open()
    world = await worldOn(db, now)
  }

  // What was read last goes out with the next digest of each.
  for (let day = 1; day <= 8; day++) {
    now = plus(START, (DAYS + day) * DAY)
    await send(false)
  }

  // What each reader was sent, by the digests that arrived; what she should have been sent, by what the servers sent alone.
  const kinds = new Map<number, Kind>(month.sources.flatMap(({ stories }) => stories.map(({ n, kind }) => [n, kind])))
  const news = newsSince(served)
  // A standard whose text was changed is told once more, as what changed in it.
  const edited = month.sources.filter(({ quirk }) => quirk === 'titles are edited')
  const changed = new Set(
    edited.flatMap(({ stories }) => stories.filter(({ kind }) => kind === 'us').map(({ n }) => n)),
  )
  const { deliveries } = await listDeliveries(db.read, { space: 'try', limit: 2000 })
  for (const { user, wants, from } of READERS) {
    const sent: number[] = []
    for (const { effect, to, state } of deliveries) {
      if (effect.kind !== 'digest' || !('user' in to) || to.user !== user) continue
      if (state !== 'done') continue
      const digest = (await findDigest(db.read, effect.digest))!
      sent.push(...(await itemsById(db.read, JSON.parse(digest.items))).map(({ title }) => numberIn(title)))
    }
    const joined = plus(START, from * DAY)
    const due = [...news].filter(([n, at]) => (wants as readonly Kind[]).includes(kinds.get(n)!) && at >= joined)
    const inOrder = (numbers: number[]) => numbers.toSorted((a, b) => a - b)
    const once = (numbers: number[]) => inOrder(numbers.filter((n) => !changed.has(n)))
    expect({ user, sent: once(sent) }).toEqual({ user, sent: once(due.map(([n]) => n)) })
    const again = sent.filter((n) => changed.has(n))
    for (const [n] of due) if (changed.has(n)) expect(again, user).toContain(n)
    for (const n of again) expect(again.filter((other) => other === n).length, user).toBeLessThanOrEqual(2)
    expect(sent.length, user).toBeGreaterThan(50)
  }

  // Nothing that was published and could be read was overlooked.
  const alive = month.sources.filter(({ quirk }) => quirk !== 'gone for good')
  const readable = new Set(served.flatMap(({ shown }) => shown))
  expect(alive.flatMap(({ stories }) => stories.filter(({ n }) => !readable.has(n)))).toEqual([])

  // One request at a time on each host; addresses that moved were learned; moderators heard once of each beginning and each end.
  expect(Math.max(...hosts.map(({ together }) => together))).toBe(1)
  const moved = month.sources.filter(({ quirk }) => quirk === 'moved for good').map(({ id }) => id)
  const lines = (await auditLines(db.read, { limit: 500 })).filter(({ what }) => what === 'source.moved')
  expect(lines.map(({ detail }) => JSON.parse(detail).source).sort()).toEqual(moved.sort())
  const told = deliveries.flatMap(({ effect }) => (effect.kind === 'message' ? [plain(effect.card)] : []))
  const heard = (quirk: string) => told.filter((text) => text.includes(`, ${quirk}`)).length
  expect(heard('fails for days')).toBe(2 * 4)
  expect(heard('page rebuilt')).toBe(2 * 4)
  expect(heard('gone for good')).toBe(4)
  expect(heard('plain')).toBe(0)

  // A flood is one message: eight items, urgent and oldest first, and a button for the rest.
  const cards = (await tryMessages(db.read, { space: 'try', reader: 'europe', channels: [] })).map(({ card }) => card!)
  const full = cards.filter((card) => card.more?.label.startsWith('Show '))
  expect(full.length).toBeGreaterThan(1)
  for (const card of cards) expect(plain(card).match(/EACCME tells/g)?.length ?? 0).toBeLessThanOrEqual(8)
}, 60_000)
