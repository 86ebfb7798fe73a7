import {
  type Conference,
  type ConferenceDate,
  type Edition,
  isDateKind,
  isZone,
  KIND_TITLES,
  type Knowledge,
  sameWhen,
} from '@cme-commons/core'
import { datesOfEdition, editionsOf, findSpace, type Read } from '@cme-commons/db'
import { type CsvError, parse } from 'csv-parse/sync'
import { conferencesIn, namedConference } from './catalog.ts'
import { meetingIsInLine, otherMeeting } from './one-meeting.ts'
import { checkDate } from './proposed.ts'
import { dateOf, editionOf } from './rows.ts'
import type { DateSaid } from './save.ts'

/** What a table may hold, in any order; `conference`, `edition`, `kind`, `when` and `source` it must. */
const COLUMNS = ['conference', 'edition', 'kind', 'title', 'when', 'zone', 'status', 'source', 'place'] as const
const NEEDED = ['conference', 'edition', 'kind', 'when', 'source'] as const
/** The most lines of one table: all of it is kept in one transaction. */
const MOST = 1000

type Line = { line: number; cells: Record<string, string> }
export type TableRow = { edition: Omit<Edition, 'id'> & { id?: string }; date: DateSaid; sequence?: number }
export type Table = { rows: TableRow[]; same: number } | { wrong: string[] }

/** The lines of a CSV text by their columns, or what is wrong with it, each with its line. */
export function readCsv(text: string): { lines: Line[] } | { wrong: string[] } {
  let records: { record: string[]; info: { lines: number } }[]
  try {
    records = parse(text, {
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 10_000,
    }) as never
  } catch (error) {
    const { code, lines } = error as CsvError & { lines?: number }
    const line = lines ?? 1
    if (code === 'CSV_MAX_RECORD_SIZE') return { wrong: [`Line ${line}: this line is too long; is a quote missing?`] }
    if (/QUOTE/.test(code ?? ''))
      return { wrong: [`Line ${line}: a quote stands where none can; write " inside a field as "".`] }
    return { wrong: [`Line ${line}: this cannot be read as CSV; look at quotes and commas there.`] }
  }
  const [head, ...rest] = records
  if (!head) return { wrong: ['Line 1: there is nothing here; begin with a line of column names.'] }
  const names = head.record.map((name) => name.toLowerCase())
  const strange = names.filter((name) => !COLUMNS.some((column) => column === name))
  const missing = NEEDED.filter((name) => !names.includes(name))
  const twice = names.filter((name, i) => names.indexOf(name) < i)
  const wrong = [
    ...strange.map((name) => `Line 1: “${name.slice(0, 40)}” is no column; there are ${COLUMNS.join(', ')}.`),
    ...missing.map((name) => `Line 1: the column ${name} is missing; add it.`),
    ...twice.map((name) => `Line 1: the column ${name} stands twice; remove one.`),
  ]
  if (wrong.length > 0) return { wrong: wrong.slice(0, 20) }
  if (rest.length === 0) return { wrong: ['Line 2: there is no line below the column names.'] }
  if (rest.length > MOST) return { wrong: [`Line ${MOST + 2}: at most ${MOST} lines at once; make two tables of it.`] }
  const odd = rest.filter(({ record }) => record.length !== names.length)
  if (odd.length > 0)
    return {
      wrong: odd
        .slice(0, 20)
        .map(
          ({ record, info }) =>
            `Line ${info.lines}: ${record.length} fields where the first line names ${names.length}; a field with a comma needs quotes.`,
        ),
    }
  return {
    lines: rest.map(({ record, info }) => ({
      line: info.lines,
      cells: Object.fromEntries(names.map((name, i) => [name, record[i]!.replaceAll('\0', '')])),
    })),
  }
}

/** Reads a table against what a space has: every line is in order, or nothing is taken and each mistake is told with its line. */
export async function readTable(
  { tx, now, content }: { tx: Read; now: string; content: Knowledge },
  space: string,
  text: string,
): Promise<Table> {
  const read = readCsv(text)
  if ('wrong' in read) return read
  const around: Around = {
    space,
    now,
    conferences: await conferencesIn(tx, space, content),
    editions: (await editionsOf(tx, space)).map(editionOf),
    zone: (await findSpace(tx, space))?.zone ?? 'UTC',
    begun: [],
    dates: new Map<string, ConferenceDate[]>(),
  }
  const wrong: string[] = []
  const rows: TableRow[] = []
  const seen = new Map<string, number>()
  let same = 0
  for (const { line, cells } of read.lines) {
    const one = await readLine(tx, cells, around)
    if ('wrong' in one) {
      wrong.push(...one.wrong.map((say) => `Line ${line}: ${say}`))
      continue
    }
    const { edition, date } = one
    // An edition has one meeting, whatever two lines call it.
    const title = date.kind === 'event' && !date.id ? '' : date.title
    const name = [edition.conference, edition.name, date.kind, title].join('\n').toLowerCase()
    const twin = seen.get(name)
    seen.set(name, line)
    if (twin !== undefined)
      wrong.push(`Line ${line}: the ${title ? 'same date' : 'meeting itself'} stands in line ${twin}; keep one.`)
    else if (one.same) same++
    else rows.push({ edition, date, ...(one.sequence === undefined ? {} : { sequence: one.sequence }) })
  }
  if (wrong.length > 0) return { wrong }
  return rows.length > 0 ? { rows, same } : { wrong: ['Every line is here already: there is nothing to take.'] }
}

type Around = {
  space: string
  now: string
  conferences: readonly Conference[]
  editions: readonly Edition[]
  zone: string
  /** The editions that the table names for the first time. */
  begun: TableRow['edition'][]
  dates: Map<string, ConferenceDate[]>
}

async function readLine(
  tx: Read,
  cells: Record<string, string>,
  around: Around,
): Promise<(TableRow & { same: boolean }) | { wrong: string[] }> {
  const cell = (name: string): string => cells[name] ?? ''
  const conference = namedConference(around.conferences, cell('conference'))
  if (!conference)
    return {
      wrong: [`no conference is called “${cell('conference').slice(0, 60)}”; add it first, or correct the name.`],
    }
  const isMeant = (one: TableRow['edition']) =>
    one.conference === conference.id && one.name.toLowerCase() === cell('edition').toLowerCase()
  const known = around.editions.find(isMeant)
  const begun = known ?? around.begun.find(isMeant)
  const zone = cell('zone') || (begun?.zone ?? around.zone)
  const year = Number(/\b(20\d\d)\b/.exec(cell('edition'))?.[1] ?? 0)
  const wrong = [
    ...(isZone(zone) ? [] : [`“${zone.slice(0, 40)}” is not a time zone; write it as in America/Chicago.`]),
    ...(known || year ? [] : ['the edition needs its year in its name, as in SACME 2027.']),
    ...(cell('edition').length > 80 ? ['the name of the edition has more than 80 characters; shorten it.'] : []),
  ]
  if (wrong.length > 0) return { wrong }
  const edition = begun ?? {
    conference: conference.id,
    space: around.space,
    name: cell('edition'),
    year,
    zone,
    status: 'planned' as const,
  }
  if (!begun) around.begun.push(edition)
  const said = {
    kind: cell('kind'),
    title: cell('title'),
    when: cell('when'),
    status: cell('status') || 'confirmed',
    source: cell('source'),
    place: cell('place'),
  }
  const before = known && (await twinOf(tx, known.id, said, around))
  const read = checkDate(
    said,
    { id: known?.id ?? '', conference: conference.id, space: around.space, zone },
    around.now,
    before,
  )
  if ('fields' in read)
    return { wrong: Object.values(read.fields).map((say) => `${say.charAt(0).toLowerCase()}${say.slice(1)}`) }
  const date = read.value
  const other = await otherMeeting(tx, date)
  if (other) return { wrong: [meetingIsInLine(other)] }
  const same =
    before !== undefined &&
    sameWhen(before.when, date.when) &&
    before.status === date.status &&
    before.source === date.source
  return { edition, date, same, ...(before ? { sequence: before.sequence } : {}) }
}

/** The date that a line means: of the same edition and kind, with the same title. */
async function twinOf(
  tx: Read,
  edition: string,
  said: { kind: string; title: string },
  { dates }: Around,
): Promise<ConferenceDate | undefined> {
  if (!dates.has(edition)) dates.set(edition, (await datesOfEdition(tx, edition)).map(dateOf))
  const kind = said.kind.toLowerCase()
  if (!isDateKind(kind)) return undefined
  const title = (said.title || KIND_TITLES[kind]).toLowerCase()
  return dates.get(edition)!.find((one) => one.kind === kind && one.title.toLowerCase() === title)
}
