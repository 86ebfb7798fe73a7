import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const CME = fileURLToPath(new URL('../../cme.js', import.meta.url))
const cme = (args: string[], input = '') => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CME, ...args], { input, encoding: 'utf8' })
  return { out: stdout, err: stderr, code: status, lines: stdout.split('\n').filter(Boolean) }
}

test('what: one term, in words and as JSON; several meanings, the asked jurisdiction first', () => {
  expect(cme(['what', 'ecmec']).out).toMatch(/^ECMEC: European CME Credit\n/)
  expect(JSON.parse(cme(['what', 'ECMEC', '--json']).out)).toMatchObject({ id: 'ecmec', jurisdiction: 'eu' })
  const moc = cme(['what', 'MOC', '--region', 'ca', '--json']).lines.map((line) => JSON.parse(line))
  expect(moc.map(({ jurisdiction }) => jurisdiction)).toEqual(['ca', 'us'])
  expect(cme(['what', 'regularly', 'scheduled', 'series']).out).toMatch(/^RSS: /)
})

test('what: an unknown term is one line with what may have been meant, and exit code 1', () => {
  expect(cme(['what', 'ECMED'])).toMatchObject({
    out: '',
    err: '"ECMED" is not in the glossary: did you mean ECMEC?\n',
    code: 1,
  })
})

test('explain: standard input or a file, the letters in order', () => {
  const found = cme(['explain', '--json'], 'EACCME is not ACCME').lines.map((line) => JSON.parse(line))
  expect(found.map(({ said, at }) => [said, at])).toEqual([
    ['EACCME', 0],
    ['ACCME', 14],
  ])
  expect(cme(['explain', fileURLToPath(new URL('../../../docs/moderators.md', import.meta.url))]).out).toMatch(
    /^CME: |\nECMEC: /,
  )
  expect(cme(['explain'], 'let us play a game').out).toMatch(/^Nothing to explain here/)
  expect(cme(['explain', '/no/such/file'])).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read') })
})
