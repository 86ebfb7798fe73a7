import { conferenceChannelOf } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { type Child, startChild } from '../support/children.ts'
import type { ChannelProcess, ChannelStep, ChannelTurn } from '../support/conference-channel-process.ts'
import { conferenceWorld } from '../support/conference-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { startReceiver } from '../support/receiver.ts'

const MONDAY = '2027-03-08T15:00:00.000Z'
/** The walk's moments: opened, changed, a morning, a session, told, closed. */
const stepsFrom = (draft: string): ChannelStep[] => [
  { at: '2027-03-08T15:00:00.000Z', press: { do: 'channel.open', edition: 'e1', draft } },
  { at: '2027-03-09T15:00:00.000Z', session: { id: 'cd2', title: 'Opening, with music' } },
  { at: '2027-03-14T12:00:00.000Z' },
  { at: '2027-03-14T13:45:00.000Z' },
  { at: '2027-04-12T14:00:00.000Z' },
  { at: '2027-04-15T15:00:00.000Z' },
]
/** A delivery in doubt is taken up when its lease has run out. */
const LEASE = 25_000
/** Every so many of the boundaries, one after the other: all of them take minutes. */
const [OF, NTH] = [Number(process.env.CHANNEL_OF ?? 9), Number(process.env.CHANNEL_NTH ?? 4)]

describeEachDatabase((fresh) => {
  test('killed at boundaries of its life and gone on with: one channel, one event, each message once and in order', {
    timeout: 300_000,
  }, async () => {
    const database = await fresh()
    const db = await database.open()
    const world = await conferenceWorld(db, MONDAY)
    const edition = { name: 'SACME 2027', zone: 'America/Chicago', place: 'A city', href: 'https://example.org/sacme' }
    await world.enter('plan.edition:sacme', { ...edition, days: '2027-03-14' })
    const session = { title: 'Opening', when: '2027-03-14 09:00 to 10:00', status: 'confirmed', source: 'programme' }
    await world.enter('plan.session:e1', session)
    const shown = await world.press({ do: 'channel', edition: 'e1' })
    const act = 'say' in shown ? shown.say.buttons?.find(({ label }) => label === 'Open') : undefined
    if (!act || !('act' in act) || act.act.do !== 'channel.open') throw new Error('nothing to open')
    const receiver = await startReceiver()
    const options: ChannelProcess = {
      ...{ url: database.url, receiver: receiver.url, steps: stepsFrom(act.act.draft) },
      ...{ of: OF, nth: NTH },
    }
    const start = (): Child => startChild('conference-channel-process.ts', options)
    // The next ones start up while one works.
    const ready = [start()]
    const survived: string[] = []
    let from = 0
    for (;;) {
      ready.push(start())
      const child = ready.shift()!
      child.tell({ from, late: survived.length * LEASE, survived } satisfies ChannelTurn)
      let told: { answered?: number; died?: string; done?: true } = {}
      while (!told.died && !told.done) {
        told = JSON.parse(await child.line())
        if (told.answered !== undefined) from = told.answered + 1
      }
      const { signal, errors } = await child.ended
      expect({ signal, errors }).toEqual({ signal: told.died ? 'SIGKILL' : null, errors: '' })
      if (!told.died) break
      survived.push(told.died)
    }
    expect(survived.length).toBeGreaterThan(5)
    const arrived = receiver.stored.filter(({ to }) => to === 'new/cc1' || to === 'C1')
    expect(arrived.map(({ key }) => key.replace(/ in \d+ minutes$/, ''))).toEqual([
      'open sacme-2027',
      'Welcome to SACME 2027 (pinned)',
      'SACME 2027: schedule (pinned)',
      'bookmark SACME 2027',
      'event SACME 2027',
      'SACME 2027: schedule (pinned) (edited)',
      'event SACME 2027',
      'SACME 2027: The meeting today',
      'SACME 2027 today',
      'SACME 2027: Opening, with music',
      'This channel closes on Tue 13 Apr 2027',
      'archive',
    ])
    expect(await conferenceChannelOf(db.read, 'e1')).toMatchObject({ state: 'archived', channel: 'C1' })
  })
})
