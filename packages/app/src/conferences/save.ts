import { afterChange, type ConferenceDate, type Edition, faceOf, type Instant, sameFace } from '@cme-commons/core'
import {
  type ConferenceTable,
  changesOf,
  type DateTable,
  datesOfEdition,
  type EditionTable,
  findConference,
  findEdition,
  holdDate,
  lookAtChannelOf,
  noteChange,
  putConference,
  putDate,
  putEdition,
  reviveNews,
  type Tx,
  withdraw,
} from '@cme-commons/db'
import { tellOfDate } from '../webhook-events.ts'
import { dateOf, editionOf, pendingOf, rowOf, toldOf } from './rows.ts'

/** Who changes something: a member, or what else it was ("a table", "the command line"). */
export type Changer = { tx: Tx; now: Instant; by: { member: string } | { said: string } }

const changer = ({ by }: Changer) => ({
  changed_by: 'member' in by ? by.member : null,
  said: 'said' in by ? by.said : null,
})

/** A date as a person means it; without an id it is new. */
export type DateSaid = Omit<ConferenceDate, 'id' | 'sequence' | 'changed'> & { id?: string }

/** Keeps a date with its history, takes back what waits to be sent of what it was, and leaves to the ticks what follows from it. */
export async function saveDate(by: Changer, said: DateSaid): Promise<DateTable> {
  const { tx, now } = by
  const before = said.id ? await holdDate(tx, said.id) : undefined
  const was = before && dateOf(before)
  const date: ConferenceDate = { ...said, id: said.id ?? '', sequence: was ? was.sequence + 1 : 0, changed: now }
  const pending = afterChange(was && before && { ...was, ...pendingOf(before) }, date, now)
  const { id, ...row } = rowOf(date, pending, { made_at: before?.made_at ?? now, moved_at: before?.moved_at ?? null })
  return store(by, before, { ...row, ...(said.id ? { id: said.id } : {}) })
}

async function store(
  by: Changer,
  before: DateTable | undefined,
  row: Parameters<typeof putDate>[1],
): Promise<DateTable> {
  const { tx, now } = by
  const after = await putDate(tx, row)
  await noteChange(tx, {
    space: after.space,
    what: 'date',
    subject: after.id,
    at: now,
    ...changer(by),
    before: before ? JSON.stringify(before) : null,
    after: JSON.stringify(after),
  })
  if (after.edition) await lookAtChannelOf(tx, after.edition)
  if (before) {
    const [from, to] = [faceOf(dateOf(before)), faceOf(dateOf(after))]
    if (from && !(to && sameFace(from, to))) await withdraw(tx, `conference/${after.id}/`, now)
    // Back to what was announced: whoever the news had not reached yet, at night, still gets it.
    const told = toldOf(after)
    if (to && told && sameFace(to, told) && !(from && sameFace(from, to)))
      await reviveNews(tx, `conference/${after.id}/`)
  }
  await tellOfDate(tx, before, after, now)
  return after
}

export async function saveConference(
  by: Changer,
  row: Omit<ConferenceTable, 'id' | 'made_at'> & { id?: string },
): Promise<ConferenceTable> {
  const { tx, now } = by
  const before = row.id ? await findConference(tx, row.id) : undefined
  const after = await putConference(tx, { ...row, made_at: before?.made_at ?? now })
  await note(by, 'conference', after.id, after.space, before, after)
  return after
}

/** Keeps an edition. Called off or on again, all its dates are so with it, and one message tells of all of them. */
export async function saveEdition(by: Changer, edition: Omit<Edition, 'id'> & { id?: string }): Promise<EditionTable> {
  const { tx, now } = by
  const before = edition.id ? await findEdition(tx, edition.id) : undefined
  const turned = before !== undefined && before.status !== edition.status
  const after = await putEdition(tx, {
    ...(edition.id ? { id: edition.id } : {}),
    space: edition.space,
    conference: edition.conference,
    name: edition.name,
    year: edition.year,
    place: edition.place ?? null,
    href: edition.href ?? null,
    zone: edition.zone,
    status: edition.status,
    announce: turned ? 1 : (before?.announce ?? 0),
    made_at: before?.made_at ?? now,
    changed_at: now,
  })
  await note(by, 'edition', after.id, after.space, before, after)
  await lookAtChannelOf(tx, after.id)
  if (turned) {
    const since = edition.status === 'planned' ? await cancelledAt(tx, after.id) : undefined
    for (const row of await datesOfEdition(tx, after.id)) await turn(by, row, editionOf(after), since)
  }
  return after
}

/** When an edition was called off last. */
async function cancelledAt(tx: Tx, edition: string): Promise<Instant | undefined> {
  const lines = await changesOf(tx, { what: 'edition', subject: edition }, 1000)
  const status = (json: string | null) => (json ? (JSON.parse(json) as EditionTable).status : undefined)
  return lines.find(({ before, after }) => status(before) === 'planned' && status(after) === 'cancelled')?.at
}

/** How sure a date was before it was cancelled or postponed; `tentative` where nobody said. */
export async function statusBefore(tx: Tx, id: string): Promise<'confirmed' | 'tentative'> {
  for (const { after } of await changesOf(tx, { what: 'date', subject: id }, 1000)) {
    const status = after ? (JSON.parse(after) as DateTable).status : ''
    if (status === 'confirmed' || status === 'tentative') return status
  }
  return 'tentative'
}

/** A date goes with its edition, and is not told of by itself; what was cancelled before the edition was (at `since`) stays so. */
async function turn(by: Changer, before: DateTable, { status }: Edition, since?: Instant): Promise<void> {
  const { tx, now } = by
  const was = dateOf(before)
  if (before.over_at <= now || was.status === 'typical' || was.status === 'postponed') return
  if (status === 'planned' && (was.status !== 'cancelled' || before.changed_at !== since)) return
  const next = status === 'cancelled' ? 'cancelled' : await statusBefore(tx, before.id)
  if (was.status === next) return
  const date: ConferenceDate = { ...was, status: next, sequence: was.sequence + 1, changed: now }
  const told = faceOf(date)
  const pending = { ...pendingOf(before), ...(told ? { told } : {}), fresh: false, announce: false }
  const moved_at = status === 'planned' ? now : before.moved_at
  await store(by, before, rowOf(date, pending, { made_at: before.made_at, moved_at }))
}

const note = (
  by: Changer,
  what: 'conference' | 'edition',
  subject: string,
  space: string,
  before: object | undefined,
  after: object,
): Promise<void> =>
  noteChange(by.tx, {
    space,
    what,
    subject,
    at: by.now,
    ...changer(by),
    before: before ? JSON.stringify(before) : null,
    after: JSON.stringify(after),
  })
