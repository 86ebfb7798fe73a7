import { findMember, findSpace } from '@cme-commons/db'
import { expect, onTestFinished, test } from 'vitest'
import { until } from '../support/bot-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { labels as discordLabels } from '../support/discord/community.ts'
import { person } from '../support/discord/person.ts'
import { fakeDiscord } from '../support/discord/server.ts'
import { delivered, labels, slackWorkspace } from '../support/slack/workspace.ts'

test('through both bots: a code shown in Slack is typed in Discord, and she is one member with one progress and one digest', async () => {
  const discord = await fakeDiscord()
  onTestFinished(() => discord.close())
  discord.guild('100', 'CME colleagues')
  const settings = { DISCORD_API_URL: discord.api, DISCORD_TOKEN: discord.state.token }
  const { slack, sara, db } = await slackWorkspace(await freshSqlite(), () => {}, settings)
  const there = person(discord)
  await until('the server is known', async () => (await findSpace(db.read, '100')) !== undefined, 20_000)

  await sara.types('track program')
  await sara.types('digest start')
  await sara.types('step fundamentals')
  const shown = await sara.types('link')
  expect(shown.private).toBe(true)
  const [, code = ''] = /\/cme link ([A-Z]{4}-[A-Z]{4})/.exec(JSON.stringify(shown.blocks)) ?? []
  const wrong = await there.types('link', { name: 'code', value: 'BBBB-BBBB' })
  expect(wrong.text).toContain('This code opens nothing')
  const preview = await there.types('link', { name: 'code', value: code })
  expect(preview.ephemeral).toBe(true)
  expect(preview.text).toMatch(/The code was made by \*\*Sara\*\* in \*\*Workspace T1 \(Slack\)\*\*/)
  const linked = await there.presses(preview, 'Link; messages come here')
  expect(linked.text).toContain('You are one member in all of these')
  expect(discordLabels(linked)).toContain('Unlink')

  const told = await delivered(slack, 'DU1', /You are linked with another community/)
  expect(labels(told)).toEqual(['That was me', 'Unlink'])
  expect((await findMember(db.read, 'T1', 'U1'))?.id).toBe((await findMember(db.read, '100', '501'))?.id)
  expect((await there.types('home')).text).toContain('Program Developers')
  expect((await there.types('progress')).text).toContain('Fundamentals')
  expect(JSON.stringify((await sara.types('digest')).blocks)).toContain('CME colleagues (Discord)')
  const digests = await db.read.selectFrom('subscriptions').select(['space', 'paused']).orderBy('space').execute()
  expect(digests).toEqual([
    { space: '100', paused: 0 },
    { space: 'T1', paused: 1 },
  ])

  const asked = await sara.presses(told, 'Unlink')
  await sara.presses(asked, 'Unlink; keep it here')
  expect(JSON.stringify((await sara.types('link')).blocks)).toContain('Be one member here and elsewhere')
  expect((await findMember(db.read, 'T1', 'U1'))?.id).not.toBe((await findMember(db.read, '100', '501'))?.id)
  expect((await there.types('digest show')).text).toContain('You have no digest yet')
})
