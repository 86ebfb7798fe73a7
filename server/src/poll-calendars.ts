import { type CalendarAnswer, calendarAnswered, type Wake } from '@cme-commons/app'
import type { Instant } from '@cme-commons/core'
import { type CalendarSourceTable, calendarSourcesDue, type Db, findEdition, inTx } from '@cme-commons/db'
import { fetchCalendar, type ReaderOptions } from '@cme-commons/feeds'

const MOST_DUE = 100

/** Reads every calendar that is followed and due, one after another: few, once a day. Answers how many were read. */
export async function pollCalendars(
  { db, wake, reader }: { db: Db; wake: Wake; reader: ReaderOptions },
  now: Instant,
  stop?: AbortSignal,
): Promise<number> {
  const due = await calendarSourcesDue(db.read, now, MOST_DUE)
  for (const source of due) {
    if (stop?.aborted) break
    const answer = await readFollowed(db, source, reader, stop)
    if (answer && !stop?.aborted) await inTx(db, (tx) => calendarAnswered(tx, source, answer, now, wake))
  }
  return due.length
}

async function readFollowed(
  db: Db,
  source: CalendarSourceTable,
  options: ReaderOptions,
  stop?: AbortSignal,
): Promise<CalendarAnswer | undefined> {
  const edition = await findEdition(db.read, source.edition)
  if (!edition) return undefined
  const validators = {
    etag: source.etag ?? undefined,
    lastModified: source.last_modified ?? undefined,
    bodyHash: source.body_hash ?? undefined,
  }
  const read = await fetchCalendar(source.url, { zone: edition.zone, validators }, options, stop)
  switch (read.kind) {
    case 'unchanged':
      return { kind: 'unchanged' }
    case 'calendar':
      return { kind: 'calendar', dates: read.calendar.dates, validators: read.validators }
    case 'problems': {
      const [first] = read.problems
      return {
        kind: 'trouble',
        say: first ? `Line ${first.line} of it cannot be read: ${first.say}` : 'It is not a calendar.',
      }
    }
    case 'trouble':
      return {
        kind: 'trouble',
        say: read.trouble.say,
        ...(read.trouble.retryAfter ? { retryAfter: read.trouble.retryAfter } : {}),
      }
  }
}
