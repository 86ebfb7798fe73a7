import { myData } from '@cme-commons/app'
import { ERASE_WORD, myDataFile } from '@cme-commons/core'
import { audit, eraseMember, findMember, inTx } from '@cme-commons/db'
import type { Command } from 'commander'
import { markdownOf } from '../documents/markdown.ts'
import type { House } from '../house.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

type Who = { space: string; member: string }

/** `my-data show|erase`: for a member who asks the operator, because she cannot ask the bot any more. */
export function myDataCommand(program: Command): Command {
  const command = program
    .command('my-data')
    .description('Show or erase what is kept about one member; members do it themselves with /cme my-data')
  const about = (name: string, description: string) =>
    command
      .command(name)
      .description(description)
      .requiredOption('--space <id>', 'a space in which the member is known')
      .requiredOption('--member <id>', 'the platform’s id of the member there')
  about('show', 'Everything that is kept about a member, as Markdown')
    .option('--json', 'one JSON object, as /v1/me/data tells it')
    .action((who: Who & { json?: boolean }) =>
      withHouse(async (house) => {
        const data = (await myData(house.db.read, await memberOf(house, who), house.clock.now()))!
        console.log(who.json ? JSON.stringify(data) : markdownOf(myDataFile(data, house.content)).trimEnd())
      }),
    )
  about('erase', 'Erase everything that is kept about a member, in all spaces')
    .requiredOption('--word <word>', `${ERASE_WORD}, so that no slip erases anybody`)
    .action((who: Who & { word: string }) => withHouse((house) => erase(house, who)))
  return command
}

async function memberOf({ db }: House, { space, member }: Who): Promise<string> {
  const found = await findMember(db.read, space, member)
  if (!found) throw new Refusal(`Nothing is kept about a member "${member}" in ${space}.`)
  return found.id
}

async function erase(house: House, who: Who & { word: string }): Promise<void> {
  if (who.word !== ERASE_WORD) throw new Refusal(`Nothing was erased: say --word ${ERASE_WORD} if you mean it.`)
  const id = await memberOf(house, who)
  const at = house.clock.now()
  await inTx(house.db, async (tx) => {
    await eraseMember(tx, id, at)
    await audit(tx, { at, space: who.space, actor: 'command line', what: 'member.erased', detail: 'by the operator' })
  })
  console.log('Everything about this member is erased. Remember the backups.')
}
