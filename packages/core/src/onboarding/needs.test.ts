import fc from 'fast-check'
import { expect, test } from 'vitest'
import { overForm } from '../limits.ts'
import { GOOD, hypertension } from './fixtures/good-assessments.ts'
import type { NeedsAssessment } from './needs.ts'
import { answerNeeds, needsFrom } from './needs-answers.ts'
import { formOfField, NEEDS_STEPS, needsForms } from './needs-forms.ts'
import { nextForm, progressOf } from './needs-progress.ts'
import { firstDay, lastDay, readDate, yearsFrom } from './partial-date.ts'

test('the forms follow the order gap, cause, need, objective, format, evaluation and fit every platform', () => {
  for (const doc of [{}, ...Object.values(GOOD)]) {
    const forms = needsForms(doc)
    expect(forms.flatMap(overForm)).toEqual([])
    expect(forms.every(({ fields }) => fields.length >= 1 && fields.every(({ optional }) => optional))).toBe(true)
  }
  const asked = needsForms({}).flatMap(({ fields }) => fields.map(({ name }) => name))
  const order = ['current', 'gap', 'causes', 'need', 'objectives.0', 'format', 'evaluation']
  expect(asked.filter((name) => order.includes(name))).toEqual(order)
  expect(new Set(asked).size).toBe(asked.length)
})

test('a newcomer fills form after form, is led to the next, and what she leaves empty waits', () => {
  let doc: NeedsAssessment = {}
  expect(nextForm(doc)?.id).toBe('needs.practice')
  doc = answerNeeds(doc, 'needs.practice', {
    learners: ' Family physicians ',
    current: '52 % controlled',
    currentDate: 'March 2025',
  })!.doc
  expect(doc).toEqual({ learners: 'Family physicians', current: '52 % controlled', currentDate: '2025-03' })
  expect(progressOf(doc).forms[0]).toMatchObject({ done: 3, total: 5, missing: ['datum', 'population'] })
  expect(nextForm(doc)?.fields[0]).toMatchObject({ name: 'learners', value: 'Family physicians' })
  doc = answerNeeds(doc, 'needs.practice', { datum: '52 %', population: '40 adults' })!.doc
  expect(nextForm(doc)?.id).toBe('needs.source')
})

test('a sound assessment given form by form, in any order and twice over, is the same document', () => {
  for (const doc of Object.values(GOOD)) {
    const forms = needsForms(doc)
    for (const order of [forms, forms.toReversed(), [...forms, ...forms]]) {
      let built: NeedsAssessment = {}
      for (const form of order) {
        const answers = Object.fromEntries(
          form.fields.map((field) => [field.name, field.kind === 'many' ? (field.values ?? []) : (field.value ?? '')]),
        )
        const answered = answerNeeds(built, form.id, answers)!
        expect(answered.fields).toEqual({})
        built = answered.doc
      }
      expect(built).toEqual(doc)
      expect(nextForm(built)).toBeUndefined()
    }
  }
})

test('what cannot be read is said at its field, and what was there stays with what could be read', () => {
  const answered = answerNeeds({ currentDate: '2024' }, 'needs.practice', {
    currentDate: 'last spring',
    datum: '12 %',
  })!
  expect(answered.doc).toEqual({ currentDate: '2024', datum: '12 %' })
  expect(answered.fields).toEqual({ currentDate: expect.stringContaining('2025-06') })
  expect(answerNeeds({}, 'needs.change', { level: '9' })!.fields.level).toMatch(/is not one of/)
  expect(answerNeeds({}, 'needs.gap', { gap: 'x'.repeat(1501) })!.fields.gap).toMatch(/shorten it to 1500/)
  expect(answerNeeds({}, 'needs.nowhere', {})).toBeUndefined()
})

test('an emptied field is cleared, one that was not asked stays', () => {
  const { doc } = answerNeeds(hypertension, 'needs.gap', { gap: '' })!
  const { gap: _, ...rest } = hypertension
  expect(doc).toEqual(rest)
  expect(answerNeeds({ causes: ['system'] }, 'needs.cause', { causes: [] })!.doc).toEqual({})
})

test('an objective keeps its place when the one before it is emptied, and no other press moves it', () => {
  const empty = { 'objectives.0': '', 'serves.0': '' }
  const once = answerNeeds(hypertension, 'needs.objectives', empty)!.doc
  expect(once.objectives).toEqual([{ text: '' }, ...hypertension.objectives!.slice(1)])
  expect(answerNeeds(once, 'needs.objectives', empty)!.doc).toEqual(once)
  const none = answerNeeds(hypertension, 'needs.objectives', { 'serves.1': 'none' })!.doc
  expect(none.objectives![1]).toEqual({ text: hypertension.objectives![1]!.text })
})

test('an objective offers the causes that the gap has', () => {
  const serves = (doc: NeedsAssessment) => needsForms(doc)[6]!.fields[1]!
  expect(serves(hypertension)).toMatchObject({ value: 'competence' })
  const values = (doc: NeedsAssessment) => {
    const field = serves(doc)
    return 'options' in field ? field.options.map(({ value }) => value) : []
  }
  expect(values(hypertension)).toEqual(['competence', 'performance', 'none'])
  expect(values({})).toEqual(['knowledge', 'competence', 'performance', 'system', 'none'])
})

test('an assessment from a file is read by the same rules', () => {
  expect(needsFrom(JSON.parse(JSON.stringify(hypertension)))).toEqual({ doc: hypertension, fields: {} })
  expect(needsFrom({ currentDate: 2024, objectives: ['Titrate'], supporterSuggested: true, gap: null })).toEqual({
    doc: { currentDate: '2024', objectives: [{ text: 'Titrate' }], supporterSuggested: true },
    fields: {},
  })
  const wrong = needsFrom({ topic: 'AI', causes: ['laziness'], gap: ['x'], objectives: [{ text: 'x', serves: 'fun' }] })
  expect(Object.keys(wrong.fields)).toEqual(['topic', 'causes', 'gap', 'objectives'])
  expect(needsFrom('gap').fields).not.toEqual({})
})

test('every field is asked in one form', () => {
  for (const { id, fields } of NEEDS_STEPS) for (const field of fields) expect(formOfField(field)).toMatch(id)
  expect(formOfField('objectives.1')).toBe('needs.objectives')
  expect(formOfField('objectives.5')).toBe('needs.objectives-3')
})

test.each([
  ['2024', '2024'],
  ['2024-05', '2024-05'],
  ['2024-02-29', '2024-02-29'],
  ['May 2024', '2024-05'],
  ['12 May 2024', '2024-05-12'],
  ['2019–2021', '2021'],
  ['FY 2024', '2024'],
  ['Q2 2024', '2024-06'],
  ['Data from 2024', '2024'],
  ['January to June 2025', '2025-06'],
  ['2023-02-29', undefined],
  ['2024-13', undefined],
  ['05/06/2024', undefined],
  ['1850', undefined],
  ['next year', undefined],
  ['', undefined],
])('%s is read as %s', (said, date) => {
  expect(readDate(said)).toBe(date)
})

test('a partial date spans its days', () => {
  expect([firstDay('2024'), lastDay('2024')]).toEqual(['2024-01-01', '2024-12-31'])
  expect([firstDay('2024-02'), lastDay('2024-02')]).toEqual(['2024-02-01', '2024-02-29'])
  expect([firstDay('2024-02-03'), lastDay('2024-02-03')]).toEqual(['2024-02-03', '2024-02-03'])
  expect(yearsFrom('2024-02-29', -5)).toBe('2019-02-28')
})

test('any answers to any form leave a document that its forms can show', () => {
  const answers = fc.dictionary(
    fc.constantFrom(...needsForms({}).flatMap(({ fields }) => fields.map(({ name }) => name))),
    fc.oneof(fc.string(), fc.constantFrom('5', 'yes', 'knowledge', '2025'), fc.array(fc.constantFrom('system', 'x'))),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...NEEDS_STEPS.map(({ id }) => id)), answers)), (presses) => {
      let doc: NeedsAssessment = {}
      for (const [form, given] of presses) {
        doc = answerNeeds(doc, form, given)!.doc
        expect(answerNeeds(doc, form, given)!.doc).toEqual(doc)
      }
      expect(needsForms(doc).flatMap(overForm)).toEqual([])
      expect(needsFrom(JSON.parse(JSON.stringify(doc)))).toEqual({ doc, fields: {} })
    }),
  )
})
