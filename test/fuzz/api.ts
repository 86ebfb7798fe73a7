import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Db, migrate, open } from '@cme-commons/db'
import { makeGate } from '../../server/src/api/gate.ts'
import { listen, makeApp } from '../../server/src/http.ts'
import { type ApiDocument, answersOf, type Described, operationsOf } from '../support/api-document.ts'
import { pick, type Roll, requestFor } from '../support/api-requests.ts'
import { apiWorld, CALLERS, NOW } from '../support/api-world.ts'
import { dice } from '../support/news-month.ts'

/** Nobody waits longer for an answer than this. */
const PATIENCE = 10_000
/** Moderators come furthest, so they ask most. */
const WHO = [
  ...CALLERS,
  'moderator',
  'moderator',
  'moderator',
  'moderator',
  'admin',
  'admin',
  'admin',
  'member',
  'member',
] as const

export type Fuzzed = { runs: number; answers: Record<string, number>; slowest: number }

/**
 * Asks a real server what its document allows, nearly allows and forbids. Throws at the first answer that is a failure, does not come in
 * ten seconds, or is not what the document says; the message holds what is needed to ask again.
 */
export async function fuzzApi(db: Db, { runs, seed }: { runs: number; seed: number }): Promise<Fuzzed> {
  const gate = makeGate({ rateLimit: 1e9, tokenRateLimit: 1e9, proxies: 0, corsOrigins: ['https://society.example'] })
  const { house, tokens } = await apiWorld(db, { gate })
  const server = await listen(makeApp(house), { host: '127.0.0.1', port: 0 })
  const site = `http://127.0.0.1:${server.port}`
  const done: Fuzzed = { runs: 0, answers: {}, slowest: 0 }
  try {
    const document = (await (await fetch(`${site}/v1/openapi.json`)).json()) as ApiDocument
    const operations = operationsOf(document)
    const { wrong } = answersOf(document)
    const ids: string[] = []
    for (let run = 0; run < runs; run++) {
      const roll = dice(seed * 1_000_003 + run)
      const one = pick(roll, operations)
      const who = pick(roll, WHO)
      const { address, init } = requestFor(document, one, roll, ids)
      const headers = { ...init.headers, ...tokens[who] }
      const method = otherMethod(one, roll) ?? init.method
      const body = method === 'GET' || method === 'HEAD' ? {} : { body: init.body ?? null }
      const began = performance.now()
      const said = (what: string) =>
        new Error(
          `run ${run} of seed ${seed}, ${who}: ${what}\n${method} ${address} ${JSON.stringify({ headers: init.headers, ...body }).slice(0, 2_000)}\n${JSON.stringify(house.logged.at(-1), Object.getOwnPropertyNames(Error.prototype))}`,
        )
      const request = await ask(
        `${site}${address}`,
        { method, headers, ...body, signal: AbortSignal.timeout(PATIENCE) },
        said,
      )
      if (!request) continue
      const { answer, text } = request
      done.slowest = Math.max(done.slowest, performance.now() - began)
      const trouble =
        answer.status >= 500
          ? `a failure: ${text}`
          : method === init.method
            ? wrong(one, answer.status, answer.headers.get('content-type'), text)
            : elsewhere(answer)
      const logged = house.logged.at(-1) as { err?: Error } | undefined
      if (trouble) throw said(`${trouble}\n${logged?.err?.stack ?? ''}`)
      if (answer.status < 300 && answer.headers.get('content-type') === 'application/json') remember(ids, text)
      done.runs++
      done.answers[answer.status] = (done.answers[answer.status] ?? 0) + 1
    }
    return done
  } finally {
    await server.close(0)
  }
}

/** The answer, or nothing for a request that cannot even be sent. */
async function ask(address: string, init: RequestInit, said: (what: string) => Error) {
  let request: Request
  try {
    request = new Request(address, init)
  } catch {
    return undefined
  }
  try {
    const answer = await fetch(request)
    return { answer, text: await answer.text() }
  } catch (error) {
    throw said(`no answer: ${(error as Error).message} ${String((error as Error).cause ?? '')}`)
  }
}

/** Now and then a method that the address may not have. */
const otherMethod = ({ method }: Described, roll: Roll): string | undefined =>
  roll() < 0.06 ? pick(roll, ['PUT', 'OPTIONS', ...(method === 'get' ? ['HEAD'] : []), 'PROPFIND']) : undefined

function elsewhere(answer: Response): string | undefined {
  if (answer.status === 405 && !answer.headers.get('allow')) return 'a 405 without Allow'
  return answer.status < 500 ? undefined : 'a failure'
}

/** Ids that answers tell of, so that later requests meet what is there. */
function remember(ids: string[], text: string) {
  for (const [, id] of text.matchAll(/"id":"([^"]{1,200})"/g)) if (!ids.includes(id!)) ids.push(id!)
  if (ids.length > 300) ids.splice(0, ids.length - 300)
}

if (process.argv[1] === import.meta.filename) {
  const options = { runs: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } } as const
  const { values } = parseArgs({ options })
  const began = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'cme-fuzz-api-'))
  const db = await open(`sqlite:${join(folder, 'cme.db')}`)
  await migrate(db, NOW)
  const done = await fuzzApi(db, { runs: Number(values.runs), seed: Number(values.seed) })
  await db.close()
  rmSync(folder, { recursive: true, force: true })
  console.log(
    JSON.stringify({ seed: Number(values.seed), ...done, seconds: Math.round((performance.now() - began) / 1000) }),
  )
}
