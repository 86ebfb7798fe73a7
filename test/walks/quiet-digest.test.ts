import { unpacker } from '@cme-commons/app'
import { type Card, encodeAction, overCard, type Press, plain, type Reply } from '@cme-commons/core'
import { changeSource, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { entry, knowledge, moderator, sara, worldOn } from '../support/world.ts'

const SUNDAY = '2026-11-22T12:00:00.000Z'
const MONDAYS = ['2026-11-23T13:00:00.000Z', '2026-11-30T13:00:00.000Z', '2026-12-07T13:00:00.000Z']

const words = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')

describeEachDatabase((fresh) => {
  async function started() {
    const world = await worldOn(await (await fresh()).open(), SUNDAY)
    await inTx(world.db, (tx) => tx.updateTable('sources').set({ enabled: 0 }).execute())
    await world.publish([entry(1)], SUNDAY)
    await world.say(sara, 'digest start', SUNDAY)
    /** The cards that a slot brings, all delivered. */
    const slot = async (now: string): Promise<string[]> => {
      await world.plan(now)
      const waiting = (await world.sent()).filter(({ state }) => state === 'waiting')
      const cards: string[] = []
      for (const { to, effect } of waiting) {
        const work = await inTx(world.db, (tx) => unpacker(knowledge)(tx, { to, effect, made: now }, now))
        if (!('card' in work)) continue
        expect(overCard(work.card as Card, (act) => encodeAction(act as Press))).toEqual([])
        cards.push(plain(work.card))
      }
      const done = { state: 'done' as const, settled_at: now }
      await inTx(world.db, (tx) => tx.updateTable('deliveries').set(done).where('state', '=', 'waiting').execute())
      return cards
    }
    return { world, slot }
  }

  test('an empty digest is no message, unless its reader asked for a note that says so', async () => {
    const { world, slot } = await started()
    expect(await slot(MONDAYS[0]!)).toEqual([])
    expect(words(await world.say(sara, 'digest quiet on', MONDAYS[0]!))).toContain('a short note says so')
    await inTx(world.db, (tx) => changeSource(tx, 'wire', { read_at: '2026-11-30T12:30:00.000Z' }))
    const [note, ...more] = await slot(MONDAYS[1]!)
    expect(more).toEqual([])
    expect(note).toContain('No news this time')
    expect(note).toMatch(/since .*22 Nov 2026/)
    expect(note).toMatch(/The one source was read, the last .*30 Nov 2026/)
    await world.publish([entry(2)], '2026-12-01T10:00:00.000Z')
    expect((await slot(MONDAYS[2]!))[0]).toContain('1 new item')
    expect(words(await world.say(sara, 'digest quiet off', MONDAYS[2]!))).toContain('nothing comes')
    expect(await slot('2026-12-14T13:00:00.000Z')).toEqual([])
  })

  test('when sources failed, the note says which instead of that nothing happened', async () => {
    const { world, slot } = await started()
    await world.publish([entry(9)], SUNDAY, 'second')
    await world.say(sara, 'digest quiet on', SUNDAY)
    await inTx(world.db, (tx) => changeSource(tx, 'wire', { read_at: '2026-11-23T12:30:00.000Z' }))
    await inTx(world.db, (tx) => changeSource(tx, 'second', { failing_since: '2026-11-22T20:00:00.000Z', failures: 4 }))
    await slot(MONDAYS[0]!)
    await inTx(world.db, (tx) => changeSource(tx, 'wire', { read_at: '2026-11-30T12:30:00.000Z' }))
    const [note] = await slot(MONDAYS[1]!)
    expect(note).toContain('not every source could be read')
    expect(note).toMatch(/since .*23 Nov 2026/)
    expect(note).toMatch(/1 of 2 did not: second since .*22 Nov 2026/)
  })

  test('a channel gets such notes only when its moderators choose them', async () => {
    const { world, slot } = await started()
    await world.say(moderator, 'digest here', SUNDAY)
    expect(await slot(MONDAYS[0]!)).toEqual([])
    const own = { do: 'digest.quiet', subscription: 's2', to: 'on' } as const
    expect(await world.press(sara, own, MONDAYS[0]!)).toMatchObject({ refuse: 'moderators-only' })
    await world.press(moderator, own, MONDAYS[0]!)
    expect((await slot(MONDAYS[1]!)).map((card) => card.includes('this channel'))).toEqual([true])
  })

  test('a digest with news that comes late for a slot that held a note is told by the next one', async () => {
    const { world, slot } = await started()
    await world.say(sara, 'digest quiet on', SUNDAY)
    expect(await slot(MONDAYS[0]!)).toHaveLength(1)
    await world.publish([entry(3)], MONDAYS[0]!)
    expect((await slot(MONDAYS[1]!))[0]).toContain('rule 3 of')
  })
})
