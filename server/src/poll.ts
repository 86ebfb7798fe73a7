import { ingest, nameEntries, sourceFailed, sourceRead, type Wake } from '@cme-commons/app'
import type { Instant, Knowledge } from '@cme-commons/core'
import { changeSource, type Db, findSource, inTx, type SourceTable, sourcesDue } from '@cme-commons/db'
import type { Reader, Reading } from '@cme-commons/feeds'
import type { Log } from './log.ts'

export type Polling = { db: Db; content: Knowledge; reader: Reader; wake: Wake; log: Log }
export type Polled = { source: string; items: number } | { source: string; trouble: string }

const AT_ONCE = 5
const ENTRIES_A_STEP = 50

/** Reads every source that is due, a few at once; `which` can leave some out. */
export async function pollDue(
  polling: Polling,
  now: Instant,
  which: (source: SourceTable) => boolean = () => true,
  stop?: AbortSignal,
): Promise<Polled[]> {
  const due = (await sourcesDue(polling.db.read, now, 500)).filter(which)
  const polled: Polled[] = []
  const next = async (): Promise<void> => {
    for (let source = due.shift(); source && !stop?.aborted; source = due.shift())
      polled.push(await pollOne(polling, source, now, stop))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  return polled
}

/** Reads one source outside any transaction and stores what it said. */
export async function pollOne(
  polling: Polling,
  source: SourceTable,
  now: Instant,
  stop?: AbortSignal,
): Promise<Polled> {
  const validators = {
    etag: source.etag ?? undefined,
    lastModified: source.last_modified ?? undefined,
    bodyHash: source.body_hash ?? undefined,
  }
  const reading = await polling.reader.read(source.url ?? '', validators, stop)
  return stop?.aborted ? { source: source.id, items: 0 } : store(polling, source, reading, now)
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
    return { source: source.id, trouble: reading.trouble.say }
  }
  const entries = reading.kind === 'items' ? nameEntries(reading.feed) : []
  let items = 0
  for (let i = 0; i < entries.length; i += ENTRIES_A_STEP) {
    items += await inTx(db, (tx) => ingest(tx, source, entries.slice(i, i + ENTRIES_A_STEP), now, content))
  }
  const { maxAge } = reading
  await inTx(db, (tx) => sourceRead(tx, source, now, { validators: reading.validators, maxAge, items }, wake))
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
