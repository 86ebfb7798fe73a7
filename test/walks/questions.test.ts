import { rewind, upcoming } from '@cme-commons/app'
import {
  type Actor,
  encodeAction,
  type Instant,
  overCard,
  overForm,
  type Press,
  plain,
  type Reply,
} from '@cme-commons/core'
import { addConferenceChannel, findMember, inTx, listDeliveries, putSpace, questionsAt } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { openChannel } from '../support/conference-people.ts'
import { conferenceWorld } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, moderator } from '../support/world.ts'

const MONDAY = '2027-03-15T15:00:00.000Z'
const CHANNEL = 'sacme-2027'
const person = (user: string): Actor => ({
  space: 'try',
  user,
  name: user.charAt(0).toUpperCase() + user.slice(1),
  zone: 'America/New_York',
})
const [ana, ben, cleo] = [person('ana'), person('ben'), person('cleo')]
const words = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')
const fits = (reply: Reply) =>
  expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])

describeEachDatabase((fresh) => {
  async function open({ channel = true, forum }: { channel?: boolean; forum?: string } = {}) {
    const db = await (await fresh()).open()
    const world = await conferenceWorld(db, MONDAY)
    const edition = { name: 'SACME 2027', zone: 'America/Chicago', place: 'A city', href: 'https://example.org/sacme' }
    await world.enter('plan.edition:sacme', { ...edition, days: '2027-03-14 to 2027-03-17' })
    if (channel) await inTx(db, (tx) => addConferenceChannel(tx, openChannel(CHANNEL, MONDAY, forum), (id) => id))
    const press = async (actor: Actor, act: Press, at?: Instant) => {
      const reply = await world.press(act, at, actor)
      fits(reply)
      return reply
    }
    const submit = async (actor: Actor, form: string, answers: Record<string, string>, at?: Instant) => {
      const reply = await world.submit(form, answers, at, actor)
      fits(reply)
      return reply
    }
    const ask = (actor: Actor, text: string, as = 'nobody') => submit(actor, 'ask:e1', { text, as })
    const told = (to: string) => world.sent.filter((one) => one.to === to).map(({ card }) => plain(card))
    return { ...world, db, press, submit, ask, told }
  }

  test('a question is asked in private, released by a moderator, and wanted by others, with one edit for many votes', async () => {
    const { db, press, submit, ask, told, tick, send, sent } = await open()
    const inChannel = { ...ana, channel: CHANNEL }
    expect(await press(inChannel, { do: 'ask', text: 'Who counts outcomes?' })).toMatchObject({
      ask: { id: 'ask:e1', fields: [{ name: 'text', value: 'Who counts outcomes?' }, { name: 'as' }] },
    })
    expect(await submit(ana, 'ask:e1', { text: ' ', as: 'name' })).toMatchObject({ refuse: 'bad-answer' })
    expect(words(await ask(ana, 'Who counts outcomes?'))).toContain('without your name')
    await ask(ben, 'Is there a recording?', 'name')
    await tick(MONDAY)
    expect(told('moderators')).toHaveLength(2)
    expect(told('moderators').join()).toContain('Ben')
    expect(told('moderators').join()).not.toContain('Ana')
    expect(await press(ana, { do: 'questions' })).toMatchObject({ refuse: 'moderators-only' })
    const queue = words(await press(moderator, { do: 'questions', edition: 'e1' }))
    expect(queue).toContain('1. waits: Who counts outcomes?')
    expect(queue).not.toContain('Ana')
    expect(words(await press(moderator, { do: 'questions.open', question: 'q1' }))).toContain('without a name')

    expect(words(await press(moderator, { do: 'questions.release', question: 'q1' }))).toContain('Released.')
    expect(words(await press(moderator, { do: 'questions.release', question: 'q1' }))).toContain('Released.')
    await send(MONDAY)
    expect(told(CHANNEL)).toEqual([expect.stringContaining('Who counts outcomes?')])
    expect(told('ana').at(-1)).toContain('Your question is in the channel')

    const vote = (actor: Actor, at: Instant) => press(actor, { do: 'questions.too', question: 'q1' }, at)
    expect(words(await vote(ben, '2027-03-15T15:00:03.000Z'))).toContain('Noted')
    expect(words(await vote(ben, '2027-03-15T15:00:04.000Z'))).toContain('You have said so already')
    expect(words(await vote(ana, '2027-03-15T15:00:04.000Z'))).toContain('You have said so already')
    await vote(cleo, '2027-03-15T15:00:09.000Z')
    await send('2027-03-15T15:00:11.000Z')
    expect(told(CHANNEL)).toHaveLength(1)
    await send('2027-03-15T15:00:12.000Z')
    expect(told(CHANNEL)).toHaveLength(2)
    expect(sent.at(-1)).toMatchObject({ to: CHANNEL, edited: true })
    expect(told(CHANNEL).at(-1)).toContain('2 more would like to know.')

    await press(moderator, { do: 'questions.release', question: 'q2' })
    const listed = words(await press(moderator, { do: 'questions', edition: 'e1' }))
    expect(listed.indexOf('outcomes')).toBeLessThan(listed.indexOf('recording'))
    await press(moderator, { do: 'questions.answered', question: 'q1' })
    await send('2027-03-15T15:01:00.000Z')
    expect(sent.filter(({ to, edited }) => to === CHANNEL && edited).at(-1)!.card.title).toBe('A question, answered')
    expect(words(await vote(moderator, '2027-03-15T15:02:00.000Z'))).toContain('You have said so already')
    // What is stored to be sent carries no words of a question.
    const { deliveries } = await listDeliveries(db.read, { space: 'try', limit: 100 })
    const channels = deliveries.filter(({ to }) => 'channel' in to)
    expect(JSON.stringify(channels)).not.toMatch(/outcomes|recording/)
  })

  test('a question is edited before it is released, or declined with a reason that the asker hears', async () => {
    const { press, submit, ask, told, send } = await open({ forum: 'questions-forum' })
    await ask(ana, 'whats up with credit??')
    await ask(ben, 'Buy our thing', 'name')
    expect(await press(moderator, { do: 'questions.edit', question: 'q1' })).toMatchObject({
      ask: { id: 'questions.edit:q1', fields: [{ value: 'whats up with credit??' }] },
    })
    expect(await submit(moderator, 'questions.edit:q1', { text: '' })).toMatchObject({ refuse: 'bad-answer' })
    await submit(moderator, 'questions.edit:q1', { text: 'How is credit claimed here?' })
    expect(await submit(ana, 'questions.decline:q2', { reason: 'No.' })).toMatchObject({ refuse: 'moderators-only' })
    await submit(moderator, 'questions.decline:q2', { reason: 'It is an advertisement.' })
    await send(MONDAY)
    expect(told('questions-forum')).toEqual([expect.stringContaining('How is credit claimed here?')])
    expect(told('ben').at(-1)).toContain('The moderators write: It is an advertisement.')
    expect(words(await press(moderator, { do: 'questions.release', question: 'q2' }))).toContain('Declined.')
    expect(await press(cleo, { do: 'questions.too', question: 'q2' })).toMatchObject({ refuse: 'gone' })
  })

  test('without a channel a question waits; five of one member wait at most', async () => {
    const { press, ask } = await open({ channel: false })
    for (let n = 1; n <= 5; n++) await ask(ana, `Question ${n}`)
    expect(await ask(ana, 'One more')).toMatchObject({ refuse: 'too-many' })
    expect(await press(moderator, { do: 'questions.release', question: 'q1' })).toMatchObject({ refuse: 'needs-first' })
    expect(words(await press(moderator, { do: 'questions.open', question: 'q1' }))).not.toContain('[Release]')
  })

  test('a disclosure reminder is shown in private, and said in the channel by a moderator alone', async () => {
    const { press, send, told } = await open()
    const card = words(await press(ana, { do: 'disclose' }))
    expect(card).toContain('financial relationships with ineligible companies')
    expect(card).toContain('This informs and judges nobody.')
    expect(card).not.toContain('Say it in this channel')
    const here = { ...moderator, channel: 'hall' }
    expect(words(await press(here, { do: 'disclose' }))).toContain('Say it in this channel')
    expect(await press({ ...ana, channel: 'hall' }, { do: 'disclose.post' })).toMatchObject({
      refuse: 'moderators-only',
    })
    await press(here, { do: 'disclose.post' })
    await send(MONDAY)
    expect(told('hall')).toEqual([expect.stringContaining('ineligible companies')])
  })

  test('the clock of the try-out goes back over what was asked and decided; another community sees nothing of it', async () => {
    const { db, press, ask, tick } = await open()
    await ask(ana, 'Before')
    await tick('2027-03-15T16:00:00.000Z')
    await press(moderator, { do: 'questions.release', question: 'q1' }, '2027-03-15T16:00:00.000Z')
    await ask(ben, 'After')
    expect(await upcoming(db.read, '2027-03-15T16:00:00.000Z', '2027-03-16T00:00:00.000Z', knowledge)).toContainEqual(
      expect.objectContaining({ what: 'question', to: [`channel:${CHANNEL}`] }),
    )
    const other = { id: 'other', platform: 'try', name: 'Other', zone: 'UTC', moderators: null, made_at: MONDAY }
    await inTx(db, (tx) => putSpace(tx, other))
    const stranger: Actor = { space: 'other', user: 'eve', name: 'Eve', moderator: true }
    expect(await press(stranger, { do: 'questions.open', question: 'q1' })).toMatchObject({ refuse: 'gone' })
    expect(await press(stranger, { do: 'questions', edition: 'e1' })).toMatchObject({ refuse: 'gone' })
    await inTx(db, (tx) => rewind(tx, MONDAY))
    expect(await questionsAt(db.read, 'e1')).toMatchObject([{ id: 'q1', state: 'open', decided_by: null }])
    expect(await findMember(db.read, 'try', 'ana')).toBeDefined()
  })
})
