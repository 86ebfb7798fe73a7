import type { Block, Button, Card } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Onboarding, Resource, Step } from '../knowledge/onboarding.ts'
import { overCard } from '../limits.ts'
import {
  completePart,
  isComplete,
  type Path,
  type PathPart,
  type PathStep,
  type StepRecord,
} from '../onboarding/pathway.ts'
import { toldOf } from '../onboarding/pathway-proof.ts'
import { STEP_ANSWER_SHOWN } from '../onboarding/step-form.ts'
import { cut, em, link, strong, type Text, t, when } from '../text.ts'
import { dayInWords } from './item.ts'
import { trackName } from './names.ts'

export const myPath: Button = { label: 'My pathway', act: { do: 'path' } }
export const myProgress: Button = { label: 'My progress', act: { do: 'progress' } }
export const mySummary: Button = { label: 'My summary', act: { do: 'summary' } }
/** Offered where a pathway is complete. */
export const summaryButtons = ({ parts }: Path): Button[] =>
  parts.some(({ steps }) => isComplete(steps)) ? [mySummary] : []
/** Said where the last step of a pathway is done. */
export const completeText = ({ pathway }: PathPart): Text =>
  t`That was the last step of “${pathway.name}”. Your summary has what you did, with dates and evidence, to keep.`
const stepButton = ({ id, name }: Step, primary = false): Button => ({
  label: cut(name, 75),
  ...(primary ? { style: 'primary' as const } : {}),
  act: { do: 'step', step: id },
})

/** A length of time in words: `45 minutes`, `2 hours`, `1 hour 15 minutes`. */
export function duration(minutes: number): string {
  const many = (count: number, word: string) => (count > 0 ? [`${count} ${word}${count === 1 ? '' : 's'}`] : [])
  return [...many(Math.floor(minutes / 60), 'hour'), ...many(minutes % 60, 'minute')].join(' ') || 'no time'
}

/** `card` with as many of the blocks, in their order, as every platform has room for. */
export function withRoom(card: Card, blocks: readonly Block[]): Card {
  let full = card
  for (const block of blocks) {
    const longer = { ...full, blocks: [...full.blocks, block] }
    if (overCard(longer, () => '').length > 0) break
    full = longer
  }
  return full
}

/** The steps of the member's pathways: done, next, open or locked, and what a locked one waits for. */
export function pathCard(path: Path, onboarding: Onboarding, track?: string): Card {
  const begun = path.parts.some(({ done }) => done > 0)
  const greeting = onboarding.sayings.find(({ kind }) => kind === 'greeting')
  const open = path.parts.flatMap(({ steps }) => steps).filter(({ state }) => state === 'open')
  return {
    title: 'My pathway',
    blocks: [
      ...(greeting && !begun ? [{ kind: 'quote' as const, text: t`${greeting.says}` }] : []),
      ...(greeting && !begun ? [{ kind: 'text' as const, text: t`${greeting.teaches}` }] : []),
      ...path.parts.flatMap(partBlocks),
      { kind: 'text', text: whatNext(path, track) },
    ],
    buttons: [
      ...(path.next ? [stepButton(path.next, true)] : []),
      ...(track === undefined ? [{ label: 'Find my track', act: { do: 'path.find' as const } }] : []),
      ...open.slice(0, 5).map(({ step }) => stepButton(step)),
      myProgress,
      ...summaryButtons(path),
    ],
  }
}

const partBlocks = ({ pathway, steps, done, total }: PathPart): Block[] => [
  { kind: 'progress', done, total, label: cut(pathway.name, 80) },
  {
    kind: 'list',
    bare: true,
    items: steps.map((at) => stepLine(at, steps.find(({ step }) => step.id === at.step.partOf)?.step)),
  },
]

const MARKS = { done: '✓', next: '→', open: '○', locked: '·' } as const

function stepLine({ step, state, waitsFor }: PathStep, whole?: Step): Text {
  const long = duration(step.minutes)
  const part = whole ? ` (the first part of “${cut(whole.name, 50)}”)` : ''
  const name = t`${state === 'next' ? strong(step.name) : step.name}${part}`
  if (state === 'done') return t`${MARKS.done} ${name}: done`
  if (state === 'next') return t`${MARKS.next} ${name}: next, ${long}`
  if (state === 'open') return t`${MARKS.open} ${name}: open, ${long}`
  return t`${MARKS.locked} ${name}: locked until ${waitsFor.map(({ name }) => `“${cut(name, 50)}”`).join(' and ')} ${waitsFor.length > 1 ? 'are' : 'is'} done, ${long}`
}

function whatNext({ next, minutes }: Path, track?: string): Text {
  if (next)
    return t`Next: ${strong(next.name)}, about ${duration(next.minutes)}. All that is left takes about ${duration(minutes)}; it waits for you as long as you like.`
  return track === undefined
    ? t`All first steps are done. Find your track, and its pathway opens.`
    : t`Every step is done. What you learned is in your progress.`
}

const COST: Record<Resource['cost'], string> = {
  free: 'free',
  paid: 'paid',
  members: 'for members',
  varies: 'cost varies',
}
const HOW: Record<Step['proof']['kind'], string> = {
  attest: 'a line in your own words',
  check: 'short questions; a wrong answer explains itself and can be tried again',
  attend: 'the date and a line on what you take along',
  form: 'a short form, which you can change later',
  artefact: 'something that you make here',
}

/** A step: why, what to do, what to read, how it is shown to be done; what the field says about it where there is room. */
export function stepCard(at: PathStep, onboarding: Onboarding, record?: StepRecord, check?: string): Card {
  const { step, state } = at
  const resources = step.resources.flatMap((id) => onboarding.resources.find((one) => one.id === id) ?? [])
  const card: Card = {
    title: step.name,
    blocks: [
      { kind: 'text', text: t`${step.purpose}` },
      ...(state === 'locked' ? [{ kind: 'text' as const, text: waits(at) }] : []),
      { kind: 'list', ordered: true, items: step.todo.map((todo) => t`${todo}`) },
      ...(resources.length > 0 ? [{ kind: 'list' as const, items: resources.map(resourceLine), keep: 1 }] : []),
      { kind: 'facts', facts: factsOf(step, record, check) },
    ],
    buttons: [
      ...(state === 'locked' ? at.waitsFor.map((one) => stepButton(one, true)) : proofButtons(step, record)),
      myPath,
    ],
    footer: t`${em(`Source: ${cut(step.source, 200)}, checked ${dayInWords(step.checked)}.`)}`,
  }
  return withRoom(
    card,
    onboarding.sayings
      .filter(({ steps }) => steps?.includes(step.id))
      .slice(0, 2)
      .map(({ kind, says, teaches }) => ({
        kind: 'text',
        text: t`${strong(kind === 'mistake' ? 'A common mistake' : kind === 'norm' ? 'The community expects' : 'You will hear')}: “${says}” ${teaches}`,
        keep: 2,
      })),
  )
}

export const resourceLine = ({ name, href, cost, minutes, checked }: Resource): Text =>
  t`${link(name, href)}: ${COST[cost]}, ${duration(minutes)}, checked ${dayInWords(checked)}`

const factsOf = (step: Step, record?: StepRecord, check?: string) => [
  { name: 'Takes', value: t`about ${duration(step.minutes)}` },
  { name: 'Shown by', value: t`${HOW[step.proof.kind]}` },
  ...(step.unlocks ? [{ name: 'Opens', value: t`${step.unlocks}` }] : []),
  ...(check ? [{ name: 'So far', value: t`${check}` }] : []),
  ...(record?.done ? [{ name: 'Done', value: t`${when(record.done, 'day')}` }] : []),
  ...toldOf(step, record ?? {}).map(({ name, value }) => ({ name, value: t`${cut(value, toldRoom(step))}` })),
]

/** So many characters of each answer are shown; the form itself shows all of it. */
const toldRoom = ({ proof }: Step): number => (proof.kind === 'form' ? STEP_ANSWER_SHOWN : 300)

const waits = ({ waitsFor }: PathStep): Text =>
  t`This step is locked. First ${waitsFor.length > 1 ? 'come' : 'comes'} ${waitsFor.map(({ name }) => `“${name}”`).join(' and ')}, because it builds on ${waitsFor.length > 1 ? 'them' : 'that'}.`

function proofButtons({ id, proof }: Step, record?: StepRecord): Button[] {
  const primary = record?.done ? {} : { style: 'primary' as const }
  switch (proof.kind) {
    case 'attest':
    case 'attend':
      return [
        { label: record?.done ? 'Change what I wrote' : 'I did it', ...primary, act: { do: 'step.tell', step: id } },
      ]
    case 'form':
      return [
        {
          label: record?.done ? 'Change my answers' : 'Fill in the form',
          ...primary,
          act: { do: 'step.tell', step: id },
        },
      ]
    case 'check':
      return [
        {
          label: record?.done ? 'Practise the questions' : 'Answer the questions',
          ...primary,
          act: { do: 'check', step: id },
        },
      ]
    case 'artefact':
      if (proof.artefact === 'sample-review') return [{ label: 'Choose a sample', ...primary, act: { do: 'samples' } }]
      if (proof.artefact === 'needs-assessment')
        return [{ label: 'My needs assessment', ...primary, act: { do: 'needs.show' } }]
      return [{ label: 'My mock activity', ...primary, act: { do: 'activity.show' } }]
  }
}

/** The refusal of a step that is not open yet: what comes first, with the button to it. */
export const lockedCard = (at: PathStep): Card => ({
  title: cut(`Not yet: ${at.step.name}`, 150),
  blocks: [{ kind: 'text', text: waits(at) }],
  buttons: [...at.waitsFor.map((step, i) => stepButton(step, i === 0)), myPath],
})

/** The refusal of a step of a track that is not the member's. */
export const otherTrackCard = (step: Step, knowledge: Knowledge, track: string): Card => ({
  title: cut(`On another track: ${step.name}`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`This step belongs to the track ${trackName(knowledge, track)}. Change to it and you find the step on your pathway; what you have done stays yours.`,
    },
  ],
  buttons: [{ label: 'Change to that track', act: { do: 'track.choose', track } }, myPath],
})

/** A step was done: what it opened, and what is next. `already` when it had been done before. */
export function stepDoneCard(step: Step, path: Path, already = false): Card {
  const complete = completePart(path, step.id)
  return {
    title: cut(already ? `Saved: ${step.name}` : `Done: ${step.name}`, 150),
    blocks: [
      ...(step.unlocks && !already
        ? [{ kind: 'facts' as const, facts: [{ name: 'Opened', value: t`${step.unlocks}` }] }]
        : []),
      ...path.parts.map(({ pathway, done, total }) => ({
        kind: 'progress' as const,
        done,
        total,
        label: pathway.name,
      })),
      ...(path.next
        ? [{ kind: 'text' as const, text: t`Next: ${strong(path.next.name)}, about ${duration(path.next.minutes)}.` }]
        : []),
      ...(complete ? [{ kind: 'text' as const, text: completeText(complete) }] : []),
    ],
    buttons: [
      ...(path.next ? [stepButton(path.next, true)] : []),
      ...(complete ? [path.next ? mySummary : { ...mySummary, style: 'primary' as const }] : []),
      myPath,
      myProgress,
    ],
  }
}

/** The answer to an old or unknown step, question or sample: what to do instead. */
export const offPathCard = (said: string): Card => ({
  title: 'That is not on your pathway',
  blocks: [{ kind: 'text', text: t`${said} What you have done is kept; your pathway shows where you are.` }],
  buttons: [{ ...myPath, style: 'primary' }],
})

/** The tracks that her answers speak for; nothing is chosen before she does. */
export function foundTrackCard(found: readonly string[], knowledge: Knowledge): Card {
  const tracks = knowledge.tracks.filter(({ id }) => found.includes(id))
  const others = knowledge.tracks.filter(({ id }) => !found.includes(id))
  const names = tracks.map(({ name }) => name).join(' or ')
  return {
    title: tracks.length > 0 ? cut(`Your answers speak for ${names}`, 150) : 'Which track is yours?',
    blocks: [
      {
        kind: 'list',
        items: (tracks.length > 0 ? tracks : knowledge.tracks).map(
          ({ name, summary }) => t`${strong(name)}: ${summary}`,
        ),
      },
      { kind: 'text', text: t`You decide, and you can change it later without losing what you did.` },
    ],
    buttons: [...tracks, ...others].map(({ id, name }, i) => ({
      label: cut(name, 75),
      ...(i === 0 && tracks.length > 0 ? { style: 'primary' as const } : {}),
      act: { do: 'track.choose', track: id },
    })),
  }
}
