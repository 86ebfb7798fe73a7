import { unread } from '@cme-commons/app'
import { type Instant, MINUTE, plain } from '@cme-commons/core'
import {
  type Db,
  findSource,
  inTx,
  listDeliveries,
  listItems,
  putSource,
  putSpace,
  type SourceTable,
} from '@cme-commons/db'
import { createReader } from '@cme-commons/feeds'
import { makeLog, type Polling, pollDue } from '@cme-commons/server'
import { onTestFinished } from 'vitest'
import { type Answer, feedOf, newsSite, type Story } from './news-site.ts'
import { knowledge } from './world.ts'

export const START = '2026-11-23T08:00:00.000Z'

export const story = (n: number, at = START): Story => ({
  id: `n${n}`,
  title: `ACCME explains rule ${n} of the Standards for Integrity and Independence`,
  link: `https://society.example/news/${n}`,
  at,
})
export const ok = (stories: readonly Story[], headers = {}, channel = ''): Answer => ({
  body: feedOf(stories, channel),
  headers,
})

/** A poller on a database of its own: sources are added, hosts answer what the test says, time is the test's. */
export async function poller(db: Db) {
  const site = async (answer: Parameters<typeof newsSite>[0], host?: string) => {
    const made = await newsSite(answer, host)
    onTestFinished(() => made.close())
    return made
  }
  await inTx(db, (tx) =>
    putSpace(tx, { id: 's', platform: 'try', name: 'S', zone: 'UTC', moderators: 'channel:mods', made_at: START }),
  )
  const reader = createReader({ userAgent: 'test', allow: ['127.0.0.0/8'] })
  onTestFinished(() => reader.close())
  const polling: Polling = { db, content: knowledge, reader, wake: async () => {}, log: makeLog('silent') }
  return {
    site,
    polling,
    add: (id: string, url: string, rest: Partial<SourceTable> = {}) =>
      inTx(db, (tx) => putSource(tx, { ...unread(id, START), url, enabled: 1, ...rest })),
    poll: (now: Instant) => pollDue(polling, now),
    source: async (id: string) => (await findSource(db.read, id))!,
    /** How long after `from` a source is read next, in minutes. */
    next: async (id: string, from: Instant) =>
      (Date.parse((await findSource(db.read, id))!.next_at) - Date.parse(from)) / MINUTE,
    told: async () =>
      (await listDeliveries(db.read, { space: 's', limit: 500 })).deliveries.map(({ effect }) =>
        effect.kind === 'message' ? plain(effect.card) : effect.kind,
      ),
    titles: async () => (await listItems(db.read, { limit: 500 })).map(({ title }) => Number(/\d+/.exec(title)![0])),
  }
}
