import { LIMITS } from '@cme-commons/core'
import { z } from 'zod'
import { id as anyId, provenance } from './schema.ts'

/** What a card can hold besides the words that a view adds around the content. */
export const ROOM = LIMITS.card.text - 400

const id = anyId.max(40, 'at most 40 characters, so that it fits into a button')
const words = (max: number) => z.string().trim().min(1, 'this is empty').max(max, `at most ${max} characters`)
const minutes = z.int().min(1, 'at least one minute').max(3000, 'at most 3000 minutes')
const label = words(LIMITS.button.label)

const resource = z.strictObject({
  id,
  name: label,
  href: z
    .string()
    .regex(/^https:\/\/[^\s/]+\.[^\s/]+/, 'an address begins with https://')
    .max(LIMITS.button.href, `at most ${LIMITS.button.href} characters`),
  minutes,
  cost: z.enum(['free', 'paid', 'members', 'varies']),
  ...provenance,
})

const asked = {
  name: id,
  label: words(LIMITS.field.label),
  hint: words(LIMITS.field.hint).optional(),
  required: z.boolean().optional(),
}
const option = z.strictObject({ value: id, label: words(LIMITS.option.label) })
const field = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ ...asked, kind: z.enum(['text', 'paragraph']) }),
    z.strictObject({
      ...asked,
      kind: z.enum(['one', 'many']),
      options: z.array(option).min(2, 'at least 2 options').max(10, 'at most 10 options'),
    }),
  ],
  { error: 'a field is one of text, paragraph, one or many' },
)
const proof = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('attest'), ask: words(LIMITS.field.hint) }),
    z.strictObject({
      kind: z.literal('check'),
      questions: z.array(id).min(1, 'a check needs a question').max(10, 'at most 10 questions in one check'),
      pass: z.int().min(1, 'at least one answer must be right'),
    }),
    z.strictObject({
      kind: z.literal('artefact'),
      artefact: z.enum(['needs-assessment', 'activity-draft', 'sample-review']),
    }),
    z.strictObject({ kind: z.literal('attend'), ask: words(LIMITS.field.hint) }),
    z.strictObject({
      kind: z.literal('form'),
      title: words(LIMITS.form.title),
      fields: z
        .array(field)
        .min(1, 'a form needs a field')
        .max(LIMITS.form.fields, `at most ${LIMITS.form.fields} fields`),
    }),
  ],
  { error: 'a proof is one of attest, check, form, artefact or attend' },
)
const step = z.strictObject({
  id,
  name: label,
  partOf: id.optional(),
  purpose: words(400),
  todo: z.array(words(300)).min(1, 'a step needs something to do').max(6, 'at most 6 things to do'),
  resources: z.array(id).max(4, 'at most 4 resources, one button each'),
  proof,
  after: z.array(id),
  unlocks: words(200).optional(),
  minutes,
  ...provenance,
})
const pathway = z.strictObject({
  id,
  name: label,
  track: id.optional(),
  steps: z.array(step).min(5, 'a pathway has at least 5 steps').max(12, 'a pathway has at most 12 steps'),
  ...provenance,
})
const milestone = z.strictObject({
  id,
  name: label,
  says: words(400),
  steps: z.array(id).min(1, 'a milestone needs a step'),
  onTrack: z.record(id, z.array(id).min(1, 'name a step or leave the track out')).optional(),
  ...provenance,
})
const question = z.strictObject({
  id,
  tracks: z.array(id).min(1, 'a question belongs to a track'),
  trap: z.int().min(1).max(16).optional(),
  ask: words(300),
  options: z
    .array(z.strictObject({ text: words(LIMITS.option.label), right: z.boolean().optional(), because: words(300) }))
    .min(3, 'at least 3 options')
    .max(4, 'at most 4 options'),
  explain: words(700),
  resource: id.optional(),
  ...provenance,
})
const finder = z.strictObject({
  id,
  ask: words(LIMITS.field.label),
  options: z
    .array(z.strictObject({ text: words(LIMITS.option.label), speaks: z.array(id).min(1, 'name a track') }))
    .min(3, 'at least 3 options')
    .max(6, 'at most 6 options'),
})
const flaw = z.strictObject({
  trap: z.int().min(1).max(16).optional(),
  wrong: words(300),
  rule: words(300),
  ...provenance,
})
const sample = z.strictObject({
  id,
  title: words(LIMITS.card.title).regex(/^Made-up sample: /, 'a title begins with "Made-up sample: "'),
  parts: z
    .array(z.strictObject({ id, name: words(LIMITS.option.label), text: words(500), flaw: flaw.optional() }))
    .min(6, 'at least 6 parts')
    .max(10, 'at most 10 parts'),
  ...provenance,
})
const rule = z.strictObject({
  id,
  wrong: words(140),
  why: words(400),
  mend: words(400),
  blocks: z.boolean(),
  ...provenance,
})
const statement = z.strictObject({
  id,
  name: words(LIMITS.card.title),
  owner: words(100),
  wording: words(520),
  formats: z.record(id, words(60)).optional(),
  note: words(300).optional(),
  ...provenance,
})
const criterion = z.strictObject({
  id,
  name: words(LIMITS.field.label),
  levels: z
    .array(z.strictObject({ points: z.int().min(0).max(10), name: words(LIMITS.option.label - 5), says: words(300) }))
    .min(3, 'at least 3 levels')
    .max(4, 'at most 4 levels'),
  ...provenance,
})
const saying = z.strictObject({
  id,
  kind: z.enum(['greeting', 'saying', 'norm', 'mistake', 'fact']),
  says: words(200),
  teaches: words(500),
  steps: z.array(id),
  ...provenance,
})

/** What each file of the onboarding folder must hold; a pathway and each group of questions has a file of its own. */
export const shapes = {
  resource: z.array(resource),
  pathway,
  milestone: z.array(milestone),
  question: z.array(question),
  finder: z.array(finder),
  sample: z.array(sample),
  rule: z.array(rule),
  statement: z.array(statement),
  criterion: z.array(criterion),
  saying: z.array(saying),
}
