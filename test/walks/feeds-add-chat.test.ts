import { type Action, encodeAction, overCard, overForm, type Press, plain, type Reply } from '@cme-commons/core'
import { auditLines, findSource, inTx, listItems, putSpace } from '@cme-commons/db'
import { createReader, type ReaderOptions } from '@cme-commons/feeds'
import { lookAtOffers, makeLog, type Polling, pollDue, startLooking } from '@cme-commons/server'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { type Answer, feedOf, newsSite } from '../support/news-site.ts'
import { knowledge, moderator, sara, titleOf, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T12:00:00.000Z'
const lookup: NonNullable<ReaderOptions['lookup']> = (_host, _options, done) =>
  done(null, [{ address: '127.0.0.1', family: 4 }])
const reader = createReader({ userAgent: 'test', allow: ['127.0.0.0/8'], lookup })
const guarded = createReader({ userAgent: 'test', lookup })
afterAll(() => Promise.all([reader.close(), guarded.close()]))

const words = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')
const link = (href: string) => `<link rel="alternate" type="application/rss+xml" href="${href}">`
const call = {
  id: '1',
  title: 'Call for comment on CME accreditation criteria',
  link: 'https://society.example/1',
  at: NOW,
}
const answers: Record<string, Answer> = {
  '/': { body: `<html><head>${link('/feed')}</head></html>` },
  '/both': { body: `<html><head>${link('/feed')}${link('/other')}</head></html>` },
  '/feed': { body: feedOf([call]) },
  '/other': { body: feedOf([{ id: 'o', title: 'Another' }]) },
}

describeEachDatabase((fresh) => {
  async function started() {
    const db = await (await fresh()).open()
    const world = await worldOn(db, NOW)
    const site = await newsSite((path) => answers[path] ?? { status: 404 })
    onTestFinished(() => site.close())
    const url = site.url.replace('127.0.0.1', 'news.society.example')
    const polling: Polling = { db, content: knowledge, reader, wake: async () => {}, log: makeLog('silent') }
    const press = async (action: Action, who = moderator): Promise<Reply> => {
      const reply = await world.press(who, action, NOW)
      expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual(
        [],
      )
      return reply
    }
    /** The private cards that came of looking. */
    const told = async () =>
      (await world.sent()).flatMap(({ effect, to }) =>
        effect.kind === 'message' && 'user' in to && to.user === 'mo' ? [effect.card] : [],
      )
    return { world, db, site, url, polling, press, told }
  }

  test('a moderator names an address in chat, hears at once, gets in private what is there, and stores it silently by a press', async () => {
    const { world, db, site, url, polling, press, told } = await started()
    const id = `news-society-example-${new URL(url).port}`
    expect(await world.say(sara, `feeds add ${url}/`, NOW)).toMatchObject({ refuse: 'moderators-only' })
    expect(titleOf(await world.say(moderator, 'feeds add', NOW))).toBe('Add a source of news')
    expect(await press({ do: 'form.submit', form: 'sources.add', answers: { url: 'http://10.0.0.1/' } })).toMatchObject(
      {
        fields: { url: expect.any(String) },
      },
    )
    expect(words(await world.say(moderator, `feeds add ${url}/`, NOW))).toContain('in a moment')
    expect(site.asked).toEqual([])
    expect(await lookAtOffers(polling, NOW)).toBe(1)
    expect(await lookAtOffers(polling, NOW)).toBe(0)
    const [card, ...more] = await told()
    expect(more).toEqual([])
    expect(plain(card!)).toMatch(/A feed: Made-up society[\s\S]*1 item[\s\S]*Call for comment.*stored, not sent/)
    expect(await findSource(db.read, id)).toBeUndefined()
    const take = card!.buttons!.find(({ label }) => label === 'Add it') as { act: Press }
    expect(words(await press(take.act))).toContain('Added: Made-up society')
    expect(await press(take.act)).toMatchObject({ refuse: 'gone' })
    expect(await findSource(db.read, id)).toMatchObject({ enabled: 1, url: `${url}/feed` })
    expect(await auditLines(db.read, { space: 'try' })).toMatchObject([{ what: 'source.added' }])
    await inTx(db, (tx) => tx.updateTable('sources').set({ enabled: 0 }).where('id', '<>', id).execute())
    await pollDue(polling, NOW)
    expect(await listItems(db.read, { limit: 5 })).toMatchObject([{ title: call.title, old: 1 }])
    expect(await world.say(moderator, `feeds add ${url}/feed`, NOW)).toMatchObject({ refuse: 'already-there' })
    // Where other communities share the sources, none of them adds one for all.
    const other = { id: 'T2', platform: 'slack', name: 'Other', zone: 'UTC', moderators: null, made_at: NOW }
    await inTx(db, (tx) => putSpace(tx, other))
    expect(titleOf(await world.say(moderator, 'feeds add', NOW))).toBe('Your operator looks after the sources')
  })

  test('several feeds are a choice, none is explained, and what is left is forgotten', async () => {
    const { world, db, url, polling, press, told } = await started()
    await world.say(moderator, `sources add ${url}/both`, NOW)
    await lookAtOffers(polling, NOW)
    const choice = (await told())[0]!
    expect(plain(choice)).toContain('2 feeds are there')
    const second = choice.buttons![1] as { act: Press }
    expect(second.act).toMatchObject({ do: 'sources.take', at: 1 })
    await press({ ...second.act, do: 'sources.leave' } as Press)
    expect(await press(second.act)).toMatchObject({ refuse: 'gone' })
    await world.say(moderator, `sources add ${url.replace(/:\d+$/, ':1')}/nothing`, NOW)
    await lookAtOffers(polling, NOW)
    expect(plain((await told()).find(({ title }) => title.startsWith('No feed'))!)).toContain('No feed was found there')
    expect(await db.read.selectFrom('sources').select('id').where('reason', 'like', 'added by%').execute()).toEqual([])
  })

  test('who asks while the program runs is told seconds later', async () => {
    const { world, url, polling, told } = await started()
    const looker = startLooking(polling, () => NOW)
    onTestFinished(() => looker.stop())
    await world.say(moderator, `feeds add ${url}/`, NOW)
    await vi.waitFor(async () => expect(await told()).toHaveLength(1), { timeout: 30_000, interval: 100 })
    expect(plain((await told())[0]!)).toContain('A feed: Made-up society')
  })

  test('an address that leads into the operator’s own network is not read', async () => {
    const { world, url, site, polling, told } = await started()
    await world.say(moderator, `feeds add ${url}/`, NOW)
    await lookAtOffers({ ...polling, reader: guarded }, NOW)
    expect(site.asked).toEqual([])
    expect((await told()).map(({ title }) => title)).toEqual(['No feed was found there'])
  })
})
