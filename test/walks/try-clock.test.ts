import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../server/src/config.ts'
import { startServer } from '../../server/src/main.ts'
import { freshSqlite } from '../support/databases.ts'
import { freePort } from '../support/free-port.ts'

type Told = { sent: { user?: string }[]; upcoming: { at: string; kind: string }[]; messages: { kind: string }[] }

/** The JSON side of the try-out page of a whole program. */
async function program() {
  const { url } = await freshSqlite()
  const server = await startServer(
    readConfig({ DATABASE_URL: url, PORT: String(await freePort()), LOG_LEVEL: 'error', TRY_OUT: 'on' }),
  )
  onTestFinished(() => server.close())
  return async (path: string, body?: object): Promise<Told> => {
    const headers = { 'Content-Type': 'application/json' }
    const asked = body ? { method: 'POST', headers, body: JSON.stringify(body) } : {}
    return (await (await fetch(`${server.site}/try/${path}`, asked)).json()) as Told
  }
}

test('whoever moves the clock is told of each digest that came of it, also where the courier was at it already', async () => {
  const call = await program()
  const delivered = async () => (await call('inbox?as=sara')).messages.filter(({ kind }) => kind === 'delivered').length
  await call('say', { as: 'sara', text: '/cme digest start' })
  let told = 0
  for (let week = 0; week < 4; week++) {
    const { upcoming } = await call('upcoming')
    const { sent } = await call('clock', { to: upcoming.find(({ kind }) => kind === 'digest')!.at })
    told += sent.filter(({ user }) => user === 'sara').length
  }
  expect(await delivered()).toBeGreaterThan(1)
  expect(told).toBe(await delivered())
}, 60_000)
