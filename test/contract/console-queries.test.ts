import { DAY, plus } from '@cme-commons/core'
import {
  addConsoleSession,
  changeConsoleSession,
  channelDigests,
  consoleSession,
  countDeliveries,
  countFailed,
  countReaders,
  deliveriesUnder,
  endConsole,
  findDeliveries,
  inTx,
  itemsByTopic,
  nudgeAnswers,
  post,
  putConsoleLink,
  spendConsoleLink,
} from '@cme-commons/db'
import { expect, test } from 'vitest'
import { store } from '../support/api-house.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { moderator, sara, worldOn } from '../support/world.ts'

const START = '2026-11-23T15:00:00.000Z'
const person = { space: 'try', user: 'mo' }

describeEachDatabase((fresh) => {
  async function started() {
    const db = await (await fresh()).open()
    return { db, world: await worldOn(db, START) }
  }

  test('deliveries are counted by state, and found by state, by how a key begins, by address, page by page', async () => {
    const { db } = await started()
    const card = { title: 'x', blocks: [] }
    const effect = { kind: 'message' as const, card }
    await inTx(db, async (tx) => {
      for (let i = 0; i < 6; i++)
        await post(tx, plus(START, i * DAY), [
          { key: `note/${i}`, lane: 'try/try', to: { space: 'try', user: `u${i % 2}` }, effect, due: START },
        ])
      await post(tx, START, [{ key: 'other', lane: 'try/b', to: { space: 'b', user: 'u1' }, effect, due: START }])
      await tx.updateTable('deliveries').set({ state: 'dead' }).where('key', 'in', ['note/1', 'other']).execute()
      await tx.updateTable('deliveries').set({ state: 'expired' }).where('key', '=', 'note/2').execute()
    })
    expect(await countDeliveries(db.read, 'try', { from: START, to: plus(START, 3 * DAY) })).toEqual({
      waiting: 1,
      dead: 1,
      expired: 1,
    })
    expect([await countFailed(db.read, 'try', START), await countFailed(db.read, 'try', plus(START, 2 * DAY))]).toEqual(
      [1, 0],
    )
    const keys = async (more: object) =>
      (await findDeliveries(db.read, { space: 'try', lane: 'try/try', limit: 3, ...more })).map(({ key }) => key)
    expect(await keys({})).toEqual(['note/5', 'note/4', 'note/3'])
    expect(await keys({ before: { made: plus(START, 3 * DAY), key: 'note/3' } })).toEqual([
      'note/2',
      'note/1',
      'note/0',
    ])
    expect(await keys({ state: 'dead' })).toEqual(['note/1'])
    expect(await keys({ state: 'expired' })).toEqual(['note/2'])
    expect(await keys({ state: 'waiting' })).toEqual(['note/5', 'note/4', 'note/3'])
    expect(await keys({ words: 'note/2' })).toEqual(['note/2'])
    expect(await keys({ words: 'Ann', addresses: ['user:u1'] })).toEqual(['note/5', 'note/3', 'note/1'])
    expect(await keys({ words: 'other' })).toEqual([])
    expect((await deliveriesUnder(db.read, 'try', 'note/', plus(START, 4 * DAY))).map(({ key }) => key)).toEqual([
      'note/5',
      'note/4',
    ])
  })

  test('readers, channel digests, news by topic and nudges are those of the space', async () => {
    const { db, world } = await started()
    await world.press(moderator, { do: 'digest.start', here: 'yes' }, START)
    await world.press(sara, { do: 'digest.start' }, START)
    expect(await countReaders(db.read, 'try')).toBe(1)
    expect((await channelDigests(db.read, 'try')).map(({ address }) => address)).toEqual(['channel:standards-news'])
    expect([await countReaders(db.read, 'b'), await channelDigests(db.read, 'b')]).toEqual([0, []])
    await store(db, [
      { seen: START },
      { seen: START },
      { seen: START, topic: 'research' },
      { seen: START, topic: 'off-topic' },
    ])
    await store(db, [{ seen: START, topic: 'outcomes', space: 'b' }, { seen: plus(START, -DAY) }])
    expect(await itemsByTopic(db.read, 'try', START)).toEqual([
      { topic: 'standards-integrity', count: 2 },
      { topic: 'research', count: 1 },
    ])
    await world.press(sara, { do: 'path.start' }, START)
    await inTx(db, (tx) =>
      tx
        .updateTable('company')
        .set({ nudged_at: START, did_at: plus(START, DAY) })
        .execute(),
    )
    expect(await nudgeAnswers(db.read, 'try')).toEqual({ nudged: 1, did: 1, stopped: 0 })
    expect(await nudgeAnswers(db.read, 'b')).toEqual({ nudged: 0, did: 0, stopped: 0 })
  })

  test('of those who spend a link, or turn a secret, at the same moment one does', async () => {
    const { db } = await started()
    const times = { made_at: START, expires_at: plus(START, DAY) }
    await inTx(db, (tx) => putConsoleLink(tx, { hash: 'h', space: 'try', user_id: 'mo', platform: 1, ...times }))
    const spent = await Promise.all([1, 2, 3].map(() => inTx(db, (tx) => spendConsoleLink(tx, 'h', START))))
    expect(spent.filter(Boolean)).toHaveLength(1)
    const rest = { csrf: 'c', platform: 1, browser: 'x', seen_at: START, turned_at: START, ...times }
    await inTx(db, (tx) => addConsoleSession(tx, { hash: 's', space: 'try', user_id: 'mo', ...rest }))
    const session = (await consoleSession(db.read, 's'))!
    const turned = await Promise.all(
      ['a', 'b'].map((hash) => inTx(db, (tx) => changeConsoleSession(tx, session, { hash, before: 's' }))),
    )
    expect(turned.sort()).toEqual([false, true])
    expect(await inTx(db, (tx) => endConsole(tx, person, 'con99'))).toBe(0)
    expect(await inTx(db, (tx) => endConsole(tx, person))).toBe(1)
    expect(await consoleSession(db.read, 's')).toBeUndefined()
  })
})
