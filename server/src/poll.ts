import { setImmediate as breath } from 'node:timers/promises'
import {
  ingest,
  isRedesigned,
  madeAhead,
  nameEntries,
  sourceFailed,
  sourceRead,
  type Wake,
  watchGuids,
} from '@cme-commons/app'
import { DAY, hostLeftAlone, hostOf, type Instant, type Knowledge, type PageSelectors, plus } from '@cme-commons/core'
import { changeSource, type Db, findSource, inTx, lanesPosted, type SourceTable, sourcesDue } from '@cme-commons/db'
import type { Reader, Reading, Validators } from '@cme-commons/feeds'
import type { Log } from './log.ts'

export type Polling = { db: Db; content: Knowledge; reader: Reader; wake: Wake; log: Log }
/** What became of a reading; `patience` when the server asked for it. */
export type Polled = { source: string; items: number } | { source: string; trouble: string; patience?: boolean }

/** How many hosts are read at once, one address after another on each, and how many sources are looked up at a time. */
const HOSTS_AT_ONCE = 32
const MOST_DUE = 1000
/** So many entries are stored in one transaction: a few milliseconds, in which nobody else gets a turn of the event loop. */
const ENTRIES_A_STEP = 20
/** Entries this young tell how busy a source is that is read for the first time. */
const RECENT = 14 * DAY

/** Reads every source that is due, a few hosts at once and on each one source after another; `which` can leave some out. */
export async function pollDue(
  polling: Polling,
  now: Instant,
  which: (source: SourceTable) => boolean = () => true,
  stop?: AbortSignal,
): Promise<Polled[]> {
  const due = (await sourcesDue(polling.db.read, now, MOST_DUE)).filter(which)
  const hosts = [...Map.groupBy(due, ({ url }) => hostOf(url ?? '')).values()]
  const polled: Polled[] = []
  const next = async (): Promise<void> => {
    for (let host = hosts.shift(); host && !stop?.aborted; host = hosts.shift())
      polled.push(...(await pollHost(polling, host, now, stop)))
  }
  // Whoever fails does not leave the others behind unawaited: nothing is under way any more when this ends.
  const ended = await Promise.allSettled(Array.from({ length: HOSTS_AT_ONCE }, next))
  for (const end of ended) if (end.status === 'rejected') throw end.reason
  return polled
}

/** Reads the sources of one host in turn, and leaves off once it asks for patience: the rest is due when that is over. */
export async function pollHost(
  polling: Polling,
  sources: SourceTable[],
  now: Instant,
  stop?: AbortSignal,
): Promise<Polled[]> {
  const polled: Polled[] = []
  for (const source of sources) {
    if (stop?.aborted) break
    const result = await pollOne(polling, source, now, stop)
    polled.push(result)
    if ('trouble' in result && result.patience) break
  }
  return polled
}

/** Reads one source outside any transaction and stores what it said. */
export async function pollOne(
  polling: Polling,
  source: SourceTable,
  now: Instant,
  stop?: AbortSignal,
): Promise<Polled> {
  const reading = await readSource(polling.reader, source, validatorsOf(source), stop)
  return stop?.aborted ? { source: source.id, items: 0 } : store(polling, source, reading, now)
}

const validatorsOf = (source: SourceTable): Validators => ({
  etag: source.etag ?? undefined,
  lastModified: source.last_modified ?? undefined,
  bodyHash: source.body_hash ?? undefined,
})

/** Reads a source as what it is: a feed, or a page by its selectors. */
export function readSource(
  reader: Reader,
  { url, kind, selectors }: SourceTable,
  validators?: Validators,
  stop?: AbortSignal,
): Promise<Reading> {
  const page = kind === 'page' && selectors ? (JSON.parse(selectors) as PageSelectors) : undefined
  return reader.read(url ?? '', validators, stop, page)
}

/** Stores what a source said in short transactions; its validators last, once all is stored. */
export async function store(
  { db, content, wake, log }: Polling,
  source: SourceTable,
  reading: Reading,
  now: Instant,
): Promise<Polled> {
  if (reading.kind === 'trouble') {
    log.warn({ source: source.id, trouble: reading.trouble.kind, status: reading.trouble.status }, 'source failed')
    // A source that is off is only being tried: nobody waits for it.
    if (source.enabled === 1) await inTx(db, (tx) => sourceFailed(tx, source, now, reading.trouble, wake))
    const patience = hostLeftAlone(reading.trouble, 1) > 0
    return { source: source.id, trouble: reading.trouble.say, patience }
  }
  const entries =
    reading.kind === 'items'
      ? await nameEntries(reading.feed, await watchGuids(db, source, reading.feed, now, wake))
      : []
  const redesigned = await isRedesigned(db.read, source, entries, now, content)
  let items = 0
  for (let i = 0; i < entries.length; i += ENTRIES_A_STEP) {
    const step = entries.slice(i, i + ENTRIES_A_STEP)
    const ahead = await madeAhead(db.read, source, step, now, content)
    await breath()
    items += await inTx(db, async (tx) => {
      const added = await ingest(tx, source, step, now, content, { ahead, redesigned })
      for (const lane of lanesPosted(tx)) await wake(tx, lane, now)
      return added
    })
  }
  const { validators, maxAge, skip, movedTo } = reading
  const recent = entries.filter(({ entry }) => (entry.published ?? entry.updated ?? '') > plus(now, -RECENT)).length
  await inTx(db, (tx) => sourceRead(tx, source, now, { validators, maxAge, skip, movedTo, items, recent }, wake))
  if (items > 0) log.info({ source: source.id, items }, 'new items')
  return { source: source.id, items }
}

/** Reads a source that nobody has proven yet and switches it on when it answers as a feed; its first items are old news. */
export async function enableSource(polling: Polling, id: string, now: Instant): Promise<Polled> {
  const source = await findSource(polling.db.read, id)
  if (!source?.url)
    return {
      source: id,
      trouble: source
        ? 'It has no feed address; add one with "cme feeds add <url>".'
        : 'There is no such source; "cme feeds list" shows them all.',
    }
  const polled = await pollOne(polling, source, now)
  if ('items' in polled) await inTx(polling.db, (tx) => changeSource(tx, id, { enabled: 1, switched: 1 }))
  return polled
}
