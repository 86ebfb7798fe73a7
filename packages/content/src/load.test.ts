import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { load } from './load.ts'

const DATA = fileURLToPath(new URL('../data', import.meta.url))
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A copy of the content in which `from` (which must stand in the file) is `to`. */
function broken(...slips: [file: string, from: string, to: string][]): string {
  const folder = mkdtempSync(join(tmpdir(), 'content-'))
  folders.push(folder)
  cpSync(DATA, folder, { recursive: true })
  for (const [file, from, to] of slips) {
    const text = readFileSync(join(folder, file), 'utf8')
    expect(text).toContain(from)
    writeFileSync(join(folder, file), text.replace(from, to))
  }
  return folder
}
const problems = (folder: string, today?: string) => {
  const loaded = load(folder, today)
  return 'problems' in loaded ? loaded.problems : []
}
const lineOf = (folder: string, file: string, words: string) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(words)) + 1

test('the product’s own content loads, and nothing unproven is switched on', () => {
  const loaded = load(undefined, '2026-11-23')
  expect(loaded).not.toHaveProperty('problems')
  if ('problems' in loaded) return
  const { knowledge, samples } = loaded
  expect(knowledge.tracks.map(({ id }) => id)).toEqual(['accreditation', 'program', 'edtech', 'academic'])
  expect(knowledge.topics).toHaveLength(18)
  expect(knowledge.sources.filter(({ enabled }) => enabled).map(({ id }) => id)).toEqual(['sample'])
  expect(samples.length).toBeGreaterThanOrEqual(55)
  expect(knowledge.version).toMatch(/^[0-9a-f]{12}$/)
})

test('the version changes with any file', () => {
  const one = load()
  const other = load(broken(['regions.yaml', 'name: International', 'name: Worldwide']))
  if ('problems' in one || 'problems' in other) throw new Error('must load')
  expect(other.knowledge.version).not.toBe(one.knowledge.version)
})

test('a line that is not YAML is named with what to do', () => {
  const folder = broken(['tracks.yaml', '  name: Program Developers', '  name: "Program Developers'])
  const [problem, ...rest] = problems(folder)
  expect(rest).toEqual([])
  expect(problem).toMatchObject({ file: 'tracks.yaml' })
  expect(problem!.line).toBeGreaterThanOrEqual(lineOf(folder, 'tracks.yaml', '"Program Developers'))
  expect(problem!.say).toMatch(/cannot be read.*(correct|check)/)
})

test('a key that stands twice and a tab are named on their lines', () => {
  const twice = broken(['tracks.yaml', '  name: Program Developers\n', '  name: Program Developers\n  name: Again\n'])
  expect(problems(twice)).toEqual([
    {
      file: 'tracks.yaml',
      line: lineOf(twice, 'tracks.yaml', 'name: Again'),
      say: expect.stringContaining('stands twice'),
    },
  ])
  const tab = broken(['tracks.yaml', '  name: Program Developers\n', '\tname: Program Developers\n'])
  expect(problems(tab)).toMatchObject([{ file: 'tracks.yaml', say: expect.stringMatching(/use spaces|indentation/) }])
})

test('a missing file is one problem', () => {
  const folder = broken()
  rmSync(join(folder, 'bodies.yaml'))
  expect(problems(folder)).toEqual([
    { file: 'bodies.yaml', line: 1, say: expect.stringContaining('put the file back') },
  ])
})

test('a misspelt key, a missing one and a wrong value are all reported, each on its line', () => {
  const folder = broken(
    ['tracks.yaml', '  summary: Compliance', '  sumary: Compliance'],
    ['sources.yaml', '  kind: manual', '  kind: brochure'],
    ['topics.yaml', '  order: 3', '  order: third'],
  )
  const found = problems(folder)
  const on = (file: string, words: string) => ({ file, line: lineOf(folder, file, words) })
  expect(found).toContainEqual(
    expect.objectContaining({ ...on('tracks.yaml', 'sumary:'), say: expect.stringContaining('`sumary` is not a key') }),
  )
  expect(found).toContainEqual(expect.objectContaining({ file: 'tracks.yaml', say: '`summary` is missing; add it.' }))
  expect(found).toContainEqual(
    expect.objectContaining({
      ...on('sources.yaml', 'brochure'),
      say: expect.stringContaining('feed, page, manual'),
    }),
  )
  expect(found).toContainEqual(
    expect.objectContaining({ ...on('topics.yaml', 'order: third'), say: '`order` must be a number; correct it.' }),
  )
})

test('a cue that cannot be read is named with its own line, comments counted', () => {
  const folder = broken(
    ['topics.yaml', '    7 likely test item', '    # a comment\n    seven test item'],
    ['signals.yaml', '  6 CME Group\n', '  9 CME Group\n'],
  )
  expect(problems(folder)).toEqual([
    {
      file: 'topics.yaml',
      line: lineOf(folder, 'topics.yaml', '    seven test item'),
      say: expect.stringContaining('a cue is written `7 likely practice gap`'),
    },
    {
      file: 'signals.yaml',
      line: lineOf(folder, 'signals.yaml', '  9 CME Group'),
      say: expect.stringContaining('a weight is 1 to 6 here'),
    },
  ])
})

test('references, doubles and empty promises across files are found together', () => {
  const folder = broken(
    ['tracks.yaml', 'topics: [needs-design,', 'topics: [need-design,'],
    ['bodies.yaml', 'id: aafp,', 'id: ama,'],
    ['topics.yaml', '9 sure credit designation', '9 sure ineligible compan*'],
    ['sources.yaml', '  region: ca', '  region: canada'],
    ['signals.yaml', 'otherwise: criteria-policy', 'otherwise: policy'],
  )
  const says = problems(folder).map(({ file, line, say }) => `${file}:${line} ${say}`)
  expect(says.join('\n')).toContain('there is no topic with the id `need-design`')
  expect(says.join('\n')).toContain('the id `ama` is used twice')
  expect(says.join('\n')).toContain('already belongs to `standards-integrity`')
  expect(says.join('\n')).toContain('there is no region with the id `canada`')
  expect(says).toContain(
    `signals.yaml:${lineOf(folder, 'signals.yaml', 'otherwise: policy')} there is no topic with the id \`policy\`; correct it or add the topic.`,
  )
})

test('a source is not switched on unverified, nor off without a reason, nor left without a proper address', () => {
  const folder = broken(
    [
      'sources.yaml',
      'url: https://accme.org/feed/\n  kind: feed\n  enabled: false',
      'url: ftp://accme.org/feed/\n  kind: feed\n  enabled: true',
    ],
    [
      'sources.yaml',
      "  reason: The publisher's pattern is known, but the journal code in this address is a guess. Copy the feed address from the journal's page and add it with `pnpm cme feeds add`, or try `pnpm cme feeds enable jcme`.\n",
      '',
    ],
  )
  const says = problems(folder)
    .map(({ say }) => say)
    .join('\n')
  expect(says).toContain('`accme-news` is enabled but not verified')
  expect(says).toContain('`ftp://accme.org/feed/` is not an http(s) address')
  expect(says).toContain('`jcme` is disabled without a reason')
})

test('`checked` is a day of the calendar, and not in the future', () => {
  expect(problems(DATA, '2026-11-22').length).toBeGreaterThan(50)
  const folder = broken(['regions.yaml', 'checked: 2026-11-23', 'checked: 2026-02-30'])
  expect(problems(folder, '2026-11-23')).toEqual([
    {
      file: 'regions.yaml',
      line: lineOf(folder, 'regions.yaml', '2026-02-30'),
      say: '2026-02-30 is not a day of the calendar; correct it.',
    },
  ])
})

test('a track and a topic say the same of each other, and a day gets its sense from an action cue, once', () => {
  const folder = broken(
    ['topics.yaml', '  tracks: [edtech]', '  tracks: [edtech, academic]'],
    [
      'tracks.yaml',
      'edtech-ai, data-reporting, moc-licensure',
      'edtech-ai, credit-system, data-reporting, moc-licensure',
    ],
    ['signals.yaml', 'after: [after]', 'after: [afterwards, effective]'],
  )
  expect(problems(folder).map(({ say }) => say)).toEqual([
    expect.stringContaining('`credit-system` does not name the track `edtech`'),
    expect.stringContaining('the track `academic` does not list `edtech-ai`'),
    expect.stringContaining('"afterwards" is no action cue'),
    expect.stringContaining('"effective" already stands in `starts`'),
  ])
})

test('a topic that nothing can reach is reported', () => {
  const folder = broken(['topics.yaml', '- id: off-topic', '- id: leftovers'])
  const says = problems(folder)
    .map(({ say }) => say)
    .join('\n')
  expect(says).toContain('no cue of `leftovers` weighs 3 or more')
  expect(says).toContain('the topic `off-topic` is missing')
})
