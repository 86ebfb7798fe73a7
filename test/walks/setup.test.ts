import { enterSpace, leaveSpace } from '@cme-commons/app'
import { type Actor, encodeAction, overCard, overForm, type Press, plain, type Reply } from '@cme-commons/core'
import { auditLines, type Db, findSpace, inTx, listDeliveries, settingsOf } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { moderator, sara, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T15:00:00.000Z'
const LATER = '2026-11-24T15:00:00.000Z'
const GUILD = { id: '900', platform: 'discord', name: 'CME colleagues', installer: '1' }

const fits = (reply: Reply) =>
  expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])
const words = (reply: Reply): string => ('ask' in reply ? reply.ask.title : plain(reply.say))
const pressOf = (reply: Reply, label: string): Press => {
  const found = 'ask' in reply ? undefined : reply.say.buttons?.find((button) => button.label === label)
  if (!found || !('act' in found)) throw new Error(`no button ${label} in ${words(reply)}`)
  return found.act
}

describeEachDatabase((fresh) => {
  const open = async () => {
    const db = await (await fresh()).open()
    const world = await worldOn(db, NOW)
    const press = async (actor: Actor, action: Parameters<typeof world.press>[1], now = NOW) => {
      const reply = await world.press(actor, action, now)
      fits(reply)
      return reply
    }
    const submit = (actor: Actor, form: string, answers: Record<string, string>) =>
      press(actor, { do: 'form.submit', form, answers })
    /** Fills in a form and saves what it shows. */
    const set = async (actor: Actor, form: string, answers: Record<string, string>) =>
      press(actor, pressOf(await submit(actor, form, answers), 'Save'))
    return { db, world, press, submit, set }
  }
  const sentTo = async (db: Db, space: string) => (await listDeliveries(db.read, { space, limit: 500 })).deliveries
  const enter = (db: Db, guild: Parameters<typeof enterSpace>[1], now: string) =>
    inTx(db, (tx) => enterSpace(tx, guild, now))

  test('settings are the moderators’: members see none and change none', async () => {
    const { world, submit } = await open()
    expect(await world.say(sara, 'setup', NOW)).toMatchObject({ refuse: 'moderators-only' })
    for (const act of [
      { do: 'setup.form', form: 'zone' },
      { do: 'setup.save', draft: 'd1' },
      { do: 'setup.log' },
    ] as const)
      expect(await world.press(sara, act, NOW)).toMatchObject({ refuse: 'moderators-only' })
    expect(await submit(sara, 'setup.zone', { zone: 'Europe/Paris' })).toMatchObject({ refuse: 'moderators-only' })
  })

  test('a change is shown first, then saved once, and who did it stands in the log', async () => {
    const { db, press, submit } = await open()
    const form = await press(moderator, { do: 'setup.form', form: 'channels' })
    expect(form).toMatchObject({ ask: { fields: [{ kind: 'channel' }, { value: 'moderators' }, {}] } })
    const preview = await submit(moderator, 'setup.channels', {
      news: 'standards-news',
      moderators: 'moderators',
      fallback: '',
    })
    expect(words(preview)).toContain('#standards-news becomes the place for news')
    expect(words(preview)).not.toContain('What needs a moderator')
    expect((await settingsOf(db.read, 'try')).news).toBeUndefined()
    expect(await press(moderator, pressOf(preview, 'Change'))).toMatchObject({
      ask: { fields: [{ name: 'news', value: 'standards-news' }, {}, {}] },
    })
    const saved = await press(moderator, pressOf(preview, 'Save'))
    expect(words(saved)).toContain('Saved.')
    expect(await settingsOf(db.read, 'try')).toMatchObject({ news: 'standards-news', moderators: 'moderators' })
    expect(words(await press(moderator, pressOf(preview, 'Save')))).toContain('nothing left to save')
    expect(await auditLines(db.read, { space: 'try' })).toMatchObject([{ what: 'setup.news', at: NOW }])
    expect(words(await press(moderator, { do: 'setup.log' }))).toContain('Mo: News, nothing → #standards-news')
  })

  test('the digest of the channel for news starts by a button, in the zone of the community', async () => {
    const { press, set } = await open()
    expect(await press(moderator, { do: 'digest.start', here: 'news' })).toMatchObject({ refuse: 'nothing-yet' })
    await set(moderator, 'setup.zone', { zone: 'Europe/Brussels' })
    const saved = await set(moderator, 'setup.channels', { news: 'standards-news' })
    const started = await press(moderator, pressOf(saved, 'Start the digest for news'))
    expect(words(started)).toContain('08:00 (Europe/Brussels)')
    expect(words(await press(moderator, { do: 'setup' }))).toContain('#standards-news, its digest is on')
    expect(await press(sara, { do: 'digest.start', here: 'news' })).toMatchObject({ refuse: 'moderators-only' })
  })

  test('what cannot be is told at its field; the same again changes nothing; an old form says so', async () => {
    const { submit, press } = await open()
    expect(await submit(moderator, 'setup.zone', { zone: 'Europe/Brusels' })).toMatchObject({
      refuse: 'bad-answer',
      fields: { zone: expect.stringContaining('Europe/Brussels') },
    })
    expect(await submit(moderator, 'setup.channels', { news: '<!channel> hello' })).toMatchObject({
      fields: { news: expect.stringContaining('Choose a channel') },
    })
    expect(words(await submit(moderator, 'setup.channels', {}))).toContain('set already')
    expect(await submit(moderator, 'setup.track-roles', {})).toMatchObject({ refuse: 'gone' })
    expect(await press(moderator, { do: 'setup.form', form: 'nothing' })).toMatchObject({ refuse: 'gone' })
  })

  test('two moderators at once: the second sees what the first saved before she does', async () => {
    const { db, press, submit } = await open()
    const other = { ...moderator, user: 'max', name: 'Max' }
    const first = await submit(moderator, 'setup.zone', { zone: 'Europe/Brussels' })
    const second = await submit(other, 'setup.zone', { zone: 'America/Chicago' })
    await press(moderator, pressOf(first, 'Save'))
    const again = await press(other, pressOf(second, 'Save'))
    expect(words(again)).toContain('Another moderator has changed this in the meantime')
    expect((await settingsOf(db.read, 'try')).zone).toBe('Europe/Brussels')
    await press(other, pressOf(again, 'Save'))
    expect((await settingsOf(db.read, 'try')).zone).toBe('America/Chicago')
    expect(await press(other, pressOf(first, 'Save'))).toMatchObject({ say: { title: 'Settings of Try' } })
  })

  test('unsetting where moderators are told leaves one truth: nothing is told', async () => {
    const { db, set } = await open()
    await set(moderator, 'setup.channels', { moderators: '' })
    expect((await findSpace(db.read, 'try'))!.moderators).toBeNull()
    await set(moderator, 'setup.channels', { moderators: 'standards-news' })
    expect((await findSpace(db.read, 'try'))!.moderators).toBe('channel:standards-news')
  })

  test('a track brings its channel; its role only on Discord', async () => {
    const { db, press, set } = await open()
    await set(moderator, 'setup.track-channels', { 'trackChannels.program': 'programs' })
    const chosen = await press(sara, { do: 'track.choose', track: 'program' })
    expect(words(chosen)).toContain('Colleagues on this track meet in #programs.')
    expect((await sentTo(db, 'try')).filter(({ effect }) => effect.kind === 'role')).toEqual([])
  })

  test('on Discord a track gives its role, changing moves it, and pressing twice gives it once', async () => {
    const { db, press, set } = await open()
    await enter(db, GUILD, NOW)
    const admin = { space: '900', user: '1', name: 'Ada' }
    const ines = { space: '900', user: '2', name: 'Ines' }
    await set(admin, 'setup.track-roles', { 'trackRoles.program': '11', 'trackRoles.academic': '12' })
    const roles = async () =>
      (await sentTo(db, '900'))
        .flatMap(({ key, effect, state }) => (effect.kind === 'role' ? [{ key, state, ...effect.role }] : []))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map(({ key: _, ...rest }) => rest)
    const choose = (track: string) => press(ines, { do: 'track.choose', track })
    await choose('edtech')
    expect(await roles()).toEqual([])
    await choose('program')
    await choose('program')
    expect(await roles()).toEqual([{ state: 'waiting', give: '11', take: [] }])
    await choose('academic')
    await choose('program')
    expect((await roles()).filter(({ state }) => state === 'waiting')).toEqual([
      { state: 'waiting', give: '11', take: ['12'] },
    ])
    await choose('edtech')
    expect((await roles()).filter(({ state }) => state === 'waiting')).toEqual([
      { state: 'waiting', take: ['11', '12'] },
    ])
  })

  test('changing the track says that the digest stays, and one button lets it follow', async () => {
    const { world, press } = await open()
    await press(sara, { do: 'track.choose', track: 'program' })
    await world.say(sara, 'digest start', NOW)
    const changed = await press(sara, { do: 'track.choose', track: 'academic' })
    expect(words(changed)).toContain('Your digest still brings news for Program Developers')
    const moved = await press(sara, pressOf(changed, 'Let my digest follow'))
    expect(words(moved)).toContain('Tracks: Academic CME Leaders')
    expect(words(await press(sara, { do: 'track.choose', track: 'academic' }))).not.toContain('still brings')
  })

  test('who installs is asked once where to post, moderates, and is told things until a channel is named', async () => {
    const { db, press, set } = await open()
    await enter(db, GUILD, NOW)
    await enter(db, { ...GUILD, name: 'CME colleagues of Europe' }, LATER)
    const [welcome, ...more] = await sentTo(db, '900')
    expect(more).toEqual([])
    expect(welcome).toMatchObject({ to: { space: '900', user: '1' }, lane: 'discord' })
    expect(JSON.stringify(welcome!.effect)).toContain('Nothing is sent to any channel until you say where')
    expect(await findSpace(db.read, '900')).toMatchObject({
      name: 'CME colleagues of Europe',
      moderators: 'user:1',
      zone: 'UTC',
    })
    const admin = { space: '900', user: '1', name: 'Ada' }
    expect(words(await press(admin, { do: 'setup' }))).toContain('to whoever installed the program')
    await set(admin, 'setup.channels', { moderators: '77' })
    await enter(db, GUILD, LATER)
    expect((await findSpace(db.read, '900'))!.moderators).toBe('channel:77')
  })

  test('a space that is left gets nothing more, its settings go, and it is opened anew', async () => {
    const { db, world, press, set } = await open()
    await enter(db, GUILD, NOW)
    const admin = { space: '900', user: '1', name: 'Ada' }
    await set(admin, 'setup.channels', { news: '55', moderators: '77' })
    await press(admin, { do: 'digest.start', here: 'news' })
    await world.publish([], NOW)
    await inTx(db, (tx) => leaveSpace(tx, '900', 'the bot was removed', LATER))
    await inTx(db, (tx) => leaveSpace(tx, '900', 'the bot was removed', LATER))
    expect((await sentTo(db, '900')).map(({ state }) => state)).toEqual(['withdrawn'])
    expect(await settingsOf(db.read, '900')).toEqual({ zone: 'UTC', trackChannels: {}, trackRoles: {} })
    await world.plan('2026-12-14T15:00:00.000Z')
    expect(await sentTo(db, '900')).toHaveLength(1)
    expect((await auditLines(db.read, { space: '900' })).filter(({ what }) => what === 'space.left')).toHaveLength(1)

    await enter(db, { ...GUILD, zone: 'Europe/Brussels', installer: '3' }, '2026-12-15T15:00:00.000Z')
    expect(await findSpace(db.read, '900')).toMatchObject({
      left_at: null,
      zone: 'Europe/Brussels',
      moderators: 'user:3',
    })
    expect((await sentTo(db, '900')).filter(({ state }) => state === 'waiting')).toMatchObject([{ to: { user: '3' } }])
    const bea = { space: '900', user: '3', name: 'Bea' }
    expect(words(await press(bea, { do: 'setup' }))).toContain('Time zone: Europe/Brussels')
  })
})
