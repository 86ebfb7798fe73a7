import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { planDigests } from '@cme-commons/app'
import { migrate, open } from '@cme-commons/db'
import { createAdaptorServer } from '@hono/node-server'
import { makeApp } from '../../server/src/http.ts'
import { apiHouse } from '../support/api-house.ts'
import { entry, knowledge, worldOn } from '../support/world.ts'
import { subscribe } from './digest-tick.ts'
import { folder, type Measured, machine, print } from './measure.ts'
import { percentile } from './probe.ts'

const SUNDAY = '2026-11-22T12:00:00.000Z'
const MONDAY = '2026-11-23T08:00:00.000Z'
const READERS = 200
/** How long a reader reads before she asks again, in milliseconds. */
const PAUSE = 500
const SUBSCRIBERS = 100_000
const PATHS = ['/v1/news', '/news', '/', '/v1/glossary', '/v1/news.atom']

/** 200 readers, each asking again half a second after it was answered, while a digest tick for 100,000 subscribers is planned in the same process. */
export async function readerPatience(): Promise<Measured[]> {
  const db = await open(`${folder()}/readers.db`)
  await migrate(db, SUNDAY)
  const world = await worldOn(db, SUNDAY)
  await world.publish([], SUNDAY)
  await subscribe(db, SUBSCRIBERS)
  await world.publish(
    Array.from({ length: 40 }, (_, i) => entry(i)),
    SUNDAY,
  )
  const app = makeApp(await apiHouse(db))
  const server = createAdaptorServer({ fetch: app.fetch as never })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const child = fork(fileURLToPath(import.meta.url), ['read', String(port)])
  const read = async (work: () => Promise<unknown>): Promise<number[]> => {
    child.send('begin')
    await work()
    child.send('end')
    const [times] = (await once(child, 'message')) as [number[]]
    return times.sort((a, b) => a - b)
  }
  await wait(3_000)
  const idle = await read(() => wait(8_000))
  const busy = await read(() => planDigests(db, MONDAY, knowledge, async () => {}))
  child.kill()
  if ('closeAllConnections' in server) server.closeAllConnections()
  server.close()
  await db.close()
  const [quiet, ticking] = [percentile(idle, 0.99), percentile(busy, 0.99)]
  return [
    {
      what: `${READERS} readers, 99th percentile during a tick for ${SUBSCRIBERS} subscribers, times the idle one (${ticking.toFixed(0)} ms of ${busy.length} answers against ${quiet.toFixed(0)} ms of ${idle.length})`,
      value: ticking / quiet,
      atMost: 10,
    },
  ]
}

/** Runs in a process of its own: keeps how long each answer took since `begin`, and tells it at `end`. */
function readers(port: number): void {
  const agent = new Agent({ keepAlive: true, maxSockets: READERS })
  let times: number[] = []
  process.on('message', (said) => {
    if (said === 'end') process.send?.(times)
    times = []
  })
  const ask = (n: number): void => {
    const start = performance.now()
    const again = () => {
      times.push(performance.now() - start)
      setTimeout(ask, PAUSE, n + 1)
    }
    get({ port, host: '127.0.0.1', path: PATHS[n % PATHS.length], agent }, (answer) => {
      if (answer.statusCode !== 200) throw new Error(`${PATHS[n % PATHS.length]} answered ${answer.statusCode}`)
      answer.resume().on('end', again)
    })
  }
  for (let n = 0; n < READERS; n++) ask(n)
}

if (process.argv[2] === 'read') readers(Number(process.argv[3]))
else if (process.argv[1] === import.meta.filename) {
  console.log(machine())
  process.exitCode = print(await readerPatience()) ? 0 : 1
}
