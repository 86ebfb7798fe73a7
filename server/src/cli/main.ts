import { DbError } from '@cme-commons/db'
import { Command, CommanderError } from 'commander'
import { ConfigError } from '../config.ts'
import { ContentError, VERSION } from '../house.ts'
import { assessCommand } from './assess.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { conferencesCommand } from './conferences.ts'
import { consoleCommand } from './console.ts'
import { contentCommand } from './content.ts'
import { deliveriesCommand } from './deliveries.ts'
import { digestCommand } from './digest.ts'
import { discordCommand } from './discord.ts'
import { doctorCommand } from './doctor.ts'
import { feedsCommand } from './feeds.ts'
import { galleryCommand } from './gallery.ts'
import { explainCommand, whatCommand } from './glossary.ts'
import { membersCommand } from './members.ts'
import { migrateCommand } from './migrate.ts'
import { myDataCommand } from './my-data.ts'
import { newsCommand } from './news.ts'
import { pathwayCommand } from './pathway.ts'
import { Refusal } from './refusal.ts'
import { slackCommand } from './slack.ts'
import { startCommand } from './start.ts'
import { tokenCommand } from './token.ts'
import { upcomingCommand } from './upcoming.ts'
import { webhookCommand } from './webhook.ts'

/** Runs one command line. Exit code 1 and one clear line for what a person can mend; a stack only for what is our mistake. */
export async function main(args: readonly string[]): Promise<void> {
  const program = new Command('cme')
    .description('CME Commons: standards news for continuing-medical-education communities')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(--help shows what is possible)')
    .configureHelp({ showGlobalOptions: false })
  for (const add of [
    startCommand,
    migrateCommand,
    backupCommand,
    restoreCommand,
    doctorCommand,
    feedsCommand,
    newsCommand,
    digestCommand,
    deliveriesCommand,
    membersCommand,
    upcomingCommand,
    tokenCommand,
    consoleCommand,
    webhookCommand,
    myDataCommand,
    whatCommand,
    explainCommand,
    assessCommand,
    pathwayCommand,
    contentCommand,
    conferencesCommand,
    galleryCommand,
    discordCommand,
    slackCommand,
  ])
    add(program)
  for (const command of commandsOf(program))
    command.exitOverride().showHelpAfterError('(--help shows what is possible)')
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = tell(error)
  }
}

const commandsOf = (command: Command): Command[] => command.commands.flatMap((child) => [child, ...commandsOf(child)])

function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1
  if (
    error instanceof Refusal ||
    error instanceof DbError ||
    error instanceof ConfigError ||
    error instanceof ContentError
  )
    console.error(error.message)
  else if (error instanceof Error && error.name === 'ListenError') console.error(error.message)
  else console.error(error)
  return 1
}
