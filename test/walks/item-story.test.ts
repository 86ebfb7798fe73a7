import { itemStory } from '@cme-commons/app'
import { type Card, plain, type Reply } from '@cme-commons/core'
import { findItem, subscriptionAt } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { entry, knowledge, sara, worldOn } from '../support/world.ts'

const SUNDAY = '2026-11-22T12:00:00.000Z'
const MONDAY = '2026-11-23T13:00:00.000Z'
const TUESDAY = '2026-11-24T10:00:00.000Z'

const textOf = (reply: Reply): string => ('say' in reply ? plain(reply.say as Card) : '')

describeEachDatabase((fresh) => {
  test('an item is explained: where it was seen, by which words, where it went, where it will go, or which rule left it out', async () => {
    const world = await worldOn(await (await fresh()).open(), SUNDAY)
    const why = async (item: string) => textOf(await world.press(sara, { do: 'news.why', item }, TUESDAY))
    await world.publish([entry(1)], '2026-11-21T10:00:00.000Z')
    expect(await why('i1')).toContain('no digest is ordered')
    await world.say(sara, 'digest start', SUNDAY)
    await world.publish([entry(2)], SUNDAY)
    await world.plan(MONDAY)
    await world.publish(
      [entry(3), entry(4, { title: 'CME Group futures fall for the fourth time', text: '' })],
      TUESDAY,
    )
    expect(await why('i1')).toContain('it was old news when it was first seen')
    const told = await why('i2')
    expect(told).toMatch(/First seen: .*22 Nov 2026.* at wire/)
    expect(told).toContain('topic: Standards for Integrity and Independence (“')
    expect(told).toMatch(/Your digest: the digest of .*23 Nov 2026.* is on its way/)
    expect(told).toContain('It is in one kept digest altogether')
    expect(await why('i3')).toMatch(/Your digest: it comes with the digest of .*30 Nov 2026/)
    expect(await why('i4')).toContain('it is off topic')
    await world.press(sara, { do: 'digest.mute', topic: 'standards-integrity' }, TUESDAY)
    expect(await why('i3')).toContain('the topic “Standards for Integrity and Independence” is muted')
    expect(await world.press(sara, { do: 'news.why', item: 'i99' }, TUESDAY)).toMatchObject({ refuse: 'gone' })
    const order = await subscriptionAt(world.db.read, 'try', 'user:sara')
    const row = (await findItem(world.db.read, 'i2'))!
    const story = await itemStory(world.db.read, row, [{ whose: 'Sara', order }], knowledge)
    expect(story).toMatchObject({ digests: 1, readers: [{ whose: 'Sara', went: [{ at: MONDAY, state: 'waiting' }] }] })
  })
})
