import { syncSources, unread } from '@cme-commons/app'
import { DAY, type Instant, plain, plus } from '@cme-commons/core'
import { auditLines, findSource, inTx, listDeliveries, listItems, putSource, putSpace } from '@cme-commons/db'
import { createReader } from '@cme-commons/feeds'
import { makeLog, type Polling, pollDue } from '@cme-commons/server'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { feedOf, newsSite, type Story } from '../support/news-site.ts'
import { knowledge } from '../support/world.ts'

const START = '2026-11-23T08:00:00.000Z'
const reader = createReader({ userAgent: 'test', allow: ['127.0.0.0/8'] })
afterAll(() => reader.close())

/** A story of that number, whatever its mark is; `link` false for a feed without addresses. */
const story = (n: number, id: string, link = true): Story => ({
  id,
  title: `ACCME explains rule ${n} of the Standards for Integrity and Independence`,
  ...(link ? { link: `https://society.example/news/${n}` } : {}),
  at: plus(START, n * 60_000),
})
/** Stories of these numbers, the newest first. */
const newest = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from - i)

describeEachDatabase((fresh) => {
  /** Reads a feed as often as it has editions, a few days apart. */
  async function reading(editions: Story[][]) {
    const db = await (await fresh()).open()
    await inTx(db, (tx) => syncSources(tx, knowledge, START))
    await inTx(db, (tx) =>
      putSpace(tx, { id: 's', platform: 'try', name: 'S', zone: 'UTC', moderators: 'channel:mods', made_at: START }),
    )
    let shown: Story[] = []
    const site = await newsSite(() => ({ body: feedOf(shown) }))
    onTestFinished(() => site.close())
    await inTx(db, (tx) => putSource(tx, { ...unread('society', START), url: site.url, enabled: 1 }))
    const polling: Polling = { db, content: knowledge, reader, wake: async () => {}, log: makeLog('silent') }
    for (const [i, edition] of editions.entries()) {
      shown = edition
      const now: Instant = plus(START, i * 3 * DAY)
      await pollDue(polling, now, ({ id }) => id === 'society')
    }
    const items = await listItems(db.read, { limit: 100 })
    const { deliveries } = await listDeliveries(db.read, { space: 's', limit: 50 })
    return {
      /** The numbers of the stories that are stored, in the order in which they came, and of those that are news. */
      stored: items.map(({ title }) => Number(/\d+/.exec(title)![0])).reverse(),
      news: items
        .filter(({ old }) => old === 0)
        .map(({ title }) => Number(/\d+/.exec(title)![0]))
        .reverse(),
      source: (await findSource(db.read, 'society'))!,
      told: deliveries.map(({ effect }) => (effect.kind === 'message' ? plain(effect.card) : effect.kind)),
      audit: (await auditLines(db.read, {})).map(({ what }) => what),
    }
  }

  test('guids that count places on the page: nothing is missed, nothing is told twice, moderators hear once', async () => {
    const edition = (last: number, count = 6) => newest(last, count).map((n, place) => story(n, `place-${place + 1}`))
    const { stored, news, source, told, audit } = await reading([
      edition(6),
      edition(7),
      edition(9),
      edition(10),
      edition(10),
    ])
    expect(stored).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(news).toEqual([7, 8, 9, 10])
    expect(source.guids_dropped_at).toBe(plus(START, 3 * DAY))
    expect(told).toEqual([expect.stringContaining('mixes up its items')])
    expect(audit.filter((what) => what === 'source.guids-dropped')).toHaveLength(1)
  })

  test('guids that are other ones at each reading, in a feed without addresses: known by title and day', async () => {
    const edition = (last: number, time: number) => newest(last, 5).map((n) => story(n, `${time}-${n}`, false))
    const { stored, news, told } = await reading([edition(5, 1), edition(6, 2), edition(7, 3)])
    expect(stored).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(news).toEqual([6, 7])
    expect(told).toHaveLength(1)
  })

  test('one guid for whatever is newest', async () => {
    const edition = (last: number) => [story(last, 'newest')]
    const { stored } = await reading([edition(1), edition(2), edition(3), edition(4), edition(5)])
    // The first one that takes another's place looks like a change of it.
    expect(stored.length).toBeGreaterThanOrEqual(4)
    expect(stored.slice(-3)).toEqual([3, 4, 5])
  })

  test('one guid for all', async () => {
    const edition = (last: number) => newest(last, 4).map((n) => story(n, 'https://society.example/'))
    const { stored, source } = await reading([edition(4), edition(5), edition(6)])
    expect(stored).toEqual([1, 2, 3, 4, 5, 6])
    expect(source.guids_dropped_at).toBe(START)
  })

  test('good guids stay names: through edited titles, moved addresses, and a server that gives each item a new one once', async () => {
    const good = (numbers: number[]) => numbers.map((n) => story(n, `urn:${n}`))
    const moved = good(newest(8, 8)).map((one, i) => (i < 3 ? { ...one, link: `${one.link}/moved` } : one))
    const titled = moved.map((one, i) => (i > 4 ? { ...one, title: `${one.title}, updated` } : one))
    const renamed = titled.map((one) => ({ ...one, id: `${one.id}?p=1` }))
    const { stored, source, told } = await reading([
      good(newest(7, 7)),
      good(newest(8, 8)),
      moved,
      titled,
      renamed,
      renamed,
    ])
    expect(stored).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(source.guids_dropped_at).toBeNull()
    expect(told).toEqual([])
  })
})
