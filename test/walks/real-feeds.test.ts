import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { platformOf, settled, unpacker, unread } from '@cme-commons/app'
import { plain } from '@cme-commons/core'
import { inTx, membersOf, putSource, tryMessages } from '@cme-commons/db'
import { createReader } from '@cme-commons/feeds'
import { createCourier, makeLog, pollDue, tryDeliver } from '@cme-commons/server'
import { expect, onTestFinished, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, worldOn } from '../support/world.ts'

/** Real documents as servers once sent them; they are kept outside the repository, and without them this walk is skipped. */
const folder = fileURLToPath(new URL('../../../shared/feeds/', import.meta.url))
const documents = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(xml|rss|atom)$/.test(name)) : []

const SATURDAY = '2026-11-21T15:00:00.000Z'
const SUNDAY = '2026-11-22T16:00:00.000Z'
const MONDAY = '2026-11-23T15:00:00.000Z'
const news = {
  accreditation: 'ACCME opens a call for comment on accreditation criteria',
  program: 'Needs assessment first: practice gaps and how CME planners find them',
  edtech: 'LMS vendors agree an xAPI profile for claiming CME credit',
  academic: 'Study in JCEHP links spaced CME to retained competence',
}
type Track = keyof typeof news

describeEachDatabase((fresh) => {
  test.skipIf(documents.length === 0)(
    'real documents go through the poller into digests for members of all four tracks',
    async () => {
      const db = await (await fresh()).open()
      const world = await worldOn(db, SATURDAY)
      const site = await serve()
      for (const [i, name] of documents.entries())
        await inTx(db, (tx) =>
          putSource(tx, { ...unread(`doc${i}`, SATURDAY), name, url: `${site.url}/${name}`, enabled: 1 }),
        )
      for (const track of Object.keys(news)) {
        const actor = { space: 'try', user: track, zone: 'America/New_York' }
        await world.say(actor, `track ${track}`, SATURDAY)
        await world.say(actor, 'digest start', SATURDAY)
      }
      const reader = createReader({ userAgent: 'test', allow: ['127.0.0.1'] })
      onTestFinished(() => reader.close())
      const polling = { db, content: knowledge, reader, wake: async () => {}, log: makeLog('silent') }

      const first = await pollDue(polling, SATURDAY)
      expect(first.filter((polled) => 'trouble' in polled)).toEqual([])
      expect(first).toHaveLength(documents.length)
      site.add = true
      const second = await pollDue(polling, SUNDAY)
      expect(second.map((polled) => 'items' in polled && polled.items).sort()).toEqual(
        documents.map((_, i) => (i < 4 ? 1 : 0)).sort(),
      )
      await world.plan(MONDAY)

      const courier = createCourier({
        db,
        now: () => MONDAY,
        holder: 'test',
        deliverers: { try: tryDeliver(db) },
        platformOf,
        unpack: unpacker(knowledge),
        settled,
        wake: async () => {},
        log: makeLog('silent'),
      })
      await courier.work('try/try')
      for (const { user } of await membersOf(db.read, 'try')) {
        const lines = await tryMessages(db.read, { space: 'try', reader: user, channels: [] })
        expect(lines).toHaveLength(1)
        const text = plain(lines[0]!.card!)
        expect(text).toContain(news[user as Track])
        expect(text).not.toMatch(/<\/?[a-z]/i)
      }
    },
  )
})

/** Serves the documents; with `add`, the first four bring one item more, each for another track. */
async function serve() {
  const site = { url: '', add: false }
  const titles = Object.values(news)
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url ?? '').slice(1)
    const bytes = readFileSync(`${folder}${name}`)
    const title = titles[documents.indexOf(name)]
    if (!site.add || title === undefined) return void response.end(bytes)
    const text = bytes.toString('latin1')
    const atom = /<feed\b/.test(text)
    const at = '2026-11-22T16:00:00Z'
    const entry = atom
      ? `<entry><id>urn:new</id><title>${title}</title><updated>${at}</updated><link href="https://example.org/new/${name}"/></entry>`
      : `<item><guid>new-${name}</guid><title>${title}</title><link>https://example.org/new/${name}</link></item>`
    const [place] = atom ? ['<entry'] : ['<item>', '<item '].filter((tag) => text.includes(tag))
    response.end(Buffer.from(text.replace(place!, entry + place!), 'latin1'))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(() => void server.close())
  return site
}
