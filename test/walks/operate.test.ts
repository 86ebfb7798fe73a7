import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { inTx, migrate, open, putSpace } from '@cme-commons/db'
import { Webhook } from 'standardwebhooks'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { startProgram } from '../support/program.ts'

const NOW = '2026-11-23T08:00:00.000Z'
const CME = fileURLToPath(new URL('../../server/cme.js', import.meta.url))

async function cme(env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [CME, ...args], {
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { out: out.trim(), err: err.trim(), code: (await ended)[0] as number }
}

test('an operator’s day: a webhook is added, pinged and signed; numbers and log say so; a stop lets the delivery end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cme-operate-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const asked = Promise.withResolvers<{ headers: Record<string, string>; body: string }>()
  const goOn = Promise.withResolvers<void>()
  let calls = 0
  const hook = createServer(async (request, response) => {
    calls++
    asked.resolve({ headers: request.headers as Record<string, string>, body: await text(request) })
    await goOn.promise
    response.writeHead(204).end()
  })
  await new Promise<void>((ready) => hook.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void hook.close())
  const at = `127.0.0.1:${(hook.address() as AddressInfo).port}`
  const port = String(await freePort())
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: `sqlite:${join(folder, 'cme.db')}`,
    PORT: port,
    SECRET_KEY: 'a secret of at least 32 characters',
    WEBHOOKS_ALLOW: at,
    METRICS_TOKEN: 'a-token-0123456789',
    LOG_LEVEL: 'info',
    TRY_OUT: 'off',
  }
  const db = await open(env.DATABASE_URL)
  await migrate(db, NOW)
  await inTx(db, (tx) =>
    putSpace(tx, { id: 'T1', platform: 'slack', name: 'Here', zone: 'UTC', moderators: null, made_at: NOW }),
  )
  await db.close()
  const added = await cme(env, 'webhook', 'add', `http://${at}/hook`, '--json')
  expect(added).toMatchObject({ code: 0, err: '' })
  const { id, secret } = JSON.parse(added.out)
  expect(await cme(env, 'webhook', 'add', 'https://10.0.0.1/hook', '--space', 'T1')).toMatchObject({
    code: 1,
    err: expect.stringContaining('private network'),
  })
  expect((await cme({ ...env, SECRET_KEY: '' }, 'webhook', 'add', `http://${at}/`, '--space', 'T1')).err).toContain(
    'SECRET_KEY',
  )
  expect((await cme(env, 'webhook', 'list')).out).toContain(`${id}`)
  expect((await cme(env, 'webhook', 'ping', id)).out).toContain('on its way')
  const program = await startProgram(env, { keep: true })
  onTestFinished(program.kill)
  const { headers, body } = await asked.promise
  expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'ping', data: { webhook: id } })

  const metrics = await fetch(`http://127.0.0.1:${port}/metrics`, {
    headers: { authorization: 'Bearer a-token-0123456789' },
  })
  expect(await metrics.text()).toMatch(/^cme_deliveries\{state="sending"\} 1$/m)
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(401)

  const stopped = program.stop()
  await expect
    .poll(
      () =>
        fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } }).then(
          () => 'up',
          () => 'down',
        ),
      { timeout: 30_000 },
    )
    .toBe('down')
  goOn.resolve()
  await stopped
  expect(program.process.exitCode).toBe(0)
  expect([calls, (await cme(env, 'webhook', 'deliveries', id)).out]).toEqual([
    1,
    expect.stringMatching(/^done .* ping .* 204$/),
  ])
  const lines = program
    .said()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toContainEqual(
    expect.objectContaining({ msg: 'request', method: 'GET', path: '/metrics', status: 401 }),
  )
}, 60_000)
