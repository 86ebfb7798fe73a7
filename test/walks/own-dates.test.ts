import { plain, type Reply } from '@cme-commons/core'
import { followsAt } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { conferenceWorld } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { sara } from '../support/world.ts'

const MONDAY = '2026-11-23T15:00:00.000Z'
const words = (reply: Reply): string => ('say' in reply ? plain(reply.say, 'America/New_York') : '')

describeEachDatabase((fresh) => {
  test('her next dates stand on her first card; one press ends all reminders, and keeps whether she goes', async () => {
    const { db, enter, press, say, tick, until, sent } = await conferenceWorld(await (await fresh()).open(), MONDAY)
    const usual = { status: 'confirmed', source: 'https://example.org/call' }
    const edition = { name: 'SACME 2027', zone: 'America/Chicago', href: 'https://example.org' }
    await enter('plan.edition:sacme', { ...edition, days: '2027-03-14' })
    await enter('plan.date:e1', { ...usual, kind: 'abstracts', title: '', when: '2026-12-31' })
    await press({ do: 'track.choose', track: 'program' }, MONDAY, sara)
    expect(words(await press({ do: 'home' }, MONDAY, sara))).not.toContain('YOUR NEXT DATES')
    await press({ do: 'going', edition: 'e1', answer: 'going' }, MONDAY, sara)
    await press({ do: 'follow', scope: 'all', kind: 'report' }, MONDAY, sara)
    expect(words(await press({ do: 'home' }, MONDAY, sara))).toMatch(
      /YOUR NEXT DATES\n\n- SACME 2027: Abstracts close: Thu 31 Dec 2026, in 38 days\n- SACME 2027: The meeting: Sun 14 Mar 2027, in 111 days/,
    )
    await tick('2026-11-24T15:00:00.000Z')
    const stop = await press({ do: 'stop' }, '2026-11-24T15:00:00.000Z', sara)
    expect(words(stop)).toContain('[ No more reminders of dates ]')
    expect(words(await say(sara, 'stop reminders', '2026-11-24T15:00:00.000Z'))).toContain('You follow no conference')
    const before = sent.filter(({ to }) => to === 'sara').length
    await until('2027-03-20T15:00:00.000Z')
    expect(sent.filter(({ to }) => to === 'sara')).toHaveLength(before)
    expect(await followsAt(db.read, 'try', 'user:sara')).toMatchObject([
      { scope: 'edition/e1', answer: 'going', kinds: '' },
    ])
    expect(words(await press({ do: 'stop' }, '2027-03-20T15:00:00.000Z', sara))).not.toContain('[ No more reminders')
    expect(words(await press({ do: 'edition', edition: 'e1' }, '2027-03-20T15:00:00.000Z', sara))).toContain(
      'You are going.',
    )
  })
})
