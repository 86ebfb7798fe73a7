import { type Editor, isAboutItems, itemsReply, submitItemForm } from '@cme-commons/app'
import { type Answers, type Field, parseCommand, plain, type Reply } from '@cme-commons/core'
import { findSpace, inTx } from '@cme-commons/db'
import type { Command } from 'commander'
import type { House } from '../house.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

type Options = { space: string; set: string[] }

/** `news edit`: what moderators do to an item of their community, by whoever runs the program. */
export const newsEditCommand = (news: Command): Command =>
  news
    .command('edit')
    .description(
      'Edit an item for one community as its moderators do: labels, words, pin, unpin, hide, show, merge, split, history',
    )
    .argument('<item>', 'its id, as "news search" shows it')
    .argument(
      '[what...]',
      'as after /cme item: "hide An advertisement", "pin 14", "merge i12"; without it the item is shown',
    )
    .requiredOption('--space <id>', 'the community')
    .option('--set <name=value>', 'a field of its form: --set topic=outcomes --set why=…', keep, [])
    .action((item: string, what: string[], options: Options) => withHouse((house) => edit(house, item, what, options)))

function keep(said: string, before: string[]): string[] {
  return [...before, said]
}

async function edit(house: House, item: string, what: string[], { space, set }: Options): Promise<void> {
  if (!(await findSpace(house.db.read, space))) throw new Refusal(`There is no community ${space}.`)
  const action = parseCommand(`item ${item} ${what.join(' ')}`)
  if (!isAboutItems(action)) throw new Refusal(`"${item}" is no id of an item: "cme news search" shows them.`)
  const first = await act(house, space, (editor) => itemsReply(editor, action))
  const asked = 'ask' in first && set.length > 0 ? first.ask : undefined
  const reply = asked
    ? await act(house, space, (editor) => submitItemForm(editor, asked.id, filled(asked.fields, set)))
    : first
  if ('ask' in reply)
    throw new Refusal(
      `Say what: ${reply.ask.fields.map(({ name, hint, label }) => `--set ${name}=… (${hint ?? label})`).join(', ')}`,
    )
  const text = plain(reply.say).replace(/\n\[ .*\]\s*$/, '')
  if ('refuse' in reply) throw new Refusal(text)
  console.log(text)
}

/** What the form would come back with: what is in it, but for what was said. */
function filled(fields: readonly Field[], set: readonly string[]): Answers {
  const said = new Map(set.map((one) => [one.split('=', 1)[0]!, one.slice(one.indexOf('=') + 1)]))
  const stranger = [...said.keys()].find((name) => !fields.some((field) => field.name === name))
  if (stranger)
    throw new Refusal(`There is no field ${stranger}; there are ${fields.map(({ name }) => name).join(', ')}.`)
  return Object.fromEntries(
    fields.map((field) => {
      const value = said.get(field.name)
      if (field.kind === 'many')
        return [field.name, value === undefined ? (field.values ?? []) : value.split(',').filter(Boolean)]
      return [field.name, value ?? field.value ?? '']
    }),
  )
}

const act = (house: House, space: string, work: (editor: Editor) => Promise<Reply>): Promise<Reply> =>
  inTx(house.db, (tx) =>
    work({
      tx,
      now: house.clock.now(),
      content: house.content,
      actor: { space, user: '', moderator: true },
      said: 'the command line',
    }),
  )
