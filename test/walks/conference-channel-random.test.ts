import { dateOf, editionOf } from '@cme-commons/app'
import { type Card, channelScheduleCard, DAY, HOUR, MINUTE, plus } from '@cme-commons/core'
import { conferenceChannelOf, datesOfEdition, findEdition } from '@cme-commons/db'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conferenceWorld } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'

const START = '2027-03-08T15:00:00.000Z'
const CHANNEL = 'C-sacme-2027'

/** What may happen while a channel lives: time passes in steps of all lengths, moderators change dates and decide about what comes. */
const doing = fc.oneof(
  { weight: 4, arbitrary: fc.record({ wait: fc.constantFrom(MINUTE, 7 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY) }) },
  { weight: 2, arbitrary: fc.record({ decide: fc.constantFrom('hold', 'skip', 'release', 'now'), which: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ session: fc.nat(2), hour: fc.integer({ min: 8, max: 18 }), day: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ turn: fc.constantFrom('cancel', 'restore'), session: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ days: fc.integer({ min: 12, max: 20 }) }) },
)
type Doing = typeof doing extends fc.Arbitrary<infer T> ? T : never

describeEachDatabase((fresh) => {
  test('whatever moderators do, nothing comes twice, nothing that is left out comes, and the schedule is right', {
    timeout: 120_000,
  }, async () => {
    const runs = (await fresh()).dialect === 'sqlite' ? 6 : 1
    await fc.assert(fc.asyncProperty(fc.array(doing, { minLength: 15, maxLength: 30 }), live), { numRuns: runs })
  })

  async function live(doings: readonly Doing[]): Promise<void> {
    const db = await (await fresh()).open()
    const world = await conferenceWorld(db, START)
    const { press, enter, tick, sent, done, now } = world
    await enter('plan.edition:sacme', {
      ...{ name: 'SACME 2027', zone: 'America/Chicago', href: 'https://example.org' },
      days: '2027-03-13 to 2027-03-15',
    })
    const said = (n: number, when: string) => ({
      title: `Session ${n}`,
      when,
      status: 'confirmed',
      source: 'programme',
    })
    for (let n = 0; n < 3; n++) await enter('plan.session:e1', said(n, `2027-03-1${3 + n} 10:00 to 11:00`))
    const shown = await press({ do: 'channel', edition: 'e1' })
    const open = 'say' in shown ? shown.say.buttons?.find(({ label }) => label === 'Open') : undefined
    await press(open && 'act' in open ? open.act : { do: 'home' })
    await tick(now())
    const skipped = new Set<string>()
    for (const one of doings) {
      if ('wait' in one) {
        await tick(plus(now(), one.wait))
        continue
      }
      if ('decide' in one) await decide(one.decide, one.which)
      else if ('hour' in one) {
        const row = (await datesOfEdition(db.read, 'e1')).find(({ id }) => id === `cd${one.session + 2}`)
        const when = `2027-03-1${3 + one.day} ${one.hour}:00 to ${one.hour}:30`
        if (row) await world.submit(`plan.session:${row.id}`, said(one.session, when)).then(save)
      } else if ('turn' in one)
        await save(await press({ do: 'plan.change', of: `date/cd${one.session + 2}`, to: one.turn }))
      else {
        const usual = { kind: 'event', title: '', status: 'confirmed', source: 'x' }
        await save(await world.submit('plan.date:cd1', { ...usual, when: `2027-03-${one.days}` }))
      }
      await tick(now())
    }
    // Everything that is still to come has come.
    for (let i = 0; i < 50; i++) await tick(plus(now(), DAY))

    const inChannel = sent.filter(({ to }) => to === CHANNEL)
    const rows = await db.read.selectFrom('deliveries').select(['key', 'state', 'attempts']).execute()
    expect(rows.filter(({ state, attempts }) => state === 'sending' || attempts > 1)).toEqual([])
    expect(rows.filter(({ key, state }) => state === 'done' && skipped.has(key))).toEqual([])
    expect(done.filter(({ work }) => 'open' in work)).toHaveLength(1)
    expect(done.filter(({ work }) => 'archive' in work).length).toBeLessThanOrEqual(1)
    const row = (await conferenceChannelOf(db.read, 'e1'))!
    if (row.ended_at)
      expect([...inChannel, ...done].filter(({ at, to }) => to === CHANNEL && at > row.ended_at!)).toEqual([])
    else expect(lastSchedule(inChannel)).toEqual(await schedule())

    async function schedule() {
      const dates = (await datesOfEdition(db.read, 'e1')).map(dateOf)
      return channelScheduleCard(editionOf((await findEdition(db.read, 'e1'))!), dates)
    }
    async function save(reply: Awaited<ReturnType<typeof press>>) {
      const button = 'say' in reply ? reply.say.buttons?.find(({ label }) => label === 'Save') : undefined
      if (button && 'act' in button) await press(button.act)
    }
    async function decide(to: string, which: number) {
      const coming = await press({ do: 'channel.coming', edition: 'e1' })
      const items = 'say' in coming ? (coming.say.buttons ?? []) : []
      const acts = items.flatMap((one) => ('act' in one && one.act.do === 'channel.item' ? [one.act] : []))
      const act = acts[which % Math.max(1, acts.length)]
      if (act?.do !== 'channel.item' || (act.item.startsWith('archive') && to === 'now')) return
      const before = new Set((await decisions()).map(({ key }) => key))
      await press({ do: 'channel.decide', edition: 'e1', item: act.item, to })
      for (const { key, decision } of await decisions())
        if (decision === 'skip' && !before.has(key)) skipped.add(key)
        else if (decision !== 'skip') skipped.delete(key)
      for (const key of skipped) if (!(await decisions()).some((one) => one.key === key)) skipped.delete(key)
    }
    function decisions() {
      return db.read.selectFrom('channel_decisions').select(['key', 'decision']).execute()
    }
  }
})

const lastSchedule = (sent: readonly { card: Card }[]): Card | undefined =>
  sent.findLast(({ card }) => card.title.endsWith(': schedule'))?.card
