import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { open } from '@cme-commons/db'
import { expect, onTestFinished, test } from 'vitest'

const entry = fileURLToPath(new URL('../../server/cme.js', import.meta.url))
const content = fileURLToPath(new URL('../../packages/content/data', import.meta.url))

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'cme-commands-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Runs one command line as a person would; the database is the test's own. */
async function cme(args: string[], { env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {}) {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { PATH: process.env.PATH, DATABASE_URL: join(folder(), 'cme.db'), ...env },
  })
  child.stdin.end(input)
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((end) => child.on('close', end)),
  ])
  return { code, out, err: err.trim() }
}

async function serve(answer: string, type = 'text/html'): Promise<string> {
  const server = createServer((_, response) => response.setHeader('Content-Type', type).end(answer))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('every command explains itself', async () => {
  for (const args of [
    [],
    ['feeds'],
    ['news', 'classify'],
    ['digest', 'preview'],
    ['upcoming'],
    ['gallery'],
    ['doctor'],
    ['start'],
    ['migrate'],
  ]) {
    const { code, out } = await cme([...args, '--help'])
    expect({ args, code }).toEqual({ args, code: 0 })
    expect(out).toContain('Usage: cme')
  }
})

test('headlines are labelled one object a line, with the reason', async () => {
  const input = 'Is your wearable start-up an ineligible company?\n\nNASA tracks Earth-directed CME\n'
  const { code, out } = await cme(['news', 'classify', '--json'], { input })
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(code).toBe(0)
  expect(lines.map(({ topic }) => topic)).toEqual(['standards-integrity', 'off-topic'])
  expect(Object.keys(lines[0])).toEqual(
    expect.arrayContaining(['headline', 'topic', 'body', 'region', 'actionRequired', 'tracks', 'why']),
  )
})

test('feeds are read from files and folders without storing anything', async () => {
  const dir = folder()
  writeFileSync(
    join(dir, 'a.xml'),
    '<rss version="2.0"><channel><title>A</title><item><title>One &amp; only</title><pubDate>Mon, 23 Nov 2026 08:00:00 EST</pubDate></item></channel></rss>',
  )
  writeFileSync(join(dir, 'b.html'), '<!doctype html><title>No feed</title>')
  const { code, out } = await cme(['feeds', 'read', '--json', dir])
  const [feed, page] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(code).toBe(1)
  expect(feed).toMatchObject({
    ok: true,
    format: 'rss',
    title: 'A',
    trouble: null,
    items: [{ title: 'One & only', published: '2026-11-23T13:00:00.000Z' }],
  })
  expect(page).toMatchObject({ ok: false, items: [], trouble: { kind: 'not-a-feed' } })
})

test('a feed that is added is read once, its items are old news, and what is due can be read again', async () => {
  const host = await serve(
    '<rss version="2.0"><channel><title>Society news</title><item><guid>1</guid><title>Call for comment on CME accreditation criteria</title></item></channel></rss>',
    'application/rss+xml',
  )
  const env = { DATABASE_URL: join(folder(), 'cme.db'), FEEDS_ALLOW: host }
  expect(await cme(['feeds', 'add', `http://${host}/feed`, '--id', 'society'], { env })).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Society news .*: 1 item\n[\s\S]*\nsociety: read, 1 new item\n$/),
  })
  expect((await cme(['feeds', 'add', `http://${host}/feed`], { env })).err).toContain(
    'There is a source society already',
  )
  expect(await cme(['feeds', 'poll', 'society'], { env })).toMatchObject({
    code: 0,
    out: 'society: read, 0 new items\n',
  })
  expect((await cme(['digest', 'preview', '--since', '2026-01-01'], { env })).out).toContain(
    'Call for comment on CME accreditation criteria',
  )
  expect((await cme(['feeds', 'list'], { env })).out).toMatch(/society\s+on\s+Society news/)
})

/** What a person can get wrong, the words that have to be in the one line she is told. */
test.each<[string, string[], Record<string, string>, RegExp]>([
  ['a wrong address', ['feeds', 'add', 'not an address'], {}, /address/],
  ['a name that does not exist', ['feeds', 'add', 'http://no-such-host.invalid/feed'], {}, /no-such-host\.invalid/],
  ['a private address', ['feeds', 'add', 'http://127.0.0.1:1/feed'], {}, /private|allow/],
  ['an unknown source', ['feeds', 'poll', 'nobody'], {}, /feeds list/],
  ['an unknown track', ['digest', 'preview', '--track', 'surgery'], {}, /accreditation, program, edtech, academic/],
  ['an unknown day', ['upcoming', '--until', '2027-02-30'], {}, /2027-01-31/],
  ['a wrong setting', ['doctor'], { PORT: 'eighty' }, /^$/],
  ['a database address that is none', ['migrate'], { DATABASE_URL: 'mysql://x/y' }, /postgres/],
  ['a folder for a database', ['migrate'], { DATABASE_URL: tmpdir() }, /folder/],
  ['a data folder that cannot be made', ['migrate'], { DATABASE_URL: '/dev/null/x/cme.db' }, /write/],
  ['a content folder that is empty', ['news', 'classify'], { CONTENT_DIR: '/nowhere' }, /content/],
])('%s is told in a line and exit code 1', async (_, args, env, words) => {
  const { code, err, out } = await cme(args, { env })
  expect(code).toBe(1)
  expect(err).toMatch(words)
  expect(err + out).not.toMatch(/\n\s+at /)
})

test('a web page and two gigabytes of zeros are refused by name', async () => {
  const host = await serve('<!doctype html><title>A page</title><p>Hello')
  expect((await cme(['feeds', 'add', `http://${host}/`], { env: { FEEDS_ALLOW: host } })).err).toMatch(
    /web page|not a feed/i,
  )
  const zeros = join(folder(), 'zeros.xml')
  writeFileSync(zeros, '')
  truncateSync(zeros, 2 * 1024 ** 3)
  expect(await cme(['feeds', 'read', zeros])).toMatchObject({ code: 1, out: expect.stringMatching(/MB|GB/) })
})

test('a broken line in the content is named with its file and line', async () => {
  const dir = join(folder(), 'data')
  cpSync(content, dir, { recursive: true })
  const path = join(dir, 'tracks.yaml')
  writeFileSync(path, readFileSync(path, 'utf8').replace('summary:', 'sumary:'))
  const { code, err } = await cme(['news', 'classify'], { env: { CONTENT_DIR: dir }, input: 'x\n' })
  expect(code).toBe(1)
  expect(err).toMatch(/tracks\.yaml:\d+ /)
})

test('a database of a newer version is left alone', async () => {
  const file = join(folder(), 'cme.db')
  await cme(['migrate'], { env: { DATABASE_URL: file } })
  const db = await open(file)
  await db.write.insertInto('migrations').values({ name: '9999-future', at: '2030-01-01T00:00:00.000Z' }).execute()
  await db.close()
  expect(await cme(['migrate'], { env: { DATABASE_URL: file } })).toMatchObject({
    code: 1,
    err: expect.stringContaining('newer version'),
  })
})

test('a port in use is told, and nothing is left running', async () => {
  const [, port] = (await serve('busy')).split(':')
  const { code, err } = await cme(['start'], { env: { PORT: port! } })
  expect(code).toBe(1)
  expect(err).toMatch(new RegExp(`${port}.*in use`))
})

test('doctor looks at everything and shows no secret', async () => {
  const env = { DATABASE_URL: join(folder(), 'cme.db') }
  await cme(['migrate'], { env })
  const { code, out } = await cme(['doctor', '--json'], { env })
  const { ok, findings } = JSON.parse(out)
  expect({ code, ok }).toEqual({ code: 0, ok: true })
  expect(findings.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['node', 'zones', 'clock', 'settings', 'content', 'database', 'sources', 'deliveries']),
  )
  expect((await cme(['doctor'], { env: { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/x' } })).out).not.toContain(
    'hunter2',
  )
})
