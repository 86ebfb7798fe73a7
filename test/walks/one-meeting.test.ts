import type { Answers, Reply } from '@cme-commons/core'
import { datesOfEdition } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { on, words } from '../support/channel-world.ts'
import { conferenceWorld, saveOf } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { moderator, titleOf } from '../support/world.ts'

const MONDAY = '2026-11-23T15:00:00.000Z'
const HERE = 'The meeting itself is entered already: 14 to 17 Mar 2027.'
const said = (answers: Answers): Answers => ({
  ...{ kind: 'event', title: '', when: '2027-03-20', status: 'confirmed', source: 'https://example.org' },
  ...answers,
})
const edition = { name: 'SACME 2027', zone: 'America/Chicago', place: 'A city', href: 'https://example.org/sacme' }

describeEachDatabase((fresh) => {
  async function open({ days = '2027-03-14 to 2027-03-17' } = {}) {
    const db = await (await fresh()).open()
    const world = await conferenceWorld(db, MONDAY)
    await world.enter('plan.edition:sacme', { ...edition, days })
    const meetings = async () =>
      (await datesOfEdition(db.read, 'e1')).flatMap(({ kind, title, day }) =>
        kind === 'event' ? [`${title} ${day}`] : [],
      )
    return { ...world, db, meetings }
  }

  test('the days of a meeting are entered once: a second time leads to the date that is there', async () => {
    const { submit, press, enter, meetings } = await open()
    const refused = await submit('plan.date:e1', said({ title: 'The days again' }))
    expect(refused).toMatchObject({ refuse: 'bad-answer', fields: { kind: expect.stringContaining(HERE) } })
    expect(words(refused)).toContain(HERE)
    expect(await press(on(refused, 'Change: The meeting'))).toMatchObject({ ask: { id: 'plan.date:cd1' } })
    await enter('plan.date:cd1', said({ when: '2027-03-15 to 2027-03-18' }))
    expect(await meetings()).toEqual(['The meeting 2027-03-15'])

    await enter('plan.date:e1', said({ kind: 'other', title: 'Workshops before', when: '2027-03-13' }))
    expect(await submit('plan.date:cd2', said({ title: 'Workshops before' }))).toMatchObject({ refuse: 'bad-answer' })
    await submit('plan.edition:e1', { ...edition, days: '2027-04-01' }).then((reply) => press(saveOf(reply)))
    expect(await meetings()).toEqual(['The meeting 2027-03-15'])
  })

  test('cancelled days are still the ones to change; taken out, others can be entered', async () => {
    const { submit, press, enter, meetings } = await open()
    await press(saveOf(await press({ do: 'plan.change', of: 'date/cd1', to: 'cancel' })))
    expect(await submit('plan.date:e1', said({}))).toMatchObject({ refuse: 'bad-answer' })
    await press(saveOf(await press({ do: 'plan.change', of: 'date/cd1', to: 'remove' })))
    await enter('plan.date:e1', said({}))
    expect(await meetings()).toEqual(['The meeting 2027-03-20'])
  })

  test('of two moderators who enter the days at the same time the first counts, and the second is led to hers', async () => {
    const { submit, press, meetings } = await open({ days: '' })
    const other = { ...moderator, user: 'other', name: 'Other' }
    const one = await submit('plan.date:e1', said({ when: '2027-03-14' }))
    const two = await submit('plan.date:e1', said({ when: '2027-03-21' }), MONDAY, other)
    await press(saveOf(one))
    const refused: Reply = await press(saveOf(two), MONDAY, other)
    expect(refused).toMatchObject({ refuse: 'already-there' })
    expect(titleOf(refused)).toBe('Nothing is changed yet')
    expect(await press(on(refused, 'Change: The meeting'), MONDAY, other)).toMatchObject({
      ask: { id: 'plan.date:cd1' },
    })
    expect(words(await press(saveOf(two), MONDAY, other))).toContain('nothing left to save')
    expect(await meetings()).toEqual(['The meeting 2027-03-14'])
  })

  test('a table tells it with its line, and changes the days by their title', async () => {
    const { submit, enter, meetings } = await open()
    const head = 'conference,edition,kind,title,when,source'
    const csv = (...lines: string[]) => ({ csv: [head, ...lines].join('\n') })
    const line = (title: string, when: string, name = 'SACME 2027') => `SACME,${name},event,${title},${when},x`
    expect(await submit('plan.import', csv(line('Annual Meeting', '2027-03-20')))).toMatchObject({
      fields: {
        csv: expect.stringMatching(/^Line 2: the meeting itself is entered already, as “The meeting”: 14 to 17/),
      },
    })
    const twice = csv(line('One', '2028-03-20', 'SACME 2028'), line('Two', '2028-03-21', 'SACME 2028'))
    expect(await submit('plan.import', twice)).toMatchObject({
      fields: { csv: 'Line 3: the meeting itself stands in line 2; keep one.' },
    })
    await enter('plan.import', csv(line('The meeting', '2027-03-20'), line('One', '2028-03-20', 'SACME 2028')))
    expect(await meetings()).toEqual(['The meeting 2027-03-20'])
  })
})
