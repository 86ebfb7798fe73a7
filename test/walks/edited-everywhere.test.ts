import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { unpacker } from '@cme-commons/app'
import { type Actor, plain, type Reply } from '@cme-commons/core'
import { inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { makeApp } from '../../server/src/http.ts'
import { apiHouse, store } from '../support/api-house.ts'
import { boss, signedIn } from '../support/console-house.ts'
import { describeEachDatabase, freshSqlite, type TestDatabase } from '../support/databases.ts'
import { editedNews, SUNDAY, words } from '../support/edited-news.ts'
import { tokenFor } from '../support/tokens.ts'
import { knowledge, sara } from '../support/world.ts'

const MONDAY = '2026-11-23T13:00:00.000Z'
const CME = fileURLToPath(new URL('../../server/cme.js', import.meta.url))
const OURS = { title: 'Disclose it all earlier', summary: 'The short of it: tell who pays you.' }
const THEIRS = { title: 'ACCME explains rule 1 of', summary: 'Relevant financial relationships' }

async function edited(fresh: () => Promise<TestDatabase>) {
  const world = await editedNews(fresh, 2)
  await world.submit('item.summary:i2', OURS)
  return world
}

/** Of what was shown, whose words are in it. */
const voice = (shown: string): string[] => [
  ...(shown.includes(OURS.title) ? ['our title'] : []),
  ...(shown.includes(OURS.summary) ? ['our summary'] : []),
  ...(shown.includes(THEIRS.title) ? ['their title'] : []),
]

describeEachDatabase((fresh) => {
  test('in chat, a community has the words of its moderators everywhere, and another one those of the source', async () => {
    const { world, shown, there } = await edited(fresh)
    const suggest = { href: 'https://example.org/news/1', title: 'A page', why: 'Figures' }
    const asked: [what: string, ask: (who: Actor) => Promise<Reply>][] = [
      ['news', (who) => world.say(who, 'news', SUNDAY)],
      ['search', (who) => world.say(who, 'search "rule 1"', SUNDAY)],
      ['item', (who) => world.press(who, { do: 'news.item', item: 'i2' }, SUNDAY)],
      ['preview', (who) => world.say(who, 'digest preview', SUNDAY)],
      ['why', (who) => world.press(who, { do: 'news.why', item: 'i2' }, SUNDAY)],
      ['suggest', (who) => world.press(who, { do: 'form.submit', form: 'suggest', answers: suggest }, SUNDAY)],
    ]
    const titleAlone = ['why', 'suggest']
    for (const [what, ask] of asked) {
      const ours = ['our title', ...(titleAlone.includes(what) ? [] : ['our summary'])]
      expect([what, voice(words(await ask(sara)))]).toEqual([what, ours])
      expect([what, voice(words(await ask(there)))]).toEqual([what, ['their title']])
    }
    expect(words(await world.say(sara, 'search disclose', SUNDAY))).toContain(OURS.title)
    expect(words(await world.say(there, 'search disclose', SUNDAY))).not.toContain('i2')
    expect(voice((await shown('try', MONDAY))!)).toEqual(['our title', 'our summary'])
    expect(voice((await shown('other', MONDAY))!)).toEqual(['their title'])
  })

  test('who suggests what the moderators hid hears that they took it out; elsewhere it is in the news', async () => {
    const { world, edit, there } = await edited(fresh)
    await edit({ do: 'item.hide', item: 'i2', why: 'No news' })
    const suggest = (who: Actor) => {
      const answers = { href: 'https://example.org/news/1', title: 'A page', why: 'Figures' }
      return world.press(who, { do: 'form.submit', form: 'suggest', answers }, SUNDAY)
    }
    expect(await suggest(sara)).toMatchObject({ refuse: 'gone' })
    expect(await suggest(there)).toMatchObject({ refuse: 'already-there' })
  })

  test('a digest that goes to many has, for who is later, what moderators said in between', async () => {
    const { world, edit, submit } = await edited(fresh)
    await world.plan(MONDAY)
    const unpack = unpacker(knowledge)
    const [row] = (await world.sent()).filter(({ effect }) => effect.kind === 'digest')
    const card = async (user: string) => {
      const to = { space: 'try', user }
      const work = await inTx(world.db, (tx) => unpack(tx, { effect: row!.effect, to, made: MONDAY }, MONDAY))
      return 'card' in work ? plain(work.card) : JSON.stringify(work)
    }
    expect(voice(await card('sara'))).toEqual(['our title', 'our summary'])
    await submit('item.summary:i2', { title: 'Another title', summary: '' }, MONDAY)
    expect(await card('sam')).toContain('Another title')
    expect(voice(await card('sam'))).toEqual([])
    await edit({ do: 'item.hide', item: 'i2', why: 'No news' }, MONDAY)
    expect(await card('sue')).not.toContain('Another title')
    await edit({ do: 'item.show', item: 'i2' }, MONDAY)
    expect(await card('sid')).toContain('Another title')
  })

  test('pages, feeds out and the API have the words of the source; with a token, and for its own digest, those of the moderators', async () => {
    const { world } = await edited(fresh)
    await world.plan(MONDAY)
    const app = makeApp(await apiHouse(world.db))
    const { headers } = await tokenFor(world.db, SUNDAY, { scope: 'read' })
    const read = async (path: string, init: RequestInit = {}) => {
      const answer = await app.request(path, init)
      return answer.status === 200 ? voice(await answer.text()) : [answer.status]
    }
    const feeds = [
      '/v1/news',
      '/v1/news/i2',
      '/v1/news.json',
      '/v1/news.atom',
      '/v1/news?q=rule',
      '/v1/news.atom?q=rule',
    ]
    for (const path of feeds) {
      expect([path, await read(path)]).toEqual([path, ['their title']])
      expect([path, await read(path, { headers })]).toEqual([path, ['our title', 'our summary']])
    }
    for (const path of ['/', '/news', '/news/i2', '/news?q=rule', '/embed/news'])
      for (const init of [{}, { headers }]) expect([path, await read(path, init)]).toEqual([path, ['their title']])
    for (const path of ['/news?q=disclose', '/v1/news?q=disclose', '/v1/news?q=dis*&order=relevance'])
      expect([path, await read(path)]).toEqual([path, []])
    expect(await read('/v1/news?q=dis*&order=relevance', { headers })).toEqual(['our title', 'our summary'])
    const digests = await world.db.read.selectFrom('digests').select(['id', 'space']).execute()
    for (const { id, space } of digests) {
      const ours = space === 'try'
      expect([space, await read(`/digests/${id}`)]).toEqual([
        space,
        ours ? ['our title', 'our summary'] : ['their title'],
      ])
      expect([space, await read(`/v1/digests/${id}`)]).toEqual([space, ours ? ['our title'] : ['their title']])
    }
    expect(digests.map(({ space }) => space).toSorted()).toEqual([null, 'try'])
  })
})

test('the command line has the words of the source, and with --space those of its moderators', async () => {
  let url = ''
  await edited(async () => {
    const made = await freshSqlite()
    url = made.url
    return made
  })
  const cme = (...args: string[]) => {
    const env = { PATH: process.env.PATH, DATABASE_URL: url }
    const { stdout, stderr, status } = spawnSync(process.execPath, [CME, ...args], { encoding: 'utf8', env })
    expect([status, stderr]).toEqual([0, ''])
    return voice(stdout)
  }
  for (const args of [
    ['news', 'search', 'rule 1'],
    ['digest', 'preview', '--since', '2026-11-01'],
    ['news', 'explain', 'i2'],
  ]) {
    expect([args, cme(...args, '--space', 'try')]).toEqual([args, ['our title', 'our summary']])
    expect([args, cme(...args, '--space', 'other')]).toEqual([args, ['their title']])
  }
  expect(cme('news', 'search', 'rule 1')).toEqual(['their title'])
  expect(cme('news', 'search', 'disclose')).toEqual([])
  expect(cme('news', 'search', 'disclose', '--space', 'try')).toEqual(['our title', 'our summary'])
})

test('the console has an edited item as its community does, also where it is looked for', async () => {
  const { db, house, mo } = await signedIn()
  const [item] = await store(db, [{ title: `${THEIRS.title} the Standards`, text: `${THEIRS.summary} count.` }])
  await house.perform(boss, { do: 'form.submit', form: `item.summary:${item}`, answers: { ...OURS, why: '' } })
  for (const path of ['/console/items', '/console/items?q=rule', '/console/items?q=disclose'])
    expect([path, voice((await mo.ask(path)).html)]).toEqual([path, ['our title']])
  expect(voice((await mo.ask(`/console/item?id=${item}`)).html)).toContain('our summary')
})
