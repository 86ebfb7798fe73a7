import { planConferences, platformOf, settled, unpacker } from '@cme-commons/app'
import { type ConferenceDate, type DateTime, faceOf, overAt, plus, remindable } from '@cme-commons/core'
import { inTx, lanesDue, putEdition, putFollow, putPolicy, type Tx } from '@cme-commons/db'
import { createCourier } from '@cme-commons/server'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saveDate } from '../../packages/app/src/conferences/save.ts'
import { freshSqlite } from '../support/databases.ts'
import { knowledge, worldOn } from '../support/world.ts'

const START = '2026-12-01T00:00:00.000Z'
const DAY = 86_400_000
const STATUSES = ['confirmed', 'tentative', 'typical', 'cancelled', 'postponed'] as const
const KINDS = ['abstracts', 'event', 'session'] as const

/** One thing that happens, `wait` hours after the one before. */
const step = fc.record({
  wait: fc.integer({ min: 0, max: 240 }),
  happens: fc.oneof(
    { weight: 4, arbitrary: fc.record({ move: fc.integer({ min: -10, max: 70 }), at: fc.boolean() }) },
    { weight: 4, arbitrary: fc.record({ status: fc.constantFrom(...STATUSES, 'confirmed', 'confirmed') }) },
    { weight: 1, arbitrary: fc.record({ gone: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ leads: fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { maxLength: 4 }) }) },
    { weight: 2, arbitrary: fc.record({ follow: fc.constantFrom('going', 'not-this-year') }) },
  ),
})

test('no sequence of changes sends for a past, withdrawn or typical date, or the same reminder twice', async () => {
  const db = await (await freshSqlite()).open()
  await worldOn(db, START)
  let now = START
  let date: ConferenceDate
  const keys = new Set<string>()
  const wrong: string[] = []
  const courier = createCourier({
    db,
    now: () => now,
    holder: 'test',
    deliverers: {
      try: async ({ key, now: at }) => {
        if (!key.startsWith('conference/cd')) return { done: true }
        const say = (what: string) =>
          wrong.push(`${at} ${key}: ${what}; it is ${date.status} ${JSON.stringify(date.when)}`)
        if (keys.has(key)) say('sent twice')
        keys.add(key)
        if (overAt(date) <= at) say('it is over')
        if (!faceOf(date)) say('it is typical or taken out')
        if (!key.includes('/news/') && !remindable(date)) say('reminded of what is off')
        return { done: true }
      },
    },
    platformOf,
    unpack: unpacker(knowledge),
    settled,
    wake: async () => {},
    log: { warn() {}, error: (data: unknown, say: string) => console.error(say, data) },
    settleMs: 1,
  })
  const tick = async () => {
    await planConferences(db, now, knowledge, async () => {})
    for (const lane of await lanesDue(db.read, now)) await courier.work(lane)
  }
  const follow = (tx: Tx, run: number, answer: string) =>
    putFollow(tx, {
      space: 'try',
      address: 'user:ines',
      member: null,
      scope: `edition/e${run}`,
      kinds: ',abstracts,event,session,',
      tracks: '',
      days: '',
      minutes: '',
      answer,
      zone: 'Europe/Brussels',
      quiet: null,
      made_at: now,
      since: now,
    })
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...KINDS),
      fc.array(step, { minLength: 3, maxLength: 14 }),
      async (kind, steps) => {
        run++
        const moment = (days: number, at: boolean): DateTime => {
          const day = plus(now, days * DAY)
          return at || kind === 'session'
            ? { kind: 'at', at: plus(day, 3 * 3_600_000), zone: 'UTC' }
            : { kind: 'day', day: day.slice(0, 10), zone: 'UTC' }
        }
        const save = (change: Partial<ConferenceDate>) =>
          inTx(db, async (tx) => {
            const { sequence, changed, ...said } = { ...date, ...change }
            date = { ...date, ...change }
            if ('gone' in change && change.gone === undefined) delete (date as { gone?: string }).gone
            const row = await saveDate({ tx, now, by: { said: 'a test' } }, said)
            date = { ...date, id: row.id }
          })
        await inTx(db, async (tx) => {
          const edition = {
            id: `e${run}`,
            space: 'try',
            conference: 'own',
            name: 'An edition',
            year: 2027,
            place: null,
            href: null,
            zone: 'UTC',
          }
          await putEdition(tx, { ...edition, status: 'planned', announce: 0, made_at: now, changed_at: now })
          await follow(tx, run, 'going')
        })
        now = plus(now, 60_000)
        date = {
          id: undefined as never,
          space: 'try',
          edition: `e${run}`,
          conference: 'own',
          kind,
          title: 'A date',
          when: moment(40, false),
          status: 'typical',
          source: 'made up',
          checked: '2026-12-01',
          sequence: 0,
          changed: now,
        }
        await save({})
        for (const { wait, happens } of steps) {
          for (let left = wait; left > 0; left -= 6) {
            now = plus(now, Math.min(left, 6) * 3_600_000)
            await tick()
          }
          if ('move' in happens) await save({ when: moment(happens.move, happens.at) })
          else if ('status' in happens) await save({ status: happens.status })
          else if ('gone' in happens) await save(happens.gone ? { gone: now } : { gone: undefined as never })
          else if ('leads' in happens)
            await inTx(db, (tx) =>
              putPolicy(tx, { space: 'try', kind, leads: happens.leads.join() || 'none', since: now }),
            )
          else await inTx(db, (tx) => follow(tx, run, happens.follow))
          if (wait % 2 === 0) await tick()
        }
        // Far enough for everything of this run to be over.
        for (let n = 0; n < 12; n++) {
          now = plus(now, 8 * DAY)
          await tick()
        }
        expect(wrong).toEqual([])
      },
    ),
    { numRuns: 60 },
  )
  expect(keys.size).toBeGreaterThan(20)
}, 240_000)
