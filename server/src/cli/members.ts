import { exportMembers } from '@cme-commons/app'
import { allSpaces, findSpace } from '@cme-commons/db'
import type { Command } from 'commander'
import { csvLine } from '../documents/csv.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

/** `members export`: where the members of one space stand, as CSV on standard output. */
export function membersCommand(program: Command): Command {
  const members = program.command('members').description('Export where the members of a space stand')
  members
    .command('export')
    .description('Where each member stands on the pathway, as CSV')
    .option('--space <id>', 'the space; may be left out where there is only one')
    .action(({ space }: { space?: string }) =>
      withHouse(async ({ db, content }) => {
        const spaces = (await allSpaces(db.read)).map(({ id }) => id)
        const known = `one of ${spaces.join(', ')}`
        if (spaces.length === 0) throw new Refusal('There is no space yet: somebody has to talk to the bot first.')
        if (space === undefined && spaces.length > 1) throw new Refusal(`Say which space with --space: ${known}.`)
        const one = space ?? spaces[0]!
        if (!(await findSpace(db.read, one))) throw new Refusal(`There is no space "${one}": use ${known}.`)
        for await (const lines of exportMembers(db.read, one, content)) {
          const written = process.stdout.write(lines.map(csvLine).join(''))
          if (!written) await new Promise((then) => process.stdout.once('drain', then))
        }
      }),
    )
  return members
}
