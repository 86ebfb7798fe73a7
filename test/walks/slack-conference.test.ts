import { expect, test } from 'vitest'
import { until } from '../support/bot-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { meeting, WEEK_BEFORE } from '../support/meeting.ts'
import { slackWorkspace } from '../support/slack/workspace.ts'

const SCOPES =
  'commands chat:write im:write users:read app_mentions:read channels:read channels:manage channels:join pins:write bookmarks:read bookmarks:write'

test('a moderator opens a channel by pressing; it is filled, kept up to date, told each morning, and archived', async () => {
  const { slack, team, server, mod } = await slackWorkspace(
    await freshSqlite(),
    (slack) => {
      slack.state.teams.get('T1')!.scopes = SCOPES.split(' ')
    },
    { TRY_OUT: 'on' },
  )
  const { moveClock } = server.engine
  await moveClock(WEEK_BEFORE)
  const { moveOpening } = await meeting(server.house, 'T1', 'UMOD')
  const preview = await mod.types('channel open SACME')
  expect(preview.text).toContain('Nothing is opened yet')
  expect(team.channels.size).toBe(1)
  const opening = await mod.presses(preview, 'Open')
  expect(opening.text).toContain('It is being opened')

  const ours = () => [...team.channels].filter(([, { creator }]) => creator === 'UBOT')
  const here = () => slack.state.messages.filter(({ channel, to }) => channel === ours()[0]?.[0] && !to)
  await until('the schedule is there', () => here().length >= 2)
  await until('all is there', () => ours()[0]![1].pins?.length === 2 && ours()[0]![1].bookmarks?.length === 1)
  const [[channel, made] = []] = ours()
  expect(made).toMatchObject({ name: 'sacme-2027', topic: expect.stringMatching(/^SACME 2027.+ · cme-cc1-\w+$/) })
  expect(made!.bookmarks).toEqual([{ id: 'Bk1', title: 'SACME 2027', link: 'https://example.org/sacme' }])
  expect(here().map(({ text }) => text.split('\n')[0])).toEqual(['Welcome to SACME 2027', 'SACME 2027: schedule'])
  expect(made!.pins).toEqual(here().map(({ ts }) => ts))

  await moveOpening('2027-03-14 09:30 to 10:30')
  await moveClock('2027-03-09T15:00:00.000Z')
  await until('the schedule is changed', () => here()[1]!.edits === 1)
  expect(here()[1]!.text).toContain('09:30 to 10:30 Opening')
  expect(made!.pins).toHaveLength(2)

  // Opening it once more, in the channel itself, finds what is there.
  expect((await mod.types('channel open SACME', channel)).text).toContain('SACME 2027: its channel')
  await moveClock('2027-03-16T15:00:00.000Z')
  const told = here().map(({ text }) => text.split('\n')[0])
  expect(told.filter((title) => title!.includes('today'))).toEqual([
    'SACME 2027 today: day 1 of 2',
    'SACME 2027 today: day 2 of 2',
  ])
  expect(told.some((title) => title!.includes('Opening in 15 minutes'))).toBe(true)
  expect(new Set(told).size).toBe(told.length)

  const kept = await mod.shortcut('keep_for_recap', `Worth hearing ${'and more '.repeat(400)}`)
  expect(kept.view?.type).toBe('modal')
  await moveClock('2027-04-20T15:00:00.000Z')
  expect(here().at(-1)!.text).toContain('This channel closes on')
  expect([made!.archived, ours().length]).toEqual([true, 1])
  const ready = (await (await fetch(`${server.site}/readyz`)).json()) as { checks: { name: string; ok: boolean }[] }
  expect(ready.checks.find(({ name }) => name === 'slack')).toMatchObject({ ok: true })
}, 60_000)

test('a permission that is missing is told to who pressed, with what to do; then it is opened again', async () => {
  const { slack, team, server, mod } = await slackWorkspace(await freshSqlite(), undefined, { TRY_OUT: 'on' })
  await server.engine.moveClock(WEEK_BEFORE)
  await meeting(server.house, 'T1', 'UMOD')
  await mod.presses(await mod.types('channel open SACME'), 'Open')
  const heard = () =>
    slack.state.messages.find(({ channel, text }) => channel === 'DUMOD' && /channels:manage/.test(text))
  await until('she hears why', () => heard() !== undefined)
  expect(heard()!.text).toContain('OAuth &amp; Permissions')
  team.scopes.push('channels:manage', 'pins:write')
  const card = await mod.types('channel SACME')
  expect((await mod.presses(card, 'Try again')).text).toContain('It is being opened')
  await until('it is there', () => [...team.channels.values()].some(({ pins }) => pins?.length === 2))
}, 60_000)
