import { findSpace, settingsOf, subscriptionAt } from '@cme-commons/db'
import { describe, expect, test } from 'vitest'
import { until } from '../support/bot-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { community, labels } from '../support/discord/community.ts'
import { person, textOf } from '../support/discord/person.ts'
import type { FakeDiscord } from '../support/discord/server.ts'

const heard = ({ state }: FakeDiscord, channel: string): string[] =>
  state.messages.filter((one) => one.channel === channel).map(({ components }) => textOf(components))

const weeks = (n: number): string => new Date(Date.now() + n * 7 * 86_400_000 + 86_400_000).toISOString()

async function setUp() {
  const all = await community(await freshSqlite(), (_, guild) => {
    guild.channels.set('301', { name: 'moderators' }).set('302', { name: 'help-desk' })
    guild.roles.set('601', { name: 'Program' }).set('602', { name: 'Academic' }).set('603', { name: 'Staff' })
    guild.members.set('502', { name: 'Ines', roles: ['603'], permissions: '0' })
  })
  const { owner } = all
  /** Opens a form of the settings, fills it in and saves what it shows. */
  const set = async (button: string, values: Record<string, string | readonly string[]>) => {
    const card = await owner.types('setup', undefined, undefined, 'cme-admin')
    const { modal } = await owner.presses(card, button)
    const preview = await owner.submits(modal!, values)
    return { preview, save: () => owner.presses(preview, 'Save') }
  }
  return { ...all, set }
}

describe('a moderator sets the server up from inside Discord', () => {
  test('every setting shows what it will do, and is saved by a press; an emptied select unsets it', async () => {
    const { db, set } = await setUp()
    const { preview, save } = await set('Channels', { news: '300', moderators: '301', fallback: '302' })
    expect(preview.ephemeral).toBe(true)
    expect(preview.text).toContain('<#300> becomes the place for news')
    expect((await settingsOf(db.read, '100')).news).toBeUndefined()
    const saved = await save()
    expect(saved.type).toBe(7)
    expect(labels(saved)).toContain('Start the digest for news')
    expect(await settingsOf(db.read, '100')).toMatchObject({ news: '300', moderators: '301', fallback: '302' })
    const emptied = await set('Channels', { fallback: [] })
    expect(emptied.preview.text).toContain('Members who take no direct messages get no digests')
    expect(emptied.preview.text).not.toContain('becomes the place for news')
    await emptied.save()
    const left = await settingsOf(db.read, '100')
    expect([left.news, left.fallback]).toEqual(['300', undefined])
  }, 30_000)

  test('choosing a track gives the role that is tied to it, and another one moves it', async () => {
    const { discord, guild, sara, set } = await setUp()
    await (await set('Track roles', { 'trackRoles.program': '601', 'trackRoles.academic': '602' })).save()
    const roles = () => guild.members.get('501')!.roles
    const chosen = await sara.types('track', { name: 'name', value: 'program' })
    expect(chosen.text).toContain('You get the role <@&601>')
    await until('she has the role', () => roles().join() === '601')
    await sara.types('track', { name: 'name', value: 'academic' })
    await until('it has moved', () => roles().join() === '602')
    guild.roles.delete('602')
    discord.gateway.dispatch('GUILD_ROLE_DELETE', { guild_id: '100', role_id: '602' })
    await until('who can mend it hears of it', () =>
      heard(discord, '700500').some((text) => text.includes('A role is gone')),
    )
    const again = await sara.types('track', { name: 'name', value: 'academic' })
    expect(again.text).not.toContain('You get the role')
  }, 30_000)

  test('who may not is refused, by command, button and form; a role makes a moderator', async () => {
    const { db, discord, sara, owner, set } = await setUp()
    for (const command of ['setup', 'suggestions', 'funnel', 'stalled', 'mentors'])
      expect((await sara.types(command, undefined, undefined, 'cme-admin')).text).toMatch(/[Mm]oderators/)
    const card = await owner.types('setup', undefined, undefined, 'cme-admin')
    expect((await sara.presses(card, 'Channels')).modal).toBeUndefined()
    const { modal } = await owner.presses(card, 'Channels')
    await sara.submits(modal!, { news: '300' })
    expect((await settingsOf(db.read, '100')).news).toBeUndefined()
    await (await set('Moderators and mentors', { moderatorRole: '603' })).save()
    const ines = person(discord, { user: '502' })
    expect((await ines.types('setup', undefined, undefined, 'cme-admin')).text).toContain('Settings of Association')
  }, 30_000)

  test('a form with something wrong says what, and "Try again" keeps what was typed', async () => {
    const { owner } = await setUp()
    const card = await owner.types('setup', undefined, undefined, 'cme-admin')
    const { modal } = await owner.presses(card, 'Time zone')
    const refused = await owner.submits(modal!, { zone: 'Europe/Brusels' })
    expect(refused.text).toContain('did you mean Europe/Brussels')
    const again = await owner.presses(refused, 'Try again')
    const [label] = again.modal!.components
    expect(label!.component!.value).toBe('Europe/Brusels')
    expect(String(label!.description)).toContain('Europe/Brussels')
    const preview = await owner.submits(again.modal!, { zone: 'Europe/Brussels' })
    expect((await owner.presses(preview, 'Save')).text).toContain('Europe/Brussels')
  }, 30_000)

  test('a suggestion goes to the moderators’ channel, is approved there, and she hears of it', async () => {
    const { discord, sara, owner, set } = await setUp()
    await (await set('Channels', { moderators: '301' })).save()
    const { modal } = await sara.types('suggest', { name: 'link', value: 'https://society.example/rules' })
    await sara.submits(modal!, { title: 'A society publishes its rules', why: 'Our form changes.' })
    await until('the moderators hear', () => heard(discord, '301').some((text) => text.includes('A society publishes')))
    const queue = await owner.types('suggestions', undefined, undefined, 'cme-admin')
    const one = await owner.presses(queue, labels(queue)[0]!)
    await owner.presses(one, labels(one).find((label) => label.startsWith('Approve'))!)
    await until('she hears', () => heard(discord, '700501').some((text) => text.includes('rules')))
  }, 30_000)

  test('a welcome with a button is shown first, then stands in the channel; who presses it is greeted for herself', async () => {
    const { discord, sara, owner } = await setUp()
    const card = await owner.types('setup', undefined, undefined, 'cme-admin')
    const { modal } = await owner.presses(card, 'Post a welcome')
    const preview = await owner.submits(modal!, { channel: '300' })
    expect(preview.text).toContain('Nothing is posted yet')
    expect(discord.state.messages.filter(({ channel }) => channel === '300')).toEqual([])
    expect((await owner.presses(preview, 'Post it')).text).toContain('on its way')
    expect((await owner.presses(preview, 'Post it')).text).toContain('stands there already')
    await until('it stands there', () => heard(discord, '300').length === 1)
    const [posted] = discord.state.messages.filter(({ channel }) => channel === '300')
    const hello = await sara.presses({ components: posted!.components, ephemeral: false }, 'Start')
    expect(hello.text).toContain('Welcome to the CME community, Sara')
    expect(hello.ephemeral).toBe(true)
    expect(hello.type).toBe(4)
    expect((await sara.presses({ components: preview.components, ephemeral: true }, 'Post it')).text).toContain(
      'Moderators',
    )
  }, 30_000)
})

describe('what the server takes away', () => {
  test('a channel that is deleted: its digest ends, its settings are unset, who can mend it hears of it once', async () => {
    const { db, discord, guild, owner, set } = await setUp()
    await (await set('Channels', { news: '300' })).save()
    await owner.types('digest here')
    guild.channels.delete('300')
    for (let i = 0; i < 2; i++)
      discord.gateway.dispatch('CHANNEL_DELETE', { id: '300', guild_id: '100', type: 0, name: 'standards-news' })
    await until('the owner hears', () => heard(discord, '700500').some((text) => text.includes('A channel is gone')))
    expect((await settingsOf(db.read, '100')).news).toBeUndefined()
    expect(await subscriptionAt(db.read, '100', 'channel:300')).toBeUndefined()
    expect(heard(discord, '700500').filter((text) => text.includes('A channel is gone'))).toHaveLength(1)
  }, 30_000)

  test('a permission taken away: the digest pauses with nothing lost, and goes on by a button when it is mended', async () => {
    const { db, discord, guild, owner, server } = await community(await freshSqlite(), undefined, { TRY_OUT: 'on' })
    await owner.types('digest here')
    guild.channels.get('300')!.closed = 50013
    await server.engine.moveClock(weeks(1))
    const stopped = () =>
      discord.state.messages.filter(({ components }) => textOf(components).includes('A digest has stopped'))
    await until('the owner hears', () => stopped().length > 0)
    expect(textOf(stopped()[0]!.components)).toContain('Send Messages')
    expect((await subscriptionAt(db.read, '100', 'channel:300'))?.paused).toBe(1)
    await server.engine.moveClock(weeks(2))
    expect(stopped()).toHaveLength(1)
    delete guild.channels.get('300')!.closed
    await owner.presses({ components: stopped()[0]!.components, ephemeral: false }, 'It is mended: go on')
    await server.engine.moveClock(weeks(3))
    await until('it comes', () => heard(discord, '300').some((text) => text.includes('CME standards news')))
  }, 60_000)

  test('the moderators’ own channel closed to the bot: the owner hears of it, not only the log', async () => {
    const { discord, guild, sara, set } = await setUp()
    await (await set('Channels', { moderators: '301' })).save()
    guild.channels.get('301')!.closed = 50001
    const { modal } = await sara.types('suggest', { name: 'link', value: 'https://society.example/rules' })
    await sara.submits(modal!, { title: 'A society publishes its rules', why: 'Our form changes.' })
    await until('the owner hears', () => heard(discord, '700500').some((text) => text.includes('closed to the bot')))
  }, 30_000)

  test('taken out while nobody listened: it is left as soon as the bot is back', async () => {
    const { db, discord, sara, server } = await community(await freshSqlite())
    await sara.types('digest start')
    discord.state.guilds.delete('100')
    discord.guild('200', 'Another')
    discord.gateway.refuseResume()
    for (const socket of discord.gateway.sockets) socket.terminate()
    await until('it is left', async () => (await findSpace(db.read, '100'))?.left_at !== null, 30_000)
    expect(await subscriptionAt(db.read, '100', 'user:501')).toBeUndefined()
    expect((await findSpace(db.read, '200'))?.left_at).toBeNull()
    await server.close()
  }, 60_000)
})
