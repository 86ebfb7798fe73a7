import type { Command } from 'commander'
import { type CalendarOptions, importCalendar, isCalendar } from './conferences-calendar.ts'
import { importTable, type TableOptions } from './conferences-csv.ts'
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
  return conferences
}
