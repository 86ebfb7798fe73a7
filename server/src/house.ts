import { perform, rewind, syncSources, type Wake } from '@cme-commons/app'
import { load, type SampleItem } from '@cme-commons/content'
import type { Action, Actor, Knowledge, Reply } from '@cme-commons/core'
import { type Db, inTx, lanesPosted, open, type Tx } from '@cme-commons/db'
import { createPoster, createReader, type Poster, type Reader } from '@cme-commons/feeds'
import { upgrade } from './backup/upgrade.ts'
import { connected } from './bots/connected.ts'
import { type Clock, openClock, realClock } from './clock.ts'
import { type Config, ROLES } from './config.ts'
import { type Log, makeLog } from './log.ts'
import { ownAddress } from './sample-feed.ts'
import { linkCode } from './secrets.ts'

/** Everything a command or the server works with, put together once. */
export type House = {
  config: Config
  db: Db
  content: Knowledge
  samples: readonly SampleItem[]
  clock: Clock
  log: Log
  reader: Reader
  /** Sends to the addresses of webhooks. */
  poster: Poster
  /** Wakes who delivers on a lane; nobody until the engine is started. */
  wake: Wake
  /** Where the pages are, for links in messages. */
  site: string
  close(): Promise<void>
}

export const VERSION = '0.1.0'

/** Content that cannot be used: `message` lists every problem with file and line. */
export class ContentError extends Error {}

/** The content, from the package or from the operator's own folder. Throws a `ContentError`. */
export function loadContent(config: Config, today: string): { knowledge: Knowledge; samples: readonly SampleItem[] } {
  const loaded = load(config.content || undefined, today)
  if ('problems' in loaded)
    throw new ContentError(
      ['The content cannot be used:', ...loaded.problems.map(({ file, line, say }) => `  ${file}:${line} ${say}`)].join(
        '\n',
      ),
    )
  return loaded
}

/**
 * Opens the database, brings it up to date and loads the content. `alone` is for the server: a second one on the same SQLite file is
 * refused. Throws errors whose message is one line for the operator.
 */
export async function openHouse(config: Config, alone = false): Promise<House> {
  const log = makeLog(config.log)
  const { knowledge, samples } = loadContent(config, new Date().toISOString().slice(0, 10))
  const db = await open(config.database, {
    alone,
    onError: (error) => log.warn({ err: error.message }, 'database connection lost'),
  })
  try {
    const { backup } = await upgrade(db, config, new Date().toISOString())
    if (backup) log.warn({ backup }, 'the database was backed up and upgraded')
    const clock = tryOut(config) ? await openClock(db) : await leaveTryOut(db)
    await inTx(db, (tx) => syncSources(tx, knowledge, clock.now()))
    const reader = createReader(readerOptions(config))
    const poster = createPoster({ allow: config.webhooksAllow })
    const close = async () => {
      await reader.close()
      await poster.close()
      await db.close()
    }
    const wake: Wake = async () => {}
    return { config, db, wake, content: knowledge, samples, clock, log, reader, poster, site: siteOf(config), close }
  } catch (error) {
    await db.close()
    throw error
  }
}

/** Who reads other servers, and which of the addresses that are refused otherwise it may read: its own among them. */
export const readerOptions = (config: Config) => ({
  userAgent: userAgent(config),
  allow: [...config.allow, ownAddress(config)],
})

const isLoopback = (host: string): boolean => /^(localhost|\[::1\]|127(\.\d+){3})$/.test(host)

/**
 * True when the operator switched the try-out on, and by itself while no chat platform is connected, the pages are nobody else's to
 * see (no PUBLIC_URL but this machine) and one process does everything (the clock is its own).
 */
export const tryOut = ({ tryOut, site, roles, ...config }: Config): boolean =>
  tryOut === 'on' ||
  (tryOut === 'auto' &&
    connected(config).length === 0 &&
    (!site || isLoopback(new URL(site).hostname)) &&
    roles.length === ROLES.length)

/** Where the pages are: as the operator says, or as this machine can reach them. */
export const siteOf = ({ site, host, port }: Config): string =>
  site ||
  `http://${['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`

/** Who we are, to the owners of feeds: the program, what for, and where its operator can be reached. */
export const userAgent = (config: Config): string =>
  `CME-Commons/${VERSION} (feed reader for continuing medical education communities${config.contact ? `; ${config.contact}` : ''})`

/** Real time from now on: what a try-out that was ahead of it brought is undone, or those who share its digests would wait for it. */
async function leaveTryOut(db: Db): Promise<Clock> {
  const clock = await openClock(db)
  if (clock.moved()) {
    await clock.set('real')
    await inTx(db, (tx) => rewind(tx, clock.now()))
  }
  return realClock
}

/** One transaction of somebody who acts; what it promised is on its way as soon as it is committed. */
export const inHouse = <T>(house: House, act: (tx: Tx) => Promise<T>): Promise<T> =>
  inTx(house.db, async (tx) => {
    const result = await act(tx)
    for (const lane of lanesPosted(tx)) await house.wake(tx, lane, house.clock.now())
    return result
  })

/** One action in one transaction. */
export const answer = (house: House, actor: Actor, action: Action): Promise<Reply> =>
  inHouse(house, (tx) =>
    perform({ tx, now: house.clock.now(), content: house.content, actor, site: house.site, random: linkCode }, action),
  )
