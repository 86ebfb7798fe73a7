import { type Db, DbError, explained, schemaState } from '@cme-commons/db'
import { sql } from 'kysely'
import type { ApiHouse } from './house.ts'

/**
 * One thing that was looked at; `say` is what was found and, when that is not well, what to do. What is `beside` keeps nobody from being
 * served: a platform that is away.
 */
export type Check = { name: string; ok: boolean; say: string; beside?: true }

const PATIENCE = 4_000

/** Everything that has to be well before requests are sent here. Never rejects, and takes four seconds at most. */
export async function readyChecks(house: ApiHouse): Promise<Check[]> {
  return [...(await inTime(databaseChecks(house.db))), contentCheck(house), workCheck(house), ...platformChecks(house)]
}

async function inTime(checks: Promise<Check[]>): Promise<Check[]> {
  const { promise, resolve } = Promise.withResolvers<Check[]>()
  const timer = setTimeout(resolve, PATIENCE, [
    away('The database takes too long to answer: see whether it is overloaded.'),
  ])
  return Promise.race([checks, promise]).finally(() => clearTimeout(timer))
}

const away = (say: string): Check => ({ name: 'database', ok: false, say })

async function databaseChecks(db: Db): Promise<Check[]> {
  try {
    await sql`select 1`.execute(db.read)
    return [{ name: 'database', ok: true, say: 'The database answers.' }, await schemaCheck(db)]
  } catch (error) {
    // Said anew without the address, which is the operator's own business.
    const known = explained(error instanceof DbError ? error.cause : error, 'its address')
    return [away(known instanceof DbError ? known.message : 'The database does not answer: `cme doctor` says more.')]
  }
}

async function schemaCheck(db: Db): Promise<Check> {
  const { open, newer } = await schemaState(db)
  const name = 'migrations'
  if (newer.length > 0)
    return { name, ok: false, say: 'The database belongs to a newer version of CME Commons: update the program.' }
  if (open.length > 0)
    return { name, ok: false, say: `The database lacks ${open.length} of our steps: run \`cme migrate\`.` }
  return { name, ok: true, say: 'The tables are up to date.' }
}

const contentCheck = ({ content }: ApiHouse): Check =>
  content.topics.length > 0
    ? {
        name: 'content',
        ok: true,
        say: `${content.topics.length} topics and ${content.sources.length} sources are loaded.`,
      }
    : { name: 'content', ok: false, say: 'No content is loaded: `cme doctor` says what is wrong with it.' }

const NAMES = { slack: 'Slack', discord: 'Discord' } as const

const platformChecks = ({ heard }: ApiHouse): Check[] =>
  (heard?.() ?? []).map(({ platform, connected }) => ({
    name: platform,
    ok: connected,
    say: connected
      ? `${NAMES[platform]} is connected.`
      : `${NAMES[platform]} is not connected to this process: it goes on trying, or another process holds the connection; \`cme ${platform} check\` says more.`,
    beside: true,
  }))

const workCheck = (house: ApiHouse): Check =>
  house.atWork()
    ? { name: 'jobs', ok: true, say: 'The jobs of this process run.' }
    : {
        name: 'jobs',
        ok: false,
        say: 'The jobs have not ended a round for five minutes: look at the log, then restart.',
      }
