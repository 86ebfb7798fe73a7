import { type Action, type Answers, encodeAction, type Form, overCard, overForm, type Press } from '@cme-commons/core'
import {
  addConferenceChannel,
  type Db,
  eraseMember,
  findMember,
  giveMeetings,
  inTx,
  introducedAt,
  introductionsAt,
  memberById,
  questionsAt,
  starsAt,
  takeMeetings,
} from '@cme-commons/db'
import { expect, test } from 'vitest'
import { openChannel } from '../support/conference-people.ts'
import { conferenceWorld } from '../support/conference-world.ts'
import { describeEachDatabase, freshSqlite } from '../support/databases.ts'
import { tracesIn } from '../support/traces.ts'
import { moderator, sara } from '../support/world.ts'

const MONDAY = '2027-03-15T15:00:00.000Z'
const long = 'x'.repeat(3000)
const ids = ['e1', 'e77', 'q1', 'star1', '', "e1' or '1'='1", '%', long]
const presses: Press[] = ids.flatMap((id): Press[] => [
  { do: 'meet', edition: id },
  { do: 'meet', name: id },
  { do: 'meet.form', edition: id },
  { do: 'meet.leave', edition: id },
  { do: 'meet.round', edition: id },
  { do: 'met', edition: id, round: id, answer: 'other' },
  { do: 'met', edition: 'e1', round: 'now-1', answer: id },
  { do: 'present', edition: id, from: 2 ** 31 - 1 },
  { do: 'present', name: id },
  { do: 'present.join', edition: id },
  { do: 'present.leave', edition: id },
  { do: 'ask', edition: id, text: id },
  { do: 'ask', text: id },
  { do: 'questions', edition: id, from: 2 ** 31 - 1 },
  { do: 'questions', name: id },
  { do: 'questions.open', question: id },
  { do: 'questions.edit', question: id },
  { do: 'questions.decline', question: id },
  { do: 'questions.too', question: id },
  { do: 'questions.answered', question: id },
  { do: 'questions.release', question: id },
  { do: 'disclose' },
  { do: 'disclose.post' },
  { do: 'recap', edition: id },
  { do: 'recap', name: id },
  { do: 'recap.star', edition: id, text: id, link: id, author: id },
  { do: 'recap.star', question: id },
  { do: 'recap.unstar', star: id },
  { do: 'recap.form', edition: id },
  { do: 'keepsake', edition: id, from: 99 },
  { do: 'keepsake', name: id },
])
const WORDS = ['', 'Ana', 'https://example.org', '-1', long, '<!channel> @everyone', '\0', 'e1', 'a\nb\n\nc']
const filled = (form: Form, luck: number): Answers =>
  Object.fromEntries(
    form.fields.map((field, i) => [
      field.name,
      'options' in field
        ? (field.options[(luck + i) % field.options.length]?.value ?? '')
        : WORDS[(luck * 7 + i * 3) % WORDS.length]!,
    ]),
  )

async function openOn(db: Db) {
  const world = await conferenceWorld(db, MONDAY)
  const edition = { name: `SACME 2027 ${long.slice(0, 60)}`, zone: 'UTC', href: 'https://example.org' }
  await world.enter('plan.edition:sacme', { ...edition, days: '2027-03-14 to 2027-03-17' })
  await inTx(db, (tx) => addConferenceChannel(tx, openChannel('hall', MONDAY), (id) => id))
  const join = (user: string, name: string) => {
    const answers = {
      name,
      interest: 'credit',
      details: `Look for ${name} by the fern`,
      shows: ['interest', 'details'],
    }
    return world.submit('meet:e1', answers, undefined, { space: 'try', user, name })
  }
  return { ...world, db, join }
}

test('whatever is pressed or filled in, by whomever, the answer fits every platform and leads on', async () => {
  const world = await openOn(await (await freshSqlite()).open())
  await world.submit('ask:e1', { text: long, as: 'name' }, undefined, sara)
  await world.submit('recap.star:e1', { text: long, link: '', author: long })
  for (const actor of [sara, moderator]) {
    const act = async (action: Action) => {
      const reply = await world.perform(actor, action, MONDAY)
      const over = 'ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))
      expect({ action, over }).toEqual({ action, over: [] })
      if (!('ask' in reply)) expect(reply.say.buttons?.some((button) => 'act' in button)).toBe(true)
      return reply
    }
    for (const press of presses) {
      const reply = await act(press)
      if ('ask' in reply)
        for (let luck = 0; luck < 3; luck++)
          await act({ do: 'form.submit', form: reply.ask.id, answers: filled(reply.ask, luck) })
    }
    for (const form of [
      'meet:',
      'meet:e9',
      'ask',
      'ask:e9',
      'questions.',
      'questions.edit:q9',
      'recap',
      'recap:e9',
      'recap.star:%',
    ])
      await act({ do: 'form.submit', form, answers: {} })
  }
})

describeEachDatabase((fresh) => {
  const open = async () => openOn(await (await fresh()).open())

  test('linked members are one at a meeting, keep one row of each kind, and part again by space', async () => {
    const { db, join, press, submit } = await open()
    const other = { space: 'try', user: 'ana-too', name: 'Ana' }
    await join('ana', 'Ana')
    await join('ana-too', 'Ana too')
    await submit('ask:e1', { text: 'Why?', as: 'name' }, undefined, other)
    await press({ do: 'present.join', edition: 'e1' }, undefined, other)
    await press({ do: 'meet.round', edition: 'e1' })
    const id = async (user: string) => (await findMember(db.read, 'try', user))!.id
    const [one, two] = [await id('ana'), await id('ana-too')]
    await inTx(db, (tx) => giveMeetings(tx, two, one))
    expect((await introductionsAt(db.read, 'e1')).map(({ member, name }) => [member, name])).toEqual([[one, 'Ana']])
    expect((await introducedAt(db.read, 'e1')).map(({ member }) => member)).toEqual([one])
    expect((await questionsAt(db.read, 'e1')).map(({ member }) => member)).toEqual([one])
    await inTx(db, (tx) => takeMeetings(tx, one, two, 'elsewhere'))
    expect((await questionsAt(db.read, 'e1')).map(({ member }) => member)).toEqual([one])
    await inTx(db, (tx) => takeMeetings(tx, one, two, 'try'))
    expect((await introductionsAt(db.read, 'e1')).map(({ member }) => member)).toEqual([two])
    expect(await memberById(db.read, one)).toBeDefined()
  })

  test('who erases her data is gone at once: nobody is told of her any more, and what others asked and kept stays', async () => {
    const { db, join, press, submit, tick, sent } = await open()
    await join('ana', 'Ana Arbor')
    await join('ben', 'Ben')
    await submit('ask:e1', { text: 'Hers', as: 'name' }, undefined, { space: 'try', user: 'ana', name: 'Ana Arbor' })
    await submit('ask:e1', { text: 'His', as: 'name' }, undefined, { space: 'try', user: 'ben', name: 'Ben' })
    await press({ do: 'questions.release', question: 'q1' })
    await press({ do: 'questions.release', question: 'q2' })
    await press({ do: 'questions.too', question: 'q2' }, undefined, { space: 'try', user: 'ana', name: 'Ana Arbor' })
    await submit('recap.star:e1', { text: 'What Ana Arbor said', link: '', author: 'Ana Arbor' })
    await press({ do: 'recap.star', question: 'q1' })
    await press({ do: 'meet.round', edition: 'e1' })
    const { id } = (await findMember(db.read, 'try', 'ana'))!
    expect(await inTx(db, (tx) => eraseMember(tx, id, MONDAY))).toBe(true)
    await tick('2027-03-15T15:01:00.000Z')
    expect(sent.filter(({ to, card }) => to === 'ben' && card.title.includes('meet'))).toEqual([])
    expect(JSON.stringify(sent)).not.toMatch(/Ana Arbor|Hers/)
    expect(await tracesIn(db, [id, 'Ana Arbor', 'ana', 'Hers'])).toEqual({})
    expect((await questionsAt(db.read, 'e1')).map(({ asked, votes }) => [asked, votes])).toEqual([['His', 0]])
    expect((await starsAt(db.read, 'e1')).map(({ text, author }) => [text, author])).toEqual([
      ['What a former member said', 'a former member'],
    ])
  })
})
