import { type Card, type Press, plain, type Reply } from '@cme-commons/core'
import { conferenceChannelOf } from '@cme-commons/db'
import { conferenceWorld } from './conference-world.ts'
import type { TestDatabase } from './databases.ts'

/** Monday, 8 March 2027, 9:00 in Chicago: the meeting is from Sunday to Tuesday. */
export const MONDAY = '2027-03-08T15:00:00.000Z'
export const CHANNEL = 'C-sacme-2027'
export const words = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')

export const pressOn = (card: Card, label: string): Press => {
  const button = card.buttons?.find((one) => one.label === label)
  if (!button || !('act' in button))
    throw new Error(`no button ${label}: ${card.buttons?.map((one) => one.label).join()}`)
  return button.act
}
export const on = (reply: Reply, label: string): Press => {
  if (!('say' in reply)) throw new Error('a form')
  return pressOn(reply.say, label)
}

/** An edition with two sessions, whose channel a moderator opens as she would. */
export async function channelWorld(fresh: () => Promise<TestDatabase>) {
  const db = await (await fresh()).open()
  const world = await conferenceWorld(db, MONDAY)
  const edition = { name: 'SACME 2027', zone: 'America/Chicago', place: 'A city', href: 'https://example.org/sacme' }
  await world.enter('plan.edition:sacme', { ...edition, days: '2027-03-14 to 2027-03-16' })
  const session = (title: string, when: string) =>
    world.enter('plan.session:e1', { title, when, status: 'confirmed', source: 'programme', place: 'Hall A' })
  await session('Opening', '2027-03-14 09:00 to 10:00')
  await session('Outcomes', '2027-03-15 11:00 to 12:00')
  /** As a moderator does it: the button of the edition, then Open. */
  const openIt = async (at = world.now()) => {
    const shown = await world.press(on(await world.press({ do: 'edition', edition: 'e1' }, at), 'Its own channel'), at)
    const reply = await world.press(on(shown, 'Open'), at)
    await world.send(at)
    return { shown, reply }
  }
  const inChannel = (to = CHANNEL) => world.sent.filter((one) => one.to === to)
  const told = (to = CHANNEL) =>
    inChannel(to).map(
      ({ at, card, pin, edited }) =>
        `${at.slice(5, 16)} ${card.title}${pin ? ' (pinned)' : ''}${edited ? ' (edited)' : ''}`,
    )
  const row = async () => (await conferenceChannelOf(db.read, 'e1'))!
  return { ...world, db, session, openIt, told, inChannel, row }
}
