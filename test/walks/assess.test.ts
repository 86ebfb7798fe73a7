import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { stringify } from 'yaml'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'

const entry = fileURLToPath(new URL('../../server/cme.js', import.meta.url))

/** Runs `cme assess` on a file with these contents. */
async function assess(contents: string | undefined, ...options: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'cme-assess-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'needs.yaml')
  if (contents !== undefined) writeFileSync(file, contents)
  const child = spawn(process.execPath, [entry, 'assess', file, ...options], { env: { PATH: process.env.PATH } })
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((end) => child.on('close', end)),
  ])
  return { code, out, err }
}

test('a sound needs assessment is ready, exit code 0', async () => {
  const { code, out } = await assess(stringify(hypertension))
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringContaining('Ready: a mock activity may be drafted on it.'),
  })
  const { ready, findings, errors } = JSON.parse((await assess(stringify(hypertension), '--json')).out)
  expect({ ready, findings, errors }).toEqual({ ready: true, findings: [], errors: [] })
})

test('without a baseline it is not, with what is wrong, why, how to mend it and the source, exit code 1', async () => {
  const { baseline: _, ...doc } = hypertension
  const { code, out } = await assess(stringify(doc))
  expect(code).toBe(1)
  expect(out).toMatch(
    /^the baseline: There is no baseline yet\.\n {2}Why: .+\n {2}Mend it: .+\n {2}Source: .+\[no-baseline\]$/m,
  )
  const json = JSON.parse((await assess(stringify(doc), '--json')).out)
  expect(json).toMatchObject({ ready: false, findings: [{ rule: 'no-baseline', field: 'baseline', blocks: true }] })
})

test.each([
  ['a field that there is not', 'gaps: x\n', /`gaps`/],
  ['an empty file', '', /list of fields/],
  ['a list', '- a\n- b\n', /list of fields/],
  ['no YAML', 'gap: [x\n', /needs\.yaml:\d+ is no YAML/],
  ['no file', undefined, /cannot be read \(ENOENT\)/],
])('%s is told in a line', async (_, contents, words) => {
  const { code, out, err } = await assess(contents)
  expect(code).toBe(1)
  expect(out + err).toMatch(words)
  expect(out + err).not.toMatch(/\n\s+at /)
})
