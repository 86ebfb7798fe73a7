import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { loadContent } from '../house.ts'
import { checkPlatform } from './check-platform.ts'
import { Refusal } from './refusal.ts'

/** `discord`: how the bot gets into a server, and which commands Discord shows. */
export const discordCommand = (program: Command): Command => {
  const discord = program.command('discord').description('Connects the Discord bot')
  discord
    .command('invite')
    .description('The address that lets the bot into a server, with each permission it asks for and why')
    .option('--guild <id>', 'choose this server in advance')
    .action(({ guild }: { guild?: string }) => invite(guild))
  discord
    .command('register')
    .description('Shows how the registered commands differ from those of this version; changes them with --yes')
    .option('--guild <id>', 'only in this server, at once (all others can take an hour)')
    .option('--yes', 'register them')
    .action(({ guild, yes }: { guild?: string; yes?: boolean }) => register(guild, yes ?? false))
  discord
    .command('check')
    .description(
      'Asks Discord whether the token works, what the bot may do in each channel, and which roles it can give',
    )
    .action(() => checkPlatform('discord'))
  return discord
}

async function invite(guild: string | undefined): Promise<void> {
  const { inviteUrl, ownApplication, permissions } = await import('@cme-commons/discord')
  const { rest, api } = await connect()
  const { id } = await told(ownApplication(rest))
  console.log(inviteUrl({ api, applicationId: id, ...(guild ? { guild } : {}) }))
  console.log('\nIt asks for these permissions, and for no privileged intent:')
  for (const { name, why } of permissions) console.log(`  ${name.padEnd(28)}${why}`)
}

async function register(guild: string | undefined, yes: boolean): Promise<void> {
  const { isSame, planCommands, registerCommands } = await import('@cme-commons/discord')
  const { rest } = await connect()
  const { knowledge } = loadContent(readConfig(), new Date().toISOString().slice(0, 10))
  const plan = await told(planCommands(rest, knowledge, guild))
  const where = guild ? `in the server ${guild}` : 'in every server'
  if (isSame(plan.difference)) return console.log(`The commands ${where} are those of this version.`)
  const { created, changed, removed } = plan.difference
  for (const [sign, names] of [
    ['+', created],
    ['~', changed],
    ['-', removed],
  ] as const)
    for (const name of names) console.log(`${sign} ${name}`)
  console.log(`${created.length} new, ${changed.length} changed, ${removed.length} to be removed ${where}.`)
  if (!yes) return console.log('Nothing was changed; add --yes to register them.')
  await told(registerCommands(rest, plan))
  console.log('Registered.')
}

async function connect() {
  const { discordToken: token, discordApi: api } = readConfig()
  if (!token) throw new Refusal('Set DISCORD_TOKEN to the token of your bot (Discord developer portal, page "Bot").')
  const { makeAnsweringRest } = await import('@cme-commons/discord')
  return { rest: makeAnsweringRest({ token, api }), api }
}

/** What Discord refuses, as one line that says what to do. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const { status, message } = error as { status?: number; message: string }
    if (status === 401) throw new Refusal('Discord does not take the token: make a new one and set DISCORD_TOKEN.')
    if (status === 403)
      throw new Refusal('The bot is not in this server, or may not have commands there: invite it anew.')
    throw new Refusal(`Discord could not be asked (${message}). Check DISCORD_API_URL and the network, then try again.`)
  }
}
