import type { Cue, Sign } from '@cme-commons/core'
import { z } from 'zod'

/** What entries are called by other entries. */
export const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words with hyphens, such as `moc-licensure`')
export const words = z.string().trim().min(1, 'this is empty').max(400, 'at most 400 characters')
const phrase = z
  .string()
  .trim()
  .min(2, 'a cue has at least two characters')
  .max(120, 'a cue has at most 120 characters')
const SIGNS = ['sure', 'likely', 'maybe', 'hint', 'none'] as const
const sign = z.enum(SIGNS)

/** Where an entry comes from; every entry carries it. */
export const provenance = {
  source: words,
  checked: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written 2026-11-23'),
  confidence: z.enum(['verified', 'seen-in-code', 'well-known', 'inferred', 'uncertain', 'unproven']),
}
const CUE = new RegExp(`^(\\d) (?:(${SIGNS.join('|')}) )?(\\S.+)$`)

/** The lines of a block that say something: not empty, no comment. */
export const meant = (line: string): boolean => line.trim() !== '' && !line.trim().startsWith('#')

/** Cues stand in one block of text, one a line, `7 likely practice gap`: weight, sign when it is not the usual one, phrase. */
const cues = (max: number) =>
  z.string().transform((block, context): Cue[] =>
    block
      .split('\n')
      .filter(meant)
      .map((line, i) => {
        const [, weight, sign, says] = CUE.exec(line.trim()) ?? []
        const bad = (message: string) => context.addIssue({ code: 'custom', path: [i], message })
        if (!says)
          bad(`"${line.trim()}" is no cue; a cue is written \`7 likely practice gap\`: weight, sign (or none), phrase`)
        else if (says.length > 120) bad('a cue has at most 120 characters')
        else if (Number(weight) < 1 || Number(weight) > max) bad(`"${line.trim()}": a weight is 1 to ${max} here`)
        return { says: says ?? '', weight: Number(weight), ...(sign ? { sign: sign as Sign } : {}) }
      }),
  )

const track = z.strictObject({
  id,
  name: words,
  summary: words,
  topics: z.array(id),
  cues: z.array(phrase).optional(),
  ...provenance,
})
const region = z.strictObject({ id, name: words, topic: id.optional(), cues: z.array(phrase), ...provenance })
const body = z.strictObject({
  id,
  name: words,
  names: z.array(phrase).min(1, 'a body needs at least one name'),
  region: id,
  sign: sign.optional(),
  topic: id.optional(),
  not: z.array(phrase).optional(),
  ...provenance,
})
const topic = z.strictObject({
  id,
  name: words,
  summary: words,
  order: z.int().min(1).max(99),
  tracks: z.array(id),
  region: id.optional(),
  cues: cues(9),
  not: z.array(phrase).optional(),
  ...provenance,
})
const selector = z.string().trim().min(1).max(200, 'at most 200 characters')
const page = z.strictObject({
  list: selector,
  title: selector.optional(),
  link: selector.optional(),
  date: selector.optional(),
  summary: selector.optional(),
})
const source = z.strictObject({
  id,
  name: words,
  url: z.string().optional(),
  kind: z.enum(['feed', 'page', 'manual']),
  enabled: z.boolean(),
  reason: words.optional(),
  body: id.optional(),
  region: id.optional(),
  topic: id.optional(),
  mixed: z.boolean().optional(),
  page: page.optional(),
  sample: z.boolean().optional(),
  ...provenance,
})
const signals = z.strictObject({
  action: cues(3),
  explains: z.array(phrase),
  over: z.array(phrase),
  starts: z.array(phrase),
  after: z.array(phrase),
  comments: z.array(phrase),
  field: cues(9),
  offTopic: cues(6),
  ignore: z.array(phrase),
  otherwise: id,
  ...provenance,
})
const sample = z.strictObject({
  id,
  topic: id,
  body: id.optional(),
  region: id,
  title: words,
  text: z.string().trim().min(1).max(1200, 'at most 1200 characters'),
  dayOffset: z.int().min(-60).max(120),
})
const samples = z.strictObject({ label: words, items: z.array(sample).min(1) })

/** What each file of the data folder must hold. Unknown keys are refused: they are usually a slip of the pen. */
export const files = {
  'tracks.yaml': z.array(track),
  'regions.yaml': z.array(region),
  'bodies.yaml': z.array(body),
  'topics.yaml': z.array(topic),
  'sources.yaml': z.array(source),
  'signals.yaml': signals,
  'sample-news.yaml': samples,
}

/** A made-up item for trying the product out. `dayOffset` counts from the day the try-out began; `{day+21}` is 21 days after the item's own day. */
export type SampleItem = z.infer<typeof sample> & { label: string }
