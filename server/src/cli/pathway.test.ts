import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const CME = fileURLToPath(new URL('../../cme.js', import.meta.url))
const DATA = fileURLToPath(new URL('../../../packages/content/data', import.meta.url))
const cme = (...args: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CME, ...args], { encoding: 'utf8' })
  return { out: stdout, err: stderr, code: status }
}

test('pathway show: all in a line each, one with its steps, and JSON', () => {
  expect(cme('pathway', 'show').out).toMatch(/^newcomer: First steps in CME \(5 steps, 9 hours\)$/m)
  expect(cme('pathway', 'show', 'program').out).toContain('After: prog-needs, prog-firewall')
  expect(JSON.parse(cme('pathway', 'show', 'edtech', '--json').out)).toMatchObject({ id: 'edtech', track: 'edtech' })
  expect(cme('pathway', 'show', 'surgery')).toMatchObject({ code: 1, err: expect.stringContaining('newcomer') })
})

test('content check: counts what is there, or names each problem with its line and exit code 1', () => {
  const sound = cme('content', 'check')
  expect(sound).toMatchObject({ code: 0, out: expect.stringMatching(/^pathways: 5$/m) })
  const folder = mkdtempSync(join(tmpdir(), 'content-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(DATA, folder, { recursive: true })
  const path = join(folder, 'onboarding/pathway-program.yaml')
  writeFileSync(path, readFileSync(path, 'utf8').replace('after: [prog-gap]', 'after: [prog-gpa]'))
  expect(cme('content', 'check', folder)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^onboarding\/pathway-program\.yaml:\d+ there is no step with the id `prog-gpa`/),
  })
})
