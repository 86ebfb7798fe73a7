import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { readTable, saveTable } from '@cme-commons/app'
import { writtenWhen } from '@cme-commons/core'
import { allSpaces, type Db, inTx } from '@cme-commons/db'
import type { House } from '../house.ts'
import { Refusal } from './refusal.ts'

export type TableOptions = { space?: string; yes?: boolean }

/** Shows what a CSV file would add and change in a community, and with `yes` takes it: all of it or, where one line is wrong, nothing. */
export async function importTable(
  { db, clock, content }: House,
  file: string,
  { space: id, yes }: TableOptions,
): Promise<void> {
  const space = await spaceFor(db, id)
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refusal(`${file} cannot be read: name a CSV file, a calendar (.ics), or the address of one.`)
  })
  await inTx(db, async (tx) => {
    const now = clock.now()
    const table = await readTable({ tx, now, content }, space, text)
    if ('wrong' in table)
      throw new Refusal([`Nothing was taken from ${file}:`, ...table.wrong.map((say) => `  ${say}`)].join('\n'))
    for (const { edition, date } of table.rows)
      console.log(`  ${date.id ? '~' : '+'} ${edition.name}: ${date.title}, ${writtenWhen(date.when)} (${date.status})`)
    if (table.same > 0) console.log(`  ${table.same} as before`)
    if (!yes) return console.log('\nNothing is changed yet: say it again with --yes to take it.')
    const saved = await saveTable({ tx, now, by: { said: `the table ${basename(file)}` } }, table.rows)
    console.log(`\nTaken: ${saved} ${saved === 1 ? 'date' : 'dates'}.`)
  })
}

async function spaceFor(db: Db, id: string | undefined): Promise<string> {
  const spaces = await allSpaces(db.read)
  const found =
    id === undefined ? (spaces.length === 1 ? spaces[0] : undefined) : spaces.find((space) => space.id === id)
  if (found) return found.id
  throw new Refusal(
    spaces.length === 0
      ? 'There is no community yet that dates could belong to.'
      : `Say whose dates these are with --space and one of:\n${spaces.map((one) => `  ${one.id}  ${one.name}`).join('\n')}`,
  )
}
