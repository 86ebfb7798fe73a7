import { keptDigest, leaveSpace, upcoming } from '@cme-commons/app'
import {
  type Action,
  type Actor,
  encodeAction,
  overCard,
  overForm,
  type Press,
  plain,
  type Reply,
} from '@cme-commons/core'
import { type Db, inTx, listItems, newsPage, putSpace, suggestionById } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { entry, knowledge, moderator, sara, worldOn } from '../support/world.ts'

const SUNDAY = '2026-11-22T15:00:00.000Z'
const MONDAY_8 = '2026-11-23T13:00:00.000Z'
const NEXT_MONDAY_8 = '2026-11-30T13:00:00.000Z'
const OTHER = { id: 'other', platform: 'try', name: 'Other', zone: 'UTC', moderators: 'channel:theirs' }
const eve: Actor = { space: 'other', user: 'eve', name: 'Eve', zone: 'America/New_York' }
const page = {
  href: 'https://www.society.example/rules?utm_source=mail',
  title: 'ACCME revises the Standards for Integrity and Independence',
  why: 'Our disclosure form changes.',
}

const fits = (reply: Reply) =>
  expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])
const words = (reply: Reply): string => ('ask' in reply ? reply.ask.title : plain(reply.say))

describeEachDatabase((fresh) => {
  const open = async () => {
    const db = await (await fresh()).open()
    const world = await worldOn(db, SUNDAY)
    await inTx(db, (tx) => putSpace(tx, { ...OTHER, made_at: SUNDAY }))
    const press = async (actor: Actor, action: Action, now = SUNDAY) => {
      const reply = await world.press(actor, action, now)
      fits(reply)
      return reply
    }
    const suggest = (actor: Actor, answers: Partial<typeof page> = {}, now = SUNDAY) =>
      press(actor, { do: 'form.submit', form: 'suggest', answers: { ...page, ...answers } }, now)
    const approve = (suggestion = 'sug1', now = SUNDAY) =>
      press(moderator, { do: 'suggestions.approve', suggestion }, now)
    const told = async (to: { user: string } | { channel: string }) =>
      (await world.sent())
        .filter((delivery) => expect.objectContaining(to).asymmetricMatch(delivery.to))
        .flatMap(({ effect }) => (effect.kind === 'message' ? [plain(effect.card)] : []))
    const titles = async (db: Db, space?: string) =>
      (await listItems(db.read, { limit: 50, space })).map(({ title }) => title)
    return { db, world, press, suggest, approve, told, titles }
  }

  test('the link of a message is filled in, and nothing else of it', async () => {
    const { press } = await open()
    const text = 'Confidential: budget is 5. See <https://www.society.example/rules|rules>, and https://b.example'
    const form = await press(sara, { do: 'suggest', text })
    expect(form).toMatchObject({
      ask: { id: 'suggest', fields: [{ name: 'href', value: 'https://www.society.example/rules' }, {}, {}] },
    })
    expect(JSON.stringify(form)).not.toContain('budget')
    expect(await press(sara, { do: 'suggest', text: 'no link here' })).toMatchObject({
      ask: { fields: [{ value: '' }, {}, {}] },
    })
  })

  test('a suggestion goes before the moderators, is approved, comes with the digest, and the member hears', async () => {
    const { db, world, press, suggest, approve, told, titles } = await open()
    await world.say(sara, 'digest start', SUNDAY)
    expect(words(await suggest(sara))).toContain('The moderators decide')
    expect(await told({ channel: 'moderators' })).toEqual([expect.stringContaining('Sara: ACCME revises')])
    expect(await world.say(sara, 'suggestions', SUNDAY)).toMatchObject({ refuse: 'moderators-only' })
    expect(words(await world.say(moderator, 'suggestions', SUNDAY))).toContain('One suggestion waits')
    const opened = await press(moderator, { do: 'suggestions.open', suggestion: 'sug1' })
    expect(words(opened)).toContain('Our disclosure form changes.')
    expect(words(opened)).toContain('Topic: Standards for Integrity and Independence')
    await approve()
    expect(words(await approve())).toContain('Approved.')
    expect(await told({ user: 'sara' })).toEqual([expect.stringContaining('Your suggestion was approved')])
    expect(await titles(db, 'try')).toEqual([page.title])
    expect(words(await world.say(sara, 'news', SUNDAY))).toContain('Suggested in this community')
    const item = (await suggestionById(db.read, 'sug1'))!.item!
    expect(JSON.stringify(await press(sara, { do: 'news.item', item }))).not.toContain('disclosure form')
    expect(await upcoming(db.read, SUNDAY, MONDAY_8, knowledge)).toContainEqual(
      expect.objectContaining({ what: 'digest', items: 1 }),
    )
    await world.plan(MONDAY_8)
    const digest = (await world.sent()).find(({ effect }) => effect.kind === 'digest')!
    const kept = await keptDigest(db.read, digest.effect.kind === 'digest' ? digest.effect.digest : '')
    expect(kept!.items).toMatchObject([{ title: page.title, topic: 'standards-integrity' }])
  })

  test('no other community sees it, nor the pages and the API for everybody', async () => {
    const { db, world, press, suggest, approve, titles } = await open()
    await world.say(sara, 'digest start', SUNDAY)
    await world.say(eve, 'digest start', SUNDAY)
    await suggest(sara)
    await approve()
    const { item } = (await suggestionById(db.read, 'sug1'))!
    expect(await titles(db)).toEqual([])
    expect(await titles(db, 'other')).toEqual([])
    expect(await newsPage(db.read, { limit: 10 })).toEqual([])
    expect(await press(eve, { do: 'news.item', item: item! })).toMatchObject({ refuse: 'gone' })
    expect(words(await press(eve, { do: 'news' }))).toContain('Nothing here yet')
    expect(await press({ ...eve, moderator: true }, { do: 'suggestions.open', suggestion: 'sug1' })).toMatchObject({
      refuse: 'gone',
    })
    await world.plan(MONDAY_8)
    expect((await world.sent()).filter(({ effect }) => effect.kind === 'digest')).toHaveLength(1)
    expect(await upcomingOf(db, 'other')).toEqual([])
  })

  const upcomingOf = async (db: Db, space: string) =>
    (await upcoming(db.read, MONDAY_8, NEXT_MONDAY_8, knowledge)).filter((one) => one.space === space && one.items)

  test('what a source brings later is news elsewhere, and not a second time where it was suggested', async () => {
    const { db, world, suggest, approve } = await open()
    await world.publish([], SUNDAY)
    await world.say(sara, 'digest start', SUNDAY)
    await world.say(eve, 'digest start', SUNDAY)
    await suggest(sara)
    await approve()
    await world.plan(MONDAY_8)
    const later = '2026-11-24T15:00:00.000Z'
    expect(await world.publish([entry(7, { link: 'https://society.example/rules', published: later })], later)).toBe(1)
    expect((await upcomingOf(db, 'other')).map(({ items }) => items)).toEqual([1])
    expect(await upcomingOf(db, 'try')).toEqual([])
    await world.plan(NEXT_MONDAY_8)
    const digests = (await world.sent()).flatMap(({ effect }) => (effect.kind === 'digest' ? [effect.digest] : []))
    for (const digest of digests)
      expect((await keptDigest(db.read, digest))!.items.map(({ title }) => title)).toEqual([page.title])
  })

  test('what is known is told at once: in the news, or waiting already, pressed twice too', async () => {
    const { world, suggest, press } = await open()
    await world.publish([], SUNDAY)
    await world.publish([entry(1)], SUNDAY)
    const known = await suggest(sara, { href: 'http://example.org/news/1/#part' })
    expect(known).toMatchObject({ refuse: 'already-there', say: { title: 'It is in the news already' } })
    await suggest(sara)
    expect(await suggest(sara)).toMatchObject({ refuse: 'already-there', say: { title: 'It was suggested already' } })
    expect(await suggest({ ...sara, user: 'ines' })).toMatchObject({ refuse: 'already-there' })
    expect(words(await press(moderator, { do: 'suggestions' }))).toContain('One suggestion waits')
  })

  test('a hostile or private address is refused at its field, and control characters are gone from words', async () => {
    const { db, suggest } = await open()
    for (const href of ['javascript:alert(1)', 'http://10.0.0.1/x', 'https://a.slack.com/archives/C1/p1', ''])
      expect(await suggest(sara, { href })).toMatchObject({ refuse: 'bad-answer', fields: { href: expect.anything() } })
    expect(await suggest(sara, { title: ' \u202e ', why: '' })).toMatchObject({
      fields: { title: expect.anything(), why: expect.anything() },
    })
    await suggest(sara, { title: 'A\u202e\u0000 title\n<!channel>' })
    expect((await suggestionById(db.read, 'sug1'))!.title).toBe('A title <!channel>')
  })

  test('a member has five open at a time, each in her own community', async () => {
    const { press, suggest } = await open()
    for (let n = 1; n <= 5; n++) await suggest(sara, { href: `https://society.example/${n}` })
    expect(await suggest(sara, { href: 'https://society.example/6' })).toMatchObject({ refuse: 'too-many' })
    expect(await suggest(eve, { href: 'https://society.example/6' })).toMatchObject({ private: true })
    await press(moderator, {
      do: 'form.submit',
      form: 'suggestions.decline:sug3',
      answers: { reason: 'We had this in spring.' },
    })
    expect(await suggest(sara, { href: 'https://society.example/6' })).toMatchObject({ private: true })
  })

  test('a decline needs a reason, and the member gets it; the page may be suggested again', async () => {
    const { press, suggest, told, titles, db } = await open()
    await suggest(sara)
    expect(await press(moderator, { do: 'suggestions.decline', suggestion: 'sug1' })).toMatchObject({
      ask: { id: 'suggestions.decline:sug1' },
    })
    const decline = (reason: string) =>
      press(moderator, { do: 'form.submit', form: 'suggestions.decline:sug1', answers: { reason } })
    expect(await decline(' ')).toMatchObject({ fields: { reason: expect.anything() } })
    await decline('We had this in spring.')
    expect(words(await decline('Another reason'))).toContain('We had this in spring.')
    expect(await told({ user: 'sara' })).toEqual([expect.stringContaining('We had this in spring.')])
    expect(await titles(db, 'try')).toEqual([])
    expect(await suggest(sara)).toMatchObject({ private: true })
  })

  test('a moderator’s own title, summary and topic are what is published', async () => {
    const { db, press, suggest } = await open()
    await suggest(sara, { title: 'READ THIS NOW', why: 'secret' })
    const form = await press(moderator, { do: 'suggestions.edit', suggestion: 'sug1' })
    expect(form).toMatchObject({ ask: { fields: [{ value: 'READ THIS NOW' }, {}, { value: 'auto' }] } })
    const submit = (answers: Record<string, string>) =>
      press(moderator, { do: 'form.submit', form: 'suggestions.edit:sug1', answers })
    expect(await submit({ title: '', topic: 'off-topic' })).toMatchObject({
      fields: { title: expect.anything(), topic: expect.anything() },
    })
    await submit({ title: 'A meeting in Graz', summary: 'What it brings.', topic: 'workforce-awards' })
    const [item] = await listItems(db.read, { limit: 5, space: 'try' })
    expect(item).toMatchObject({ title: 'A meeting in Graz', text: 'What it brings.', topic: 'workforce-awards' })
    const card = words(await press(sara, { do: 'news.item', item: item!.id }))
    expect(card).toContain('Topic: People, careers and awards (by a moderator)')
    expect(card).not.toMatch(/READ THIS|secret/)
  })

  test('two moderators at the same moment: one decides, the other sees what was decided, the member hears once', async () => {
    const { db, world, suggest, told, titles } = await open()
    await suggest(sara)
    const other = { ...moderator, user: 'max', name: 'Max' }
    await Promise.all([world.say(moderator, 'home', SUNDAY), world.say(other, 'home', SUNDAY)])
    const replies = await Promise.all([
      world.press(moderator, { do: 'suggestions.approve', suggestion: 'sug1' }, SUNDAY),
      world.press(
        other,
        { do: 'form.submit', form: 'suggestions.decline:sug1', answers: { reason: 'Not for us.' } },
        SUNDAY,
      ),
    ])
    const row = (await suggestionById(db.read, 'sug1'))!
    const said = row.state === 'approved' ? 'Approved.' : 'Declined.'
    for (const reply of replies) expect(words(reply)).toContain(said)
    expect(await told({ user: 'sara' })).toHaveLength(1)
    expect(await titles(db, 'try')).toHaveLength(row.state === 'approved' ? 1 : 0)
  })

  test('a page that a source brought meanwhile is not made news again by approving it', async () => {
    const { db, world, suggest, approve, titles } = await open()
    await world.publish([], SUNDAY)
    await suggest(sara)
    await world.publish([entry(7, { link: 'https://society.example/rules' })], SUNDAY)
    await approve()
    expect(await titles(db, 'try')).toEqual([entry(7).title])
    expect((await suggestionById(db.read, 'sug1'))!.item).toBe('i1')
  })

  test('words of another field are no news by themselves; a moderator who approves makes them news', async () => {
    const { db, suggest, approve } = await open()
    await suggest(sara, { title: 'CME Group futures exchange settles bitcoin contracts' })
    await approve()
    const [item] = await listItems(db.read, { limit: 5, space: 'try' })
    expect(item).toMatchObject({ topic: knowledge.signals.otherwise })
  })

  test('a community that is left takes its suggestions with it', async () => {
    const { db, suggest, press } = await open()
    await suggest(sara)
    await inTx(db, (tx) => leaveSpace(tx, 'try', 'removed', SUNDAY))
    expect(await press(moderator, { do: 'suggestions.open', suggestion: 'sug1' })).toMatchObject({ refuse: 'gone' })
  })
})
