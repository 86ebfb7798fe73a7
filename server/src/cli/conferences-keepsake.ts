import { keepsakeOf } from '@cme-commons/app'
import { allSpaces, editionsOf } from '@cme-commons/db'
import { markdownOf } from '../documents/markdown.ts'
import type { House } from '../house.ts'
import { Refusal } from './refusal.ts'

/** Writes the keepsake of an edition, or says which editions there are. */
export async function writeKeepsake({ db, clock }: House, id: string): Promise<void> {
  const file = await keepsakeOf(db.read, id, clock.now())
  if (file) return console.log(markdownOf(file))
  const known: string[] = []
  for (const space of await allSpaces(db.read))
    for (const one of await editionsOf(db.read, space.id)) known.push(`  ${one.id}  ${one.name} (${space.name})`)
  throw new Refusal(
    known.length === 0
      ? 'There is no meeting yet: a moderator adds one with /cme conferences in the chat.'
      : `There is no meeting ${id}. Name one of:\n${known.slice(0, 30).join('\n')}`,
  )
}
