import { keptDigest, rewind } from '@cme-commons/app'
import { inTx, takeSlot } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { entry, moderator, sara, titleOf, worldOn } from '../support/world.ts'

const SUNDAY = '2026-11-22T15:00:00.000Z'
const MONDAY_8 = '2026-11-23T13:00:00.000Z'
const NEXT_MONDAY_8 = '2026-11-30T13:00:00.000Z'

describeEachDatabase((fresh) => {
  const open = async () => worldOn(await (await fresh()).open(), SUNDAY)

  test('on Monday at eight in her own zone a member gets what is new, once', async () => {
    const world = await open()
    await world.publish([entry(1)], SUNDAY)
    await world.say(sara, 'digest start', SUNDAY)
    await world.publish([entry(1), entry(2), entry(3)], SUNDAY)
    await world.plan('2026-11-23T12:59:00.000Z')
    expect(await world.sent()).toEqual([])
    await world.plan(MONDAY_8)
    await world.plan('2026-11-23T13:01:00.000Z')
    const [one, ...more] = await world.sent()
    expect(more).toEqual([])
    expect(one).toMatchObject({ to: { space: 'try', user: 'sara' }, due: MONDAY_8, state: 'waiting' })
    const kept = await keptDigest(world.db.read, one!.effect.kind === 'digest' ? one!.effect.digest : '')
    expect(kept!.items.map((item) => item.title)).toEqual([entry(2).title, entry(3).title])
  })

  test('nothing new sends nothing, and what comes later comes with the next', async () => {
    const world = await open()
    await world.say(sara, 'digest start', SUNDAY)
    await world.plan(MONDAY_8)
    expect(await world.sent()).toEqual([])
    await world.publish([entry(1)], MONDAY_8)
    await world.publish([entry(1), entry(2)], '2026-11-24T09:00:00.000Z')
    await world.plan(NEXT_MONDAY_8)
    expect(await world.sent()).toHaveLength(1)
  })

  test('a source’s first read floods nobody', async () => {
    const world = await open()
    await world.say(sara, 'digest start', SUNDAY)
    expect(await world.publish([entry(1), entry(2)], SUNDAY)).toBe(2)
    await world.plan(MONDAY_8)
    expect(await world.sent()).toEqual([])
  })

  test('the same story from two sources is one item with two links', async () => {
    const world = await open()
    await world.publish([], SUNDAY)
    await world.publish([], SUNDAY, 'society')
    expect(await world.publish([entry(1)], SUNDAY)).toBe(1)
    expect(await world.publish([entry(9, { title: entry(1).title })], SUNDAY, 'society')).toBe(0)
    expect(
      await world.publish(
        [entry(1, { id: 'other', link: 'https://www.example.org/news/1/?utm_source=feed' })],
        SUNDAY,
        'society',
      ),
    ).toBe(0)
  })

  test('a title that is used again weeks later, or twice by one source, is news each time', async () => {
    const world = await open()
    await world.publish([], SUNDAY)
    await world.publish([], SUNDAY, 'society')
    const title = 'The call for abstracts of the annual meeting is open'
    const at = (published: string, n: number) => entry(n, { title, published })
    expect(await world.publish([at('2026-11-22T10:00:00.000Z', 1), at('2026-11-22T11:00:00.000Z', 2)], SUNDAY)).toBe(2)
    expect(await world.publish([at('2026-11-22T12:00:00.000Z', 3)], SUNDAY, 'society')).toBe(0)
    const later = '2026-12-20T15:00:00.000Z'
    expect(await world.publish([at(later, 4)], later, 'society')).toBe(1)
    expect(await world.publish([at(later, 5)], later)).toBe(0)
  })

  test('three days of outage bring one digest with everything, not three', async () => {
    const world = await open()
    await world.say(sara, 'digest start', SUNDAY)
    await submitWhen(world, 'daily')
    await world.publish([], SUNDAY)
    await world.publish([entry(1)], '2026-11-23T20:00:00.000Z')
    await world.publish([entry(2)], '2026-11-25T20:00:00.000Z')
    await world.plan('2026-11-26T14:00:00.000Z')
    const sent = await world.sent()
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ due: '2026-11-26T13:00:00.000Z', expires: '2026-11-27T12:59:00.000Z' })
  })

  test('a digest that never arrived gives its items to the next one', async () => {
    const world = await open()
    await world.say(sara, 'digest start', SUNDAY)
    await world.publish([], SUNDAY)
    await world.publish([entry(1)], SUNDAY)
    await world.plan(MONDAY_8)
    const [lost] = await world.sent()
    await world.settled(lost!, 'expired')
    await world.publish([entry(2)], '2026-11-24T09:00:00.000Z')
    await world.plan(NEXT_MONDAY_8)
    const next = (await world.sent()).find((delivery) => delivery.due === NEXT_MONDAY_8)
    const kept = await keptDigest(world.db.read, next!.effect.kind === 'digest' ? next!.effect.digest : '')
    expect(kept!.items).toHaveLength(2)
  })

  test('snoozed and paused readers get nothing, and what they missed afterwards', async () => {
    const world = await open()
    await world.say(sara, 'digest start', SUNDAY)
    await world.publish([], SUNDAY)
    await world.say(sara, 'digest snooze 10', SUNDAY)
    await world.publish([entry(1)], SUNDAY)
    await world.plan(MONDAY_8)
    await world.plan(NEXT_MONDAY_8)
    expect(await world.sent()).toEqual([])
    await world.say(sara, 'digest pause', NEXT_MONDAY_8)
    await world.plan('2026-12-07T13:00:00.000Z')
    expect(await world.sent()).toEqual([])
    await world.say(sara, 'digest resume', '2026-12-08T13:00:00.000Z')
    await world.plan('2026-12-14T13:00:00.000Z')
    expect(await world.sent()).toHaveLength(1)
  })

  test('a moderator sets up the digest of a channel, members cannot', async () => {
    const world = await open()
    expect(await world.say({ ...sara, channel: 'standards-news' }, 'digest here', SUNDAY)).toMatchObject({
      refuse: 'moderators-only',
    })
    await world.say(moderator, 'digest here', SUNDAY)
    await world.publish([], SUNDAY)
    await world.publish([entry(1)], SUNDAY)
    await world.plan('2026-11-23T14:00:00.000Z')
    expect((await world.sent()).map((delivery) => delivery.to)).toEqual([{ space: 'try', channel: 'standards-news' }])
  })

  test('a reader cannot touch the digest of another', async () => {
    const world = await open()
    await world.say(sara, 'digest start', SUNDAY)
    expect(
      await world.press({ ...sara, user: 'eve' }, { do: 'digest.stop', subscription: 's1' }, SUNDAY),
    ).toMatchObject({ refuse: 'gone' })
    expect(titleOf(await world.say(sara, 'digest', SUNDAY))).toBe('Your digest')
  })

  test('wrong answers are told at their field and change nothing', async () => {
    const world = await open()
    await world.say(sara, 'digest start', SUNDAY)
    const answers = { rhythm: 'weekly-2', at: '25:00', zone: 'Europe/Brusels', quiet: 'always' }
    const reply = await world.press(sara, { do: 'form.submit', form: 'digest.when:s1', answers }, SUNDAY)
    expect(reply).toMatchObject({
      refuse: 'bad-answer',
      fields: { at: expect.anything(), zone: expect.stringContaining('Europe/Brussels'), quiet: expect.anything() },
    })
    expect(JSON.stringify(await world.say(sara, 'digest', SUNDAY))).toContain('every Monday at 08:00')
  })

  test('a digest that died after the next one was planned is tried once more by itself, and nothing is told twice', async () => {
    const world = await open()
    await world.say(sara, 'digest start', SUNDAY)
    await world.publish([], SUNDAY)
    await world.publish([entry(1)], SUNDAY)
    await world.plan(MONDAY_8)
    const [first] = await world.sent()
    await world.publish([entry(2)], '2026-11-24T09:00:00.000Z')
    await inTx(world.db, (tx) => tx.updateTable('deliveries').set({ doubt: 1 }).execute())
    await world.plan(NEXT_MONDAY_8)
    await world.settled(first!, 'dead')
    await world.settled(first!, 'dead')
    const keys = (await world.sent()).map(({ key }) => key.replace(/^digest\/s\d+\//, ''))
    expect(keys.sort()).toEqual([MONDAY_8, `${MONDAY_8}/late`, NEXT_MONDAY_8])
  })

  test('a clock that was wrong for a while stops nothing', async () => {
    const world = await open()
    const take = (at: string) => inTx(world.db, (tx) => takeSlot(tx, 'tick', at))
    expect(await take('2099-01-01T00:00:00.000Z')).toBe(true)
    expect(await take(MONDAY_8)).toBe(true)
    expect(await take(MONDAY_8)).toBe(false)
  })

  test('everybody with a cursor of her own gets her own digest', async () => {
    const world = await open()
    await world.publish([], SUNDAY)
    for (let n = 1; n <= 24; n++) {
      await world.say({ ...sara, user: `u${n}` }, 'digest start', SUNDAY)
      await world.publish([entry(n)], SUNDAY)
    }
    await world.plan(MONDAY_8)
    const sizes = await Promise.all(
      (await world.sent()).map(async ({ effect }) =>
        effect.kind === 'digest' ? (await keptDigest(world.db.read, effect.digest))!.items.length : 0,
      ),
    )
    expect(sizes.sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1))
  })

  test('back to real time, what was told ahead of it is told when its time comes', async () => {
    const world = await open()
    await world.say(sara, 'digest start', SUNDAY)
    await world.publish([], SUNDAY)
    await world.publish([entry(1)], SUNDAY)
    await world.plan(MONDAY_8)
    await inTx(world.db, (tx) => rewind(tx, SUNDAY))
    expect(await world.sent()).toEqual([])
    await world.plan(MONDAY_8)
    expect(await world.sent()).toHaveLength(1)
  })

  async function submitWhen(world: Awaited<ReturnType<typeof open>>, rhythm: string) {
    const answers = { rhythm, at: '08:00', zone: 'America/New_York', quiet: '' }
    expect(await world.press(sara, { do: 'form.submit', form: 'digest.when:s1', answers }, SUNDAY)).toMatchObject({
      update: true,
    })
  }
})
