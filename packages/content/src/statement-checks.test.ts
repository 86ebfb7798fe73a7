import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { broken, lineOf } from '../test/broken-onboarding.ts'
import { loadOnboarding } from './load-onboarding.ts'

const problems = (folder?: string) => {
  const loaded = loadOnboarding(folder, '2026-11-23')
  return 'problems' in loaded ? loaded.problems : []
}
const says = (folder: string) => problems(folder).map(({ say }) => say)

describe('statements and rules', () => {
  test('a wording without a name, with an unknown one, or with a format left out', () => {
    const folder = broken(
      ['statements.yaml', 'The {provider} is accredited', 'Example Health is accredited'],
      ['statements.yaml', 'maximum of {credits}', 'maximum of {hours}'],
      ['statements.yaml', '    ama-pi: PI CME activity\n', ''],
      ['statements.yaml', '- id: ipce', '- id: ipec'],
      ['statements.yaml', '*AMA PRA Category 1 Credits*™', '*AMA PRA Category 1 Credits™'],
    )
    expect(says(folder)).toEqual([
      expect.stringContaining('the statement `ipce` has no wording'),
      expect.stringContaining('{provider} is missing'),
      expect.stringContaining('{hours} is not filled in here; use {provider}, {format}, {credits}'),
      expect.stringContaining('{credits} is missing'),
      expect.stringContaining('the format `ama-pi` has no wording'),
      expect.stringContaining('no statement with the id `ipec`'),
      expect.stringContaining('an asterisk stands alone'),
    ])
    expect(problems(folder)[1]).toMatchObject({
      file: 'onboarding/statements.yaml',
      line: lineOf(folder, 'statements.yaml', 'Example Health is accredited'),
    })
  })

  test('a rule of the activity whose condition does not exist, or that has no words', () => {
    const folder = broken(['activity-rules.yaml', '- id: disclosure-judge', '- id: disclosure-jury'])
    expect(problems(folder)).toEqual([
      {
        file: 'onboarding/activity-rules.yaml',
        line: lineOf(folder, 'activity-rules.yaml', 'disclosure-jury'),
        say: expect.stringContaining('no condition in the code with the id `disclosure-jury`'),
      },
      expect.objectContaining({ say: 'the rule `disclosure-judge` has no words; write them.' }),
    ])
    const loaded = loadOnboarding()
    if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
    const { activityRules, rules } = loaded.onboarding
    expect(activityRules.filter(({ blocks }) => !blocks).map(({ id }) => id)).toEqual([
      'activity-other-format',
      'activity-long-day',
    ])
    expect(rules.length + activityRules.length).toBeGreaterThan(65)
  })
})

describe('a step’s own form is refused', () => {
  test('when it shows nothing, asks twice for the same, or holds more than a platform', () => {
    const evaluation = 'name: measure, label: The measure, kind: text, required: true'
    const folder = broken(
      ['pathway-edtech.yaml', 'name: key, label', 'name: level, label'],
      ['pathway-program.yaml', evaluation, evaluation.replace('The measure', `The measure ${'x'.repeat(40)}`)],
      ['pathway-academic.yaml', 'title: My five lines', 'title: My five lines to the dean of it all'],
      ['pathway-academic.yaml', 'Whose indicator it is, kind: text', 'Whose indicator it is, kind: date'],
      [
        'pathway-accreditation.yaml',
        '        - { name: longest,',
        '        - { name: a, label: A, kind: text }\n        - { name: b, label: B, kind: text }\n        - { name: c, label: C, kind: text }\n        - { name: longest,',
      ],
    )
    expect(says(folder)).toEqual([
      '`title`: at most 24 characters; correct it.',
      '`kind`: a field is one of text, paragraph, one or many; correct it.',
      '`fields`: at most 5 fields; correct it.',
      '`label`: at most 45 characters; correct it.',
    ])
    const twice = broken(['pathway-edtech.yaml', 'name: key, label', 'name: level, label'])
    expect(problems(twice)).toEqual([
      {
        file: 'onboarding/pathway-edtech.yaml',
        line: lineOf(twice, 'pathway-edtech.yaml', '- name: level'),
        say: expect.stringContaining('two fields are called `level`'),
      },
    ])
    const path = join(twice, 'onboarding/pathway-edtech.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('required: true', 'required: false'))
    expect(says(twice)).toContainEqual(expect.stringContaining('nothing in this form is required'))
  })
})
