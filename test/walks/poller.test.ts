import { unread } from '@cme-commons/app'
import { DAY, HOUR, plus } from '@cme-commons/core'
import { inTx, putSource } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import type { Answer } from '../support/news-site.ts'
import { ok, poller, START, story } from '../support/poller.ts'

describeEachDatabase((fresh) => {
  const opened = async () => poller(await (await fresh()).open())

  test('a source is read again after the longest of its own interval, ttl, max-age and Expires, within a day', async () => {
    const p = await opened()
    const busy = Array.from({ length: 150 }, (_, i) => story(i, plus(START, -i * HOUR)))
    const answers: Record<string, Answer> = {
      '/own': ok(busy),
      '/ttl': ok(busy, {}, '<ttl>300</ttl>'),
      '/age': ok(busy, { 'cache-control': 'max-age=21600' }),
      '/expires': ok(busy, { date: 'Mon, 23 Nov 2026 08:00:00 GMT', expires: 'Mon, 23 Nov 2026 15:00:00 GMT' }),
      '/both': ok(busy, { 'cache-control': 'max-age=21600' }, '<ttl>420</ttl>'),
      '/long': ok(busy, { 'cache-control': 'max-age=9999999' }),
      '/quiet': ok([story(1, plus(START, -90 * DAY))]),
    }
    const { url } = await p.site((path) => answers[path]!)
    for (const path of Object.keys(answers)) await p.add(path.slice(1), url + path)
    await p.poll(START)
    expect(await p.next('own', START)).toBeLessThan(25)
    expect(await p.next('own', START)).toBeGreaterThanOrEqual(15)
    expect(await p.next('ttl', START)).toBe(300)
    expect(await p.next('age', START)).toBe(360)
    expect(await p.next('expires', START)).toBe(420)
    expect(await p.next('both', START)).toBe(420)
    expect(await p.next('long', START)).toBe(24 * 60)
    expect(await p.next('quiet', START)).toBeGreaterThan(21 * 60)
  })

  test('sources of one pace that began together come apart, and stay where they are', async () => {
    const p = await opened()
    const { url } = await p.site(() => ok([]))
    const ids = ['a', 'b', 'c', 'd', 'e']
    for (const id of ids) await p.add(id, `${url}/${id}`)
    await p.poll(START)
    const first = await Promise.all(ids.map((id) => p.next(id, START)))
    expect(new Set(first).size).toBe(5)
    const later = plus(START, 2 * DAY)
    await p.poll(later)
    expect(await Promise.all(ids.map((id) => p.next(id, later)))).toEqual(first)
  })

  test('a feed is not read in the hours and on the days it asks for', async () => {
    const p = await opened()
    const busy = Array.from({ length: 150 }, (_, i) => story(i, plus(START, -i * HOUR)))
    const hours = '<ttl>60</ttl><skipHours><hour>8</hour><hour>9</hour></skipHours>'
    const days = '<skipDays><day>Tuesday</day></skipDays>'
    const { url } = await p.site((path) => (path === '/h' ? ok(busy, {}, hours) : ok([], {}, days)))
    await p.add('d', `${url}/d`)
    await p.poll(START)
    await p.add('h', `${url}/h`, { next_at: '2026-11-24T07:30:00.000Z' })
    await p.poll('2026-11-24T07:30:00.000Z')
    expect((await p.source('h')).next_at).toBe('2026-11-24T10:00:00.000Z')
    expect((await p.source('d')).next_at).toBe('2026-11-25T00:00:00.000Z')
  })

  test('a feed that leaves out the weekend is read on Monday, and otherwise at least once a day', async () => {
    const p = await opened()
    const friday = '2026-11-27T12:00:00.000Z'
    const weekend = '<ttl>99999</ttl><skipDays><day>Saturday</day><day>Sunday</day></skipDays>'
    const { url } = await p.site(() => ok([], {}, weekend))
    await p.add('monday', `${url}/1`)
    await p.add('friday', `${url}/2`, { next_at: friday })
    await p.poll(START)
    expect(await p.next('monday', START)).toBe(24 * 60)
    await p.poll(friday)
    expect((await p.source('friday')).next_at).toBe('2026-11-30T00:00:00.000Z')
  })

  test('one host is asked one thing at a time, several hosts at once', async () => {
    const p = await opened()
    const one = await p.site(() => ok([]))
    const other = await p.site(() => ok([]), '127.0.0.2')
    for (let i = 0; i < 6; i++) await p.add(`a${i}`, `${one.url}/${i}`)
    await p.add('b', `${other.url}/0`)
    expect(await p.poll(START)).toHaveLength(7)
    expect([one.asked.length, one.together]).toEqual([6, 1])
  })

  test.each([429, 503])('%s leaves the whole host alone, as long as it asks but not for ever', async (status) => {
    const p = await opened()
    const wait: Record<string, string> = { 'retry-after': '7200' }
    const host = await p.site((path) => (path === '/0' ? { status, headers: wait } : ok([])))
    const other = await p.site(() => ok([]), '127.0.0.2')
    for (let i = 0; i < 4; i++) await p.add(`a${i}`, `${host.url}/${i}`)
    await p.add('b', `${other.url}/0`)
    await p.poll(START)
    expect(host.asked).toEqual(['/0'])
    expect(other.asked).toHaveLength(1)
    await p.poll(plus(START, HOUR))
    expect(host.asked).toHaveLength(1)
    wait['retry-after'] = '99999999'
    await p.poll(plus(START, 2 * HOUR))
    expect(host.asked).toHaveLength(2)
    expect(await p.next('a3', plus(START, 2 * HOUR))).toBe(24 * 60)
  })

  test('a Retry-After that is a date is kept as well', async () => {
    const p = await opened()
    const date = new Date(Date.now() + 3 * HOUR).toUTCString()
    const { url } = await p.site(() => ({ status: 503, headers: { 'retry-after': date } }))
    await p.add('a', url)
    await p.poll(START)
    const minutes = await p.next('a', START)
    expect(minutes).toBeGreaterThan(170)
    expect(minutes).toBeLessThanOrEqual(180)
  })

  test('what passes by itself is tried again sooner than what a person has to mend; both ever less often, never not at all', async () => {
    const p = await opened()
    const { url } = await p.site((path) => ({ status: Number(path.slice(1)) }))
    await p.add('passing', `${url}/500`)
    await p.add('missing', `${url}/404`)
    let now = START
    const waits: Record<string, number[]> = { passing: [], missing: [] }
    for (let i = 0; i < 9; i++) {
      for (const id of ['passing', 'missing'])
        await inTx(p.polling.db, (tx) => putSource(tx, unread(id, now), { next_at: now }))
      await p.poll(now)
      for (const id of ['passing', 'missing']) waits[id]!.push(await p.next(id, now))
      now = plus(now, 2 * DAY)
    }
    expect(waits.passing).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440])
    expect(waits.missing).toEqual([60, 120, 240, 480, 960, 1440, 1440, 1440, 1440])
  })
})
