import type { Command } from 'commander'
import { type CalendarOptions, importCalendar, isCalendar } from './conferences-calendar.ts'
import { listChannels } from './conferences-channels.ts'
import { importTable, type TableOptions } from './conferences-csv.ts'
import { writeKeepsake } from './conferences-keepsake.ts'
import { withHouse } from './with-house.ts'

export function conferencesCommand(program: Command): Command {
  const conferences = program.command('conferences').description('Conferences and their dates')
  conferences
    .command('import')
    .description('Take over dates: a calendar (.ics file or address) into an edition, or a CSV file; shown first')
    .argument('<file-or-address>')
    .option('--edition <id>', 'whose dates a calendar has')
    .option('--space <id>', 'the community that a CSV file is for')
    .option('--yes', 'take what is shown; without it nothing is changed')
    .action((input: string, options: CalendarOptions & TableOptions) =>
      withHouse((house) =>
        isCalendar(input) ? importCalendar(house, input, options) : importTable(house, input, options),
      ),
    )
  conferences
    .command('channels')
    .description('The channels of conferences: how each is, and what comes in it next')
    .action(() => withHouse(listChannels))
  conferences
    .command('keepsake')
    .description('What is worth keeping of a meeting, as Markdown: sessions, questions, what was starred, the recap')
    .argument('<edition>', 'its id, as cme conferences import lists them')
    .action((edition: string) => withHouse((house) => writeKeepsake(house, edition)))
  return conferences
}
