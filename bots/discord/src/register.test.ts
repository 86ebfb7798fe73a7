import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Knowledge } from '@cme-commons/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isSame } from './commands/difference.ts'
import { planCommands, registerCommands } from './register.ts'
import { makeAnsweringRest } from './rest.ts'

const content = { tracks: [], regions: [] } as unknown as Knowledge
/** What the API keeps, and what it was asked: the application and its commands, as its documentation describes them. */
const kept: Record<string, object[]> = {}
const asked: string[] = []
const server = createServer(async (request, response) => {
  const path = request.url!.replace('/api/v10', '').split('?')[0]!
  asked.push(`${request.method} ${path}`)
  if (request.headers.authorization !== 'Bot right') response.statusCode = 401
  const body = response.statusCode === 401 ? { message: '401: Unauthorized', code: 0 } : await answered(request, path)
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(body))
})

async function answered(request: IncomingMessage, path: string): Promise<object> {
  if (path === '/applications/@me') return { id: '42', name: 'CME' }
  if (request.method !== 'PUT') return kept[path] ?? []
  const said = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString()) as object[]
  kept[path] = said.map((command, i) => ({ ...command, id: String(i), version: '1', nsfw: false }))
  return kept[path]
}

beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
afterAll(() => new Promise((done) => server.close(done)))
const connect = (token: string) =>
  makeAnsweringRest({ token, api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api` })

test('the difference is shown first and changes nothing; registering makes it one request, and twice is once', async () => {
  const rest = connect('right')
  const plan = await planCommands(rest, content)
  expect(plan.difference.created).toContain('/cme digest start')
  expect(asked.filter((line) => line.startsWith('PUT'))).toEqual([])

  await registerCommands(rest, plan)
  expect(asked.filter((line) => line.startsWith('PUT'))).toEqual(['PUT /applications/42/commands'])
  expect(isSame((await planCommands(rest, content)).difference)).toBe(true)
})

test('for one server, its own list is asked for and changed', async () => {
  const rest = connect('right')
  await registerCommands(rest, await planCommands(rest, content, '77'))
  expect(asked).toContain('PUT /applications/42/guilds/77/commands')
  expect(isSame((await planCommands(rest, content, '77')).difference)).toBe(true)
  expect(isSame((await planCommands(rest, content, '78')).difference)).toBe(false)
})

test('a token that is not taken is an error of status 401', async () => {
  await expect(planCommands(connect('wrong'), content)).rejects.toMatchObject({ status: 401 })
})
