import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { unread } from '@cme-commons/app'
import { DAY, plus } from '@cme-commons/core'
import { type Db, findDigest, inTx, listDeliveries, putSource } from '@cme-commons/db'
import { expect, onTestFinished, test } from 'vitest'
import { startChild } from '../support/children.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { KILLS } from '../support/kills.ts'
import type { PipelineProcess } from '../support/pipeline-process.ts'
import { startReceiver } from '../support/receiver.ts'
import { sara, worldOn } from '../support/world.ts'

const START = '2026-11-23T12:00:00.000Z'
const READERS = ['ann', 'ben']

describeEachDatabase((fresh, dialect) => {
  test('killed at boundaries from poll to settle, each reader is told each item once', {
    timeout: 240_000,
  }, async () => {
    const database = await fresh()
    const db = await database.open()
    const feed = await startFeed()
    const receiver = await startReceiver()
    const world = await worldOn(db, START)
    await inTx(db, (tx) => putSource(tx, { ...unread('wire', START), name: 'Wire', url: feed.url, enabled: 1 }))
    for (const user of READERS) {
      await world.say({ ...sara, user }, 'digest start', START)
      const answers = { rhythm: 'daily', at: '08:00', zone: 'America/New_York', quiet: '' }
      const own = JSON.stringify(await world.say({ ...sara, user }, 'digest', START))
      const form = `digest.when:${/"subscription":"(s\d+)"/.exec(own)![1]}`
      await world.press({ ...sara, user }, { do: 'form.submit', form, answers }, START)
    }
    const pass = async (now: string, dieAt?: number) => {
      const options: PipelineProcess = { url: database.url, receiver: receiver.url, now, dieAt }
      return startChild('pipeline-process.ts', options).ended
    }
    // The first reading is old news, so that everything later is new.
    expect(await pass(START)).toMatchObject({ code: 0, errors: '' })

    let now = plus(START, 2 * 3_600_000)
    let killed = 0
    for (let dieAt = 1 + KILLS.nth[dialect]; ; dieAt += KILLS.of) {
      now = plus(now, DAY)
      feed.publish()
      const { signal, code, errors } = await pass(now, dieAt)
      if (signal !== 'SIGKILL') {
        expect({ code, errors }).toEqual({ code: 0, errors: '' })
        break
      }
      killed++
    }
    // A delivery in doubt is taken up when its lease has run out.
    expect(await pass(plus(now, DAY / 2))).toMatchObject({ code: 0 })
    expect(killed).toBeGreaterThan(20 / KILLS.of)

    const told = await itemsTold(
      db,
      receiver.stored.map(({ key }) => key),
    )
    for (const user of READERS) expect(told.get(user)?.sort()).toEqual(feed.titles().sort())
    expect(Object.values(receiver.counts()).every((count) => count === 1)).toBe(true)
  })
})

/** The titles each reader got, from the deliveries that the far side stored. */
async function itemsTold(db: Db, keys: readonly string[]): Promise<Map<string, string[]>> {
  const told = new Map<string, string[]>()
  const { deliveries } = await listDeliveries(db.read, { space: 'try', limit: 500 })
  for (const { to, effect } of deliveries.filter((delivery) => keys.includes(delivery.key))) {
    if (effect.kind !== 'digest' || !('user' in to)) continue
    const digest = await findDigest(db.read, effect.digest)
    const items = await db.read
      .selectFrom('items')
      .select('title')
      .where('id', 'in', JSON.parse(digest!.items) as string[])
      .execute()
    told.set(to.user, [...(told.get(to.user) ?? []), ...items.map(({ title }) => title)])
  }
  return told
}

/** A feed on loopback that grows by one item each time `publish` is called. */
async function startFeed() {
  let count = 0
  const title = (n: number) => `ACCME explains disclosure case ${n} under the Standards for Integrity and Independence`
  const server = createServer((_, response) => {
    const items = Array.from(
      { length: count },
      (_, i) => `<item><guid>g${i}</guid><title>${title(i)}</title><link>https://example.org/${i}</link></item>`,
    )
    response.setHeader('Content-Type', 'application/rss+xml')
    response.end(`<rss version="2.0"><channel><title>Wire</title>${items.reverse().join('')}</channel></rss>`)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed`,
    publish: () => void count++,
    titles: () => Array.from({ length: count }, (_, i) => title(i)),
  }
}
