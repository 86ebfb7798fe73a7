import type { NewChannel, Outcome } from '@cme-commons/core'
import { describe, expect, test } from 'vitest'
import { delivering, fails, SCOPES } from '../support/slack/delivering.ts'

const CHANNEL = ['channels:read', 'channels:manage', 'channels:join', 'pins:write', 'bookmarks:read', 'bookmarks:write']
const MARK = 'cme-sacme-2027'
const open: NewChannel = { mark: MARK, name: 'SACME 2027', topic: 'The spring meeting, 3 to 6 March' }
const to = { space: 'T1', user: 'U1' }
const C1 = { space: 'T1', channel: 'C1' }
const never = (says: string | RegExp) => ({ never: says instanceof RegExp ? expect.stringMatching(says) : says })

async function running(scopes: readonly string[] = [...SCOPES, ...CHANNEL]) {
  const all = await delivering(scopes)
  const { bot, parcel, team, slack } = all
  let ids = 0
  const work = (more: object): Promise<Outcome> => {
    const { card: _, ...rest } = parcel() as { card?: unknown }
    return bot.deliver({ ...rest, to: C1, id: `${++ids}`.padEnd(24, 'w'), ...more } as never)
  }
  const named = (name: string) => [...team.channels.values()].filter((one) => one.name.startsWith(name))
  const calls = (method: string) => slack.state.calls.filter((one) => one.method === method).length
  return { ...all, work, named, calls }
}

describe('a channel for a conference', () => {
  test('is made with its topic and our mark in it, and opening it twice finds it again', async () => {
    const { work, named, team, slack } = await running()
    slack.state.page = 1
    const made = await work({ to, open })
    const [channel] = named('sacme-2027')
    expect(channel).toMatchObject({ name: 'sacme-2027', topic: `${open.topic} · ${MARK}`, creator: 'UBOT' })
    const ref = [...team.channels].find(([, one]) => one === channel)![0]
    expect(made).toEqual({ done: true, ref })
    expect(await work({ to, open })).toEqual({ done: true, ref })
    // Its name and topic may change, as long as the mark is there.
    Object.assign(channel!, { name: 'spring-meeting', topic: `Hello (${MARK})`, member: false })
    expect(await work({ to, open })).toEqual({ done: true, ref })
    expect(channel!.member).toBe(true)
    expect(team.channels.size).toBe(2)
    // What is said of it later keeps the mark, whatever its length.
    expect(await work({ to: { space: 'T1', channel: ref }, topic: 'Day two '.repeat(60) })).toEqual({ done: true })
    expect(channel!.topic).toMatch(new RegExp(`^Day two .+ · ${MARK}$`))
  })

  test('whose making lost its answer, or ended before its topic, is there once', async () => {
    const { work, named, slack } = await running()
    for (const method of ['conversations.create', 'conversations.setTopic']) {
      slack.state.lose = (called) => called === method
      expect(await work({ to, open: { ...open, name: method } })).toMatchObject({ doubt: true })
    }
    slack.state.fault = fails('conversations.setTopic', 'internal_error')
    expect(await work({ to, open: { ...open, name: 'third', mark: 'cme-third' } })).toMatchObject({ doubt: true })
    slack.state.lose = slack.state.fault = undefined
    expect(await work({ to, doubt: true, open: { ...open, name: 'third', mark: 'cme-third' } })).toMatchObject({
      done: true,
    })
    expect(named('third')).toEqual([expect.objectContaining({ topic: `${open.topic} · cme-third` })])
  })

  test('whose name is taken by another gets a number; our own that was archived is brought back, or a person is asked to', async () => {
    const { work, named, team, slack } = await running()
    team.channels.set('C7', { name: 'sacme-2027', creator: 'U1', topic: 'Somebody else’s' })
    await work({ to, open })
    const [, own] = named('sacme-2027')
    expect(own).toMatchObject({ name: 'sacme-2027-2', topic: expect.stringContaining(MARK) })
    own!.archived = true
    slack.state.fault = fails('conversations.unarchive', 'not_in_channel')
    expect(await work({ to, open })).toEqual(never(/^#sacme-2027-2 was archived: restore it in Slack/))
    slack.state.fault = undefined
    expect(await work({ to, open })).toMatchObject({ done: true })
    expect(own!.archived).toBe(false)
    expect(named('sacme-2027')).toHaveLength(2)
  })

  test('that a moderator named is joined and gets the topic that she was shown; one that we cannot enter is told', async () => {
    const { work, team } = await running([...SCOPES, ...CHANNEL, 'groups:read'])
    team.channels
      .set('C2', { name: 'spring', topic: 'Ours' })
      .set('C3', { name: 'board', private: true })
      .set('C4', { name: 'old', archived: true })
    const adopt = (id: string, topic = '') => work({ to, open: { ...open, topic, adopt: id } })
    expect(await adopt('C2')).toEqual({ done: true, ref: 'C2' })
    expect(team.channels.get('C2')).toMatchObject({ member: true, topic: 'Ours' })
    expect(await adopt('C2', 'The meeting')).toEqual({ done: true, ref: 'C2' })
    expect(team.channels.get('C2')!.topic).toBe(`The meeting · ${MARK}`)
    expect(await adopt('C3')).toEqual(never(/\/invite @CME Commons/))
    expect(await adopt('C4')).toEqual(never(/archived/))
    expect(await adopt('C9')).toEqual(never(/\/invite @CME Commons/))
    team.channels.get('C3')!.member = true
    expect(await adopt('C3')).toEqual({ done: true, ref: 'C3' })
    // Without the permission to join, being in it is enough.
    team.scopes = [...SCOPES, 'channels:read']
    expect(await adopt('C2')).toEqual({ done: true, ref: 'C2' })
    expect(team.channels.size).toBe(4)
  })
})

describe('a card that stands in the channel', () => {
  test('is pinned once, whatever is lost on the way, and the next one takes its place', async () => {
    const { work, slack, team, posted, calls } = await running()
    const pins = () => team.channels.get('C1')!.pins ?? []
    const card = { title: 'Schedule', blocks: [] }
    const parcel = { id: 'p'.repeat(24), card, pin: true }
    slack.state.fault = fails('pins.add', 'ratelimited')
    expect(await work(parcel)).toMatchObject({ later: 30_000 })
    slack.state.fault = undefined
    slack.state.lose = (method) => method === 'pins.add'
    expect(await work(parcel)).toMatchObject({ doubt: true })
    slack.state.lose = undefined
    const done = (await work({ ...parcel, doubt: true })) as { ref: string }
    expect(done).toEqual({ done: true, ref: `C1/${posted()[0]!.ts}`, twice: 'looked-up' })
    expect([posted().length, pins()]).toEqual([1, [posted()[0]!.ts]])

    slack.state.lose = (method) => method === 'chat.update'
    const next = { card: { title: 'Schedule, moved', blocks: [] }, edit: done.ref, pin: true }
    expect(await work(next)).toMatchObject({ doubt: true })
    slack.state.lose = undefined
    expect(await work({ ...next, doubt: true })).toEqual({ done: true, ref: done.ref })
    expect(posted().map(({ text }) => text)).toEqual(['Schedule, moved'])
    // Deleted by somebody: sent anew, and pinned.
    slack.state.messages.length = 0
    const anew = (await work(next)) as { ref: string }
    expect(anew.ref).not.toBe(done.ref)
    expect(posted().map(({ text }) => text)).toEqual(['Schedule, moved'])
    expect(pins()).toContain(posted()[0]!.ts)
    expect(calls('chat.postMessage')).toBe(2)
  }, 15_000)

  test('that cannot be pinned stands there all the same, and who can mend it is told once', async () => {
    const { work, slack, team, house, posted, edge } = await running([...SCOPES])
    await edge.enter({ id: 'T1', name: 'Association', installer: 'UMOD' })
    const card = { title: 'Welcome', blocks: [] }
    expect(await work({ card, pin: true })).toEqual({ done: true, ref: expect.any(String) })
    team.scopes.push('pins:write')
    slack.state.fault = fails('pins.add', 'restricted_action')
    expect(await work({ card, pin: true })).toEqual({ done: true, ref: expect.any(String) })
    expect(posted()).toHaveLength(2)
    const told = await house.db.read.selectFrom('deliveries').select('effect').where('key', 'like', 'amiss/%').execute()
    expect(told).toEqual([{ effect: expect.stringContaining('pins:write') }])
  }, 15_000)
})

describe('bookmarks, events and the end', () => {
  test('a bookmark is there once under its title, and moves with its address', async () => {
    const { work, slack, team } = await running()
    const mark = (href: string) => work({ bookmark: { title: 'Calendar', href } })
    slack.state.lose = (method) => method === 'bookmarks.add'
    expect(await mark('https://example.org/a')).toMatchObject({ doubt: true })
    slack.state.lose = undefined
    for (const href of ['https://example.org/a', 'https://example.org/b', 'https://example.org/b'])
      expect(await mark(href)).toEqual({ done: true })
    expect(team.channels.get('C1')!.bookmarks).toEqual([
      { id: 'Bk1', title: 'Calendar', link: 'https://example.org/b' },
    ])
    const event = { mark: MARK, title: 'SACME', about: '', start: '', end: '', place: '' }
    const calls = slack.state.calls.length
    expect(await work({ event })).toEqual({ done: true })
    expect(slack.state.calls).toHaveLength(calls)
  })

  test('archiving twice is archiving once; a channel that is gone ends its address', async () => {
    const { work, team } = await running()
    expect(await work({ archive: true })).toEqual({ done: true })
    expect(await work({ archive: true })).toEqual({ done: true })
    expect(team.channels.get('C1')!.archived).toBe(true)
    const gone = { never: expect.stringContaining('channel_not_found'), gone: 'address' }
    const at = { to: { space: 'T1', channel: 'C9' } }
    const bookmark = { title: 'x', href: 'https://example.org' }
    for (const what of [{ archive: true }, { topic: 'x' }, { bookmark }])
      expect(await work({ ...at, ...what })).toEqual(gone)
  })
})

test('what the workspace or its administrator does not let us do is told with the remedy, and nothing else stops', async () => {
  const { work, slack, team } = await running([...SCOPES])
  const lacks = (scope: string) => never(new RegExp(`lacks the permission ${scope}: an administrator`))
  const bookmark = { title: 'x', href: 'https://example.org' }
  expect(await work({ to, open })).toEqual(lacks('channels:read'))
  team.scopes.push('channels:read')
  expect(await work({ to, open })).toEqual(lacks('channels:manage'))
  expect(await work({ topic: 'x' })).toEqual(lacks('channels:manage'))
  expect(await work({ archive: true })).toEqual(lacks('channels:manage'))
  expect(await work({ bookmark })).toEqual(lacks('bookmarks:read'))
  team.scopes.push('bookmarks:read')
  expect(await work({ bookmark })).toEqual(lacks('bookmarks:write'))
  team.scopes.push(...CHANNEL)
  const cases: [method: string, error: string, what: object, outcome: object][] = [
    ['conversations.create', 'restricted_action', { to, open }, never(/lets only some people create channels/)],
    ['conversations.create', 'invalid_name', { to, open }, never(/report/)],
    ['conversations.list', 'ratelimited', { to, open }, { later: 30_000, only: 'address', why: expect.any(String) }],
    [
      'conversations.list',
      'invalid_auth',
      { to, open },
      { never: expect.stringContaining('install'), gone: 'address' },
    ],
    ['conversations.setTopic', 'user_is_restricted', { topic: 'x' }, never(/set it yourself/)],
    ['conversations.archive', 'restricted_action', { archive: true }, never(/archive it yourself/)],
    ['conversations.archive', 'cant_archive_general', { archive: true }, never(/cannot be archived/)],
    ['bookmarks.add', 'too_many_bookmarks', { bookmark }, never(/remove some/)],
    ['bookmarks.list', 'service_unavailable', { bookmark }, { failed: expect.any(String), doubt: false }],
  ]
  for (const [method, error, what, outcome] of cases) {
    slack.state.fault = fails(method, error)
    expect([error, await work(what)]).toEqual([error, outcome])
  }
})
