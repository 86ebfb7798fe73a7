import { checkSlack } from '@cme-commons/slack'
import { expect, onTestFinished, test } from 'vitest'
import { makeEdge } from '../../server/src/bots/edge.ts'
import { startHouse } from '../support/bot-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { installed, SECRET_KEY } from '../support/promised.ts'
import { fakeSlack } from '../support/slack/server.ts'

const NEEDED = ['commands', 'chat:write', 'im:write', 'users:read', 'app_mentions:read']

async function looking(more: Record<string, string> = { token: 'xoxb-T1', appToken: 'xapp-1' }) {
  const slack = await fakeSlack()
  onTestFinished(() => slack.close())
  const team = slack.team('T1', { scopes: [...NEEDED, 'channels:read'] })
  const database = await freshSqlite()
  const { house } = await startHouse({ DATABASE_URL: database.url, ROLES: 'api', TRY_OUT: 'off', SECRET_KEY })
  const none = { token: '', appToken: '', signingSecret: '', clientId: '', clientSecret: '' }
  const settings = { ...none, api: `${slack.url}/api`, authorize: '', ...more }
  const edge = makeEdge(house, 'slack', 'check')
  const look = async (...channels: string[]) => {
    const found = await checkSlack(edge, settings, [{ id: 'T1', name: 'Association', channels }])
    return found.map(({ state, say }) => `${state} ${say}`)
  }
  return { slack, team, house, look }
}

test('what is in order, what is not granted, and the channels that something is posted to', async () => {
  const { look, team, slack } = await looking()
  team.channels.set('C2', { name: 'old-news', archived: true, member: true })
  team.channels.set('C3', { name: 'elsewhere', member: false })
  team.channels.set('C4', { name: 'board', member: true, private: true })
  const found = await look('C1', 'C2', 'C3', 'C4', 'C5')
  expect(found).toEqual([
    'ok Socket Mode can be opened with SLACK_APP_TOKEN',
    expect.stringMatching(/^ok the token works, as /),
    expect.stringMatching(/^hint groups:read is not granted/),
    expect.stringMatching(/^hint channels:manage is not granted\. A moderator creates the channel of a conference/),
    expect.stringMatching(/^hint channels:join is not granted/),
    expect.stringMatching(/^hint pins:write is not granted/),
    expect.stringMatching(/^hint bookmarks:read is not granted/),
    expect.stringMatching(/^hint bookmarks:write is not granted/),
    expect.stringMatching(/^hint im:history is not granted/),
    expect.stringMatching(/^hint channels:history is not granted/),
    expect.stringMatching(/^hint groups:history is not granted/),
    'ok it has every permission it needs',
    'ok it can post in #standards-news',
    expect.stringMatching(/^bad #old-news is archived: /),
    expect.stringMatching(/^bad The app is not in #elsewhere: write/),
    expect.stringMatching(/^hint It may not look whether it can post in C4/),
    expect.stringMatching(/^bad C5: .+channel_not_found/),
  ])
  expect(slack.state.messages).toEqual([])
  team.scopes = ['commands', 'chat:write']
  expect(await look('C1')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^bad im:write is missing\. .+install the app again/),
      expect.stringMatching(/^hint channels:read is not granted/),
      expect.stringMatching(/^hint It may not look whether it can post in C1/),
    ]),
  )
})

test('tokens that are refused, Slack that is away, and settings that lack another', async () => {
  const { look, slack } = await looking()
  slack.state.fault = () => ({ ok: false, error: 'invalid_auth' })
  expect(await look()).toEqual([
    expect.stringMatching(/^bad SLACK_APP_TOKEN is refused \(invalid_auth\): make an app-level token/),
    expect.stringMatching(/^bad .+install the app again\. \(invalid_auth\)$/),
  ])
  slack.state.fault = () => 'drop'
  expect(await look()).toEqual([
    expect.stringMatching(/^bad Slack cannot be reached at http/),
    expect.stringMatching(/^bad Slack did not answer/),
  ])
  const { look: alone } = await looking({ token: 'xoxb-T1' })
  expect((await alone())[0]).toMatch(/^bad Slack: set SLACK_APP_TOKEN/)
})

test('each of many workspaces is looked at with its own token; one without is told', async () => {
  const { look, house, team } = await looking({ clientId: '1.2', clientSecret: 's', signingSecret: 's' })
  expect(await look()).toEqual(['bad No token is kept for it: install the app again.'])
  await installed(house.db, [team], new Date().toISOString())
  expect(await look('C1')).toEqual(
    expect.arrayContaining([expect.stringMatching(/^ok the token works/), 'ok it can post in #standards-news']),
  )
})
