import { rewind } from '@cme-commons/app'
import type { Press, Reply } from '@cme-commons/core'
import { conferenceChannelOf, inTx } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { tryRoutes } from '../../server/src/try/routes.ts'
import { actorOf, somebody } from '../../server/src/try/space.ts'
import { ask } from '../support/ask-try.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { START, tryHouse } from '../support/try-house.ts'

type Line = { id: string; at: string; channel?: string; pinned?: true; kind: string; card?: { title: string } }

describeEachDatabase((fresh) => {
  test('the whole life of a conference channel is watched by moving the clock, and taken back with it', async () => {
    const db = await (await fresh()).open()
    const house = await tryHouse(db)
    const app = tryRoutes(house)
    await ask(app, '/try/state')
    const mo = actorOf((await somebody(db.read, 'moderator'))!)
    const pressed = (reply: Reply, label: string): Press => {
      const button = 'say' in reply ? reply.say.buttons?.find((one) => one.label === label) : undefined
      if (!button || !('act' in button)) throw new Error(`no button ${label}`)
      return button.act
    }
    const enter = async (form: string, answers: Record<string, string>) =>
      house.perform(mo, pressed(await house.perform(mo, { do: 'form.submit', form, answers }), 'Save'))
    const page = { zone: 'America/Chicago', place: 'A city', href: 'https://example.org/sacme' }
    await enter('plan.edition:sacme', { name: 'SACME 2026', ...page, days: '2026-11-30 to 2026-12-01' })
    const session = { title: 'Opening', when: '2026-11-30 09:00 to 10:00', status: 'confirmed', source: 'programme' }
    await enter('plan.session:e1', session)
    await house.perform(mo, pressed(await house.perform(mo, { do: 'channel', edition: 'e1' }), 'Open'))
    await house.moveClock('2026-11-23T15:05:00.000Z')

    const lines = async () => (await ask(app, '/try/inbox?as=sara')).json.messages as Line[]
    const titles = async () =>
      (await lines())
        .filter(({ channel }) => channel === 'sacme-2026')
        .map(({ card, pinned }) => `${card?.title}${pinned ? ' (pinned)' : ''}`)
    const opened = [
      'Welcome to SACME 2026 (pinned)',
      'SACME 2026: schedule (pinned)',
      'Bookmark: SACME 2026',
      'Event: SACME 2026, day 1 of 2',
      'Event: SACME 2026, day 2 of 2',
    ]
    expect((await titles()).sort()).toEqual([...opened].sort())
    const channels = (await ask(app, '/try/state?as=sara')).json.channels
    expect(channels.at(-1)).toEqual({
      id: 'sacme-2026',
      name: 'sacme-2026',
      about: 'SACME 2026, 30 Nov to 1 Dec 2026, A city',
    })

    const upcoming = (await ask(app, '/try/upcoming')).json.upcoming as { to: string; what: string }[]
    expect(upcoming.filter(({ to }) => to === '#sacme-2026').map(({ what }) => what)).toContain(
      'Card of the morning, Mon 30 Nov 2026',
    )
    await house.moveClock('2026-12-02T15:00:00.000Z')
    expect((await titles()).filter((title) => !opened.includes(title))).toEqual([
      'SACME 2026: The meeting tomorrow',
      'SACME 2026 today: day 1 of 2',
      'SACME 2026: Opening in 15 minutes',
      'SACME 2026 today: day 2 of 2',
    ])
    await house.moveClock('2027-01-02T15:00:00.000Z')
    expect((await titles()).slice(-2)).toEqual(['This channel closes on Thu 31 Dec 2026', 'This channel is closed'])
    const say = await ask(app, '/try/say', { body: { as: 'sara', channel: 'sacme-2026', text: 'Hello' } })
    expect(say.status).toBe(409)

    await house.moveClock('real')
    await inTx(db, (tx) => rewind(tx, START))
    expect(await conferenceChannelOf(db.read, 'e1')).toMatchObject({ state: 'opening', channel: null })
    await house.moveClock('2026-11-23T15:05:00.000Z')
    await house.moveClock('2026-12-01T15:00:00.000Z')
    expect((await titles()).slice(-3)).toEqual([
      'SACME 2026 today: day 1 of 2',
      'SACME 2026: Opening in 15 minutes',
      'SACME 2026 today: day 2 of 2',
    ])
    expect((await titles()).filter((title) => title.startsWith('Welcome'))).toHaveLength(1)
  })
})
