import { findSpace, migrate, open } from '@cme-commons/db'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startHouse, until } from '../support/bot-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { freePort } from '../support/free-port.ts'
import { startProgram } from '../support/program.ts'
import { installed, promise, SECRET_KEY } from '../support/promised.ts'
import { fill } from '../support/slack/fill.ts'
import { person } from '../support/slack/person.ts'
import { fakeSlack } from '../support/slack/server.ts'
import { delivered, labels, slackWorkspace } from '../support/slack/workspace.ts'

const WEEK_MS = 8 * 86_400_000

test('an archived channel pauses its digest, and the moderators hear of it once', async () => {
  const { mod, slack, team, server, db } = await slackWorkspace(await freshSqlite(), undefined, { TRY_OUT: 'on' })
  team.channels.set('C9', { name: 'moderators', member: true })
  const form = await mod.presses(await mod.types('setup'), 'Channels')
  const { view } = (await mod.submits(form.view!, fill(form.view!, { moderators: 'C9' }))).body as { view: never }
  await mod.presses(
    {
      text: '',
      blocks: (view as { blocks: never[] }).blocks,
      view: { ...(view as object), ...{ id: form.view!.id } } as never,
    },
    'Save',
  )
  await mod.types('digest here', 'C1')
  team.channels.get('C1')!.archived = true
  await server.engine.moveClock(new Date(Date.now() + WEEK_MS).toISOString())
  const told = await delivered(slack, 'C9', /archived/)
  expect(told.text).toContain('/cme setup')
  await server.engine.moveClock(new Date(Date.now() + 3 * WEEK_MS).toISOString())
  expect(slack.state.messages.filter(({ channel, text }) => channel === 'C9' && /archived/.test(text))).toHaveLength(1)
  const [digest] = await db.read.selectFrom('subscriptions').selectAll().where('address', '=', 'channel:C1').execute()
  expect(digest!.paused).toBe(1)
  expect(
    slack.state.calls.filter(({ method, error }) => method === 'chat.postMessage' && error === 'is_archived'),
  ).toHaveLength(1)
})

describe('Slack is away, or does not take the token, when the program starts', () => {
  test.each([
    ['does not answer', 'drop' as const],
    ['refuses the token', { ok: false, error: 'invalid_auth' }],
  ])(
    'it %s: the program runs, and is connected as soon as that is mended',
    async (_, fault) => {
      const slack = await fakeSlack()
      onTestFinished(() => slack.close())
      slack.team('T1')
      slack.state.fault = () => fault
      const database = await freshSqlite()
      const server = await startHouse({
        DATABASE_URL: database.url,
        LOG_LEVEL: 'silent',
        SLACK_API_URL: `${slack.url}/api`,
        SLACK_BOT_TOKEN: 'xoxb-T1',
        SLACK_APP_TOKEN: 'xapp-1',
      })
      expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200)
      expect(slack.sockets.size).toBe(0)
      slack.state.fault = undefined
      await until('it is connected', () => slack.sockets.size > 0, 20_000)
      await until(
        'the workspace is known',
        async () => (await findSpace(server.house.db.read, 'T1')) !== undefined,
        20_000,
      )
      expect((await person(slack, { socket: true }, 'T1').types('')).text).toContain('Welcome')
    },
    60_000,
  )

  test('what waits for the workspace waits on, and is sent then', async () => {
    const slack = await fakeSlack()
    onTestFinished(() => slack.close())
    slack.team('T1')
    const database = await freshSqlite()
    const settings = {
      DATABASE_URL: database.url,
      SLACK_API_URL: `${slack.url}/api`,
      SLACK_BOT_TOKEN: 'xoxb-T1',
      SLACK_SIGNING_SECRET: 'secret',
      LOG_LEVEL: 'silent',
    }
    const db = await open(database.url)
    const now = new Date().toISOString()
    await migrate(db, now)
    await promise(db, 'slack', [{ key: 'd/1', lane: 'slack/T1', space: 'T1', address: 'channel:C1' }], now)
    await db.close()
    slack.state.fault = () => 'drop'
    const server = await startHouse(settings)
    const state = () =>
      server.house.db.read.selectFrom('deliveries').selectAll().where('key', '=', 'd/1').executeTakeFirstOrThrow()
    await until('it was put off', async () => (await state()).trouble !== null, 20_000)
    expect(await state()).toMatchObject({ state: 'waiting', attempts: 0 })
    slack.state.fault = undefined
    await until('it is sent', async () => (await state()).state === 'done', 40_000)
    expect((await state()).attempts).toBe(1)
  }, 60_000)
})

test('a connection that Slack is about to end is followed by the next one before it is closed, whatever the reason', async () => {
  const { sara, slack } = await slackWorkspace(await freshSqlite())
  for (const reason of ['warning', 'refresh_requested']) {
    const [old] = slack.sockets
    old!.send(JSON.stringify({ type: 'disconnect', reason }))
    await until('another one is open beside it', () => slack.sockets.size > 1 || !slack.sockets.has(old!))
    expect((await sara.types('help')).text).toContain('What you can ask for')
    old!.close()
    await until('the old one is gone', () => !slack.sockets.has(old!))
  }
  const [last] = slack.sockets
  slack.state.fault = (method) =>
    method === 'apps.connections.open' ? { ok: false, error: 'invalid_auth' } : undefined
  last!.send(JSON.stringify({ type: 'disconnect', reason: 'link_disabled' }))
  last!.close()
  await until(
    'it tries again',
    () => slack.state.calls.filter(({ error }) => error === 'invalid_auth').length > 1,
    20_000,
  )
  slack.state.fault = undefined
  await until('it is connected again', () => slack.sockets.size > 0, 20_000)
  for (const odd of [
    'not json',
    '[]',
    'null',
    '{}',
    '{"type":"events_api","envelope_id":"e"}',
    '{"type":"events_api","payload":{}}',
    '{"type":"of_tomorrow","envelope_id":"x","payload":{}}',
  ])
    for (const socket of slack.sockets) socket.send(odd)
  expect((await sara.types('help')).text).toContain('What you can ask for')
}, 60_000)

test('a workspace whose Slack hangs delays no other: their deliveries and answers flow', async () => {
  const slack = await fakeSlack()
  onTestFinished(() => slack.close())
  const teams = ['T1', 'T2', 'T3'].map((id) => slack.team(id))
  const database = await freshSqlite()
  for (const team of teams) for (let i = 2; i <= 11; i++) team.channels.set(`C${i}`, { name: `c${i}`, member: true })
  const db = await open(database.url)
  const now = new Date().toISOString()
  await migrate(db, now)
  await installed(db, teams, now)
  const rows = teams.flatMap(({ id }) =>
    Array.from({ length: 11 }, (_, i) => ({
      key: `d/${id}/${i}`,
      lane: `slack/${id}`,
      space: id,
      address: `channel:C${i + 1}`,
    })),
  )
  await promise(db, 'slack', rows, now)
  await db.close()
  let hanging = 0
  slack.state.fault = (_, __, team) => {
    if (team === 'T1') hanging++
    return team === 'T1' ? 'hang' : undefined
  }
  const server = await startHouse({
    DATABASE_URL: database.url,
    LOG_LEVEL: 'silent',
    SLACK_API_URL: `${slack.url}/api`,
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'client secret',
    SLACK_SIGNING_SECRET: 'signing secret',
    SECRET_KEY,
  })
  const reach = { events: `http://127.0.0.1:${server.port}/slack/events`, secret: 'signing secret' }
  const stuck = person(slack, reach, 'T1', 'U1', 9_000)
    .types('help')
    .catch(() => undefined)
  const of = (team: string) => slack.state.messages.filter((one) => one.team === team && one.metadata).length
  await until('one workspace hangs', () => hanging > 0)
  expect((await person(slack, reach, 'T2', 'U1', 2_500).types('help')).text).toContain('What you can ask for')
  await until('the others have theirs', () => of('T2') === 11 && of('T3') === 11, 8_000)
  expect((await person(slack, reach, 'T3', 'U1', 2_500).types('')).text).toContain('Welcome')
  expect(of('T1')).toBe(0)
  await stuck
}, 40_000)

test('no token, no name and nothing that anybody typed or was told stands in any log line', async () => {
  const slack = await fakeSlack()
  onTestFinished(() => slack.close())
  const team = slack.team('T1')
  team.users.set('U1', { name: 'Quillfeather', tz: 'America/New_York', admin: true })
  const database = await freshSqlite()
  const settings = {
    DATABASE_URL: database.url,
    PORT: String(await freePort()),
    SLACK_API_URL: `${slack.url}/api`,
    SLACK_BOT_TOKEN: 'xoxb-T1',
    SLACK_APP_TOKEN: 'xapp-1-sesame',
    LOG_LEVEL: 'debug',
  }
  const program = await startProgram(settings, { keep: true })
  onTestFinished(() => program.kill())
  await until('the socket is open', () => slack.sockets.size > 0)
  const sara = person(slack, { socket: true }, 'T1')
  await sara.types('what ECMEC zanzibar')
  await sara.types('zanzibar')
  await sara.event({ type: 'message', channel_type: 'im', channel: 'DU1', text: 'zanzibar in private', ts: '1.1' })
  await sara.event({ type: 'app_mention', channel: 'C1', text: '<@UBOT> zanzibar in public', ts: '2.1' })
  await sara.event({ type: 'app_home_opened', tab: 'home', channel: 'DU1' })
  await sara.shortcut('explain_letters', 'zanzibar <https://example.org/zanzibar|EACCME>')
  const needs = await sara.types('needs')
  const form = await sara.presses(needs, labels(needs)[0]!)
  if (form.view)
    await sara.submits(
      form.view,
      fill(form.view, Object.fromEntries(form.view.blocks.map(({ block_id }) => [block_id!, 'zanzibar']))),
    )
  // What goes wrong is logged, and not what it was about.
  const echo = { ok: false, error: 'invalid_blocks', response_metadata: { messages: ['[ERROR] zanzibar'] } }
  slack.state.fault = (method) => (/^(views|chat)\./.test(method) ? echo : undefined)
  const help = await sara.types('help').catch(() => undefined)
  if (help) await sara.presses(help, labels(help)[0]!).catch(() => {})
  await sara.types('suggest https://example.org/zanzibar').catch(() => {})
  slack.state.fault = (method) => (/^(views|chat)\./.test(method) ? { ...echo, status: 500 } : undefined)
  await sara.types('suggest https://example.org/zanzibar').catch(() => {})
  await sara.event({ type: 'message', channel_type: 'im', channel: 'DU1', text: 'zanzibar', ts: '1.2' })
  slack.state.fault = (method) => (/^(views|chat)\./.test(method) ? 'drop' : undefined)
  await sara.event({ type: 'message', channel_type: 'im', channel: 'DU1', text: 'zanzibar', ts: '1.3' })
  await until('something was logged', () => program.said().includes('"level":50'))
  await program.stop()
  const log = program.said()
  expect(log.split('\n').length).toBeGreaterThan(3)
  for (const secret of ['xoxb', 'xapp', 'sesame', 'zanzibar', 'Quillfeather', 'response_url', '/respond/'])
    expect(log.toLowerCase()).not.toContain(secret.toLowerCase())
}, 60_000)
