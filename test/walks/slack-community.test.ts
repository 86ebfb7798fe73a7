import { findSpace, noteOf, settingsOf } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { until } from '../support/bot-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { fill } from '../support/slack/fill.ts'
import { person } from '../support/slack/person.ts'
import { delivered, labels, slackWorkspace } from '../support/slack/workspace.ts'

const textOf = (value: unknown): string => JSON.stringify(value)
/** A modal that took the place of a submitted one. */
const after = (acked: { body: unknown }, id: string) => {
  const { view } = acked.body as { view: { blocks: never[]; type: string } }
  return { text: '', blocks: view.blocks, view: { ...view, id, hash: '' } }
}

test('the first administrator is asked where to post; a press names the channel, another starts its digest, and members see the track channels', async () => {
  const { mod, sara, slack, team, db } = await slackWorkspace(await freshSqlite())
  team.channels.set('C2', { name: 'program-people', member: true })
  await sara.types('')
  await mod.types('')
  const asked = await delivered(slack, 'DUMOD', /is in Workspace T1/)
  const form = await mod.presses(asked, 'Choose channels')
  const shown = after(await mod.submits(form.view!, fill(form.view!, { news: 'C1' })), form.view!.id)
  expect(textOf(shown.blocks)).toContain('<#C1> becomes the place for news')
  const saved = await mod.presses(shown, 'Save')
  expect(textOf(saved.blocks)).toContain('/invite @CME Commons')
  expect((await settingsOf(db.read, 'T1')).news).toBe('C1')
  const begun = await mod.presses(saved, 'Start the digest for news')
  expect(textOf(begun.blocks)).toContain('The channel for news gets a digest from now on')
  // Nothing was posted anywhere but to her.
  expect(slack.state.messages.filter(({ channel }) => channel === 'C1')).toEqual([])
  await mod.types('help')
  expect(slack.state.messages.filter(({ channel, metadata }) => channel === 'DUMOD' && metadata)).toHaveLength(1)

  const track = await mod.presses(await mod.types('setup'), 'Track channels')
  const tied = after(
    await mod.submits(track.view!, fill(track.view!, { 'trackChannels.program': 'C2' })),
    track.view!.id,
  )
  await mod.presses(tied, 'Save')
  const chosen = await sara.types('track program')
  expect(textOf(chosen.blocks)).toContain('Colleagues on this track meet in <#C2>')
  expect((await sara.types('setup')).text).toContain('Moderators set this up')
})

test('a suggestion goes to the moderators, one approves it with a press, the member hears, and her Home tab stays true', async () => {
  const { mod, sara, slack, db } = await slackWorkspace(await freshSqlite())
  await mod.types('')
  await delivered(slack, 'DUMOD', /is in Workspace T1/)
  await sara.event({ type: 'app_home_opened', tab: 'home', channel: 'DU1' })
  await until('the Home tab is drawn', () => sara.home() !== undefined)
  const asked = await sara.shortcut('suggest_for_digest', 'See <https://example.org/news/criteria|these criteria>')
  const told = after(
    await sara.submits(
      asked.view!,
      fill(asked.view!, { title: 'ACCME revises its criteria', why: 'It changes how we plan' }),
    ),
    asked.view!.id,
  )
  expect(textOf(told.blocks)).toContain('ACCME revises its criteria')
  const note = await delivered(slack, 'DUMOD', /ACCME revises its criteria/)
  const opened = await mod.presses(note, labels(note)[0]!)
  const approve = labels(opened).find((label) => /approve/i.test(label))!
  const decided = await mod.presses({ ...opened, channel: 'DUMOD' }, approve)
  expect(textOf(decided.blocks)).toContain('ACCME revises its criteria')
  await delivered(slack, 'DU1', /ACCME revises its criteria/)
  expect((await db.read.selectFrom('suggestions').select('state').execute()).map(({ state }) => state)).toEqual([
    'approved',
  ])
})

test('a digest with less, snooze and why; the Home tab follows by itself; then the app is removed', async () => {
  const { sara, mod, slack, server, db } = await slackWorkspace(await freshSqlite(), undefined, { TRY_OUT: 'on' })
  await mod.types('')
  await sara.types('track program')
  await sara.types('digest start')
  await sara.event({ type: 'app_home_opened', tab: 'home', channel: 'DU1' })
  await until('the Home tab is drawn', () => sara.home() !== undefined)
  const before = sara.home()!
  expect(labels(before as never)).toEqual(
    expect.arrayContaining(['Preview', 'Change when', 'Change what is in it', 'Snooze', 'My data']),
  )
  await server.engine.moveClock(new Date(Date.now() + 8 * 86_400_000).toISOString())
  const digest = await delivered(slack, 'DU1', /CME standards news/)
  await until('the Home tab tells the next date', () => sara.home()!.hash !== before.hash)
  const less = await sara.presses(digest, 'Less of this')
  const topic = labels(less).find((label) => label !== 'Cancel')!
  const muted = await sara.presses({ ...less, channel: 'DU1' }, topic)
  expect(textOf(muted.blocks)).toContain('left out from now on')
  const asked = await sara.presses(digest, 'Snooze')
  const snoozed = await sara.presses({ ...asked, channel: 'DU1' }, 'Two weeks')
  expect(snoozed.replaced).toBe(true)
  expect(textOf(snoozed.blocks)).toContain('It is snoozed until')

  await sara.event({ type: 'tokens_revoked', tokens: { oauth: ['UX'], bot: [] } })
  await sara.event({ type: 'app_uninstalled' })
  await until('the workspace is left', async () => (await findSpace(db.read, 'T1'))?.left_at !== null)
  expect(await db.read.selectFrom('subscriptions').selectAll().where('space', '=', 'T1').execute()).toEqual([])
  expect(await noteOf(db.read, 'slack', 'bot/home/T1/U1')).toBeUndefined()
  expect(await noteOf(db.read, 'slack', 'bot/dm/T1/U1')).toBeUndefined()
})

test('where two people talk, an answer is for who asked alone; in her own conversation with the bot answers stay', async () => {
  const { sara, slack } = await slackWorkspace(await freshSqlite())
  const between = await sara.types('what ECMEC', 'DBETWEEN')
  expect(between).toMatchObject({ private: true })
  await sara.event({ type: 'message', channel_type: 'im', channel: 'DU1', text: 'help', ts: '1.1' })
  await sara.hears(0)
  expect(await sara.types('what ECMEC', 'DU1')).toMatchObject({ private: false })
  expect(await sara.types('progress', 'DBETWEEN')).toMatchObject({ private: true })
  expect(slack.state.messages.filter(({ channel }) => channel === 'DBETWEEN')).toEqual([])
})

test('an administrator of another organisation in a shared channel moderates nothing here', async () => {
  const { slack, team } = await slackWorkspace(await freshSqlite())
  team.users.set('UEXT', { name: 'Visitor', tz: 'UTC', admin: true, of: 'T9' })
  const visitor = person(slack, { socket: true }, 'T1', 'UEXT')
  expect((await visitor.types('setup')).text).toContain('Moderators set this up')
})

test('who erases what is kept about her finds her Home tab empty', async () => {
  const { sara } = await slackWorkspace(await freshSqlite())
  await sara.types('track program')
  await sara.event({ type: 'app_home_opened', tab: 'home', channel: 'DU1' })
  await until('the Home tab is drawn', () => textOf(sara.home() ?? {}).includes('Good to see you'))
  const erase = await sara.types('my-data erase')
  const form = await sara.presses(erase, 'Go on to erase it')
  await sara.submits(form.view!, fill(form.view!, { word: 'ERASE' }))
  await until('the Home tab is empty', () => textOf(sara.home()).includes('Nothing is kept about you'))
})

test('a press on Home that comes too late, or in a modal that was closed, is answered in her direct messages', async () => {
  const { sara, slack } = await slackWorkspace(await freshSqlite())
  await sara.event({ type: 'app_home_opened', tab: 'home', channel: 'DU1' })
  await until('the Home tab is drawn', () => sara.home() !== undefined)
  slack.state.fault = (method) => (method === 'views.open' ? { ok: false, error: 'expired_trigger_id' } : undefined)
  const home = { text: '', blocks: sara.home()!.blocks, view: { ...sara.home()!, type: 'home' } }
  expect(await sara.presses(home, 'Latest news')).toMatchObject({ channel: 'DU1' })
  slack.state.fault = undefined
  const modal = await sara.presses(home, 'All commands')
  slack.state.views.delete(modal.view!.id)
  expect(await sara.presses(modal, labels(modal)[0]!)).toMatchObject({ channel: 'DU1' })
})
