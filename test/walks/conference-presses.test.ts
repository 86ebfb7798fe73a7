import { type Action, type Answers, encodeAction, type Form, overCard, overForm, type Press } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { conferenceWorld } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { moderator, sara } from '../support/world.ts'

const MONDAY = '2026-11-23T15:00:00.000Z'
const long = 'x'.repeat(3000)
const ids = [
  'e1',
  'e77',
  'cd1',
  'cd99',
  'sacme',
  'own-1',
  'own-9',
  '',
  '../e1',
  "e1' or '1'='1",
  '%',
  '\u{1f600}',
  long,
]
const scopes = ids
  .flatMap((id) => [id, `edition/${id}`, `conference/${id}`, `date/${id}`, `kind/${id}`])
  .concat('all', 'kind/abstracts')
const presses: Press[] = [
  ...ids.flatMap((id): Press[] => [
    { do: 'date', date: id },
    { do: 'conference', conference: id },
    { do: 'conferences', name: id, from: 2 ** 31 - 1 },
    { do: 'edition', edition: id, from: 99 },
    { do: 'going', edition: id, answer: 'going' },
    { do: 'going', edition: 'e1', answer: id },
    { do: 'deadlines', text: id },
    { do: 'plan.save', draft: id },
    { do: 'plan.form', form: id },
    { do: 'plan.form', form: 'date', of: 'edition/e1', draft: id },
    { do: 'channel', edition: id },
    { do: 'channel.open', edition: id, draft: id },
    { do: 'channel.again', edition: id },
    { do: 'channel.coming', edition: id, from: 2 ** 31 - 1 },
    { do: 'channel.item', edition: 'e1', item: id },
    { do: 'channel.decide', edition: 'e1', item: 'cd1.1d', to: id },
    { do: 'channels', to: id, name: id },
    ...['', 'more', 'events'].map((form): Press => ({ do: 'channel.form', edition: id, form })),
  ]),
  ...scopes.flatMap((scope): Press[] => [
    { do: 'follow', scope },
    { do: 'follow', scope, kind: 'nothing', here: 'yes' },
    { do: 'follow.form', scope },
    { do: 'follow.stop', scope },
    { do: 'plan.log', of: scope },
    ...['conference', 'edition', 'date', 'session', 'policy', 'import'].map(
      (form): Press => ({ do: 'plan.form', form, of: scope }),
    ),
    ...['cancel', 'restore', 'remove', 'nothing'].map((to): Press => ({ do: 'plan.change', of: scope, to })),
  ]),
]
const WORDS = [
  '',
  'SACME 2027',
  '2027-03-14',
  'confirmed',
  'https://example.org',
  'Europe/Brussels',
  '30, 7',
  '-1',
  long,
  '<!channel> @everyone',
  '\0',
  '20:00-07:00',
]

/** What somebody fills in who writes as she likes. */
const filled = (form: Form, luck: number): Answers =>
  Object.fromEntries(
    form.fields.map((field, i) => [
      field.name,
      'options' in field
        ? (field.options[(luck + i) % field.options.length]?.value ?? '')
        : WORDS[(luck * 7 + i * 3) % WORDS.length]!,
    ]),
  )

describeEachDatabase((fresh) => {
  test('whatever is pressed or filled in, by whomever, the answer fits every platform and leads on', async () => {
    const world = await conferenceWorld(await (await fresh()).open(), MONDAY)
    await world.enter('plan.conference', {
      name: long.slice(0, 200),
      organiser: 'A society',
      href: 'https://example.org',
      region: 'us',
    })
    await world.enter('plan.edition:sacme', {
      name: 'SACME 2027',
      zone: 'UTC',
      href: 'https://example.org',
      days: '2027-03-14',
    })
    for (let n = 0; n < 30; n++) {
      const title = `${n} ${long.slice(0, 100)}`
      await world.enter('plan.date:e1', {
        kind: 'other',
        title,
        when: '2027-02-20',
        status: 'tentative',
        source: long.slice(0, 300),
      })
    }
    await world.enter('plan.policy:abstracts', { leads: '90, 3' })
    const shown = await world.press({ do: 'channel', edition: 'e1' })
    const open = 'say' in shown ? shown.say.buttons?.find(({ label }) => label === 'Open') : undefined
    await world.press(open && 'act' in open ? open.act : { do: 'home' })
    await world.tick(MONDAY)
    for (const actor of [moderator, sara]) {
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
          for (let luck = 0; luck < 12; luck++)
            await act({ do: 'form.submit', form: reply.ask.id, answers: filled(reply.ask, luck) })
      }
      for (const form of [
        'plan.',
        'plan.date',
        'plan.date:e9',
        'plan.policy:nothing',
        'plan.edition:%',
        'follow:',
        'follow:here:',
        'follow:edition/e9',
        'plan.import',
      ])
        await act({ do: 'form.submit', form, answers: {} })
    }
  })
})
