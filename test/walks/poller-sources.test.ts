import { syncSources, unread } from '@cme-commons/app'
import { DAY, HOUR, type Instant, MINUTE, plus } from '@cme-commons/core'
import { auditLines, type Db, inTx, listItems, putSource } from '@cme-commons/db'
import { enableSource, pollDue } from '@cme-commons/server'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { pageOf, type Story } from '../support/news-site.ts'
import { ok, poller, START, story } from '../support/poller.ts'
import { knowledge } from '../support/world.ts'

describeEachDatabase((fresh) => {
  const opened = async () => poller(await (await fresh()).open())

  test('moderators hear once that a source fails and once that it is back', async () => {
    const p = await opened()
    let status = 500
    const { url } = await p.site(() => (status === 200 ? ok([]) : { status }))
    await p.add('society', url)
    let now = START
    const go = async (times: number) => {
      for (let i = 0; i < times; i++) {
        now = plus(now, DAY)
        await p.poll(now)
      }
    }
    await go(2)
    expect(await p.told()).toEqual([])
    await go(10)
    expect(await p.told()).toEqual([expect.stringContaining('The server has a problem of its own (500)')])
    status = 200
    await go(3)
    expect(await p.told()).toHaveLength(2)
    expect(await p.told()).toContainEqual(expect.stringContaining('is back'))
    status = 500
    await go(1)
    status = 200
    await go(2)
    expect(await p.told()).toHaveLength(2)
  })

  test('what is gone for good is read no more, moderators hear so at once, and an operator brings it back', async () => {
    const p = await opened()
    let status = 410
    const host = await p.site(() => (status === 200 ? ok([]) : { status }))
    await p.add('society', host.url)
    await p.poll(START)
    for (let day = 1; day < 40; day++) await p.poll(plus(START, day * DAY))
    expect(host.asked).toHaveLength(1)
    expect(await p.told()).toEqual([expect.stringContaining('cme feeds enable society')])
    status = 200
    const back = plus(START, 40 * DAY)
    expect(await enableSource(p.polling, 'society', back)).toEqual({ source: 'society', items: 0 })
    await p.poll(plus(back, 2 * DAY))
    expect(host.asked).toHaveLength(3)
    expect(await p.told()).toHaveLength(2)
  })

  test('an address that moved for good is learned the third time in a row, with a line in the audit', async () => {
    const p = await opened()
    let by = 301
    const host = await p.site((path) => (path === '/old' ? { status: by, headers: { location: '/new' } } : ok([])))
    await p.add('society', `${host.url}/old`)
    let now = START
    const next = async () => {
      now = plus(now, 2 * DAY)
      await p.poll(now)
      return (await p.source('society')).url!.slice(host.url.length)
    }
    expect([await next(), await next()]).toEqual(['/old', '/old'])
    by = 302
    expect(await next()).toBe('/old')
    by = 308
    expect([await next(), await next()]).toEqual(['/old', '/old'])
    expect(await auditLines(p.polling.db.read, {})).toEqual([])
    expect(await next()).toBe('/new')
    const [line] = await auditLines(p.polling.db.read, {})
    expect(line).toMatchObject({ actor: 'feeds', what: 'source.moved', at: now, space: null })
    expect(JSON.parse(line!.detail)).toEqual({ source: 'society', from: `${host.url}/old`, to: `${host.url}/new` })
    host.asked.length = 0
    await next()
    expect(host.asked).toEqual(['/new'])
  })

  test('the address of another source is not learned: the audit says so once, until that one has gone elsewhere', async () => {
    const p = await opened()
    const host = await p.site((path) => (path === '/old' ? { status: 301, headers: { location: '/new/' } } : ok([])))
    await p.add('society', `${host.url}/old`)
    await p.add('other', `${host.url}/new#news`)
    let now = START
    const next = async () => {
      now = plus(now, 2 * DAY)
      await p.poll(now)
      return (await p.source('society')).url!.slice(host.url.length)
    }
    expect([await next(), await next(), await next(), await next()]).toEqual(['/old', '/old', '/old', '/old'])
    const lines = await auditLines(p.polling.db.read, {})
    expect(lines.map(({ what }) => what)).toEqual(['source.not-moved'])
    expect(JSON.parse(lines[0]!.detail)).toMatchObject({ source: 'society', to: `${host.url}/new/`, of: 'other' })
    await inTx(p.polling.db, (tx) => putSource(tx, unread('other', START), { url: `${host.url}/else` }))
    expect(await next()).toBe('/new/')
  })

  test('a learned address outlives a restart, until the content names another', async () => {
    const p = await opened()
    const shipped = (url: string) => ({
      ...knowledge,
      sources: [{ ...knowledge.sources.find(({ id }) => id === 'accme-news')!, url }],
    })
    const sync = (url: string) => inTx(p.polling.db, (tx) => syncSources(tx, shipped(url), START))
    await sync('https://a.example/feed')
    await inTx(p.polling.db, (tx) =>
      putSource(tx, unread('accme-news', START), { url: 'https://b.example/feed', etag: 'x' }),
    )
    await sync('https://a.example/feed')
    expect(await p.source('accme-news')).toMatchObject({ url: 'https://b.example/feed', etag: 'x' })
    await sync('https://c.example/feed')
    expect(await p.source('accme-news')).toMatchObject({ url: 'https://c.example/feed', etag: null })
  })

  test('what a crash left half stored is stored whole next time, since the validators come last', async () => {
    const p = await opened()
    const many = Array.from({ length: 120 }, (_, i) => story(i, plus(START, i * 1000)))
    const { url } = await p.site((_path, request) =>
      request.headers['if-none-match'] === 'v2' ? { status: 304 } : ok(many, { etag: 'v2' }),
    )
    await p.add('society', url, { read_at: START })
    let crash = 2
    const db: Db = {
      ...p.polling.db,
      get write() {
        if (crash-- === 0) throw new Error('the machine went off')
        return p.polling.db.write
      },
    }
    await expect(pollDue({ ...p.polling, db }, plus(START, HOUR))).rejects.toThrow('went off')
    expect((await p.source('society')).etag).toBeNull()
    expect((await p.titles()).length).toBeGreaterThan(0)
    await p.poll(plus(START, HOUR))
    expect((await p.titles()).toReversed()).toEqual(many.map((_, i) => i))
    expect((await p.source('society')).etag).toBe('v2')
  })

  test('an item that left its feed and comes back is no news, and one of last year is none at all', async () => {
    const p = await opened()
    let stories = [story(1)]
    const { url } = await p.site(() => ok(stories))
    await p.add('society', url, { read_at: START })
    const days: Story[][] = [[story(2)], [story(1)], [story(3, plus(START, -400 * DAY)), story(2)]]
    for (const [i, shown] of [stories, ...days].entries()) {
      stories = shown
      await p.poll(plus(START, i * 2 * DAY))
    }
    const rows = await listItems(p.polling.db.read, { limit: 10 })
    expect(rows.map(({ title, old }) => [/\d+/.exec(title)![0], old]).reverse()).toEqual([
      ['1', 0],
      ['2', 0],
      ['3', 1],
    ])
  })

  test('a page without a feed is news like any other; once its selectors find nothing, moderators hear at once', async () => {
    const p = await opened()
    let list = 'news'
    const stories = [story(2, plus(START, MINUTE)), story(1)]
    const { url } = await p.site((_path, request) => {
      expect(request.headers.accept).toMatch(/^text\/html/)
      return { body: pageOf(stories, list) }
    })
    const selectors = JSON.stringify({ list: '.news li', title: 'a', date: 'time@datetime' })
    await p.add('page', url, { kind: 'page', selectors })
    await p.add('undescribed', `${url}/2`, { kind: 'page' })
    await p.poll(START)
    expect(await p.titles()).toEqual([2, 1])
    stories.unshift(story(3, plus(START, DAY)))
    await p.poll(plus(START, 2 * DAY))
    expect((await listItems(p.polling.db.read, { limit: 10 })).map(({ old }) => old)).toEqual([0, 1, 1])
    list = 'rebuilt'
    await p.poll(plus(START, 4 * DAY))
    expect(await p.told()).toEqual([expect.stringMatching(/A news page has changed.*".news li" \(list\)/s)])
    expect((await p.source('page')).failures).toBe(1)
    list = 'news'
    await p.poll(plus(START, 6 * DAY))
    expect(await p.told()).toHaveLength(2)
  })

  test('corrected selectors take effect at once, on a page that has not changed, and what they find first is old news', async () => {
    const p = await opened()
    const stories = [story(2), story(1)]
    const { url } = await p.site((_path, request) =>
      request.headers['if-none-match'] === `v${stories.length}`
        ? { status: 304 }
        : {
            body: `${pageOf([{ id: 'menu', title: 'ACCME accreditation criteria 9', link: '/about', at: START }], 'menu')}${pageOf(stories)}`,
            headers: { etag: `v${stories.length}` },
          },
    )
    const society = knowledge.sources.find(({ id }) => id === 'sacme')!
    const sync = (list: string, now: Instant) => {
      const page = { list, title: 'a', date: 'time@datetime' }
      const content = { ...knowledge, sources: [{ ...society, url, enabled: true, page }] }
      return inTx(p.polling.db, (tx) => syncSources(tx, content, now))
    }
    const old = async () => (await listItems(p.polling.db.read, { limit: 10 })).map(({ old }) => old)
    await sync('.menu li', START)
    await p.poll(START)
    await sync('.menu li', plus(START, HOUR))
    expect(await p.source('sacme')).toMatchObject({ read_at: START, etag: 'v2' })
    await sync('.news li', plus(START, HOUR))
    await p.poll(plus(START, HOUR))
    expect(await p.titles()).toEqual([2, 1, 9])
    expect(await old()).toEqual([1, 1, 1])
    stories.unshift(story(3, plus(START, DAY)))
    await p.poll(plus(START, 3 * DAY))
    expect([(await p.titles())[0], await old()]).toEqual([3, [0, 1, 1, 1]])
  })

  test('a source that an operator only tries is not counted as failing', async () => {
    const p = await opened()
    const { url } = await p.site(() => ({ status: 404 }))
    await p.add('society', url, { enabled: 0 })
    expect(await enableSource(p.polling, 'society', START)).toMatchObject({ trouble: expect.any(String) })
    expect(await p.source('society')).toMatchObject({ enabled: 0, failures: 0 })
    expect(await p.told()).toEqual([])
  })
})
