import type { Card, Outcome } from '@cme-commons/core'
import { CODES, makeRest, watchInvalid } from '@cme-commons/discord'
import { RESTJSONErrorCodes } from 'discord-api-types/v10'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deliveries } from '../support/discord/deliveries.ts'
import { OTHER_CODES } from '../support/discord/other-codes.ts'
import { textOf } from '../support/discord/person.ts'
import { fakeDiscord } from '../support/discord/server.ts'

const documented = Object.entries(RESTJSONErrorCodes).filter(
  (one): one is [string, number] => typeof one[1] === 'number',
)
const many = Array.from({ length: 90 }, (_, i) => [`Item ${i} of a very long list, in words that take some room.`])
const long: Card = { title: 'Long', blocks: [{ kind: 'list', items: many }] }
const posting = (status: number, body?: unknown) => (method: string, path: string) =>
  method === 'POST' && path.endsWith('/messages') ? { status, body } : undefined
const TEN_MINUTES = 600_000
const NEVER = { never: expect.any(String) }

/** What each kind of error makes of a delivery to a channel. */
const outcomes: Record<string, (code: string) => object> = {
  again: (code) => ({ failed: expect.stringContaining(code), doubt: false }),
  slow: () => ({ later: 60_000, only: 'address', why: expect.any(String) }),
  halt: (code) => ({ later: TEN_MINUTES, why: expect.stringContaining(code) }),
  closed: () => ({ ...NEVER, gone: 'address' }),
  channel: (code) => ({ never: expect.stringContaining(code), gone: 'address' }),
  person: () => ({ ...NEVER, gone: 'address' }),
  server: () => ({ ...NEVER, gone: 'address' }),
  role: () => NEVER,
  refused: (code) => ({ never: expect.stringContaining(code) }),
  ours: (code) => ({ never: expect.stringContaining(code) }),
}

describe('what Discord answers, as what becomes of a delivery', () => {
  test('every documented code is in the table, or is none that these requests can meet', () => {
    const placed = documented.filter(([name, code]) => code in CODES || OTHER_CODES.includes(name))
    expect(documented.filter((one) => !placed.includes(one)).map(([name]) => name)).toEqual([])
    expect(documented.filter(([name, code]) => code in CODES && OTHER_CODES.includes(name))).toEqual([])
    const codes = new Set(documented.map(([, code]) => String(code)))
    expect(Object.keys(CODES).filter((code) => !codes.has(code))).toEqual([])
  })

  test('each code of the table, answered to a message, is its outcome', async () => {
    const { state, toChannel } = await deliveries()
    for (const [code, { fate }] of Object.entries(CODES)) {
      state.fault = (method) =>
        method === 'POST' ? { status: 400, body: { code: Number(code), message: 'x' } } : undefined
      expect([code, await toChannel()]).toEqual([code, outcomes[fate]!(code)])
    }
  })

  test('what has no code of its own counts by its status', async () => {
    const { state, toChannel } = await deliveries()
    const statuses: Record<number, object> = {
      400: { never: expect.any(String) },
      403: { never: expect.any(String), gone: 'address' },
      404: { never: expect.any(String), gone: 'address' },
      413: { never: expect.any(String) },
      500: { failed: 'Discord answered 500. (500)', doubt: true },
      502: { failed: 'Discord answered 502. (502)', doubt: true },
    }
    for (const [status, outcome] of Object.entries(statuses)) {
      state.fault = posting(Number(status), { code: 0, message: 'x' })
      expect([status, await toChannel()]).toEqual([status, outcome])
    }
  })

  test('a limit of one route waits for this address, a limit of all for the lane', async () => {
    const { discord, state, toChannel, toSara } = await deliveries()
    discord.setHeaders({
      'Retry-After': '30',
      'X-RateLimit-Limit': '5',
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset-After': '30',
    })
    state.fault = posting(429, { message: 'slow', retry_after: 30, global: false })
    expect(await toChannel()).toMatchObject({ later: expect.closeTo(30_100, -3), only: 'address' })
    discord.setHeaders({ 'Retry-After': '20', 'X-RateLimit-Global': 'true' })
    state.fault = posting(429, { message: 'slow', retry_after: 20, global: true })
    const all = (await toSara()) as Extract<Outcome, { later: number }>
    expect(all).toMatchObject({ later: expect.any(Number), why: expect.any(String) })
    expect(all.only).toBeUndefined()
    expect(all.later).toBeGreaterThan(19_000)
  })

  test('a refusal that tells no bucket is waited out for some seconds at least', async () => {
    const { state, toChannel } = await deliveries()
    state.fault = posting(429)
    const { later } = (await toChannel()) as { later: number }
    expect(later).toBeGreaterThanOrEqual(5_000)
  })
})

test('fifty a second in all are never more, wherever the second begins: nothing is refused', async () => {
  const discord = await fakeDiscord({ limits: { channel: 1_000, windowMs: 5_000, global: 50 } })
  onTestFinished(() => discord.close())
  const rest = makeRest({ token: discord.state.token, api: discord.api })
  await Promise.all(Array.from({ length: 120 }, () => rest.get('/users/@me')))
  expect(discord.state.calls.map(({ status }) => status)).toEqual(Array(120).fill(200))
}, 20_000)

describe('an answer that never came', () => {
  test('leaves a doubt, and sending again finds the message that is there', async () => {
    const { state, toChannel } = await deliveries()
    state.lose = () => true
    expect(await toChannel()).toMatchObject({ failed: expect.any(String), doubt: true })
    state.lose = undefined
    expect(await toChannel({ doubt: true })).toMatchObject({ done: true, twice: 'looked-up' })
    expect(state.messages).toHaveLength(1)
  })

  test('a server error leaves a doubt as well; what never left this machine leaves none', async () => {
    const { discord, state, toChannel } = await deliveries()
    state.fault = posting(503, 'sorry')
    expect(await toChannel()).toMatchObject({ doubt: true })
    await discord.close()
    expect(await toChannel()).toMatchObject({ failed: 'Discord cannot be reached. (no_answer)', doubt: false })
  })

  test('after a restart nobody knows how old a doubt is: what had to be sent anew is counted', async () => {
    const { toChannel, restarted } = await deliveries()
    expect(await toChannel({ doubt: true }, restarted())).toMatchObject({ done: true, twice: 'sent-blind' })
  })

  test('every part has a nonce of its own that is enforced, and mentions nobody', async () => {
    const { state, toChannel } = await deliveries()
    const bodies: Record<string, unknown>[] = []
    state.seen = (_, path, body) => void (path.endsWith('/messages') && bodies.push(body))
    expect(await toChannel({ card: long })).toMatchObject({ done: true })
    expect(bodies.length).toBeGreaterThan(1)
    expect(new Set(bodies.map(({ nonce }) => nonce)).size).toBe(bodies.length)
    for (const { nonce, enforce_nonce, allowed_mentions } of bodies) {
      expect(String(nonce).length).toBeLessThanOrEqual(25)
      expect([enforce_nonce, allowed_mentions]).toEqual([true, { parse: [] }])
    }
    expect(state.messages.slice(1).every(({ channel }) => channel === state.messages[0]!.id)).toBe(true)
  })
})

describe('a token that is refused, and too many refusals', () => {
  test('pauses the whole lane, tells the operator once, and goes on when it is taken again', async () => {
    const { state, toChannel, toSara, errors } = await deliveries()
    state.token = 'another'
    for (const outcome of [await toChannel(), await toSara(), await toChannel()])
      expect(outcome).toEqual({ later: TEN_MINUTES, why: expect.stringContaining('DISCORD_TOKEN') })
    expect(errors).toEqual([expect.stringContaining('DISCORD_TOKEN')])
    state.token = 'MTIz.token'
    expect(await toChannel()).toMatchObject({ done: true })
  })

  test('refusals are counted, of every client, and far below Discord’s limit nothing more is asked', async () => {
    const { discord, state } = await deliveries()
    const rest = makeRest({ token: 'MTIz.token', api: discord.api })
    const invalid = watchInvalid([rest], 3)
    const before = invalid.count()
    for (const status of [403, 404, 400, 403, 500, 403]) {
      state.fault = () => ({ status, body: { code: 0, message: 'x' } })
      await rest.get('/gateway/bot').catch(() => {})
    }
    expect(invalid.count() - before).toBeGreaterThanOrEqual(3)
    expect(invalid.tooMany()).toBe(true)
  })
})

describe('the role of a track', () => {
  test('the one before is taken, then the new one is given; twice changes nothing', async () => {
    const { state, guild, role } = await deliveries()
    guild.roles.set('601', { name: 'Program' }).set('602', { name: 'Academic' })
    guild.members.get('501')!.roles = ['601']
    expect(await role({ give: '602', take: ['601'] })).toEqual({ done: true })
    expect(await role({ give: '602', take: ['601'] })).toEqual({ done: true })
    expect(guild.members.get('501')!.roles).toEqual(['602'])
    expect(state.calls.slice(0, 2).map(({ method, path }) => [method, path.split('/').at(-1)])).toEqual([
      ['DELETE', '601'],
      ['PUT', '602'],
    ])
  })

  test('a role that was deleted is taken already; one that shall be given is told to who can mend it, once', async () => {
    const { guild, role, set, settings, told } = await deliveries()
    guild.roles.set('602', { name: 'Academic' })
    await set({ name: 'trackRoles.program', to: '601' }, { name: 'moderators', to: '301' })
    expect(await role({ give: '602', take: ['601'] })).toEqual({ done: true })
    expect(guild.members.get('501')!.roles).toEqual(['602'])
    expect((await settings()).trackRoles).toEqual({})
    expect(await role({ give: '601', take: [] })).toEqual({ never: expect.stringContaining('not there any more') })
    expect(await told()).toEqual(['A role is gone → #301'])
  })

  test('a role above the bot’s own keeps nobody from the others, and the moderators hear how to mend it', async () => {
    const { guild, role, told } = await deliveries()
    guild.roles.set('601', { name: 'Program', above: true }).set('602', { name: 'Academic' })
    expect(await role({ give: '602', take: ['601'] })).toEqual({ never: expect.stringContaining('drag it above') })
    await role({ give: '601', take: [] })
    expect(guild.members.get('501')!.roles).toEqual(['602'])
    expect(await told()).toEqual(['A role is closed to the bot → 500'])
  })

  test('who left the server gets none', async () => {
    const { guild, role } = await deliveries()
    guild.members.delete('501')
    expect(await role({ give: '601', take: [] })).toMatchObject({ never: expect.stringContaining('not on the server') })
  })
})

describe('closed direct messages', () => {
  test('without a channel for private threads it ends; with one she is asked once, in a thread of her own', async () => {
    const { state, toSara, set, later } = await deliveries()
    state.closed.add('501')
    expect(await toSara()).toEqual({ never: expect.stringContaining('/cme-admin setup'), gone: 'address' })
    await set({ name: 'fallback', to: '300' })
    expect(await toSara()).toMatchObject({ done: true })
    const [[thread, opened] = []] = [...state.threads]
    expect(opened).toMatchObject({ parent: '300', type: 12, members: ['501'] })
    expect(await toSara({ id: 'b'.repeat(24) })).toMatchObject({ done: true })
    // Direct messages are tried again, are still closed, and she is not asked a second time.
    later(15)
    expect(await toSara({ id: 'c'.repeat(24) })).toMatchObject({ done: true })
    expect(state.threads.size).toBe(1)
    const there = state.messages.filter(({ channel }) => channel === thread).map(({ components }) => textOf(components))
    expect(there.map((text) => text.includes('direct messages are closed'))).toEqual([true, false, false, false])
  })

  test('the thread that a crash left behind is taken, not made again', async () => {
    const { state, toSara, set, restarted } = await deliveries()
    state.closed.add('501')
    await set({ name: 'fallback', to: '300' })
    state.lose = (_, path) => path === '/channels/300/threads'
    expect(await toSara()).toMatchObject({ doubt: true })
    state.lose = (_, path) => path.includes('/thread-members/')
    expect(await toSara({}, restarted())).toMatchObject({ doubt: true })
    state.lose = undefined
    expect(await toSara({ doubt: true }, restarted())).toMatchObject({ done: true })
    expect(state.threads.size).toBe(1)
    expect(state.messages).toHaveLength(2)
  })

  test('a thread that was deleted, or is in a channel that moderators do not name any more, is not used', async () => {
    const { state, guild, toSara, set } = await deliveries()
    state.closed.add('501')
    guild.channels.set('302', { name: 'help' })
    await set({ name: 'fallback', to: '300' })
    await toSara()
    state.threads.clear()
    expect(await toSara({ id: 'b'.repeat(24) })).toMatchObject({ done: true })
    await set({ name: 'fallback', from: '300', to: '302' })
    expect(await toSara({ id: 'c'.repeat(24) })).toMatchObject({ done: true })
    expect([...state.threads.values()].map(({ parent }) => parent)).toEqual(['300', '302'])
  })

  test('a channel in which no private thread can be opened is told to who can mend it', async () => {
    const { state, guild, toSara, set, told } = await deliveries()
    state.closed.add('501')
    guild.channels.set('302', { name: 'help', threads: 50013 })
    await set({ name: 'fallback', to: '302' })
    expect(await toSara()).toMatchObject({ never: expect.any(String), gone: 'address' })
    expect(await toSara()).toMatchObject({ never: expect.any(String), gone: 'address' })
    expect(await told()).toEqual(['A channel is closed to the bot → 500'])
  })

  test('who shares no server with the bot any more gets nothing; a direct channel that is gone is opened anew', async () => {
    const { state, edge, toSara } = await deliveries()
    await edge.remember('dm/501', '799999')
    expect(await toSara()).toMatchObject({ done: true })
    state.fault = posting(403, { code: 50278, message: 'x' })
    expect(await toSara()).toMatchObject({ never: expect.stringContaining('not on the server'), gone: 'address' })
  })
})

describe('a channel that is closed to the bot', () => {
  const digest: Card = { title: 'Digest', blocks: [{ kind: 'text', text: ['One'] }] }

  test('that was deleted: its digest ends, its settings are unset, and the moderators hear of it once', async () => {
    const { state, guild, edge, toChannel, set, settings, told } = await deliveries()
    await set({ name: 'news', to: '300' }, { name: 'trackChannels.program', to: '300' })
    await edge.perform(
      { space: '100', user: '500', moderator: true, channel: '300' },
      { do: 'digest.start', here: 'yes' },
    )
    guild.channels.delete('300')
    expect(await toChannel()).toMatchObject({ never: expect.stringContaining('10003'), gone: 'address' })
    await edge.amiss('100', { channel: '300', say: 'Gone.', gone: true })
    expect((await settings()).news).toBeUndefined()
    expect((await settings()).trackChannels).toEqual({})
    expect(await told()).toEqual(['A channel is gone → 500'])
    expect(state.messages).toEqual([])
  })

  test('the moderators’ own channel, deleted: whoever installed the bot hears of it, and of what comes after', async () => {
    const { edge, set, told, settings } = await deliveries()
    await set({ name: 'moderators', to: '301' })
    await edge.amiss('100', { channel: '301', say: 'Gone.', gone: true })
    expect((await settings()).moderators).toBeUndefined()
    await edge.amiss('100', { role: '601', say: 'Above.' })
    expect((await told()).sort()).toEqual(['A channel is gone → 500', 'A role is closed to the bot → 500'])
  })

  test('a thread that may not be opened: what goes on comes below in the channel, the rest is a press away', async () => {
    const { state, guild, toChannel, told } = await deliveries()
    guild.channels.get('300')!.threads = 50013
    expect(await toChannel({ card: digest, thread: [{ ...digest, title: 'Rest' }] })).toMatchObject({ done: true })
    expect(state.messages.map(({ channel }) => channel)).toEqual(['300'])
    expect(await told()).toEqual(['A channel is closed to the bot → 500'])
    // The thread may be opened and yet not be written into.
    delete guild.channels.get('300')!.threads
    state.fault = (method, path) =>
      method === 'POST' && /\/channels\/\d{10,}\/messages$/.test(path)
        ? { status: 403, body: { code: 50013, message: 'x' } }
        : undefined
    expect(await toChannel({ id: 'e'.repeat(24), card: long, thread: [digest] })).toMatchObject({ done: true })
    expect(new Set(state.messages.map(({ channel }) => channel))).toEqual(new Set(['300']))
    expect(state.messages.length).toBeGreaterThan(2)
  })

  test('a thread that is there already, from before a crash, is used; a message that was deleted ends it', async () => {
    const { state, toChannel } = await deliveries()
    state.lose = (_, path) => path.endsWith('/threads')
    expect(await toChannel({ card: digest, thread: [{ ...digest, title: 'Rest' }] })).toMatchObject({ doubt: true })
    state.lose = undefined
    expect(await toChannel({ card: digest, thread: [{ ...digest, title: 'Rest' }] })).toMatchObject({ done: true })
    expect(state.threads.size).toBe(1)
    expect(state.messages).toHaveLength(2)
    state.fault = (_, path) =>
      path.endsWith('/threads') ? { status: 404, body: { code: 10008, message: 'x' } } : undefined
    const outcome = await toChannel({ id: 'd'.repeat(24), card: digest, thread: [{ ...digest, title: 'Rest' }] })
    expect(outcome).toMatchObject({ done: true })
  })

  test('a server that was left is told nothing', async () => {
    const { edge, leave, told } = await deliveries()
    await leave()
    await edge.amiss('100', { channel: '300', say: 'Gone.', gone: true })
    expect(await told()).toEqual([])
  })
})
