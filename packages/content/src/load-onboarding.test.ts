import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Onboarding } from '@cme-commons/core'
import { describe, expect, test } from 'vitest'
import { broken, lineOf } from '../test/broken-onboarding.ts'
import { loadOnboarding } from './load-onboarding.ts'

const DATA = fileURLToPath(new URL('../data', import.meta.url))
const TODAY = '2026-11-23'
const problems = (folder: string, today: string = TODAY) => {
  const loaded = loadOnboarding(folder, today)
  return 'problems' in loaded ? loaded.problems : []
}
const says = (folder: string) => problems(folder).map(({ say }) => say)
const own = (): Onboarding => {
  const loaded = loadOnboarding(undefined, TODAY)
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems, null, 2))
  return loaded.onboarding
}
describe('the product’s own onboarding', () => {
  test('has the five first steps, with the needs assessment as the first half of the draft', () => {
    const newcomer = own().pathways.find(({ track }) => track === undefined)!
    expect(newcomer.steps.filter(({ partOf }) => !partOf).map(({ name }) => name)).toEqual([
      'Understand CME Fundamentals',
      'Join CME Professional Communities',
      'Review Sample CME Activities',
      'Attend a CME Planning Webinar',
      'Draft a Mock CME Activity',
    ])
    const draft = newcomer.steps.find(({ id }) => id === 'mock-activity')!
    const gate = newcomer.steps.find(({ partOf }) => partOf === draft.id)!
    expect(gate.proof).toEqual({ kind: 'artefact', artefact: 'needs-assessment' })
    expect(draft.after).toContain(gate.id)
  })

  test('has a pathway of six to ten steps for each track and three milestones', () => {
    const { pathways, milestones } = own()
    const tracks = pathways.filter(({ track }) => track)
    expect(tracks.map(({ track }) => track).sort()).toEqual(['academic', 'accreditation', 'edtech', 'program'])
    for (const { steps } of tracks) expect([6, 7, 8, 9, 10]).toContain(steps.length)
    expect(milestones.map(({ id }) => id)).toEqual(['standards', 'outcomes', 'networking'])
  })

  test('asks about all sixteen traps, and its right answers have no place and no length of their own', () => {
    const { questions } = own()
    expect(questions.length).toBeGreaterThanOrEqual(64)
    expect(new Set(questions.flatMap(({ trap }) => trap ?? [])).size).toBe(16)
    const right = questions.map(({ options }) => options.findIndex((option) => option.right))
    for (const place of [0, 1, 2, 3]) expect(right.filter((at) => at === place).length).toBeGreaterThan(15)
    const longest = questions.filter(({ options }) =>
      options.every((option) => option.right || option.text.length < options.find((one) => one.right)!.text.length),
    )
    expect(longest.length).toBeLessThan(questions.length / 2)
  })

  test('has samples from the United States, from Europe and from Joint Accreditation, each labelled', () => {
    const { samples } = own()
    expect(samples.length).toBeGreaterThanOrEqual(8)
    for (const { title } of samples) expect(title).toMatch(/^Made-up sample: /)
    const all = samples.map(({ parts }) => parts.map(({ text }) => text).join('\n'))
    for (const sort of ['EACCME', 'jointly accredited by', 'AMA PRA Category 1 Credit'])
      expect(all.some((text) => text.includes(sort))).toBe(true)
  })

  test('says credit by its name and never calls news by another body’s word', () => {
    const { pathways, resources, sayings, milestones, rubric } = own()
    const text = JSON.stringify({ pathways, resources, sayings, milestones, rubric })
    expect(text).not.toMatch(/RSS|ACCME[- ]approved|Category 1 credit\b|commercial interest|joint sponsorship/)
  })

  test('has another version when any file changes', () => {
    const other = loadOnboarding(broken(['finder.yaml', 'What lands on your desk first?', 'What comes first?']), TODAY)
    expect('onboarding' in other && other.onboarding.version).not.toBe(own().version)
  })
})

describe('slips of one file', () => {
  test('are all reported, each with its file and line', () => {
    const folder = broken(
      ['questions-program.yaml', '  explain:', '  explains:'],
      ['resources.yaml', 'https://sacme.org', 'http://sacme.org'],
      ['milestones.yaml', 'checked: 2026-11-23', 'checked: today'],
    )
    const on = (file: string, words: string, say: string) =>
      expect.objectContaining({
        file: `onboarding/${file}`,
        line: lineOf(folder, file, words),
        say: expect.stringContaining(say),
      })
    const found = problems(folder)
    expect(found).toContainEqual(on('questions-program.yaml', 'explains:', '`explains` is not a key'))
    expect(found).toContainEqual(on('resources.yaml', 'http://sacme.org', 'https://'))
    expect(found).toContainEqual(on('milestones.yaml', 'checked: today', 'a day is written'))
  })

  test('are told in words for an unknown kind of proof, a long option and a sample without its label', () => {
    const folder = broken(
      ['pathway-program.yaml', 'kind: attest', 'kind: promise'],
      [
        'questions-fundamentals.yaml',
        'text: A teaching hospital',
        `text: A teaching hospital ${'of the state '.repeat(6)}`,
      ],
      ['samples.yaml', 'title: "Made-up sample: ', 'title: "'],
    )
    expect(says(folder)).toEqual([
      expect.stringContaining('attest, check, form, artefact or attend'),
      expect.stringContaining('at most 75 characters'),
      expect.stringContaining('Made-up sample'),
    ])
  })

  test('include a missing file', () => {
    const folder = broken()
    rmSync(join(folder, 'onboarding/rules.yaml'))
    expect(problems(folder)).toEqual([
      { file: 'onboarding/rules.yaml', line: 1, say: expect.stringContaining('put the file back') },
    ])
  })

  test('include a day that lies ahead', () => {
    expect(problems(broken(), '2026-01-01').length).toBeGreaterThan(100)
  })
})

describe('a pathway that cannot be walked is refused', () => {
  test('a circle', () => {
    const folder = broken(['pathway-academic.yaml', 'after: [acad-value]', 'after: [acad-abstract]'])
    expect(problems(folder)).toEqual([
      {
        file: 'onboarding/pathway-academic.yaml',
        line: lineOf(folder, 'pathway-academic.yaml', 'after: [acad-abstract]'),
        say: expect.stringContaining('`acad-outcomes` comes after itself'),
      },
      expect.objectContaining({ say: expect.stringContaining('`acad-abstract` comes after itself') }),
    ])
  })

  test('a draft that does not wait for the needs assessment', () => {
    const folder = broken(['pathway-newcomer.yaml', '[needs-assessment, sample-activities]', '[sample-activities]'])
    expect(says(folder)).toEqual([
      expect.stringContaining('does not come after `needs-assessment`'),
      expect.stringContaining('a draft comes only after the needs assessment'),
    ])
  })

  test('a step after an unknown one, after nothing, and after one of another track', () => {
    const folder = broken(
      ['pathway-edtech.yaml', 'after: [mock-activity]', 'after: [mock-activty]'],
      ['pathway-program.yaml', 'after: [mock-activity]', 'after: []'],
      ['pathway-academic.yaml', 'after: [acad-landscape]', 'after: [acc-pars]'],
    )
    expect(says(folder)).toEqual([
      expect.stringContaining('belongs to another track'),
      expect.stringContaining('no step with the id `mock-activty`'),
      expect.stringContaining('`prog-gap` comes after nothing'),
    ])
  })

  test('a check that cannot be passed, or asks what does not exist', () => {
    const folder = broken(
      ['pathway-edtech.yaml', 'pass: 5', 'pass: 7'],
      ['pathway-edtech.yaml', 'tech-round-53,', 'tech-round-54,'],
    )
    expect(says(folder)).toEqual([
      expect.stringContaining('7 right answers of 6'),
      expect.stringContaining('no question with the id `tech-round-54`'),
      expect.stringContaining('no step asks `tech-round-53`'),
    ])
  })

  test('a track without a pathway', () => {
    const folder = broken()
    rmSync(join(folder, 'onboarding/pathway-edtech.yaml'))
    expect(says(folder)).toContainEqual(expect.stringContaining('the track `edtech` has no pathway'))
  })
})

describe('knowledge that contradicts itself is refused', () => {
  test('a question nobody can answer, a trap nobody asks about, a source nobody is sure of', () => {
    const folder = broken(
      ['questions-fundamentals.yaml', '      right: true\n', ''],
      ['questions-fundamentals.yaml', '  trap: 2\n', ''],
      ['questions-program.yaml', 'confidence: verified', 'confidence: uncertain'],
    )
    expect(says(folder)).toEqual([
      expect.stringContaining('1 questions about trap 2 are too few'),
      expect.stringContaining('no option is right'),
      expect.stringContaining('what is uncertain is not asked about'),
    ])
  })

  test('references to nothing', () => {
    const folder = broken(
      ['sayings.yaml', 'steps: [fundamentals, acc-europe]', 'steps: [fundamentals, acc-eurpe]'],
      ['milestones.yaml', 'program: [prog-firewall]', 'program: [tech-xapi]'],
      ['pathway-newcomer.yaml', 'resources: [acehp,', 'resources: [aceph,'],
      ['finder.yaml', 'speaks: [academic] }', 'speaks: [academia] }'],
    )
    expect(says(folder)).toEqual([
      expect.stringContaining('no resource with the id `aceph`'),
      expect.stringContaining('no step with the id `acc-eurpe`'),
      expect.stringContaining('`tech-xapi` is not a step of the track `program`'),
      expect.stringContaining('speaks for `academic`'),
      expect.stringContaining('no track with the id `academia`'),
    ])
  })

  test('the same id twice, levels out of order, and a sample in which little is wrong', () => {
    const folder = broken(
      ['rules.yaml', '- id: no-date\n', '- id: no-source\n'],
      ['rubric.yaml', 'points: 1,', 'points: 2,'],
      ['samples.yaml', '- id: pain-joint', '- id: falls-team'],
    )
    expect(says(folder)).toEqual([
      expect.stringContaining('`falls-team` is used twice'),
      expect.stringContaining('`no-source` is used twice'),
      expect.stringContaining('the rule `no-date` has no words'),
      expect.stringContaining('points of the levels must rise'),
    ])
    const text = readFileSync(join(DATA, 'onboarding/samples.yaml'), 'utf8')
    const flaw = /\n {6}flaw:\n(?: {8}.*\n)+/g
    const [first, second] = text.match(flaw)!
    const harmless = broken(['samples.yaml', first!, '\n'], ['samples.yaml', second!, '\n'])
    expect(says(harmless)).toEqual([expect.stringContaining('has 2 flaws; plant 3 to 5')])
  })
})
