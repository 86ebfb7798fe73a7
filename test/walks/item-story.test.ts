import { itemStory } from '@cme-commons/app'
import { type Card, itemStoryCard, plain, type Reply } from '@cme-commons/core'
import { findItem, subscriptionAt } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { entry, knowledge, moderator, sara, worldOn } from '../support/world.ts'

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

  test('what is pinned comes with the next digest that has something new, be it old news or told before', async () => {
    const world = await worldOn(await (await fresh()).open(), SUNDAY)
    const why = async (item: string) => textOf(await world.press(sara, { do: 'news.why', item }, TUESDAY))
    await world.publish([entry(1)], '2026-11-21T10:00:00.000Z')
    await world.say(sara, 'digest start', SUNDAY)
    await world.publish([entry(2)], SUNDAY)
    await world.plan(MONDAY)
    const next = /it is pinned, so it stands first in the digest of .*30 Nov 2026.* if that has anything new/
    for (const item of ['i1', 'i2'])
      await world.press(moderator, { do: 'item.pin', item, until: '2026-12-06' }, TUESDAY)
    expect(await why('i1')).toMatch(next)
    expect(await why('i2')).toMatch(next)
    expect(await why('i2')).toMatch(/the digest of .*23 Nov 2026.* is on its way/)
    await world.publish([entry(3)], TUESDAY)
    await world.plan('2026-11-30T13:00:00.000Z')
    const digests = await world.db.read.selectFrom('digests').select('items').orderBy('at').execute()
    expect(JSON.parse(digests.at(-1)!.items).sort()).toEqual(['i1', 'i2', 'i3'])
    await world.press(moderator, { do: 'item.unpin', item: 'i1' }, TUESDAY)
    expect(await why('i1')).not.toContain('pinned, so')
  })

  test('whoever asks for no reader gets the rule that keeps an item from everybody, and no reason that is none', async () => {
    const world = await worldOn(await (await fresh()).open(), SUNDAY)
    await world.publish([entry(1, { published: '2026-11-20T10:00:00.000Z' })], '2026-11-21T10:00:00.000Z')
    const off = { title: 'Bake sale on Friday', text: '', published: undefined }
    await world.publish([entry(2, off), entry(3, { published: '2027-03-01T10:00:00.000Z' })], SUNDAY)
    const told = async (item: string) =>
      plain(
        itemStoryCard(await itemStory(world.db.read, (await findItem(world.db.read, item))!, [], knowledge), knowledge),
      )
    expect(await told('i1')).toContain('old news when it was first seen: archived, and in no digest unless')
    expect(await told('i1')).toMatch(/Published: .*20 Nov 2026, as its source says/)
    const bakery = await told('i2')
    expect(bakery).toContain('No digest has what is off topic')
    expect(bakery).toMatch(/topic: Not about CME/)
    expect(bakery).not.toContain('region: ')
    for (const text of [bakery, await told('i3')])
      expect(text).toMatch(
        /Published: .*22 Nov 2026, the day it was first seen: its source gave none, or one .* to come/,
      )
    expect(await told('i3')).not.toMatch(/No digest|no digest/)
  })

  test('why an item that goes through today did not when its turn came: a later filter, earlier words, or none of these', async () => {
    const world = await worldOn(await (await fresh()).open(), SUNDAY)
    const why = async (item: string) => textOf(await world.press(sara, { do: 'news.why', item }, TUESDAY))
    await world.publish([], '2026-11-21T10:00:00.000Z')
    await world.publish([entry(1)], '2026-11-21T11:00:00.000Z')
    await world.say(sara, 'digest start', '2026-11-21T12:00:00.000Z')
    await world.publish([entry(2), entry(3)], SUNDAY)
    const labels = { topic: 'outcomes', why: '[]' }
    await world.db.write.updateTable('items').set(labels).where('id', 'in', ['i2', 'i3']).execute()
    const { filter } = (await subscriptionAt(world.db.read, 'try', 'user:sara'))!
    await world.press(sara, { do: 'digest.mute', topic: 'outcomes' }, SUNDAY)
    await world.plan(MONDAY)
    await world.db.write.updateTable('audiences').set({ filter }).execute()
    expect(await why('i1')).toContain('it was there before this digest began')
    expect(await why('i2')).toContain('when its turn came, this digest had another filter')
    await world.db.write
      .insertInto('item_revisions')
      .values({ item: 'i3', at: MONDAY, title: 'Untitled draft', text: 'Coming soon', told: 0 })
      .execute()
    const changed = await why('i3')
    expect(changed).toMatch(
      /its source changed it on .*23 Nov 2026; by the words that it had before, this digest leaves it/,
    )
    expect(changed).not.toMatch(/filter|digest began/)
  })
})
