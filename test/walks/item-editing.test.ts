import { keptDigest, leaveSpace, rewind } from '@cme-commons/app'
import { findItem, inTx, listItems, newsPage as publicPage } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiRoutes } from '../../server/src/api/routes.ts'
import { newsItem, newsPage } from '../../server/src/api/schemas.ts'
import { apiHouse } from '../support/api-house.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { editedNews, SUNDAY, words } from '../support/edited-news.ts'
import { tokenFor } from '../support/tokens.ts'
import { entry, moderator, sara, titleOf } from '../support/world.ts'

const MONDAY = '2026-11-23T13:00:00.000Z'
const NEXT_MONDAY = '2026-11-30T13:00:00.000Z'

describeEachDatabase((fresh) => {
  const started = (items?: number) => editedNews(fresh, items)
  const labels = { topic: 'standards-integrity', body: 'accme', region: 'us', tracks: [], action: '' }

  test('an item that moderators hide is in no list, search or digest of their community, is in others’, and comes back', async () => {
    const { world, edit, submit, ids, found, shown } = await started()
    expect(await edit({ do: 'item.hide', item: 'i3' }, SUNDAY, sara)).toMatchObject({ refuse: 'moderators-only' })
    expect(titleOf(await edit({ do: 'item.hide', item: 'i3' }))).toBe('Hide')
    expect(await submit('item.hide:i3', { why: ' ' })).toMatchObject({ refuse: 'bad-answer' })
    expect(words(await submit('item.hide:i3', { why: 'An advertisement' }))).toContain('Hidden here')
    expect(await ids('try')).toEqual(['i5', 'i4', 'i2', 'i1'])
    expect(await ids('other')).toEqual(['i5', 'i4', 'i3', 'i2', 'i1'])
    expect(await ids()).toEqual(['i5', 'i4', 'i3', 'i2', 'i1'])
    expect((await publicPage(world.db.read, { limit: 9 })).map(({ id }) => id)).toContain('i3')
    expect(await found('try')).toEqual([5, 4, 2])
    expect((await found('try', 'relevance')).toSorted()).toEqual([2, 4, 5])
    expect(await found('other')).toEqual([5, 4, 3, 2])
    expect(await world.press(sara, { do: 'news.item', item: 'i3' }, SUNDAY)).toMatchObject({ refuse: 'gone' })
    expect(words(await world.press(moderator, { do: 'news.why', item: 'i3' }, SUNDAY))).toMatch(
      /Mo hid it.*An advertisement/,
    )
    expect(await shown('try', MONDAY)).not.toContain('rule 2 of')
    expect(await shown('other', MONDAY)).toContain('rule 2 of')
    expect(words(await edit({ do: 'item.show', item: 'i3' }, MONDAY))).toContain('Shown again')
    expect(await ids('try')).toHaveLength(5)
    expect(words(await world.press(sara, { do: 'news.item', item: 'i3' }, MONDAY))).toContain('rule 2 of')
  })

  test('what is hidden after a digest was planned is not in it any more when it goes out', async () => {
    const { world, edit, shown } = await started(2)
    await world.plan(MONDAY)
    await edit({ do: 'item.hide', item: 'i2', why: 'Doubled' }, MONDAY)
    expect(await shown('try', MONDAY)).toMatch(/1 new item(?!s)[\s\S]*rule 2 of/)
    await edit({ do: 'item.hide', item: 'i3', why: 'Doubled' }, MONDAY)
    expect(await shown('try', MONDAY)).toContain('hid all that was in it')
    expect(await shown('other', MONDAY)).toContain('2 new items')
  })

  test('labels that moderators change choose digests and searches, follow the source elsewhere, and survive a new text', async () => {
    const { world, edit, submit, ids, found, shown } = await started()
    expect(titleOf(await edit({ do: 'item.relabel', item: 'i2' }))).toBe('Labels')
    expect(await submit('item.relabel:i2', { ...labels, topic: 'nonsense', action: 'soon' })).toMatchObject({
      fields: { topic: expect.any(String), action: expect.any(String) },
    })
    const said = { ...labels, topic: 'outcomes', tracks: ['academic'], action: '2027-03-15' }
    const card = words(await submit('item.relabel:i2', said))
    expect(card).toContain('by its source: Standards for Integrity and Independence')
    expect(card).toMatch(/Mo changed labels: topic Outcomes; /)
    const row = (space?: string) => findItem(world.db.read, 'i2', space)
    expect(await row('try')).toMatchObject({
      topic: 'outcomes',
      tracks: ',academic,',
      action: 1,
      action_date: '2027-03-15',
    })
    expect(await row('other')).toMatchObject({ topic: 'standards-integrity', action: 0 })
    expect(await found('try', 'newest', ['outcomes'])).toEqual([2])
    expect(await found('try', 'newest', ['standards-integrity'])).toEqual([5, 4, 3])
    expect(await found('other', 'newest', ['outcomes'])).toEqual([])
    expect((await listItems(world.db.read, { limit: 9, space: 'try', topic: 'outcomes' })).map(({ id }) => id)).toEqual(
      ['i2'],
    )
    await world.press(sara, { do: 'digest.mute', topic: 'outcomes' }, SUNDAY)
    expect(await shown('try', MONDAY)).not.toContain('rule 1 of')
    await world.publish(
      [entry(1, { text: 'EACCME asks European providers for outcomes. Everything here is new.' })],
      MONDAY,
    )
    expect(await row('try')).toMatchObject({
      topic: 'outcomes',
      text: expect.stringContaining('Everything here is new'),
    })
    // What is as its source has it again, follows the source again.
    await submit('item.relabel:i3', { ...labels, topic: 'outcomes' })
    await submit('item.relabel:i3', labels)
    expect((await findItem(world.db.read, 'i3', 'try'))?.edit).toMatchObject({ topic: null })
    expect(await ids('try')).toContain('i3')
  })

  test('what is off topic to the words is brought into the news of one community by its moderators', async () => {
    const { world, submit, found, shown } = await started(1)
    await world.publish([entry(9, { title: 'CME Group futures fall for the fourth standard time', text: '' })], SUNDAY)
    expect(await found('try')).toEqual([2])
    await submit('item.relabel:i3', labels)
    expect(await found('try')).toEqual([3, 2])
    expect((await listItems(world.db.read, { limit: 9, space: 'try' })).map(({ id }) => id)).toEqual(['i3', 'i2', 'i1'])
    expect(await shown('try', MONDAY)).toContain('CME Group futures')
    expect(await shown('other', MONDAY)).not.toContain('CME Group futures')
  })

  test('a summary by moderators is what their readers see; undone, the first sentences are back', async () => {
    const { world, edit, submit, shown } = await started(1)
    const summary = 'The short of it: disclose earlier.'
    await submit('item.summary:i2', { title: 'Disclose earlier', summary, why: 'Clearer' })
    const card = words(await world.press(sara, { do: 'news.item', item: 'i2' }, SUNDAY))
    expect(card).toContain(summary)
    expect(card).toContain('edited by the moderators')
    expect(card).not.toContain('Mo')
    expect(words(await world.press(moderator, { do: 'news.item', item: 'i2' }, SUNDAY))).toMatch(
      /Mo changed words.*why: Clearer/,
    )
    expect(await shown('try', MONDAY)).toMatch(/Disclose earlier[\s\S]*The short of it/)
    expect(await shown('other', MONDAY)).toContain('Relevant financial relationships')
    const history = words(await edit({ do: 'item.history' }))
    expect(history).toContain('ACCME explains rule 1')
    expect(words(await edit({ do: 'item.undo', change: '1' }))).toContain('Undone')
    expect((await findItem(world.db.read, 'i2', 'try'))?.title).toContain('ACCME explains')
    expect(words(await edit({ do: 'item.undo', change: '1' }))).toContain('already')
    expect(words(await edit({ do: 'item.undo', change: '2' }))).toContain('Undone')
    expect((await findItem(world.db.read, 'i2', 'try'))?.title).toBe('Disclose earlier')
    expect(await edit({ do: 'item.undo', change: '1' }, SUNDAY, { ...moderator, space: 'other' })).toMatchObject({
      refuse: 'gone',
    })
  })

  test('a pinned item stands first in the news and in each digest that comes, until its day is over, and brings none by itself', async () => {
    const { world, edit, submit, shown } = await started(2)
    expect(await submit('item.pin:i1', { until: 'soon' })).toMatchObject({ refuse: 'bad-answer' })
    expect(words(await edit({ do: 'item.pin', item: 'i1', until: '2026-11-30' }))).toContain('30 November 2026')
    expect(words(await world.say(sara, 'news', SUNDAY)).indexOf('a long time ago')).toBeLessThan(
      words(await world.say(sara, 'news', SUNDAY)).indexOf('rule 2'),
    )
    const first = (await shown('try', MONDAY))!
    expect(first).toMatch(/2 new items[\s\S]*PINNED BY THE MODERATORS[\s\S]*a long time ago[\s\S]*rule 1 of/)
    expect(await shown('other', MONDAY)).not.toContain('a long time ago')
    await inTx(world.db, (tx) => tx.updateTable('deliveries').set({ state: 'done', settled_at: MONDAY }).execute())
    const before = (await world.sent()).length
    await world.plan(NEXT_MONDAY)
    expect((await world.sent()).length).toBe(before)
    await edit({ do: 'item.pin', item: 'i1', until: '2026-12-06' }, NEXT_MONDAY)
    await world.publish([entry(7)], NEXT_MONDAY)
    expect(await shown('try', '2026-12-07T13:00:00.000Z')).not.toContain('a long time ago')
    expect(words(await edit({ do: 'item.unpin', item: 'i1' }, NEXT_MONDAY))).toContain('Unpinned')
  })

  test('two items that moderators merge are one, with the links of both; a split takes them apart', async () => {
    const { world, edit, submit, ids, shown } = await started(3)
    expect(words(await edit({ do: 'item.merge', item: 'i3' }))).toContain('rule 1 of')
    expect(await submit('item.merge:i3', { into: 'i77' })).toMatchObject({ refuse: 'bad-answer' })
    expect(words(await edit({ do: 'item.merge', item: 'i3', into: 'i2' }))).toContain('Shown here as the same story')
    expect(words(await submit('item.merge:i4', { into: 'https://example.org/news/2', why: 'Same' }))).toContain(
      'same story',
    )
    expect(await edit({ do: 'item.merge', item: 'i2', into: 'i4' })).toMatchObject({ refuse: 'bad-answer' })
    expect(await ids('try')).toEqual(['i2', 'i1'])
    const merged = (await findItem(world.db.read, 'i2', 'try'))!
    expect(merged.links.map(({ href }) => href)).toEqual([1, 2, 3].map((n) => `https://example.org/news/${n}`))
    expect(words(await world.press(sara, { do: 'news.item', item: 'i4' }, SUNDAY))).toContain('same story as this one')
    expect(await shown('try', MONDAY)).toContain('1 new item')
    expect(words(await edit({ do: 'item.split', item: 'i2' }))).toContain('rule 2 of')
    await edit({ do: 'item.split', item: 'i2', off: 'i3' })
    expect(await ids('try')).toEqual(['i3', 'i2', 'i1'])
  })

  test('what our own detection put together is split into an item of the community, and undone', async () => {
    const { world, edit, ids } = await started(1)
    const title = entry(1).title
    await world.publish([entry(50, { link: 'https://example.net/other' })], SUNDAY, 'second')
    expect(await world.publish([entry(51, { title, link: 'https://example.net/same' })], SUNDAY, 'second')).toBe(0)
    expect(words(await edit({ do: 'item.split', item: 'i2' }))).toContain('example.net/same')
    const card = await edit({ do: 'item.split', item: 'i2', off: 'second' })
    expect(words(card)).toContain('item of this community now')
    expect(await ids('try')).toEqual(['i4', 'i3', 'i2', 'i1'])
    expect(await ids('other')).toEqual(['i3', 'i2', 'i1'])
    const links = async () => (await findItem(world.db.read, 'i2', 'try'))!.links.map(({ source }) => source)
    expect(await links()).toEqual(['wire'])
    await world.publish([entry(51, { title, link: 'https://example.net/same' })], MONDAY, 'second')
    expect(await links()).toEqual(['wire'])
    await edit({ do: 'item.undo', change: '1' })
    expect(await links()).toEqual(['second', 'wire'])
    expect(await ids('try')).toEqual(['i3', 'i2', 'i1'])
  })

  test('a reason is added afterwards; an erased moderator leaves the change and not her name; the clock goes back', async () => {
    const { world, edit, submit, ids } = await started(1)
    await edit({ do: 'item.pin', item: 'i2', until: '14' }, SUNDAY)
    await edit({ do: 'item.hide', item: 'i2', why: 'Mistake' }, MONDAY)
    await submit('item.why:1', { why: 'Asked by the board' })
    expect(words(await edit({ do: 'item.history', item: 'i2' }))).toMatch(/Mo pinned it.*Asked by the board/)
    await inTx(world.db, (tx) => rewind(tx, '2026-11-23T00:00:00.000Z'))
    expect(await ids('try')).toContain('i2')
    expect((await findItem(world.db.read, 'i2', 'try'))?.edit?.pinned_until).toBe('2026-12-07T00:00:00.000Z')
    await world.press(moderator, { do: 'form.submit', form: 'my-data.erase', answers: { word: 'erase' } }, MONDAY)
    expect(
      words(await edit({ do: 'item.history', item: 'i2' }, MONDAY, { ...moderator, user: 'mia', name: 'Mia' })),
    ).toContain('a former member')
  })

  test('when the program is taken out of a community, what its moderators changed is forgotten', async () => {
    const { world, edit, submit, ids, found } = await started(2)
    await edit({ do: 'item.hide', item: 'i2', why: 'No news' })
    await submit('item.relabel:i3', { ...labels, topic: 'outcomes' })
    expect(await found('try')).toEqual([3])
    await inTx(world.db, (tx) => leaveSpace(tx, 'try', 'Removed.', MONDAY))
    expect(await ids('try')).toEqual(['i3', 'i2', 'i1'])
    expect(await found('try', 'newest', ['standards-integrity'])).toEqual([3, 2])
    expect(await world.db.read.selectFrom('item_history').selectAll().execute()).toEqual([])
  })

  test('a digest’s page shows what the community made of it', async () => {
    const { world, edit } = await started(2)
    await edit({ do: 'item.hide', item: 'i3', why: 'No news' })
    await world.plan(MONDAY)
    const digests = await world.db.read.selectFrom('digests').selectAll().execute()
    const own = digests.find(({ space }) => space === 'try')!
    expect((await keptDigest(world.db.read, own.id))!.items.map(({ id }) => id)).toEqual(['i2'])
    await edit({ do: 'item.show', item: 'i3' }, MONDAY)
    expect((await keptDigest(world.db.read, own.id))!.items.map(({ id }) => id)).toEqual(['i2'])
  })

  test('the API and the feeds out give everybody what the sources say, and to a token of the community what it made of that', async () => {
    const { world, edit, submit } = await started(3)
    await edit({ do: 'item.hide', item: 'i4', why: 'No news' })
    await edit({ do: 'item.merge', item: 'i3', into: 'i2' })
    await submit('item.summary:i2', { title: 'Disclose earlier', summary: 'The short of it.' })
    await submit('item.relabel:i2', { ...labels, topic: 'outcomes' })
    const app = apiRoutes(await apiHouse(world.db))
    const { headers } = await tokenFor(world.db, '2026-11-23T08:00:00.000Z', { scope: 'read' })
    const titles = async (query: string, init: RequestInit = {}) =>
      newsPage.parse(await (await app.request(`/v1/news${query}`, init)).json()).items.map(({ id }) => id)
    for (const search of ['', '?q=standards', '?q=standards&order=relevance']) {
      expect((await titles(search)).filter((id) => id !== 'i1').toSorted()).toEqual(['i2', 'i3', 'i4'])
      expect((await titles(search, { headers })).filter((id) => id !== 'i1')).toEqual(['i2'])
    }
    expect(await titles('?topic=outcomes')).toEqual([])
    expect(await titles('?topic=outcomes', { headers })).toEqual(['i2'])
    const one = await app.request('/v1/news/i2', { headers })
    expect(one.headers.get('cache-control')).toContain('private')
    expect(newsItem.parse(await one.json())).toMatchObject({
      title: 'Disclose earlier',
      text: 'The short of it.',
      topic: 'outcomes',
      sources: [{ link: 'https://example.org/news/1' }, { link: 'https://example.org/news/2' }],
    })
    expect((await app.request('/v1/news/i4', { headers })).status).toBe(404)
    expect((await app.request('/v1/news/i4')).status).toBe(200)
    expect(await (await app.request('/v1/news.atom', { headers })).text()).toContain('Disclose earlier')
    expect(await (await app.request('/v1/news.atom')).text()).not.toContain('Disclose earlier')
    expect((await app.request('/v1/news', { headers: { authorization: 'Bearer cme_nonsense' } })).status).toBe(401)
  })
})
