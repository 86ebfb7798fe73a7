import { type Fate, knownBy, nameEntries, type Rehearsed, rehearse, unread } from '@cme-commons/app'
import { cut, type Feed, plainMoment } from '@cme-commons/core'
import { findSource, type SourceTable } from '@cme-commons/db'
import type { House } from '../house.ts'
import { readSource } from '../poll.ts'
import { Refusal } from './refusal.ts'

const isAddress = (said: string): boolean => /^https?:\/\//i.test(said)

/** Reads a source, or an address that is none yet, and shows what would become of each entry. Stores nothing, not even that it was read. */
export async function dryRun(house: House, said: string, json: boolean): Promise<void> {
  const source = isAddress(said)
    ? { ...unread('new', house.clock.now()), url: said, mixed: 1 }
    : await findSource(house.db.read, said)
  if (!source?.url)
    throw new Refusal(
      source
        ? `${said} has no address to read.`
        : `There is no source ${said}: "cme feeds list" shows them all; an address begins with https://.`,
    )
  const reading = await readSource(house.reader, source)
  if (reading.kind !== 'items')
    throw new Refusal(
      `${source.url}: ${reading.kind === 'trouble' ? reading.trouble.say : 'Nothing came back; try again.'}`,
    )
  if (json) for (const line of await rehearsal(house, source, reading.feed)) console.log(JSON.stringify(line))
  else await showRehearsal(house, source, reading.feed)
}

const rehearsal = async (house: House, source: SourceTable, feed: Feed): Promise<Rehearsed[]> =>
  rehearse(house.db.read, source, await nameEntries(feed, knownBy(source)), house.clock.now(), house.content)

const FATES: Record<Fate, string> = {
  known: 'leave out',
  revised: 'keep change',
  retold: 'change, send',
  archive: 'store only',
  unwanted: 'store only',
  digest: 'store and send',
}

/** Prints what would become of the entries, newest first, `most` of them. */
export async function showRehearsal(house: House, source: SourceTable, feed: Feed, most = 50): Promise<void> {
  const lines = (await rehearsal(house, source, feed)).reverse()
  const count = (...fates: Fate[]) => lines.filter(({ fate }) => fates.includes(fate)).length
  console.log(
    [
      `Now: ${count('digest')} to store and send, ${count('archive', 'unwanted')} to store only`,
      ...(count('revised', 'retold') > 0
        ? [`${count('retold')} changed to send again, ${count('revised')} changed to keep only`]
        : []),
      `${count('known')} to leave out.`,
    ].join(', '),
  )
  for (const { fate, title, published, topic, readers, of, why } of lines.slice(0, most)) {
    const day = published ? plainMoment(published, 'day', 'UTC') : 'no date'
    console.log(`  ${FATES[fate].padEnd(14)}  ${day.padEnd(15)}  ${cut(title, 90)}`)
    const told = fate === 'digest' || fate === 'retold' ? `In ${readers} of ${of} digests.` : ''
    console.log(`  ${''.padEnd(33)}${[topic && `${topic}.`, told, why].filter(Boolean).join(' ')}`)
  }
  if (lines.length > most) console.log(`  and ${lines.length - most} more`)
}
