import { keepsakeOf, rewind, upcoming } from '@cme-commons/app'
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
import { addConferenceChannel, inTx, recapOf, starsAt } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { markdownOf } from '../../server/src/documents/markdown.ts'
import { openChannel } from '../support/conference-people.ts'
import { conferenceWorld } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, moderator, sara } from '../support/world.ts'

/** The second day of a meeting that ends on the seventeenth, in Chicago. */
const DURING = '2027-03-15T15:00:00.000Z'
const OFFERED = '2027-03-18T15:00:00.000Z'
const CHANNEL = 'sacme-2027'
const words = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')
const fits = (reply: Reply) =>
  expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])
const long = 'word '.repeat(200)

describeEachDatabase((fresh) => {
  async function open() {
    const db = await (await fresh()).open()
    const world = await conferenceWorld(db, DURING)
    const edition = { name: 'SACME 2027', zone: 'America/Chicago', place: 'A city', href: 'https://example.org/sacme' }
    await world.enter('plan.edition:sacme', { ...edition, days: '2027-03-14 to 2027-03-17' })
    const session = { title: 'What a gap is', when: '2027-03-16 09:00 to 10:00', place: 'Hall A', status: 'confirmed' }
    await world.enter('plan.session:e1', { ...session, source: 'https://example.org/programme' })
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
    const withChannel = () => inTx(db, (tx) => addConferenceChannel(tx, openChannel(CHANNEL, DURING), (id) => id))
    const told = (to: string) => world.sent.filter((one) => one.to === to).map(({ at, card }) => `${at} ${card.title}`)
    return { ...world, db, press, submit, withChannel, told }
  }

  test('what moderators starred becomes a draft after the end, is edited and posted by a person, once', async () => {
    const { db, press, submit, withChannel, until, told, sent, send } = await open()
    await withChannel()
    await submit(sara, 'ask:e1', { text: 'Is there a recording?', as: 'nobody' })
    await press(moderator, { do: 'questions.release', question: 'q1' })
    expect(await press(sara, { do: 'recap.star', question: 'q1' })).toMatchObject({ refuse: 'moderators-only' })
    await press(moderator, { do: 'recap.star', question: 'q1' })
    await press(moderator, { do: 'recap.star', question: 'q1' })
    expect(words(await press(moderator, { do: 'questions', edition: 'e1' }))).toContain('released, starred: Is there')
    const message = { text: 'Slides of the keynote: https://example.org/slides', author: 'Ines' }
    expect(await press(moderator, { do: 'recap.star', ...message })).toMatchObject({
      ask: {
        id: 'recap.star:e1',
        fields: [{ value: 'Slides of the keynote:' }, { value: 'https://example.org/slides' }, { value: 'Ines' }],
      },
    })
    const starred = { text: 'Slides of the keynote', link: 'https://example.org/slides', author: 'Ines' }
    expect(await submit(moderator, 'recap.star:e1', { ...starred, link: 'nowhere' })).toMatchObject({
      refuse: 'bad-answer',
    })
    await submit(moderator, 'recap.star:e1', starred)
    await submit(moderator, 'recap.star:e1', { ...starred, text: 'Not this one' })
    const [, , wrong] = await starsAt(db.read, 'e1')
    await press(moderator, { do: 'recap.unstar', star: wrong!.id })
    expect(await upcoming(db.read, DURING, '2027-03-20T00:00:00.000Z', knowledge)).toContainEqual(
      expect.objectContaining({ at: OFFERED, what: 'recap-offer', to: ['channel:moderators'] }),
    )
    expect(words(await press(moderator, { do: 'recap', edition: 'e1' }))).toContain('The meeting is not over yet')
    await until('2027-03-19T00:00:00.000Z')
    expect(told('moderators').at(-1)).toBe(`${OFFERED} SACME 2027 is over: a recap?`)
    expect(sent.filter(({ to, card }) => to === CHANNEL && card.title.startsWith('Recap'))).toEqual([])

    expect(await press(sara, { do: 'recap', edition: 'e1' })).toMatchObject({ refuse: 'moderators-only' })
    const draft = words(await press(moderator, { do: 'recap' }))
    expect(draft).toContain('Nobody has seen it yet.')
    expect(draft).toContain('Slides of the keynote (Ines)')
    expect(draft).toContain('What a gap is')
    expect(draft).not.toMatch(/Not this one|not over yet/)
    expect(await press(moderator, { do: 'recap.form', edition: 'e1' })).toMatchObject({
      ask: { id: 'recap:e1', fields: [{ value: 'What is worth keeping of SACME 2027:' }, {}, {}, {}, {}] },
    })
    const edited = {
      opening: 'Thank you all.',
      starred: '- Slides: https://example.org/slides',
      questions: '',
      sessions: '',
      numbers: '',
    }
    expect(words(await submit(moderator, 'recap:e1', edited))).toContain('Thank you all.')
    expect(words(await press(moderator, { do: 'recap.post', edition: 'e1' }))).toContain('Posted')
    expect(words(await press(moderator, { do: 'recap.post', edition: 'e1' }))).toContain('Posted')
    expect(words(await submit(moderator, 'recap:e1', { ...edited, opening: 'Later' }))).not.toContain('Later')
    await send('2027-03-19T00:01:00.000Z')
    const posted = sent.filter(({ to, card }) => to === CHANNEL && card.title.startsWith('Recap'))
    expect(posted.map(({ card }) => plain(card))).toEqual([
      expect.stringContaining('Slides: https://example.org/slides'),
    ])
    await until('2027-04-10T00:00:00.000Z')
    expect(told('moderators').filter((title) => title.includes('a recap?'))).toHaveLength(1)

    const keepsake = words(await press(sara, { do: 'keepsake', edition: 'e1' }))
    expect(keepsake).toContain('Is there a recording?')
    const file = (await keepsakeOf(db.read, 'e1', OFFERED, 'try'))!
    expect(markdownOf(file)).toContain('# Keepsake: SACME 2027')
    expect(markdownOf(file)).toContain('- Slides of the keynote (Ines)')
    expect(markdownOf(file)).not.toContain('Sara')
    expect(await keepsakeOf(db.read, 'e1', OFFERED, 'other')).toBeUndefined()
  })

  test('a meeting of which nothing is kept is not asked about; without a channel nothing can be posted', async () => {
    const { db, press, submit, until, told } = await open()
    await until('2027-03-25T00:00:00.000Z')
    expect(told('moderators').filter((title) => title.includes('a recap?'))).toEqual([])
    await submit(moderator, 'recap.star:e1', { text: 'Late', link: '', author: '' })
    await until('2027-03-26T00:00:00.000Z')
    expect(told('moderators').filter((title) => title.includes('a recap?'))).toHaveLength(1)
    expect(words(await press(moderator, { do: 'recap', edition: 'e1' }))).not.toContain('[Post it]')
    await press(moderator, { do: 'recap.post', edition: 'e1' })
    expect(await recapOf(db.read, 'e1')).toBeUndefined()
  })

  test('the longest draft fits every platform, and the clock of the try-out goes back over it', async () => {
    const { db, press, submit, withChannel } = await open()
    await withChannel()
    for (let n = 0; n < 15; n++)
      await submit(moderator, 'recap.star:e1', { text: `${n} ${long}`, link: 'https://example.org/a' })
    for (let n = 0; n < 5; n++) {
      await submit(sara, 'ask:e1', { text: `${n} ${long}`, as: 'name' })
      await press(moderator, { do: 'questions.release', question: `q${n + 1}` })
    }
    await press(moderator, { do: 'recap', edition: 'e1' })
    await press(moderator, { do: 'questions', edition: 'e1' })
    await press(sara, { do: 'keepsake', edition: 'e1' })
    const full = Object.fromEntries(
      ['opening', 'starred', 'questions', 'sessions', 'numbers'].map((part) => [part, long.repeat(3)]),
    )
    await submit(moderator, 'recap:e1', full, '2027-03-15T16:00:00.000Z')
    await press(moderator, { do: 'recap.post', edition: 'e1' })
    expect((await recapOf(db.read, 'e1'))?.posted_at).toBe('2027-03-15T16:00:00.000Z')
    await inTx(db, (tx) => rewind(tx, DURING))
    expect(await recapOf(db.read, 'e1')).toBeUndefined()
  })
})
