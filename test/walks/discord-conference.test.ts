import { expect, test } from 'vitest'
import { until } from '../support/bot-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { community } from '../support/discord/community.ts'
import { textOf } from '../support/discord/person.ts'
import { overModal } from '../support/discord-limits.ts'
import { meeting, WEEK_BEFORE } from '../support/meeting.ts'

const SACME = { name: 'conference', value: 'SACME' }

async function prepared() {
  const all = await community(await freshSqlite(), undefined, { TRY_OUT: 'on' })
  await all.server.engine.moveClock(WEEK_BEFORE)
  const { owner, discord, guild } = all
  const ours = () => [...guild.channels].filter(([, { topic, type }]) => type === 0 && topic?.includes('cme-cc1'))
  return {
    ...all,
    meeting: await meeting(all.server.house, '100', '500'),
    ours,
    here: () =>
      discord.state.messages
        .filter(({ channel }) => channel === ours()[0]?.[0])
        .map((one) => ({ ...one, text: textOf(one.components) })),
    open: async () => {
      const preview = await owner.types('channel open', SACME, undefined, 'cme-conf')
      return { preview, opening: await owner.presses(preview, 'Open') }
    },
  }
}

test('a moderator opens a channel by pressing; it is filled, kept up to date, told each morning, and closed', async () => {
  const { guild, server, owner, sara, meeting, ours, here, open } = await prepared()
  expect((await sara.types('channel open', SACME, undefined, 'cme-conf')).text).toMatch(/[Mm]oderators/)
  const { preview, opening } = await open()
  expect([preview.ephemeral, preview.text]).toEqual([true, expect.stringContaining('Nothing is opened yet')])
  expect(opening.text).toContain('It is being opened')
  await until('all is there', () => ours()[0]?.[1].pins?.length === 2 && guild.events.size === 2)
  const [[channel, made] = []] = ours()
  expect(made).toMatchObject({ name: 'sacme-2027', topic: expect.stringMatching(/^SACME 2027.+ · cme-cc1-\w+$/) })
  expect(made!.pins).toEqual(here().map(({ id }) => id))
  expect(here().map(({ text }) => text.split('\n')[0])).toEqual(['## Welcome to SACME 2027', '## SACME 2027: schedule'])
  expect([...guild.events.values()].map(({ name }) => name)).toEqual([
    'SACME 2027, day 1 of 2',
    'SACME 2027, day 2 of 2',
  ])

  await meeting.moveOpening('2027-03-14 09:30 to 10:30')
  await server.engine.moveClock('2027-03-09T15:00:00.000Z')
  await until('the schedule is changed', () => here()[1]!.edits === 1)
  const [first] = [...guild.events.values()]
  await until('the event has moved', () => first!.scheduled_start_time === '2027-03-14T14:30:00.000Z')
  expect([made!.pins!.length, guild.events.size]).toEqual([2, 2])

  const again = await owner.types('channel open', SACME, undefined, 'cme-conf')
  expect(again.text).toContain('SACME 2027: its channel')
  await server.engine.moveClock('2027-03-16T15:00:00.000Z')
  const told = here().map(({ text }) => text.split('\n')[0]!)
  expect(told.filter((title) => title.includes('today'))).toEqual([
    '## SACME 2027 today: day 1 of 2',
    '## SACME 2027 today: day 2 of 2',
  ])
  expect(told.some((title) => title.includes('Opening in 15 minutes'))).toBe(true)
  expect(new Set(told).size).toBe(told.length)

  await server.engine.moveClock('2027-04-20T15:00:00.000Z')
  expect(here().at(-1)!.text).toContain('This channel closes on')
  const everybody = made!.overwrites!.find(({ id }) => id === '100')
  expect(BigInt(everybody!.deny) & (1n << 11n)).toBe(1n << 11n)
  expect(ours().map(([id]) => id)).toEqual([channel])
}, 60_000)

test('a permission that is missing is told to who pressed, with what to do; then it is opened again', async () => {
  const { discord, owner, ours, open } = await prepared()
  discord.state.fault = (method, path) =>
    method === 'POST' && path === '/guilds/100/channels' ? { status: 403, body: { code: 50013 } } : undefined
  await open()
  const heard = () =>
    discord.state.messages.map(({ components }) => textOf(components)).find((text) => /was not opened/.test(text))
  await until('she hears why', () => heard() !== undefined)
  expect(heard()).toContain('give its role "Manage Channels"')
  discord.state.fault = undefined
  const card = await owner.types('channel show', SACME, undefined, 'cme-conf')
  expect((await owner.presses(card, 'Try again')).text).toContain('It is being opened')
  await until('it is there', () => ours()[0]?.[1].pins?.length === 2)
}, 60_000)

test('a message is kept for the recap by a moderator; her conferences complete while she types', async () => {
  const { owner, sara, meeting } = await prepared()
  const message = `Worth hearing: https://example.org/talk ${'and more of it '.repeat(120)}`
  const asked = await owner.onMessage('Keep for the recap', message)
  expect(overModal(asked.modal!)).toEqual([])
  expect(JSON.stringify(asked.modal)).toContain('https://example.org/talk')
  const kept = await owner.submits(asked.modal!, { text: 'The talk on outcomes', link: 'https://example.org/talk' })
  expect(kept.text).toContain('The talk on outcomes')
  expect((await sara.onMessage('Keep for the recap', message)).text).toMatch(/[Mm]oderators/)
  await meeting.enter('plan.conference', {
    ...{ name: 'Our Spring Day', organiser: 'The association', region: 'us' },
    ...{ href: 'https://example.org/day', tracks: [] },
  })
  const offered = async (typed: string) =>
    (await owner.completes('channel open', 'conference', typed)).map(({ name }) => name)
  expect(await offered('our')).toEqual(['Our Spring Day'])
  expect((await offered('sac')).join()).toContain('SACME')
}, 60_000)

test('a channel that is deleted in Discord is told, and can be opened anew', async () => {
  const { discord, guild, owner, ours, open } = await prepared()
  await open()
  await until('it is there', () => ours()[0]?.[1].pins?.length === 2)
  const [[channel] = []] = ours()
  guild.channels.delete(channel!)
  discord.gateway.dispatch('CHANNEL_DELETE', { id: channel, guild_id: '100', type: 0, name: 'sacme-2027' })
  const heard = (text: string) => discord.state.messages.some(({ components }) => textOf(components).includes(text))
  await until('who moderates hears of it', () => heard('SACME 2027') && heard('deleted'))
  const card = await owner.types('channel show', SACME, undefined, 'cme-conf')
  await owner.presses(card, 'Open it again')
  await until('there is another', () => ours()[0]?.[1].pins?.length === 2)
}, 60_000)
