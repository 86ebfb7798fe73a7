import { unread } from '@cme-commons/app'
import type { FeedItem } from '@cme-commons/core'
import { findSource, inTx, listItems, putSource } from '@cme-commons/db'
import { makeLog, store } from '@cme-commons/server'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, worldOn } from '../support/world.ts'

const START = '2026-11-02T08:00:00.000Z'
const on = (day: number, month = 11) => `2026-${month}-${String(day).padStart(2, '0')}T09:00:00.000Z`

/** An entry whose guid is its own, and which is told of at its link. */
const entry = (id: string, title: string, published: string, more: Partial<FeedItem> = {}): FeedItem => ({
  ...{ id, title, text: '', link: `https://body.example/news/${id}`, published },
  ...more,
})

describeEachDatabase((fresh) => {
  /** Reads editions of a source as polls do; the first one is empty, so that what comes is news. */
  async function reading() {
    const world = await worldOn(await (await fresh()).open(), START)
    const { db } = world
    const read = async (items: FeedItem[], now: string, id = 'wire', body: string | null = null) => {
      const known = await findSource(db.read, id)
      if (!known) await inTx(db, (tx) => putSource(tx, { ...unread(id, START), body, enabled: 1 }, {}))
      const polling = { db, content: knowledge, reader: undefined!, wake: async () => {}, log: makeLog('silent') }
      const once = async (some: FeedItem[]) => {
        const feed = { format: 'rss' as const, title: 'Made-up body', items: some }
        const reading = { kind: 'items' as const, feed, validators: {}, url: 'https://body.example/' }
        return store(polling, (await findSource(db.read, id))!, reading, now)
      }
      if (!known) await once([])
      const polled = await once(items)
      return 'items' in polled ? polled.items : polled.trouble
    }
    const titles = async () => (await listItems(db.read, { limit: 100 })).map(({ title }) => title)
    const numbers = async () => (await listItems(db.read, { limit: 100 })).map(({ seq }) => seq)
    return { db, read, titles, numbers }
  }

  test('the page of each year’s deadline is news each year, though it is one page', async () => {
    const { read, titles } = await reading()
    const page = { link: 'https://body.example/pars-deadline' }
    expect(await read([entry('pars-2026', 'ACCME: PARS closes on 31 January 2026', on(3), page)], on(4))).toBe(1)
    expect(await read([entry('pars-2027', 'ACCME: PARS closes on 31 January 2027', on(28), page)], on(29))).toBe(1)
    expect(await titles()).toEqual(['ACCME: PARS closes on 31 January 2027', 'ACCME: PARS closes on 31 January 2026'])
  })

  test('a feed that shows one entry at a time, all on one page, loses none, and keeps its guids', async () => {
    const { db, read } = await reading()
    const page = { link: 'https://body.example/news' }
    for (const n of [1, 2, 3, 4])
      expect(await read([entry(`n${n}`, `ACCME accreditation bulletin number ${n}`, on(2 + n), page)], on(3 + n))).toBe(
        1,
      )
    expect((await findSource(db.read, 'wire'))!.guids_dropped_at).toBeNull()
  })

  test('a guid that changed alone is an old acquaintance, and so is a link with another title on the same day', async () => {
    const { read, titles } = await reading()
    const link = 'https://body.example/news/1'
    await read([entry('a', 'ACCME accreditation criteria explained', on(3), { link })], on(4))
    expect(await read([entry('b', 'ACCME accreditation criteria explained', on(5), { link })], on(6))).toBe(0)
    expect(await read([entry('c', 'ACCME: the accreditation criteria explained', on(3), { link })], on(6))).toBe(0)
    expect(await titles()).toHaveLength(1)
  })

  test('the front page of a site makes no two entries one, and a post about another’s news is one with it', async () => {
    const { read, titles } = await reading()
    const front = { link: 'https://joint.example/' }
    await read([entry('1', 'Joint Accreditation announces new eligibility criteria', on(3), front)], on(4))
    await read([entry('2', 'CME society spring meeting: call for abstracts is open', on(5), front)], on(6), 'society')
    expect(await titles()).toHaveLength(2)
    const news = { link: 'https://accme.example/news/7' }
    await read([entry('7', 'ACCME announces a new accreditation policy', on(5), news)], on(6))
    expect(await read([entry('x', 'Read this: policy news from ACCME', on(7), news)], on(8), 'society')).toBe(0)
  })

  test('a site that moved to another domain with all that it has is told of once', async () => {
    const { read } = await reading()
    const edition = (host: string) =>
      [1, 2, 3].map((n) => {
        const link = `https://${host}/news/${n}`
        return entry(link, `EACCME accreditation rule ${n} is explained to providers`, on(n + 2), { link })
      })
    expect(await read(edition('uems.example'), on(8))).toBe(3)
    expect(await read(edition('new.uems.example'), on(9))).toBe(0)
    expect(await read(edition('newer.uems.example'), on(10))).toBe(0)
  })

  test('two bodies that say the same words have two items; who repeats one’s news has none', async () => {
    const { read, titles } = await reading()
    const title = 'Call for comment on the accreditation criteria is now open'
    await read(
      [entry('1', title, on(3), { text: 'ACCME asks for answers by 15 January 2027.' })],
      on(4),
      'accme',
      'accme',
    )
    const repeated = { link: 'https://society.example/1', text: 'ACCME asks for answers by 15 January 2027.' }
    expect(await read([entry('9', title, on(5), repeated)], on(6), 'society')).toBe(0)
    const theirs = { link: 'https://uems.example/7', text: 'UEMS asks for answers by 1 February 2027.' }
    expect(await read([entry('7', title, on(5), theirs)], on(6), 'uems', 'uems-eaccme')).toBe(1)
    expect(await titles()).toHaveLength(2)
  })

  test('a feed that dates its entries by their last change, or not at all, is stored oldest first', async () => {
    const { read, titles } = await reading()
    const dated = [3, 2, 1].map((n) => ({
      ...entry(`${n}`, `ACCME accreditation rule ${n}`, ''),
      published: undefined,
    }))
    await read(
      dated.map((one, i) => ({ ...one, updated: on(6 - i) })),
      on(8),
    )
    await read(
      dated.map((one, i) => ({
        ...one,
        id: `u${i}`,
        link: `https://un.example/${i}`,
        title: `CME policy ${3 - i} of ACCME`,
      })),
      on(8),
      'undated',
    )
    expect((await titles()).map((title) => /\d/.exec(title)![0])).toEqual(['3', '2', '1', '3', '2', '1'])
  })

  test('an item is where its source has it now', async () => {
    const { db, read } = await reading()
    const title = 'ACCME accreditation criteria explained'
    await read([entry('1', title, on(3), { link: 'https://body.example/draft-123' })], on(4))
    await read([entry('1', title, on(3), { link: 'https://body.example/news/final?utm_source=x' })], on(5))
    const [item] = await listItems(db.read, { limit: 1 })
    expect(item).toMatchObject({
      link: 'https://body.example/news/final?utm_source=x',
      links: [{ href: 'https://body.example/news/final?utm_source=x' }],
    })
    await read([entry('1', title, on(3), { link: 'https://body.example/news/final?utm_source=y' })], on(6))
    expect((await listItems(db.read, { limit: 1 }))[0]!.link).toContain('utm_source=x')
  })

  test('a footer that comes under a hundred items is told to nobody, a changed rule is told once', async () => {
    const { read, numbers } = await reading()
    const edition = (ending: string, rule = '') =>
      Array.from({ length: 60 }, (_, i) =>
        entry(`${i}`, `ACCME accreditation criteria, rule ${i}`, on(3), {
          text: `The accreditation criteria of ACCME, rule ${i}, are explained here.${i === 7 ? rule : ''}${ending}`,
        }),
      )
    await read(edition(''), on(4))
    const before = await numbers()
    await read(edition(' Share this.'), on(5))
    expect(await numbers()).toEqual(before)
    const changed = [' It asks for one more report.', ' It asks for two more reports.']
    await read(edition(' Share this.', changed[0]), on(6))
    expect((await numbers())[0]).toBeGreaterThan(before[0]!)
    const told = await numbers()
    // A server that shows the old and the new text in turns.
    await read(edition(' Share this.'), on(7))
    await read(edition(' Share this.', changed[0]), on(8))
    expect(await numbers()).toEqual(told)
    await read(edition(' Share this.', changed[1]), on(9))
    expect((await numbers())[0]).toBeGreaterThan(told[0]!)
  })

  test('a number that changes again and again is news once', async () => {
    const { read, numbers } = await reading()
    const seen = async (count: number, day: number) => {
      const text = `The accreditation criteria of ACCME. Read by ${count} people.`
      await read([entry('1', 'ACCME accreditation criteria explained', on(3), { text })], on(day))
      return (await numbers())[0]!
    }
    const first = await seen(100, 4)
    const second = await seen(107, 5)
    expect(second).toBeGreaterThan(first)
    for (const [i, count] of [114, 121, 130].entries()) expect(await seen(count, 6 + i)).toBe(second)
  })

  test('what was off topic until it had its real title is news then', async () => {
    const { read, titles } = await reading()
    await read([entry('1', 'Untitled draft', on(3), { text: 'Coming soon' })], on(4))
    expect(await titles()).toEqual([])
    await read([entry('1', 'ACCME: PARS data are due on 28 February 2027', on(3), { text: 'Coming soon' })], on(5))
    expect(await titles()).toEqual(['ACCME: PARS data are due on 28 February 2027'])
  })
})
