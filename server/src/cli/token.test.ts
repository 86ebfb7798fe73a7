import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { auditLines, findMember, inTx, makeMember, migrate, open, putSpace, tokenByHash } from '@cme-commons/db'
import { expect, onTestFinished, test } from 'vitest'
import { hashOfSecret } from '../secrets.ts'

const CME = fileURLToPath(new URL('../../cme.js', import.meta.url))
const AT = '2026-11-23T08:00:00.000Z'

/** A database with Sara in the space `try`, and the command line on it. */
async function started() {
  const folder = mkdtempSync(join(tmpdir(), 'cme-token-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'cme.db')
  const db = await open(file)
  onTestFinished(() => db.close())
  await migrate(db, AT)
  await inTx(db, async (tx) => {
    await putSpace(tx, { id: 'try', platform: 'try', name: 'Try', zone: 'UTC', moderators: null, made_at: AT })
    await makeMember(tx, 'try', 'sara', { name: 'Sara', track: null, region: null, zone: null, made_at: AT })
  })
  const run = (...args: string[]) => {
    const env = { PATH: process.env.PATH, DATABASE_URL: file }
    const { stdout, stderr, status } = spawnSync(process.execPath, [CME, ...args], { encoding: 'utf8', env })
    return { out: stdout.trim(), err: stderr.trim(), code: status }
  }
  return { db, run, cme: (...args: string[]) => run('token', ...args) }
}

test('a token is shown once, kept as a hash, listed without its secret, ended, and each change is in the audit', async () => {
  const { db, cme } = await started()
  const made = cme('add', '--space', 'try', '--member', 'sara', '--scope', 'progress', '--days', '90')
  expect(made.code).toBe(0)
  const [first, secret] = made.out.split('\n')
  expect(first).toMatch(/^tok1 \(progress, until .*\)\. Its secret, shown only now:$/)
  expect(secret).toMatch(/^cme_[\w-]{43}$/)
  expect(await tokenByHash(db.read, hashOfSecret(secret!))).toMatchObject({
    member: 'm1',
    scopes: 'progress',
    space: 'try',
  })
  const json = cme('add', '--space', 'try', '--scope', 'moderate', '--json')
  expect(JSON.parse(json.out)).toMatchObject({ id: 'tok2', member: null, secret: expect.stringMatching(/^cme_/) })

  const list = cme('list')
  expect(list.out).toMatch(/^tok1\s+holds\s+progress\s+try, sara\s+until .*never used$/m)
  expect(list.out + cme('list', '--json').out).not.toContain('cme_')
  expect(cme('revoke', 'tok1')).toMatchObject({ code: 0, out: 'tok1 is ended' })
  expect(cme('revoke', 'tok1')).toMatchObject({ code: 1, err: expect.stringContaining('cme token list') })
  expect(cme('list').out).toMatch(/^tok1\s+ended/m)

  const lines = await auditLines(db.read, { space: 'try' })
  expect(lines.map(({ actor, what }) => `${actor}: ${what}`)).toEqual([
    'command line: token.revoked',
    'command line: token.added',
    'command line: token.added',
  ])
  expect(JSON.stringify(lines)).not.toMatch(/cme_|m1|sara/i)
})

test.each<[string, string[], RegExp]>([
  ['an unknown space', ['--space', 'nowhere', '--scope', 'moderate'], /no space "nowhere": try/],
  ['an unknown member', ['--space', 'try', '--member', 'ines', '--scope', 'progress'], /no member "ines" in try/],
  ['a member’s scope without a member', ['--space', 'try', '--scope', 'progress'], /--member/],
  ['an unknown scope', ['--space', 'try', '--scope', 'everything'], /read, progress, moderate, admin/],
  ['no scope', ['--space', 'try'], /--scope/],
  ['too many days', ['--space', 'try', '--scope', 'moderate', '--days', '4000'], /1 to 366/],
])('%s is told in a line', async (_, args, words) => {
  const { cme } = await started()
  const { code, err } = cme('add', ...args)
  expect(code).toBe(1)
  expect(err).toMatch(words)
  expect(err).not.toMatch(/\n\s+at /)
})

test('the operator shows and erases what is kept about a member who asks for it, with the word alone', async () => {
  const { db, run } = await started()
  const sara = ['--space', 'try', '--member', 'sara']
  expect(run('my-data', 'show', ...sara).out).toContain('**Name:** Sara')
  expect(JSON.parse(run('my-data', 'show', ...sara, '--json').out)).toMatchObject({ member: { id: 'm1' } })
  expect(run('my-data', 'erase', ...sara, '--word', 'yes')).toMatchObject({
    code: 1,
    err: expect.stringContaining('ERASE'),
  })
  expect(await findMember(db.read, 'try', 'sara')).toBeDefined()
  expect(run('my-data', 'erase', ...sara, '--word', 'ERASE').code).toBe(0)
  expect(await findMember(db.read, 'try', 'sara')).toBeUndefined()
  expect(run('my-data', 'show', ...sara)).toMatchObject({ code: 1, err: expect.stringContaining('Nothing is kept') })
  expect(await auditLines(db.read, { space: 'try' })).toMatchObject([{ actor: 'command line', what: 'member.erased' }])
})
