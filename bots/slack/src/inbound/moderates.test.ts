import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EdgeLog } from '@cme-commons/core'
import { afterAll, expect, test } from 'vitest'
import { makeClient } from '../client.ts'
import { moderatesNow } from './who.ts'

const users: Record<string, object> = {
  OWNER: { is_owner: true, team_id: 'T1' },
  ADMIN: { is_admin: true, team_id: 'T1' },
  MEMBER: { team_id: 'T1' },
  GONE: { is_admin: true, deleted: true, team_id: 'T1' },
  GUEST: { is_admin: true, team_id: 'T2' },
}
const server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const asked = new URLSearchParams(body).get('user') ?? ''
  if (asked === 'AWAY') {
    response.writeHead(503).end()
    return
  }
  const user = users[asked]
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(user ? { ok: true, user } : { ok: false, error: 'user_not_found' }))
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
const log: EdgeLog = { debug() {}, info() {}, warn() {}, error() {} }
const client = makeClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, log, 'xoxb-1')
const asked = (user: string) => moderatesNow(client, { space: 'T1', user })

test('owners and administrators of this workspace moderate; members, who left, and administrators of another do not', async () => {
  expect(await Promise.all(['OWNER', 'ADMIN', 'MEMBER', 'GONE', 'GUEST', 'NOBODY'].map(asked))).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})

test('while Slack is away nothing is known', async () => {
  expect(await asked('AWAY')).toBeUndefined()
})
