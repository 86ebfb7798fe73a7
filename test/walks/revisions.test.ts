import { type Card, plain, type Reply } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { entry, sara, worldOn } from '../support/world.ts'

const SUNDAY = '2026-11-22T12:00:00.000Z'
const MONDAY = '2026-11-23T13:00:00.000Z'
const TUESDAY = '2026-11-24T10:00:00.000Z'
const NEXT_MONDAY = '2026-11-30T13:00:00.000Z'
const THIRD_MONDAY = '2026-12-07T13:00:00.000Z'

const textOf = (reply: Reply): string => ('say' in reply ? plain(reply.say as Card) : '')
const rule = (text: string, title = 'ACCME explains rule 1 of the Standards for Integrity and Independence') =>
  entry(1, { title, text, published: '2026-11-22T10:00:00.000Z' })
const BEFORE = 'Relevant financial relationships are mitigated before the role starts, by 1 May, for all planners.'
const AFTER = 'Relevant financial relationships are mitigated before the role starts, by 1 June, for all planners.'

describeEachDatabase((fresh) => {
  const told = async () => {
    const world = await worldOn(await (await fresh()).open(), SUNDAY)
    await world.say(sara, 'digest start', SUNDAY)
    await world.publish([], SUNDAY)
    const plan = async (now: string) => {
      await world.plan(now)
      await world.db.write.updateTable('deliveries').set({ state: 'done', settled_at: now }).execute()
    }
    return { ...world, plan }
  }

  test('a changed standard is kept as a revision and is news again, as a difference', async () => {
    const world = await told()
    await world.publish([rule(BEFORE)], SUNDAY)
    await world.plan(MONDAY)
    expect(await world.sent()).toHaveLength(1)
    await world.publish([rule(AFTER)], TUESDAY)
    await world.publish([rule(AFTER)], '2026-11-24T11:00:00.000Z')
    await world.plan(NEXT_MONDAY)
    await world.plan(THIRD_MONDAY)
    expect(await world.sent()).toHaveLength(2)
    const news = textOf(await world.say(sara, 'news', TUESDAY))
    expect(news).toContain('Changed: “May” became “June”')
    expect(news).toMatch(/updated .*24 Nov/)
    const card = textOf(await world.press(sara, { do: 'news.item', item: 'i1' }, TUESDAY))
    expect(card).toContain('“May” became “June”')
    expect(textOf(await world.say(sara, 'search June', TUESDAY))).toContain('rule 1')
    expect(textOf(await world.say(sara, 'search "1 May"', TUESDAY))).toContain('Nothing in the archive')
  })

  test('what changes elsewhere, or only in its title or punctuation, is updated and not told again', async () => {
    const world = await told()
    const study = (text: string) =>
      entry(2, { title: 'A study of outcomes in continuing education', text, published: '2026-11-22T10:00:00.000Z' })
    await world.publish([rule(BEFORE), study('One baseline was missing in twelve activities.')], SUNDAY)
    await world.plan(MONDAY)
    await world.publish(
      [rule(BEFORE.toUpperCase().replace(/,/g, ' –')), study('Two baselines were missing in twelve activities.')],
      TUESDAY,
    )
    await world.publish(
      [rule(BEFORE, 'ACCME explains rule 1, again, of the Standards for Integrity')],
      '2026-11-24T11:00:00.000Z',
    )
    await world.plan(NEXT_MONDAY)
    expect(await world.sent()).toHaveLength(1)
    const card = textOf(await world.press(sara, { do: 'news.item', item: 'i2' }, TUESDAY))
    expect(card).toContain('“One baseline was” became “Two baselines were”')
  })

  test('another source that words the same story otherwise changes nothing; a new design of a site tells nobody', async () => {
    const world = await told()
    await world.publish([], SUNDAY, 'society')
    await world.publish([rule(BEFORE)], SUNDAY)
    await world.publish([entry(1, { id: 'other', text: 'In short: mitigate.' })], SUNDAY, 'society')
    expect(textOf(await world.press(sara, { do: 'news.item', item: 'i1' }, SUNDAY))).not.toContain('Changed')
    const many = (ending: string) =>
      Array.from({ length: 8 }, (_, i) =>
        entry(10 + i, { text: `${BEFORE} ${ending}`, published: '2026-11-22T11:00:00.000Z' }),
      )
    await world.publish(many(''), SUNDAY)
    await world.plan(MONDAY)
    await world.publish(many('Read more on our new site.'), TUESDAY)
    await world.plan(NEXT_MONDAY)
    expect(await world.sent()).toHaveLength(1)
  })
})
