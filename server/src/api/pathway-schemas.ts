import { z } from '@hono/zod-openapi'

const provenance = {
  source: z.string(),
  checked: z.iso.date().describe('When a person last looked.'),
  confidence: z.enum(['verified', 'seen-in-code', 'well-known', 'inferred', 'uncertain']),
}
const resource = z.strictObject({
  id: z.string(),
  name: z.string(),
  href: z.url(),
  minutes: z.int().positive(),
  cost: z.enum(['free', 'paid', 'members', 'varies']),
  checked: provenance.checked,
})
const step = z.strictObject({
  id: z.string(),
  name: z.string(),
  partOf: z.string().nullable().describe('The step that it is the first half of.'),
  purpose: z.string(),
  todo: z.array(z.string()),
  proof: z
    .enum(['attest', 'check', 'form', 'attend', 'needs-assessment', 'activity-draft', 'sample-review'])
    .describe('How it is shown to be done: told, by questions, by a form, by attendance, or by what is made.'),
  after: z.array(z.string()).describe('The steps that come first.'),
  unlocks: z.string().nullable(),
  minutes: z.int().positive(),
  resources: z.array(resource),
  ...provenance,
})
const seen = { source: 'accme.org/standards', checked: '2026-11-23', confidence: 'verified' } as const
const example = {
  id: 'newcomer',
  name: 'First steps in CME',
  track: null,
  minutes: 90,
  steps: [
    {
      id: 'fundamentals',
      name: 'Understand CME Fundamentals',
      partOf: null,
      purpose: 'Know who accredits whom, what carries credit, and what independence means.',
      todo: ['Answer nine short questions.'],
      proof: 'check' as const,
      after: [],
      unlocks: 'The sample activities and the needs assessment.',
      minutes: 90,
      resources: [],
      ...seen,
    },
  ],
  ...seen,
}

export const pathway = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    track: z.string().nullable().describe('The track it belongs to; null is the newcomer’s, which comes first.'),
    minutes: z.int().positive().describe('How long all its steps take.'),
    steps: z.array(step),
    ...provenance,
  })
  .openapi('Pathway', { example })

export const pathwayList = z
  .strictObject({ pathways: z.array(pathway) })
  .openapi('PathwayList', { example: { pathways: [example] } })
