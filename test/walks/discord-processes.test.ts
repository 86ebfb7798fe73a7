import { expect, onTestFinished, test } from 'vitest'
import { freePort, until } from '../support/bot-house.ts'
import { freshPostgres } from '../support/databases.ts'
import { person } from '../support/discord/person.ts'
import { fakeDiscord } from '../support/discord/server.ts'
import { startProgram } from '../support/program.ts'

test('of two processes one holds the gateway; killed, the other has it within thirty seconds and answers', async () => {
  const discord = await fakeDiscord()
  onTestFinished(() => discord.close())
  discord.guild('100', 'Association')
  const { url } = await freshPostgres()
  const start = async () => {
    const program = await startProgram({
      DATABASE_URL: url,
      PORT: String(await freePort()),
      TRY_OUT: 'off',
      DISCORD_API_URL: discord.api,
      DISCORD_TOKEN: 'MTIz.token',
    })
    onTestFinished(() => program.kill())
    return program
  }
  const first = await start()
  await until('the first is connected', () => discord.gateway.identified() === 1, 30_000)
  await start()
  const sara = person(discord)
  expect((await sara.types('home')).text).toContain('Welcome to the CME community')
  expect(discord.gateway.identified()).toBe(1)
  await first.kill()
  await until('the second is connected', () => discord.gateway.identified() === 2, 30_000)
  expect((await sara.types('track', { name: 'name', value: 'program' })).text).toContain('Program Developers')
}, 120_000)
