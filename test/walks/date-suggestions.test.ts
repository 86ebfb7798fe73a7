import { rewind } from '@cme-commons/app'
import { type Action, encodeAction, overCard, overForm, type Press, plain, type Reply } from '@cme-commons/core'
import { conferencesOf, datesAhead, editionsOf, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { entry, moderator, sara, titleOf, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T12:00:00.000Z'
const LATER = '2026-11-24T12:00:00.000Z'
const CALL = {
  title: 'ACCME opens a call for comment on the Standards for Integrity and Independence',
  text: 'The draft is out. Comments are due by 15 March 2027. The revised standards take effect on 1 January 2028.',
}

const words = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')

describeEachDatabase((fresh) => {
  async function started() {
    const world = await worldOn(await (await fresh()).open(), NOW)
    await world.publish([entry(1)], NOW)
    await world.publish([entry(2, CALL)], NOW)
    const press = async (action: Action, now = NOW, who = moderator): Promise<Reply> => {
      const reply = await world.press(who, action, now)
      expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual(
        [],
      )
      return reply
    }
    const buttons = (reply: Reply) => ('say' in reply ? (reply.say.buttons ?? []).map(({ label }) => label) : [])
    const waiting = async (now = NOW) =>
      buttons(await press({ do: 'found' }, now)).filter((label) => /^\d+\. /.test(label))
    const ahead = async () => (await datesAhead(world.db.read, 'try', NOW)).filter(({ space }) => space === 'try')
    return { world, press, waiting, ahead, buttons }
  }

  test('days that news names wait for moderators with the sentence that does; nothing is entered by itself', async () => {
    const { world, press, waiting, ahead, buttons } = await started()
    expect(await press({ do: 'found' }, NOW, sara)).toMatchObject({ refuse: 'moderators-only' })
    expect(titleOf(await world.say(moderator, 'dates found', NOW))).toBe('Dates found in the news')
    expect(buttons(await press({ do: 'dates.all' }))).toContain('Found in the news: 2')
    expect(buttons(await press({ do: 'dates.all' }, NOW, sara)).join()).not.toContain('Found in the news')
    expect((await waiting()).map((label) => label.slice(0, 13))).toEqual(['1. 2027-03-15', '2. 2028-01-01'])
    const card = words(await press({ do: 'found.open', found: 'i2.2027-03-15' }))
    expect(card).toContain('Comments are due by 15 March 2027.')
    expect(card).not.toContain('take effect')
    expect(card).toContain('Calls for comment')
    expect(await ahead()).toEqual([])
    expect(words(await press({ do: 'found.drop', found: 'i2.2028-01-01' }))).toContain('not suggested again')
    expect(await waiting()).toHaveLength(1)
    expect(await waiting('2027-04-01T12:00:00.000Z')).toEqual([])
  })

  test('one that is taken fills in the form of a date, told and not confirmed, and is done once that is saved', async () => {
    const { press, waiting, ahead, world } = await started()
    const found = 'i2.2027-03-15'
    expect(titleOf(await press({ do: 'found.take', found }))).toContain('Where does')
    const form = await press({ do: 'found.take', found, edition: 'calls' })
    if (!('ask' in form)) throw new Error('no form')
    const values = Object.fromEntries(
      form.ask.fields.map((field) => [field.name, 'value' in field ? (field.value ?? '') : '']),
    )
    expect(values).toMatchObject({
      kind: 'comment',
      when: '2027-03-15',
      status: 'tentative',
      source: 'https://example.org/news/2',
    })
    const submit = (answers: Record<string, string>) =>
      press({ do: 'form.submit', form: form.ask.id, answers: { ...(values as Record<string, string>), ...answers } })
    expect(await submit({ when: 'soon' })).toMatchObject({ refuse: 'bad-answer', fields: { when: expect.any(String) } })
    const preview = await submit({})
    expect(titleOf(preview)).toBe('What this will do')
    expect(await waiting()).toHaveLength(2)
    const save = 'say' in preview ? preview.say.buttons!.find(({ label }) => label === 'Save')! : undefined
    await press((save as { act: Press }).act)
    expect(await ahead()).toMatchObject([
      { kind: 'comment', status: 'tentative', title: CALL.title, source: 'https://example.org/news/2' },
    ])
    expect(await waiting()).toHaveLength(1)
    expect(words(await press({ do: 'found.open', found }))).toContain('Taken')
    expect(await conferencesOf(world.db.read, 'try')).toHaveLength(1)
    await press({ do: 'found.take', found: 'i2.2028-01-01', edition: 'calls' })
    expect((await editionsOf(world.db.read, 'try')).map(({ name }) => name)).toEqual(['Calls and deadlines 2027'])
  })

  test('a day that is taken as the meeting itself, which is entered already, leads to the date that is there', async () => {
    const { press, buttons, waiting } = await started()
    const save = async (form: string, answers: Record<string, string>) => {
      const shown = await press({ do: 'form.submit', form, answers })
      const button = 'say' in shown ? shown.say.buttons!.find(({ label }) => label === 'Save')! : undefined
      await press((button as { act: Press }).act)
    }
    const edition = { name: 'SACME 2027', zone: 'UTC', place: '', href: 'https://example.org' }
    await save('plan.edition:sacme', { ...edition, days: '2027-03-14' })
    const answers = { title: '', when: '2027-03-15', status: 'tentative', source: 'https://example.org/news/2' }
    const take = { do: 'form.submit', form: 'found:i2.2027-03-15:e1' } as const
    const refused = await press({ ...take, answers: { ...answers, kind: 'event' } })
    expect(refused).toMatchObject({ refuse: 'bad-answer', fields: { kind: expect.stringContaining('14 Mar 2027') } })
    expect(buttons(refused)).toContain('Change: The meeting')
    expect(await waiting()).toHaveLength(2)
    expect(titleOf(await press({ ...take, answers: { ...answers, kind: 'comment' } }))).toBe('What this will do')
  })

  test('a day is suggested once, also after its text has changed; a new day in it is a new suggestion', async () => {
    const { world, press, waiting } = await started()
    await press({ do: 'found.drop', found: 'i2.2027-03-15' })
    const text = `${CALL.text} Please register by 1 February 2027.`
    await world.publish([entry(2, { ...CALL, text })], LATER)
    expect((await waiting()).map((label) => label.slice(3, 13))).toEqual(['2027-02-01', '2028-01-01'])
    await inTx(world.db, (tx) => rewind(tx, NOW))
    expect((await waiting()).map((label) => label.slice(3, 13))).toEqual(['2028-01-01'])
  })

  test('what moderators hid suggests nothing to them, and one community does not decide for another', async () => {
    const { press, waiting } = await started()
    const there = { ...moderator, space: 'try' }
    await press({ do: 'item.hide', item: 'i2', why: 'Old' }, NOW, there)
    expect(await waiting()).toEqual([])
    await press({ do: 'item.show', item: 'i2' }, NOW, there)
    expect(await waiting()).toHaveLength(2)
  })
})
