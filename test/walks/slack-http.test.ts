import { findSpace, noteOf } from '@cme-commons/db'
import { createEmulator } from 'emulate'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freePort, startHouse, until } from '../support/bot-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { encoded, person, signed } from '../support/slack/person.ts'
import { fakeSlack } from '../support/slack/server.ts'

const SECRET = 'a signing secret'
const KEY = 'a key of the operator that is long enough'

/** A server that many workspaces install over HTTP. */
async function overHttp(api: string, more: Record<string, string> = {}) {
  const database = await freshSqlite()
  const server = await startHouse({
    DATABASE_URL: database.url,
    SLACK_API_URL: `${api}/api`,
    SLACK_AUTHORIZE_URL: `${api}/oauth/v2/authorize`,
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'client secret',
    SLACK_SIGNING_SECRET: SECRET,
    SECRET_KEY: KEY,
    ...more,
  })
  const local = `http://127.0.0.1:${server.port}`
  return { server, local, db: server.house.db, events: `${local}/slack/events` }
}

/** Follows the installation to its end as a browser would, cookies included; `allow` is what the person does at Slack. */
async function install(local: string, site: string, allow: (authorize: URL) => Promise<string>) {
  const begun = await fetch(`${local}/slack/install`, { redirect: 'manual' })
  const cookie = begun.headers.get('set-cookie')!.split(';')[0]!
  const back = await allow(new URL(begun.headers.get('location')!))
  return fetch(back.replace(site, local), { headers: { cookie } })
}
const sendsBack = async (authorize: URL) => (await fetch(authorize, { redirect: 'manual' })).headers.get('location')!

describe('installing', () => {
  test('over an emulated Slack: allowed, remembered sealed, asked where to post, and used', async () => {
    const port = await freePort()
    const webPort = await freePort()
    const redirect = `http://localhost:${webPort}/slack/oauth_redirect`
    const scopes = [
      'commands',
      'chat:write',
      'im:write',
      'users:read',
      'channels:read',
      'app_mentions:read',
      'im:history',
    ]
    const emulator = await createEmulator({
      service: 'slack',
      port,
      seed: {
        slack: {
          team: { name: 'Association', domain: 'association' },
          users: [{ name: 'sara', real_name: 'Sara', email: 'sara@example.org' }],
          channels: [{ name: 'general' }],
          oauth_apps: [
            {
              client_id: '1.2',
              client_secret: 'client secret',
              app_id: 'A1',
              name: 'CME',
              redirect_uris: [redirect],
              scopes,
            },
          ],
        },
      },
    })
    onTestFinished(() => emulator.close())
    const { local, db, server } = await overHttp(`http://127.0.0.1:${port}`, { PORT: String(webPort) })
    const done = await install(local, server.site, async (authorize) => {
      const page = await (await fetch(authorize)).text()
      const form = page.slice(page.lastIndexOf('<form class="user-form"'))
      const fields = [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(
        ([, name, value]) => [name!, value!] as const,
      )
      const answer = await fetch(`http://127.0.0.1:${port}/oauth/v2/authorize/callback`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(
          Object.fromEntries(fields.map(([name, value]) => [name, value.replaceAll('&amp;', '&')])),
        ),
      })
      return answer.headers.get('location')!
    })
    expect(await done.text()).toContain('CME Commons is installed')
    expect(done.status).toBe(200)
    const spaces = await db.read.selectFrom('spaces').selectAll().where('platform', '=', 'slack').execute()
    expect(spaces).toMatchObject([{ name: 'Association' }])
    const kept = await noteOf(db.read, 'slack', `sealed/install/${spaces[0]!.id}`)
    expect(kept).toMatch(/^s1\./)
    expect(kept).not.toContain('xoxb')
    // The installer is asked, in private, where news should go.
    await until('the installer was written to', async () => {
      const rows = await db.read.selectFrom('deliveries').selectAll().where('state', '=', 'done').execute()
      return rows.some(({ space, address }) => space === spaces[0]!.id && address.startsWith('user:'))
    })
  }, 60_000)

  test('a state that is missing, foreign, used or old is refused, and so is a cancelled installation', async () => {
    const slack = await fakeSlack()
    onTestFinished(() => slack.close())
    slack.team('T1', { scopes: ['commands', 'chat:write'] })
    const { local, db, server } = await overHttp(slack.url)
    const refused = async (answer: Response, why: RegExp) => {
      expect(answer.status).toBe(400)
      expect(await answer.text()).toMatch(why)
    }
    await refused(await fetch(`${local}/slack/oauth_redirect?code=x&state=y`), /too old|another browser/)
    const begun = await fetch(`${local}/slack/install`, { redirect: 'manual' })
    const back = (await sendsBack(new URL(begun.headers.get('location')!))).replace(server.site, local)
    await refused(await fetch(back), /another browser/)
    const cookie = begun.headers.get('set-cookie')!.split(';')[0]!
    expect((await fetch(back, { headers: { cookie } })).status).toBe(200)
    await refused(await fetch(back, { headers: { cookie } }), /used already/)
    const cancelled = await install(local, server.site, async (authorize) => {
      const to = new URL(authorize.searchParams.get('redirect_uri')!)
      to.search = new URLSearchParams({
        error: 'access_denied',
        state: authorize.searchParams.get('state')!,
      }).toString()
      return to.href
    })
    await refused(cancelled, /cancelled/)
    expect(await findSpace(db.read, 'T1')).toBeDefined()
  })

  test('when the app is removed, nothing is sent there any more and its token is gone', async () => {
    const slack = await fakeSlack()
    onTestFinished(() => slack.close())
    slack.team('T1')
    const { local, db, server, events } = await overHttp(slack.url)
    await install(local, server.site, sendsBack)
    const sara = person(slack, { events, secret: SECRET }, 'T1')
    await sara.types('track program')
    await sara.types('digest start')
    await sara.event({ type: 'app_uninstalled' })
    await until('the token is gone', async () => (await noteOf(db.read, 'slack', 'sealed/install/T1')) === undefined)
    expect(await db.read.selectFrom('subscriptions').selectAll().where('space', '=', 'T1').execute()).toEqual([])
    await expect(person(slack, { events, secret: SECRET }, 'T1', 'U1', 600).types('')).rejects.toThrow()
    await install(local, server.site, sendsBack)
    expect((await sara.types('')).text).toMatch(/Welcome|Good to see you/)
  })

  test('a token that ends soon is exchanged once, however many need it', async () => {
    const slack = await fakeSlack()
    onTestFinished(() => slack.close())
    const team = slack.team('T1')
    const { local, server, events } = await overHttp(slack.url)
    await install(local, server.site, sendsBack)
    expect(team.token).toBe('xoxb-T1')
    const { makeEdge } = await import('../../server/src/bots/edge.ts')
    const edge = makeEdge(server.house, 'slack', 'test')
    const before = JSON.parse((await edge.sealed.get('install/T1'))!)
    const ending = { ...before, refresh: `xoxe-T1-${team.token}`, expires: new Date(Date.now() + 60_000).toISOString() }
    await edge.sealed.put('install/T1', JSON.stringify(ending), { space: 'T1' })
    const sara = person(slack, { events, secret: SECRET }, 'T1')
    const { startSlack } = await import('@cme-commons/slack')
    // A second process, with nothing in its memory.
    const other = await startSlack(
      makeEdge(server.house, 'slack', 'other'),
      {
        api: `${slack.url}/api`,
        authorize: '',
        token: '',
        appToken: '',
        signingSecret: SECRET,
        clientId: '1.2',
        clientSecret: 'client secret',
      },
      { hears: false, page: async () => '' },
    )
    const parcel = (id: string) => ({
      id,
      key: id,
      to: { space: 'T1', user: 'U1' },
      attempt: 1,
      doubt: false,
      now: edge.now(),
      card: { title: id, blocks: [] },
    })
    const outcomes = await Promise.all(['a', 'b', 'c'].map((id) => other.deliver(parcel(id.repeat(24)))))
    expect(outcomes.some((outcome) => 'done' in outcome)).toBe(true)
    expect(outcomes.every((outcome) => 'done' in outcome || 'later' in outcome)).toBe(true)
    expect(slack.state.calls.filter(({ method, error }) => method === 'oauth.v2.access' && !error)).toHaveLength(2)
    expect(team.token).toMatch(/^xoxe/)
    expect(sara).toBeDefined()
  })
})

describe('installing again, and what may go wrong', () => {
  async function installedOnce() {
    const slack = await fakeSlack()
    onTestFinished(() => slack.close())
    const team = slack.team('T1')
    const over = await overHttp(slack.url)
    await install(over.local, over.server.site, sendsBack)
    return { slack, team, ...over }
  }
  const uninstalled = (event_time: number) =>
    encoded('events_api', {
      type: 'event_callback',
      team_id: 'T1',
      event_id: `Ev${event_time}`,
      event_time,
      event: { type: 'app_uninstalled' },
    })

  test('news of a removal that comes late does not end the installation that came after it', async () => {
    const { db, events, slack } = await installedOnce()
    const tell = (at: number, retry?: string) => {
      const [type, body] = uninstalled(at)
      const headers = {
        'Content-Type': type,
        ...signed(SECRET, body),
        ...(retry ? { 'X-Slack-Retry-Num': retry } : {}),
      }
      return fetch(events, { method: 'POST', body, headers })
    }
    const left = async () => (await findSpace(db.read, 'T1'))?.left_at
    const hourAgo = Math.floor(Date.now() / 1000) - 3600
    expect((await tell(hourAgo, '2')).status).toBe(200)
    await until('the token was tried', () => slack.state.calls.some(({ method }) => method === 'auth.test'))
    expect(await left()).toBeNull()
    await tell(hourAgo + 7200, '1')
    await until('the workspace is left', async () => (await left()) !== null)
  })

  test('a whole organisation at once is refused, with what to do', async () => {
    const slack = await fakeSlack()
    onTestFinished(() => slack.close())
    slack.team('T1')
    const { local, db, server } = await overHttp(slack.url)
    const whole = {
      ok: true,
      access_token: 'xoxb-E1',
      is_enterprise_install: true,
      enterprise: { id: 'E1' },
      team: null,
    }
    slack.state.fault = (method) => (method === 'oauth.v2.access' ? whole : undefined)
    const answer = await install(local, server.site, sendsBack)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('in each workspace by itself')
    expect(await db.read.selectFrom('notes').selectAll().where('name', 'like', 'sealed/%').execute()).toEqual([])
  })

  test('while Slack is away, a token that is about to end does until it has ended', async () => {
    const { server, slack, team } = await installedOnce()
    const { makeEdge } = await import('../../server/src/bots/edge.ts')
    const edge = makeEdge(server.house, 'slack', 'test')
    const known = JSON.parse((await edge.sealed.get('install/T1'))!)
    const ending = { ...known, refresh: `xoxe-T1-${team.token}`, expires: new Date(Date.now() + 300_000).toISOString() }
    await edge.sealed.put('install/T1', JSON.stringify(ending), { space: 'T1' })
    slack.state.fault = (method) => (method === 'oauth.v2.access' ? { ok: false, status: 503 } : undefined)
    const { startSlack } = await import('@cme-commons/slack')
    const settings = {
      api: `${slack.url}/api`,
      authorize: '',
      token: '',
      appToken: '',
      signingSecret: SECRET,
      clientId: '1.2',
      clientSecret: 'client secret',
    }
    const other = await startSlack(makeEdge(server.house, 'slack', 'other'), settings, {
      hears: false,
      page: async () => '',
    })
    const parcel = {
      id: 'a'.repeat(24),
      key: 'a',
      to: { space: 'T1', user: 'U1' },
      attempt: 1,
      doubt: false,
      now: edge.now(),
      card: { title: 'News', blocks: [] },
    }
    expect(await other.deliver(parcel)).toMatchObject({ done: true })
    expect(team.token).toBe('xoxb-T1')
  })
})

describe('requests over HTTP', () => {
  async function listening() {
    const slack = await fakeSlack()
    onTestFinished(() => slack.close())
    slack.team('T1')
    return {
      slack,
      ...(await overHttp(slack.url, { SLACK_CLIENT_ID: '', SLACK_CLIENT_SECRET: '', SLACK_BOT_TOKEN: 'xoxb-T1' })),
    }
  }
  const command = {
    team_id: 'T1',
    user_id: 'U1',
    user_name: 'sara',
    command: '/cme',
    text: 'help',
    channel_id: 'C1',
    trigger_id: 't',
  }
  const post = (url: string, body: string, headers: Record<string, string>) =>
    fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers } })

  test('a command over HTTP is answered as over the socket', async () => {
    const { slack, events } = await listening()
    const hello = await person(slack, { events, secret: SECRET }, 'T1').types('')
    expect(hello.text).toContain('Welcome to the CME community')
    expect(hello.acked.status).toBe(200)
  })

  test('unsigned, forged, replayed, malformed and oversized requests are refused', async () => {
    const { events, slack } = await listening()
    const [, body] = encoded('slash_commands', command)
    const now = Math.floor(Date.now() / 1000)
    expect((await post(events, body, {})).status).toBe(401)
    expect((await post(events, body, signed('another secret', body))).status).toBe(401)
    expect((await post(events, `${body}&text=stop`, signed(SECRET, body))).status).toBe(401)
    expect((await post(events, body, signed(SECRET, body, now - 301))).status).toBe(401)
    expect((await post(events, body, signed(SECRET, body, now + 330))).status).toBe(401)
    expect((await post(events, body, { ...signed(SECRET, body), 'X-Slack-Signature': 'v0=' })).status).toBe(401)
    const broken = 'payload={not json'
    expect((await post(events, broken, signed(SECRET, broken))).status).toBe(400)
    const large = `text=${'x'.repeat(1_100_000)}`
    // The connection may be closed before all of it was sent.
    const answer = await post(events, large, { ...signed(SECRET, large), Connection: 'close' }).catch(() => ({
      status: 413,
    }))
    expect(answer.status).toBe(413)
    for (const odd of [
      '[]',
      '"x"',
      '{}',
      '{"type":"event_callback"}',
      '{"type":"event_callback","team_id":"T1","event":{}}',
    ]) {
      const answer = await fetch(events, {
        method: 'POST',
        body: odd,
        headers: { 'Content-Type': 'application/json', ...signed(SECRET, odd) },
      })
      expect([200, 400]).toContain(answer.status)
    }
    expect((await fetch(events)).status).toBe(404)
    expect(slack.state.calls.filter(({ method }) => method === 'users.info')).toEqual([])
  })

  test('the address is verified, the check of the certificate answered, and a retry acts no second time', async () => {
    const { events, db, slack } = await listening()
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 'x' })
    const json = { 'Content-Type': 'application/json' }
    const verified = await fetch(events, {
      method: 'POST',
      body: challenge,
      headers: { ...json, ...signed(SECRET, challenge) },
    })
    expect(await verified.json()).toEqual({ challenge: 'abc' })
    const check = 'ssl_check=1&token=x'
    expect((await post(events, check, signed(SECRET, check))).status).toBe(200)
    const sara = person(slack, { events, secret: SECRET }, 'T1')
    const event = { type: 'message', channel_type: 'im', channel: 'DU1', text: 'digest start', ts: '1.1' }
    await sara.event(event, 'Ev1')
    await sara.hears(0)
    const said = slack.state.messages.length
    await sara.event(event, 'Ev1')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(slack.state.messages).toHaveLength(said)
    expect(await db.read.selectFrom('arrivals').selectAll().execute()).toHaveLength(1)
  })
})
