import { consoleAddress } from '@cme-commons/app'
import { allSpaces, audit, findMember, findSpace, inTx } from '@cme-commons/db'
import type { Command } from 'commander'
import { linkCode } from '../secrets.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

/** `console`: a link with which a moderator signs in, for the operator to hand over; it opens once, within ten minutes. */
export const consoleCommand = (program: Command): Command =>
  program
    .command('console')
    .description('Make a link to the moderators’ console for a member, who moderates with it for twelve hours')
    .requiredOption('--space <id>', 'the space to moderate')
    .requiredOption('--member <id>', 'the platform’s id of the member')
    .action(({ space, member }: { space: string; member: string }) =>
      withHouse(async ({ db, clock, site }) => {
        if (!(await findSpace(db.read, space)))
          throw new Refusal(
            `There is no space "${space}": ${(await allSpaces(db.read)).map(({ id }) => id).join(', ') || 'none is known yet'}.`,
          )
        if (!(await findMember(db.read, space, member)))
          throw new Refusal(
            `There is no member "${member}" in ${space}: members are known once they have said something to the bot.`,
          )
        const now = clock.now()
        const address = await inTx(db, async (tx) => {
          await audit(tx, { at: now, space, actor: 'command line', what: 'console.link', detail: '' })
          return consoleAddress({ tx, now, site, random: linkCode }, { space, user: member }, true)
        })
        console.log(address)
      }),
    )
