import { findSpace, subscriptionAt } from '@cme-commons/db'
import { describe, expect, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { until } from '../support/bot-house.ts'
import { describeEachDatabase, freshSqlite } from '../support/databases.ts'
import { community, labels } from '../support/discord/community.ts'
import { buttonsOf, person, textOf } from '../support/discord/person.ts'

describeEachDatabase((fresh) => {
  test('from the greeting to a mock activity: track, needs assessment, the gate, the draft', async () => {
    const { sara } = await community(await fresh())
    const hello = await sara.types('home')
    expect(hello.text).toContain('Welcome to the CME community, Sara')
    expect(hello.ephemeral).toBe(true)
    const chosen = await sara.presses(hello, 'Program Developers')
    expect(chosen.type).toBe(7)
    expect(chosen.text).toContain('Program Developers')
    const refused = await sara.types('activity')
    const form = await sara.presses(refused, labels(refused)[0]!)
    expect(form.modal).toBeDefined()
    for (const { form: id, answers } of needsAnswers(hypertension)) {
      const card = await sara.types('needs')
      const button = buttonsOf(card.components).find(
        (one) => one.custom_id.replace(/#\d+$/, '') === `cme1:needs.form:${id}`,
      )
      if (!button) continue
      const { modal } = await sara.presses(card, button.custom_id)
      const after = await sara.submits(modal!, answers)
      expect(after.text).not.toContain('Not saved')
    }
    const draft = await sara.types('activity')
    expect(draft.text).toContain('MOCK: ')
    for (const { form: id, answers } of activityAnswers(hypertensionActivity, hypertension)) {
      const card = await sara.types('activity')
      const { modal } = await sara.presses(card, `cme1:activity.form:${id}`)
      await sara.submits(modal!, answers)
    }
    expect(labels(await sara.types('activity'))).toContain('Hand it in for peer review')
  })
})

describe('on a server', () => {
  test('an interaction that arrives twice acts once', async () => {
    const { discord, sara, db } = await community(await freshSqlite())
    await sara.types('track', { name: 'name', value: 'program' })
    await sara.types('home', undefined, '1234567890123456789')
    discord.state.callbacks.delete('1234567890123456789')
    const hasty = person(discord, { patience: 500 })
    await expect(hasty.types('home', undefined, '1234567890123456789')).rejects.toThrow('nothing came of it')
    expect((await db.read.selectFrom('arrivals').selectAll().execute()).length).toBe(2)
  })

  test('in a direct message the server is the one she was seen in last; before that she is told to say it there', async () => {
    const { discord, sara } = await community(await freshSqlite())
    const inPrivate = person(discord, { direct: true })
    expect((await inPrivate.types('home')).text).toContain('Say it once on your server first')
    await sara.types('home')
    const hello = await inPrivate.types('home')
    expect(hello.text).toContain('Welcome to the CME community')
    expect(hello.ephemeral).toBe(false)
  })

  test('terms complete while she types, and a message’s letters are explained', async () => {
    const { sara } = await community(await freshSqlite())
    const offered = await sara.completes('what', 'term', 'ecme')
    expect(offered.map(({ value }) => value)).toContain('ECMEC')
    const explained = await sara.onMessage('Explain the letters', 'Is an RSS series worth *ECMEC* @everyone?')
    expect(explained.text).toContain('ECMEC')
    expect(explained.ephemeral).toBe(true)
    expect((await sara.onMessage('Suggest for the digest', 'See https://example.org/news/1')).modal).toBeDefined()
  })

  test('the gateway may be cut, and a resume refused: nothing that was asked is lost', async () => {
    const { discord, sara } = await community(await freshSqlite())
    for (const socket of discord.gateway.sockets) socket.terminate()
    await until('the connection is gone', () => discord.gateway.sockets.size === 0)
    expect((await sara.types('help')).text).toContain('What you can ask for')
    expect(discord.gateway.resumed()).toBe(1)
    discord.gateway.refuseResume()
    for (const socket of discord.gateway.sockets) socket.terminate()
    await until('it identified again', () => discord.gateway.identified() === 2, 30_000)
    expect((await sara.types('help')).text).toContain('What you can ask for')
  }, 60_000)

  test('digests arrive as direct messages and in channels, with their buttons, and mention nobody', async () => {
    const { discord, sara, owner, server } = await community(await freshSqlite(), undefined, { TRY_OUT: 'on' })
    await sara.types('track', { name: 'name', value: 'program' })
    await sara.types('digest start')
    await owner.types('digest here')
    await server.engine.moveClock(new Date(Date.now() + 8 * 86_400_000).toISOString())
    const sent = (channel: string) => discord.state.messages.filter((one) => one.channel === channel)
    await until('both arrived', () => sent('700501').length > 0 && sent('300').length > 0)
    const [digest] = sent('700501')
    expect(textOf(digest!.components)).toContain('CME standards news')
    expect(digest!.allowed_mentions).toEqual({ parse: [] })
    expect(digest!.nonce).toMatch(/^[0-9a-f]{23}0$/)
    expect(labels(digest!)).toEqual(expect.arrayContaining(['Why did I get this?', 'Less of this', 'Snooze']))
  }, 60_000)

  test('closed direct messages: a private thread where moderators named a channel, else the digest pauses', async () => {
    const { discord, sara, db, server } = await community(await freshSqlite(), ({ state }) => state.closed.add('501'), {
      TRY_OUT: 'on',
    })
    await sara.types('track', { name: 'name', value: 'program' })
    await sara.types('digest start')
    await server.engine.moveClock(new Date(Date.now() + 8 * 86_400_000).toISOString())
    await until('it pauses', async () => (await subscriptionAt(db.read, '100', 'user:501'))?.paused === 1)
    expect(discord.state.threads.size).toBe(0)
  }, 60_000)

  test('taken out of the server, nothing is sent there any more', async () => {
    const { discord, sara, db } = await community(await freshSqlite())
    await sara.types('track', { name: 'name', value: 'program' })
    await sara.types('digest start')
    discord.gateway.dispatch('GUILD_DELETE', { id: '100' })
    await until('it is left', async () => (await findSpace(db.read, '100'))?.left_at !== null)
    expect(await subscriptionAt(db.read, '100', 'user:501')).toBeUndefined()
  })
})
