import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { load } from './load.ts'

const DATA = fileURLToPath(new URL('../data', import.meta.url))
const page = readFileSync(new URL('../../../docs/contributing-content.md', import.meta.url), 'utf8')
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text!)
/** The page's examples: the first line of each names the file that it belongs to. */
const examples = blocks('yaml').flatMap((text) => {
  const [, file, entry] = /^# (onboarding\/\S+\.yaml)\n([\s\S]*)$/.exec(text) ?? []
  return file && entry ? [{ file, entry }] : []
})

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
const copy = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'contributing-'))
  folders.push(folder)
  cpSync(DATA, folder, { recursive: true })
  return folder
}
const headOf = (entry: string): string => /^ *- id: \S+/m.exec(entry)![0]

/** Puts an entry in the place of the one with its id, or at the end of the file. */
function put(folder: string, { file, entry }: { file: string; entry: string }): void {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  const head = headOf(entry)
  const indent = head.indexOf('-')
  const at = text.search(new RegExp(`^${head}$`, 'm'))
  if (at < 0) {
    writeFileSync(path, `${text.trimEnd()}\n${entry}`)
    return
  }
  const rest = text.slice(at + head.length)
  const next = rest.search(new RegExp(`^ {${indent}}- `, 'm'))
  writeFileSync(path, `${text.slice(0, at)}${entry}${next < 0 ? '' : rest.slice(next)}`)
}

test('the page has one example each of a step, a question, a sample, a rule’s text, a term and a statement', () => {
  expect(examples.map(({ file }) => file.replace(/^onboarding\/|(-program)?\.yaml$/g, ''))).toEqual([
    'pathway',
    'questions',
    'samples',
    'activity-rules',
    'glossary',
    'statements',
  ])
})

test('the examples, and each other proof of a step, are what the loader accepts', () => {
  const folder = copy()
  for (const example of examples) put(folder, example)
  const step = examples[0]!
  const proofs = blocks('yaml').filter((text) => text.startsWith('proof:'))
  expect(proofs.map((text) => /kind: (\w+)/.exec(text)![1])).toEqual(['attest', 'attend', 'form'])
  // A pathway has at most twelve steps: each proof is tried on its own.
  for (const [i, proof] of proofs.entries()) {
    const indented = proof.trimEnd().replace(/^/gm, '    ')
    const entry = step.entry.replace('prog-handover', `prog-other-${i}`).replace(/^ {4}proof:.*$/m, indented)
    const tried = copy()
    for (const example of examples) put(tried, example)
    put(tried, { file: step.file, entry })
    expect(load(tried, '2026-11-23')).not.toHaveProperty('problems')
  }
  const loaded = load(folder, '2026-11-23')
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems, null, 2))
  const { onboarding, glossary } = loaded.knowledge
  const steps = onboarding.pathways.flatMap(({ steps }) => steps)
  expect(steps.some(({ id }) => id === 'prog-handover')).toBe(true)
  expect(onboarding.questions.some(({ id }) => id === 'need-handover')).toBe(true)
  expect(onboarding.samples.some(({ id }) => id === 'asthma-workshop')).toBe(true)
  expect(onboarding.activityRules.find(({ id }) => id === 'activity-no-audience')?.wrong).toMatch(/whom/)
  expect(glossary.some(({ id }) => id === 'handover-note')).toBe(true)
  expect(onboarding.statements.find(({ id }) => id === 'ipce')?.note).toMatch(/two or more professions/)
})

test('a slip is told as the page says, with its file and line', () => {
  const folder = copy()
  for (const { file, entry } of examples)
    put(folder, { file, entry: entry.replace('      because: A wish', '      becaus: A wish') })
  const loaded = load(folder, '2026-11-23')
  const told = 'problems' in loaded ? loaded.problems : []
  const written = blocks('text')[0]!.trim().split('\n')
  expect(told.map(({ file, say }) => `${file} ${say}`)).toEqual(written.map((line) => line.replace(/:\d+ /, ' ')))
  const lines = readFileSync(join(folder, told[1]!.file), 'utf8').split('\n')
  expect(lines[told[1]!.line - 1]).toContain('becaus:')
})
