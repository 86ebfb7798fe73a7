import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { checkBots } from '../../server/src/bots/check.ts'
import { startHouse, until } from '../support/bot-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { community, labels } from '../support/discord/community.ts'
import { person, textOf } from '../support/discord/person.ts'
import { type Component, fakeDiscord } from '../support/discord/server.ts'
import { readDiscord } from '../support/discord-markdown.ts'

const WEEK_LATER = () => new Date(Date.now() + 8 * 86_400_000).toISOString()

describe('what Discord does to a bot', () => {
  test('closed direct messages: her digest comes in a private thread, with the one ask, and she can snooze it there', async () => {
    const { discord, sara, owner, server } = await community(
      await freshSqlite(),
      ({ state }) => state.closed.add('501'),
      { TRY_OUT: 'on' },
    )
    const card = await owner.types('setup', undefined, undefined, 'cme-admin')
    const { modal } = await owner.presses(card, 'Channels')
    await owner.presses(await owner.submits(modal!, { fallback: '300' }), 'Save')
    await sara.types('track', { name: 'name', value: 'program' })
    await sara.types('digest start')
    await server.engine.moveClock(WEEK_LATER())
    await until('a thread is opened', () => discord.state.threads.size === 1)
    const [[thread, opened] = []] = [...discord.state.threads]
    expect(opened).toMatchObject({ parent: '300', type: 12, members: ['501'] })
    const there = () => discord.state.messages.filter(({ channel }) => channel === thread)
    await until('the digest is there', () =>
      there().some(({ components }) => textOf(components).includes('CME standards news')),
    )
    expect(there().filter(({ components }) => textOf(components).includes('messages are closed'))).toHaveLength(1)
    const digest = there().find(({ components }) => textOf(components).includes('CME standards news'))!
    const snooze = await sara.presses({ components: digest.components, ephemeral: false }, 'Snooze')
    expect(snooze.ephemeral).toBe(true)
    expect(snooze.text).toMatch(/[Ss]nooze/)
  }, 60_000)

  test('a token that is refused at the start: the program runs, and the check says what to do', async () => {
    const discord = await fakeDiscord()
    onTestFinished(() => discord.close())
    const { url } = await freshSqlite()
    const settings = {
      DATABASE_URL: url,
      DISCORD_API_URL: discord.api,
      DISCORD_TOKEN: 'an.old.token',
      LOG_LEVEL: 'silent',
    }
    const server = await startHouse(settings)
    expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200)
    await until('it was refused', () => discord.state.calls.some(({ status }) => status === 401))
    expect(await checkBots(server.house, 'discord')).toEqual([
      { name: 'discord', state: 'bad', say: expect.stringContaining('make a new one and set DISCORD_TOKEN') },
    ])
    expect(discord.gateway.identified()).toBe(0)
  }, 30_000)

  test('a connection that Discord ends for good is opened anew', async () => {
    const { discord, sara } = await community(await freshSqlite(), undefined, { LOG_LEVEL: 'silent' })
    discord.gateway.hangUp(4004)
    await until('it is back', () => discord.gateway.identified() === 2, 30_000)
    expect((await sara.types('help')).text).toContain('What you can ask for')
  }, 60_000)

  test('the check names each missing permission with its channel, and roles that cannot be given', async () => {
    const { guild, owner, server } = await community(await freshSqlite(), (_, guild) => {
      guild.channels.set('301', { name: 'moderators', closed: 50013 })
      guild.roles.set('601', { name: 'Program', above: true })
    })
    for (const [button, values] of [
      ['Channels', { news: '300', moderators: '301' }],
      ['Track roles', { 'trackRoles.program': '601' }],
    ] as const) {
      const card = await owner.types('setup', undefined, undefined, 'cme-admin')
      const { modal } = await owner.presses(card, button)
      await owner.presses(await owner.submits(modal!, values), 'Save')
    }
    const found = await checkBots(server.house, 'discord')
    const say = found.map(({ state, say }) => `${state} ${say}`)
    expect(say).toContainEqual(expect.stringContaining('ok it can do its work in #standards-news'))
    expect(say).toContainEqual(expect.stringMatching(/^bad #moderators: .*"Send Messages"/))
    expect(say).toContainEqual(expect.stringMatching(/^bad The role Program stands above/))
    expect(say.filter((one) => one.startsWith('hint'))).toEqual([])
    guild.lacks = (1n << 4n) | (1n << 51n)
    expect((await checkBots(server.house, 'discord')).filter(({ state }) => state === 'hint')).toEqual([
      expect.objectContaining({ say: expect.stringMatching(/^It has no "Manage Channels"\. A moderator creates/) }),
      expect.objectContaining({ say: expect.stringMatching(/^It has no "Pin Messages"/) }),
    ])
    guild.channels.delete('300')
    expect(await checkBots(server.house, 'discord')).toContainEqual(
      expect.objectContaining({ state: 'bad', say: expect.stringContaining('10003') }),
    )
  }, 30_000)
})

/** A file that another program has locked: taken in turns, since who holds it lives in this process. */
async function keepLocked(url: string): Promise<Database.Database> {
  const other = new Database(url.replace('sqlite:', ''), { timeout: 0 })
  onTestFinished(() => void other.close())
  await until('the file is free', () => {
    try {
      other.exec('begin immediate')
    } catch {
      return false
    }
    return true
  })
  return other
}

describe('answers that are slow, or come of hostile words', () => {
  test('a database that is busy: Discord hears in time that more comes, and then it comes', async () => {
    const database = await freshSqlite()
    const { discord, sara } = await community(database)
    await sara.types('home')
    const other = await keepLocked(database.url)
    const typed = sara.types('track', { name: 'name', value: 'program' })
    await until('it was told to wait', () => [...discord.state.callbacks.values()].some(({ type }) => type === 5))
    other.exec('rollback')
    expect((await typed).text).toContain('Program Developers')
    expect((await typed).type).toBe(5)
  }, 30_000)

  test('a button on a message of hers that answers late leaves that message as it was', async () => {
    const database = await freshSqlite()
    const { discord, sara } = await community(database)
    await sara.types('home')
    const hasty = person(discord, { patience: 2_500 })
    const other = await keepLocked(database.url)
    const help = { components: [{ type: 2, label: 'Help', custom_id: 'cme1:help' }], ephemeral: true }
    const pressed = hasty.presses(help, 'Help').catch(() => undefined)
    await until('it was told to wait', () => [...discord.state.callbacks.values()].some(({ type }) => type === 6))
    other.exec('rollback')
    await until('the answer is there', () => discord.state.followups.size > 0)
    const [[below] = []] = [...discord.state.followups.values()]
    expect(textOf(below!.components as Component[])).toContain('What you can ask for')
    expect(Number(below!.flags) & 64).toBe(64)
    expect(discord.state.edits.size).toBe(0)
    await pressed
  }, 30_000)

  test('hostile names and texts show as words, wherever they come back', async () => {
    const evil = '@everyone <@501> [accme.org](https://evil.example) **x** `y` <#300> https://discord.gg/x'
    const { discord, guild, sara, owner } = await community(await freshSqlite(), (_, guild) => {
      guild.name = evil
      guild.channels.set('301', { name: 'moderators' })
    })
    guild.members.get('501')!.name = evil
    const seen: (readonly Component[])[] = []
    const keep = <T extends { components: readonly Component[] }>(one: T): T => {
      seen.push(one.components)
      return one
    }
    const card = keep(await owner.types('setup', undefined, undefined, 'cme-admin'))
    const { modal } = await owner.presses(card, 'Channels')
    keep(await owner.presses(keep(await owner.submits(modal!, { moderators: '301' })), 'Save'))
    keep(await sara.types('home'))
    keep(await sara.types('what', { name: 'term', value: evil }))
    keep(await sara.types('news', { name: 'about', value: evil }))
    keep(await sara.types('explain', { name: 'text', value: evil }))
    keep(await sara.types(`digest ${'snooze'}`, { name: 'until', value: evil }))
    keep(await sara.onMessage('Explain the letters', evil))
    const suggest = await sara.types('suggest', { name: 'link', value: 'https://society.example/rules' })
    keep(await sara.submits(suggest.modal!, { title: evil, why: evil }))
    const queue = keep(await owner.types('suggestions', undefined, undefined, 'cme-admin'))
    const first = keep(await owner.presses(queue, labels(queue)[0]!))
    keep(await owner.presses(first, labels(first).find((label) => label.startsWith('Approve'))!))
    await until('both heard', () =>
      ['301', '700501'].every((channel) => discord.state.messages.some((one) => one.channel === channel)),
    )
    for (const message of discord.state.messages) {
      expect(message.allowed_mentions).toEqual({ parse: [] })
      keep(message)
    }
    for (const components of seen) {
      const shown = readDiscord(textOf(components))
      expect(shown.mentions).toEqual([])
      expect(shown.links.filter(({ href }) => /evil|discord\.gg/.test(href))).toEqual([])
      expect(shown.channels.filter((channel) => channel !== '<#301>')).toEqual([])
    }
  }, 60_000)
})

test('a stranger in a direct message, an old button and a forged one are all answered', async () => {
  const { discord, sara } = await community(await freshSqlite())
  const inPrivate = person(discord, { direct: true, user: '777' })
  expect((await inPrivate.types('home')).text).toContain('Say it once on your server first')
  const old = (custom_id: string) => ({ components: [{ type: 2, label: 'Old', custom_id }], ephemeral: false })
  for (const id of [
    'cme0:home',
    'cme1:no.such',
    'cme1:setup.save',
    'cme1:digest.rest:d1',
    'somebody else’s',
    'cme1:again:x:cme1%3Ahome',
  ])
    expect((await sara.presses(old(id), 'Old')).text).not.toBe('')
}, 30_000)
