import { basename } from 'node:path'
import { editionOf, type OtherCalendar, previewCalendar, proposeCalendar, takeCalendar } from '@cme-commons/app'
import { type Edition, type ImportProposal, KIND_NAMES, plainText, writtenWhen } from '@cme-commons/core'
import { allSpaces, editionsOf, findEdition, inTx } from '@cme-commons/db'
import {
  type CalendarProblem,
  calendarAddress,
  fetchCalendar,
  type ReadCalendar,
  readCalendar,
  readFile,
} from '@cme-commons/feeds'
import { type House, inHouse, userAgent } from '../house.ts'
import { Refusal } from './refusal.ts'

export type CalendarOptions = { edition?: string; yes?: boolean }

const isAddress = (input: string): boolean => /^(?:https?|webcals?):\/\//i.test(input)

/** True for what has to be read as a calendar: an address, or a file whose name says so. */
export const isCalendar = (input: string): boolean => isAddress(input) || /\.(?:ics|ical|ifb|icalendar)$/i.test(input)

/**
 * Shows what a calendar, from a file or at an address, would add, change and take out of an edition, and with `yes` takes it: all of it or,
 * where one line cannot be read, nothing.
 */
export async function importCalendar(
  house: House,
  input: string,
  { edition: id, yes }: CalendarOptions,
): Promise<void> {
  const edition = await editionFor(house, id)
  const calendar = await calendarIn(house, input, edition)
  const { db, clock, content } = house
  const source = isAddress(input) ? calendarAddress(input) : basename(input)
  const other: OtherCalendar = { source, whole: isAddress(input), dates: calendar.dates }
  const proposal = await proposeCalendar(db.read, edition.id, other, clock.now())
  show(edition, calendar, proposal)
  if (proposal.add.length + proposal.change.length + proposal.remove.length === 0) {
    console.log('Nothing to take.')
    return
  }
  if (!yes) {
    const does = await inTx(db, (tx) => previewCalendar({ tx, now: clock.now(), content }, edition, other))
    for (const text of does) console.log(plainText(text, edition.zone))
    console.log('\nNothing is changed yet: say it again with --yes to take it.')
    return
  }
  const by = { now: clock.now(), by: { said: `the calendar ${source}` } }
  const taken = await inHouse(house, (tx) => takeCalendar({ tx, ...by }, edition, other))
  console.log(`Taken: ${taken} ${taken === 1 ? 'date' : 'dates'} of ${edition.name}.`)
}

async function editionFor({ db }: House, id: string | undefined): Promise<Edition> {
  const row = id === undefined ? undefined : await findEdition(db.read, id)
  if (row) return editionOf(row)
  const known: string[] = []
  for (const space of await allSpaces(db.read))
    known.push(...(await editionsOf(db.read, space.id)).map((one) => `  ${one.id}  ${one.name} (${space.name})`))
  throw new Refusal(
    known.length === 0
      ? 'There is no edition yet that dates could belong to: a moderator adds one with /cme conferences in the chat.'
      : `Say whose dates these are with --edition and one of:\n${known.slice(0, 30).join('\n')}`,
  )
}

async function calendarIn({ config }: House, input: string, { zone }: Edition): Promise<ReadCalendar> {
  if (isAddress(input)) {
    const read = await fetchCalendar(input, { zone }, { userAgent: userAgent(config), allow: config.allow })
    if (read.kind === 'calendar') return read.calendar
    if (read.kind === 'problems') throw new Refusal(problemsIn(input, read.problems))
    throw new Refusal(read.kind === 'trouble' ? read.trouble.say : `${input} did not answer with a calendar.`)
  }
  const file = await readFile(input)
  if ('trouble' in file) throw new Refusal(file.trouble.say)
  const read = await readCalendar(file.bytes, { zone })
  if ('problems' in read) throw new Refusal(problemsIn(input, read.problems))
  return read.calendar
}

const problemsIn = (input: string, problems: readonly CalendarProblem[]): string =>
  ['Nothing was taken:', ...problems.map(({ line, say }) => `  ${input}:${line} ${say}`)].join('\n')

function show(edition: Edition, calendar: ReadCalendar, { add, change, remove, same, older }: ImportProposal): void {
  console.log(`${calendar.name ?? 'A calendar'}: ${calendar.dates.length} dates for ${edition.name}\n`)
  for (const { title, kind, when, status } of add)
    console.log(`  + ${writtenWhen(when)}  ${title} (${KIND_NAMES[kind]}, ${status})`)
  for (const { from, to, what } of change)
    console.log(
      what.includes('when')
        ? `  ~ ${to.title}: ${writtenWhen(from.when)} becomes ${writtenWhen(to.when)}${what.length > 1 ? `; ${what.slice(1).join(', ')} too` : ''}`
        : `  ~ ${to.title}: another ${what.join(', ')}${what.includes('status') ? ` (${to.status})` : ''}`,
    )
  for (const { taken } of remove)
    console.log(`  - ${writtenWhen(taken.when)}  ${taken.title}: the calendar has it no more`)
  for (const { line, say } of calendar.left) console.log(`  left out, line ${line}: ${say}`)
  for (const { line, title } of older)
    console.log(`  left out, line ${line}: “${title}” is older than what was taken before.`)
  if (same > 0) console.log(`  ${same} as before`)
  console.log('')
}
