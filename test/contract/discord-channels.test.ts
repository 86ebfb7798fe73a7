import { existsSync, readFileSync } from 'node:fs'
import type { HostedEvent, NewChannel, Outcome } from '@cme-commons/core'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { deliveries } from '../support/discord/deliveries.ts'
import { textOf } from '../support/discord/person.ts'

const MARK = 'cme-sacme-2027'
const open: NewChannel = { mark: MARK, name: 'sacme-2027', topic: 'The spring meeting', category: 'Conferences' }
const to = { space: '100', user: '500' }
const at = { space: '100', channel: '300' }
const event: HostedEvent = {
  mark: `${MARK}/day1`,
  title: 'SACME 2027, day 1',
  about: 'Plenary and posters.',
  start: '2027-03-03T14:00:00.000Z',
  end: '2027-03-03T22:00:00.000Z',
  place: 'Tampa',
}
const never = (says: RegExp) => ({ never: expect.stringMatching(says) })
const LOCK = (1n << 11n) | (1n << 35n) | (1n << 36n) | (1n << 38n)

async function running() {
  const all = await deliveries()
  const { deliver, guild, state, edge } = all
  const bodies: [route: string, body: object][] = []
  state.seen = (method, path, body) => void bodies.push([`${method} ${path.replace(/\d{3,}/g, ':id')}`, body])
  let ids = 0
  const work = (more: object, send = deliver): Promise<Outcome> =>
    send({
      id: `${++ids}`.padEnd(24, 'w'),
      key: 'k',
      to: at,
      attempt: 1,
      doubt: false,
      now: edge.now(),
      ...more,
    } as never)
  const ours = () => [...guild.channels].filter(([, one]) => one.topic?.includes(MARK))
  return { ...all, work, bodies, ours }
}

describe('a channel for a conference', () => {
  test('is made in its category with our mark in its topic; opening it twice, or after a lost answer, finds it', async () => {
    const { work, ours, guild, state } = await running()
    for (const part of ['Conferences', 'sacme-2027']) {
      const before = guild.channels.size
      state.lose = (method, path) => method === 'POST' && path === '/guilds/100/channels'
      expect(await work({ to, open })).toMatchObject({ doubt: true })
      expect([part, guild.channels.size]).toEqual([part, before + 1])
      state.lose = undefined
    }
    const [[ref, channel] = []] = ours()
    expect(await work({ to, open, doubt: true })).toEqual({ done: true, ref })
    expect(channel).toMatchObject({ name: 'sacme-2027', type: 0, topic: `The spring meeting · ${MARK}` })
    expect(guild.channels.get(channel!.parent!)).toEqual({ name: 'Conferences', type: 4 })
    expect(await work({ to: { space: '100', channel: ref }, topic: 'Day two' })).toEqual({ done: true })
    expect(channel!.topic).toBe(`Day two · ${MARK}`)
    const changes = () => state.calls.filter(({ method }) => method === 'PATCH').length
    expect(changes()).toBe(1)
    await work({ to: { space: '100', channel: ref }, topic: 'Day two' })
    expect(changes()).toBe(1)
    expect(await work({ to, open })).toEqual({ done: true, ref })
    expect(guild.channels.size).toBe(3)
  })

  test('that a moderator named gets the topic that she was shown; one that is not there, or of another kind, is told', async () => {
    const { work, guild, discord, state, told } = await running()
    guild.channels.set('310', { name: 'spring', topic: 'Ours' }).set('311', { name: 'Voice', type: 2 })
    guild.channels.set('312', { name: 'hidden', closed: 50001 })
    discord.guild('200').channels.set('320', { name: 'elsewhere' })
    const adopt = (id: string, topic = '') => work({ to, open: { ...open, topic, adopt: id } })
    expect(await adopt('310')).toEqual({ done: true, ref: '310' })
    expect(guild.channels.get('310')).toEqual({ name: 'spring', topic: 'Ours' })
    expect(await adopt('310', 'The meeting')).toEqual({ done: true, ref: '310' })
    expect(guild.channels.get('310')!.topic).toBe(`The meeting · ${MARK}`)
    state.fault = (method) => (method === 'PATCH' ? { status: 403, body: { code: 50013 } } : undefined)
    expect(await adopt('310', 'Day two')).toEqual({ done: true, ref: '310' })
    expect(await told()).toEqual(['A channel is closed to the bot → 500'])
    state.fault = undefined
    for (const id of ['311', '320']) expect(await adopt(id)).toEqual(never(/no text channel or forum of this server/))
    for (const id of ['312', '399']) expect(await adopt(id)).toEqual(never(/cannot see that channel/))
  })

  test('is closed for everybody at its end, with every other rule kept, and opened again when it is opened again', async () => {
    const { work, guild, ours, state } = await running()
    const { ref } = (await work({ to, open })) as { ref: string }
    const [[, channel] = []] = ours()
    const rule = { id: '100', type: 0, allow: String((1n << 11n) | (1n << 6n)), deny: String(1n << 17n) }
    channel!.overwrites = [rule, { id: '603', type: 0, allow: String(1n << 11n), deny: '0' }]
    const end = { to: { space: '100', channel: ref }, archive: true }
    expect(await work(end)).toEqual({ done: true })
    const everybody = () => channel!.overwrites!.find(({ id }) => id === '100')
    expect(everybody()).toMatchObject({ allow: String(1n << 6n), deny: String(LOCK | (1n << 17n)) })
    expect(channel!.overwrites).toHaveLength(2)
    const calls = state.calls.length
    expect(await work(end)).toEqual({ done: true })
    expect(state.calls.slice(calls).map(({ method }) => method)).toEqual(['GET'])
    expect(await work({ to, open })).toEqual({ done: true, ref })
    expect(everybody()).toMatchObject({ allow: String(1n << 6n), deny: String(1n << 17n) })
    guild.channels.delete(ref)
    expect(await work(end)).toEqual({ never: expect.stringContaining('10003'), gone: 'address' })
    expect(await work({ to: end.to, topic: 'x' })).toMatchObject({ gone: 'address' })
    expect(await work({ bookmark: { title: 'Calendar', href: 'https://example.org' } })).toEqual({ done: true })
  })
})

describe('a card that stands in the channel', () => {
  test('is pinned once, whatever is lost on the way, and the next one takes its place', async () => {
    const { work, guild, state, restarted } = await running()
    const card = { title: 'Schedule', blocks: [] }
    const parcel = { id: 'p'.repeat(24), card, pin: true }
    state.lose = (_, path) => path.includes('/pins/')
    expect(await work(parcel)).toMatchObject({ doubt: true })
    state.lose = undefined
    // The nonce is forgotten by then.
    state.nonces.clear()
    const { ref } = (await work({ ...parcel, doubt: true }, restarted())) as { ref: string }
    const [message] = state.messages
    expect([state.messages.length, ref, guild.channels.get('300')!.pins]).toEqual([
      1,
      `300/${message!.id}`,
      [message!.id],
    ])
    const next = { card: { title: 'Schedule, moved', blocks: [] }, edit: ref, pin: true }
    expect(await work(next)).toEqual({ done: true, ref })
    expect(state.messages.map(({ components }) => textOf(components))).toEqual([expect.stringContaining('moved')])
    state.messages.length = 0
    const anew = (await work(next)) as { ref: string }
    expect(anew.ref).not.toBe(ref)
    expect(guild.channels.get('300')!.pins).toContain(anew.ref.split('/')[1])
    state.fault = (_, path) => (/messages\/\d+$/.test(path) ? { status: 429, body: { code: 30046 } } : undefined)
    expect(await work({ ...next, edit: anew.ref })).toMatchObject({ later: expect.any(Number) })
  })

  test('that cannot be pinned stands there all the same, and who can mend it is told once', async () => {
    const { work, state, told } = await running()
    state.fault = (_, path) => (path.includes('/pins/') ? { status: 403, body: { code: 50013 } } : undefined)
    for (let i = 0; i < 2; i++)
      expect(await work({ card: { title: 'Welcome', blocks: [] }, pin: true })).toEqual({
        done: true,
        ref: expect.any(String),
      })
    expect(state.messages).toHaveLength(2)
    expect(await told()).toEqual(['A channel is closed to the bot → 500'])
  })

  test('in a forum is a post of its own, once, and is changed there', async () => {
    const { work, guild, state } = await running()
    guild.channels.set('330', { name: 'questions', type: 15 })
    const card = { title: 'Welcome to SACME', blocks: [] }
    const parcel = { id: 'f'.repeat(24), to: { space: '100', channel: '330' }, card, pin: true }
    state.lose = (_, path) => path === '/channels/330/threads'
    expect(await work(parcel)).toMatchObject({ doubt: true })
    state.lose = undefined
    const { ref } = (await work({ ...parcel, doubt: true })) as { ref: string }
    const [[thread, post] = []] = [...state.threads]
    expect([state.threads.size, post!.name, ref]).toEqual([1, 'Welcome to SACME', `${thread}/${thread}`])
    expect(await work({ ...parcel, id: 'g'.repeat(24), edit: ref })).toEqual({ done: true, ref })
    expect(state.messages.map(({ edits }) => edits)).toEqual([1])
    state.threads.clear()
    state.messages.length = 0
    expect(await work({ ...parcel, id: 'h'.repeat(24), edit: ref })).toMatchObject({ done: true })
    expect(state.threads.size).toBe(1)
  })
})

describe('an event of the server', () => {
  test('is there once, moves with the conference, and is cancelled once', async () => {
    const { work, guild, state } = await running()
    state.lose = (method, path) => method === 'POST' && path.endsWith('/scheduled-events')
    expect(await work({ to, event })).toMatchObject({ doubt: true })
    state.lose = undefined
    const [shown] = [...guild.events.values()]
    expect(await work({ to, event, doubt: true })).toEqual({ done: true, ref: shown!.id })
    expect(shown).toMatchObject({ entity_type: 3, entity_metadata: { location: 'Tampa' }, status: 1 })
    const changes = () => state.calls.filter(({ method }) => method === 'PATCH').length
    expect(changes()).toBe(0)
    const moved = { ...event, start: '2027-03-04T14:00:00.000Z', end: '2027-03-04T22:00:00.000Z', place: '' }
    expect(await work({ to, event: moved })).toEqual({ done: true, ref: shown!.id })
    expect(shown).toMatchObject({
      scheduled_start_time: moved.start,
      description: `Plenary and posters. · ${event.mark}`,
      entity_metadata: { location: 'To be announced' },
    })
    expect(await work({ to, event: { ...moved, cancelled: true } })).toEqual({ done: true, ref: shown!.id })
    expect(await work({ to, event: { ...moved, cancelled: true } })).toEqual({ done: true })
    expect([guild.events.size, shown!.status]).toEqual([1, 4])
  })

  test('that has begun is not shown anew; one that is on keeps its beginning and can be ended', async () => {
    const { work, guild, later } = await running()
    const soon = new Date(Date.now() + 86_400_000).toISOString()
    const two = { ...event, start: soon, end: new Date(Date.now() + 9 * 86_400_000).toISOString() }
    await work({ to, event: two })
    const [shown] = [...guild.events.values()]
    later(2)
    shown!.status = 2
    expect(await work({ to, event: { ...two, title: 'Day one' } })).toEqual({ done: true, ref: shown!.id })
    expect(shown).toMatchObject({ name: 'Day one', scheduled_start_time: soon })
    await work({ to, event: { ...two, cancelled: true } })
    expect(shown!.status).toBe(3)
    expect(await work({ to, event: two })).toEqual({ done: true })
    expect(guild.events.size).toBe(1)
  })
})

test('what the server does not let the bot do is told with the permission, and nothing else stops', async () => {
  const { work, state } = await running()
  const cases: [what: object, status: number, code: number, outcome: object][] = [
    [{ to, open }, 403, 50013, never(/"Manage Channels".+\(50013\)/)],
    [{ to, open }, 403, 50001, never(/"Manage Channels"/)],
    [{ to, open }, 403, 60003, never(/two-factor/)],
    [{ to, open }, 400, 30013, never(/as many channels/)],
    [{ to, open: { ...open, forum: true } }, 400, 50035, never(/community server/)],
    [{ topic: 'x' }, 403, 50013, never(/"Manage Channels"/)],
    [{ topic: 'x' }, 403, 50001, { never: expect.any(String), gone: 'address' }],
    [{ archive: true }, 403, 50013, never(/"Manage Roles"/)],
    [{ to, event }, 403, 50013, never(/"Create Events"/)],
    [{ to, event }, 400, 30038, never(/as many events/)],
    [{ to, event }, 500, 0, { failed: expect.any(String), doubt: true }],
    [{ to, open }, 401, 0, { later: 600_000, why: expect.stringContaining('DISCORD_TOKEN') }],
  ]
  for (const [what, status, code, outcome] of cases) {
    state.fault = (method, path) =>
      (method === 'GET' && path !== '/channels/300') || (method === 'GET' && code !== 50001)
        ? undefined
        : { status, body: { code, message: 'x' } }
    expect([Object.keys(what), code, await work(what)]).toEqual([Object.keys(what), code, outcome])
  }
})

const described = new URL('../../../shared/contracts/discord-openapi.json', import.meta.url)

/** Permissions stand there as numbers, which Discord’s pages and its library write as texts. */
const numbered = (body: object): object =>
  JSON.parse(JSON.stringify(body), (name, value) => (name === 'allow' || name === 'deny' ? Number(value) : value))

test.skipIf(!existsSync(described))('every body is as Discord’s own description of its API has it', async () => {
  const api = JSON.parse(readFileSync(described, 'utf8'))
  const ajv = new Ajv.default({ strict: false })
  addFormats.default(ajv)
  for (const format of ['int32', 'int64', 'nonce', 'snowflake']) ajv.addFormat(format, true)
  ajv.addSchema({ $id: 'https://discord.invalid/api', ...api })
  const { work, bodies, guild } = await running()
  guild.channels.set('330', { name: 'questions', type: 15 })
  const { ref } = (await work({ to, open })) as { ref: string }
  await work({ to, open: { ...open, mark: 'm2', forum: true } })
  const channel = { space: '100', channel: ref }
  const long = { title: 'Welcome', blocks: [{ kind: 'text', text: ['word '.repeat(900)] }] }
  const posted = (await work({ to: channel, card: long, pin: true })) as { ref: string }
  await work({ to: channel, card: long, edit: posted.ref })
  await work({ to: { space: '100', channel: '330' }, card: long })
  await work({ to: channel, topic: 'x'.repeat(3_000) })
  await work({ to, event: { ...event, about: 'x '.repeat(900), title: 'y '.repeat(90), place: 'z'.repeat(200) } })
  await work({ to, event })
  await work({ to, event: { ...event, cancelled: true } })
  await work({ to: channel, archive: true })
  const paths = Object.keys(api.paths)
  const seen = new Set<string>()
  for (const [route, body] of bodies) {
    const [method, path] = route.split(' ') as [string, string]
    if (Object.keys(body).length === 0 || path === '/users/@me/channels') continue
    const known = paths.find((one) => one.replace(/\{\w+\}/g, ':id') === path)
    const pointer = `/paths/${known?.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method.toLowerCase()}/requestBody/content/application~1json/schema`
    const check = ajv.compile({ $ref: `https://discord.invalid/api#${pointer}` })
    expect([route, check(numbered(body)), ajv.errorsText(check.errors)]).toEqual([route, true, 'No errors'])
    seen.add(route)
  }
  expect([...seen].sort()).toEqual([
    'PATCH /channels/:id',
    'PATCH /channels/:id/messages/:id',
    'PATCH /guilds/:id/scheduled-events/:id',
    'POST /channels/:id/messages',
    'POST /channels/:id/threads',
    'POST /guilds/:id/channels',
    'POST /guilds/:id/scheduled-events',
    'PUT /channels/:id/permissions/:id',
  ])
})
