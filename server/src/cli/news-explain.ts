import { editLineOf, itemStory } from '@cme-commons/app'
import { itemStoryCard, plain } from '@cme-commons/core'
import {
  allSpaces,
  countsOfDigests,
  digestsWith,
  editHistory,
  findItem,
  membersNamed,
  subscriptionsOf,
} from '@cme-commons/db'
import type { Command } from 'commander'
import type { House } from '../house.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

type Options = { member?: string; space?: string; json?: boolean }

/** `news explain`: why an item is there or is not. */
export const newsExplainCommand = (news: Command): Command =>
  news
    .command('explain')
    .description('When and where an item was seen, what gave it its labels, and where it went or why not')
    .argument('<item>', 'its id, as "news search" shows it')
    .option('--member <id>', 'also for the digests of one member: her name or her id on the platform')
    .option('--space <id>', 'the space she is in; may be left out where one only has her')
    .option('--json', 'as JSON')
    .action((item: string, options: Options) => withHouse((house) => explain(house, item, options)))

async function explain(house: House, id: string, { member, space, json }: Options): Promise<void> {
  const { db, content } = house
  const row = await findItem(db.read, id, space)
  if (!row)
    throw new Refusal(
      `There is no item ${id}${space ? '' : ' that everybody sees'}: "cme news search" shows ids; --space <id> finds what one has for itself.`,
    )
  const lines = await editHistory(db.read, { item: row.id, ...(space ? { space } : {}) })
  const edits = lines.map((line) => ({ ...editLineOf(line), by: `${editLineOf(line).by} (${line.space})` }))
  const story = await itemStory(db.read, row, member ? await ordersOf(house, member, space) : [], content, edits)
  const digests = await digestsWith(db.read, id)
  const deliveries = await countsOfDigests(
    db.read,
    digests.map((digest) => digest.id),
  )
  if (json) return console.log(JSON.stringify({ ...story, deliveries }))
  console.log(plain(itemStoryCard(story, content)).replace(/\n\[ .*\]\s*$/, ''))
  const states = Object.entries(deliveries).map(([state, count]) => `${count} ${state}`)
  console.log(`Deliveries of these digests: ${states.join(', ') || 'none'}`)
}

async function ordersOf({ db }: House, said: string, space?: string) {
  const spaces = space === undefined ? (await allSpaces(db.read)).map(({ id }) => id) : [space]
  const found = (await Promise.all(spaces.map((one) => membersNamed(db.read, one, said, 2)))).flat()
  const ids = [...new Set(found.map(({ id }) => id))]
  if (ids.length === 0)
    throw new Refusal(
      `Nobody is called "${said}"${space ? ` in ${space}` : ''}: give her name or her id on the platform.`,
    )
  if (ids.length > 1) throw new Refusal(`Several are called "${said}": give the id on the platform, and --space.`)
  const whose = found[0]!.name ?? said
  const orders = await subscriptionsOf(db.read, ids[0]!)
  return orders.length > 0 ? orders.map((order) => ({ whose: `${whose} (${order.space})`, order })) : [{ whose }]
}
