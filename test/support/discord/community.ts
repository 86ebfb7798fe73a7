import { findSpace } from '@cme-commons/db'
import { onTestFinished } from 'vitest'
import { startHouse, until } from '../bot-house.ts'
import type { TestDatabase } from '../databases.ts'
import { buttonsOf, person } from './person.ts'
import { type Component, type FakeDiscord, fakeDiscord, type Guild } from './server.ts'

/** A whole server with the fake Discord that it is connected to: the server 100, Sara (501), and the owner (500), who moderates. */
export async function community(
  database: TestDatabase,
  prepare: (discord: FakeDiscord, guild: Guild) => void = () => {},
  more: Record<string, string> = {},
) {
  const discord = await fakeDiscord()
  onTestFinished(() => discord.close())
  const guild = discord.guild('100', 'Association')
  prepare(discord, guild)
  const server = await startHouse({
    DATABASE_URL: database.url,
    DISCORD_API_URL: discord.api,
    DISCORD_TOKEN: 'MTIz.token',
    ...more,
  })
  const { db } = server.house
  await until('the server is known', async () => (await findSpace(db.read, '100')) !== undefined, 20_000)
  return { discord, guild, server, db, sara: person(discord), owner: person(discord, { user: '500' }) }
}

export const labels = ({ components }: { components: readonly Component[] }): string[] =>
  buttonsOf(components).map(({ label }) => label)
