import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Edge } from '@cme-commons/core'
import { afterAll, expect, test } from 'vitest'
import { makeAnsweringRest } from '../rest.ts'
import { moderatesNow } from './moderates.ts'

const role = (id: string, permissions: bigint) => ({ id, permissions: String(permissions) })
const guild = { id: '1', owner_id: '90', roles: [role('1', 0n), role('7', 1n << 5n), role('8', 1n << 10n)] }
const members: Record<string, string[]> = { '91': ['7'], '92': ['8'], '93': [] }
const server = createServer((request, response) => {
  const [, user] = /\/guilds\/1\/members\/(\d+)$/.exec(request.url!) ?? []
  const found = user
    ? members[user] && { roles: members[user] }
    : request.url!.endsWith('/guilds/1')
      ? guild
      : undefined
  response.writeHead(found ? 200 : 404, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(found ?? { message: 'Unknown', code: user ? 10_007 : 10_004 }))
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const rest = makeAnsweringRest({
  token: 'x',
  api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
} as never)
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const edge = (moderatorRole?: string) => ({ settings: async () => ({ moderatorRole }) }) as unknown as Edge
const asked = (user: string, named?: string, space = '1') => moderatesNow(edge(named), rest, { space, user })

test('the owner, who manages the server, and who has the role that was named for it moderate; others do not', async () => {
  expect([await asked('90'), await asked('91'), await asked('92'), await asked('93')]).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(await asked('92', '8')).toBe(true)
})

test('who left the server, and whoever is in one that we are not in, does not moderate', async () => {
  expect([await asked('99'), await asked('91', undefined, '2')]).toEqual([false, false])
})
