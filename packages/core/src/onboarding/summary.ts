import type { Block } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Onboarding, Pathway, Saying, Step } from '../knowledge/onboarding.ts'
import { em, link, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'
import { dayInWords } from '../views/item.ts'
import { trackName } from '../views/names.ts'
import { duration } from '../views/pathway.ts'
import { milestonesOf, pathwaysFor, type StepRecord } from './pathway.ts'
import { type CheckAnswer, checkOf } from './pathway-check.ts'
import { toldOf } from './pathway-proof.ts'
import { markSample } from './pathway-sample.ts'
import type { PlanningFile, Section } from './planning-file.ts'

/** What a member made in a space, as its rows have it. `documents` are lines on the needs assessment and the mock activity. */
export type Made = {
  name?: string
  community: string
  track?: string
  started?: Instant
  records: readonly StepRecord[]
  answers: readonly (CheckAnswer & { step: string })[]
  marks: readonly { sample: string; marked: readonly string[] }[]
  documents: Readonly<Partial<Record<'needs-assessment' | 'activity-draft', Text>>>
}

/** A step that was done, with what shows it. */
export type StepShown = {
  step: Step
  begun: Instant
  done: Instant
  evidence: readonly { name: string; value: Text }[]
}
/** A pathway in a summary: complete when no step of it is left. `open` are the steps that are. */
export type SummaryPart = { pathway: Pathway; done: readonly StepShown[]; open: readonly Step[]; complete: boolean }
/** `minutes` are the planned times of the steps that were done: estimates, nothing was measured. */
export type Summary = Pick<Made, 'name' | 'community' | 'track' | 'started'> & {
  parts: readonly SummaryPart[]
  minutes: number
  milestones: readonly string[]
  made: readonly Text[]
}

/** What a member did so far: her own pathways, and of other tracks what she did there. */
export function summaryOf(onboarding: Onboarding, made: Made): Summary {
  const own = pathwaysFor(onboarding, made.track)
  const others = onboarding.pathways.filter((pathway) => !own.includes(pathway))
  const parts = [...own, ...others].map((pathway) => partOf(onboarding, pathway, made))
  const { name, community, track, started } = made
  return {
    ...(name ? { name } : {}),
    community,
    ...(track ? { track } : {}),
    ...(started ? { started } : {}),
    parts: parts.filter(({ pathway, done }) => own.includes(pathway) || done.length > 0),
    minutes: parts.flatMap(({ done }) => done).reduce((sum, { step }) => sum + step.minutes, 0),
    milestones: milestonesOf(onboarding, track, made.records).flatMap(({ milestone, reached }) =>
      reached ? [milestone.name] : [],
    ),
    made: unfinished(own, made),
  }
}

const made = (line?: Text): Text[] => (line ? [line] : [])

/** Documents whose step is not done yet: those of a step that is stand with it. */
const unfinished = (own: readonly Pathway[], { documents, records }: Made): Text[] =>
  own
    .flatMap(({ steps }) => steps)
    .filter(({ id }) => !records.some(({ step, done }) => step === id && done))
    .flatMap(({ proof }) =>
      proof.kind === 'artefact' && proof.artefact !== 'sample-review' ? made(documents[proof.artefact]) : [],
    )

function partOf(onboarding: Onboarding, pathway: Pathway, made: Made): SummaryPart {
  const done = pathway.steps.flatMap((step): StepShown[] => {
    const record = made.records.find((one) => one.step === step.id)
    if (!record?.done) return []
    return [{ step, begun: record.begun, done: record.done, evidence: evidenceOf(onboarding, step, record, made) }]
  })
  const open = pathway.steps.filter((step) => !done.some((one) => one.step === step))
  return { pathway, done, open, complete: open.length === 0 }
}

function evidenceOf(onboarding: Onboarding, step: Step, record: StepRecord, made: Made): StepShown['evidence'] {
  const told = toldOf(step, record).map(({ name, value }) => ({
    name: name === 'You wrote' ? 'Own words' : name,
    value: t`${value}`,
  }))
  const check = checkOf(
    step,
    onboarding,
    made.answers.filter((answer) => answer.step === step.id),
  )
  return [
    ...told,
    ...(check
      ? [
          {
            name: 'Knowledge check',
            value: t`passed${check.passed ? `, ${check.right} of ${check.questions.length} right in the end` : ''} (needed: ${check.pass}; wrong answers explain themselves and can be tried again)`,
          },
        ]
      : []),
    ...(step.proof.kind === 'artefact' ? artefact(onboarding, step.proof.artefact, made) : []),
  ]
}

function artefact(onboarding: Onboarding, kind: string, { marks, documents }: Made): StepShown['evidence'] {
  if (kind !== 'sample-review') {
    const line = documents[kind as keyof typeof documents]
    return line ? [{ name: 'Made', value: line }] : []
  }
  return marks.flatMap(({ sample, marked }) => {
    const found = onboarding.samples.find(({ id }) => id === sample)
    if (!found) return []
    const told = markSample(found, marked)
    return [{ name: 'Reviewed', value: t`${found.title}: ${told.found} of ${told.planted} planted flaws found` }]
  })
}

/** What stands at the foot of a summary, on every page of it. */
export const RECORD_NOTE = 'A record that the member keeps. It is no certificate and carries no credit.'
/** The saying of the content that tells what a summary can be used for. */
export const TEAM_CPD = 'team-cpd'

/** The summary as a document to keep: what was done, when, shown by what, how long it was planned to take, and what it is for. */
export function summaryFile(summary: Summary, knowledge: Knowledge, at: Instant): PlanningFile {
  const { name, community, track, started, parts, milestones, made } = summary
  const use = knowledge.onboarding.sayings.find(({ id }) => id === TEAM_CPD)
  const facts = [
    ...(name ? [{ name: 'Member', value: t`${name}` }] : []),
    { name: 'Community', value: t`${community}` },
    ...(track ? [{ name: 'Track', value: t`${trackName(knowledge, track)}` }] : []),
    ...(started ? [{ name: 'Begun', value: t`${when(started, 'day')}` }] : []),
    { name: 'As of', value: t`${when(at, 'day')}` },
    { name: 'Time', value: hoursText(summary) },
    ...(milestones.length > 0 ? [{ name: 'Milestones reached', value: t`${milestones.join('; ')}` }] : []),
  ]
  return {
    title: name ? `Onboarding in CME: what ${name} did` : 'Onboarding in CME: what was done',
    foot: RECORD_NOTE,
    sections: [
      {
        title: 'About this record',
        blocks: [
          { kind: 'text', text: t`${RECORD_NOTE}` },
          { kind: 'facts', facts },
        ],
      },
      ...parts.map(partSection),
      ...(made.length > 0
        ? [{ title: 'Begun and not finished yet', blocks: [{ kind: 'list' as const, items: made }] }]
        : []),
      ...(use ? [useSection(use)] : []),
    ],
  }
}

/** How many steps of a part are done, of how many; a step that is counted with another is left out, as on her pathway. */
export const stepsIn = ({ done, open }: SummaryPart): { done: number; total: number } => {
  const counted = (steps: readonly Step[]) => steps.filter(({ partOf }) => partOf === undefined).length
  const made = counted(done.map(({ step }) => step))
  return { done: made, total: made + counted(open) }
}

/** How long it was planned to take, and that nothing was measured. */
export const hoursText = ({ minutes, parts }: Summary): Text => {
  const steps = parts.reduce((sum, part) => sum + stepsIn(part).done, 0)
  return t`about ${duration(minutes)} for ${steps === 1 ? 'one step' : `${steps} steps`}: the planned times, estimates; nothing was measured`
}

const partSection = (part: SummaryPart): Section => ({
  title: part.pathway.name,
  blocks: [
    {
      kind: 'text',
      text: part.complete
        ? t`Complete: every step was done.`
        : t`${stepsIn(part).done} of ${stepsIn(part).total} steps done so far.`,
    },
    ...part.done.map(
      ({ step, begun, done, evidence }): Block => ({
        kind: 'facts',
        facts: [
          { name: step.name, value: t`done ${when(done, 'day')}` },
          { name: 'Begun', value: t`${when(begun, 'day')}` },
          { name: 'Planned time', value: t`about ${duration(step.minutes)}` },
          ...evidence,
        ],
      }),
    ),
    ...(part.open.length > 0
      ? [{ kind: 'text' as const, text: t`Open: ${part.open.map(({ name }) => name).join('; ')}.` }]
      : []),
  ],
})

/** What a saying of the content tells, with where it is from and when a person last looked. */
export function sourcedText({ says, teaches, source, checked }: Saying): Text[] {
  const href = /^[\w.-]+\.[a-z]{2,}\/\S*$/.test(source) ? `https://${source}` : undefined
  return [
    t`${says} ${teaches}`,
    t`${em('Source: ')}${href ? link(source, href) : source}, checked ${dayInWords(checked)}.`,
  ]
}

const useSection = (use: Saying): Section => ({
  title: 'What it can be used for',
  blocks: sourcedText(use).map((text) => ({ kind: 'text', text })),
})
