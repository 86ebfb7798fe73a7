import type { Block, Button, Card } from '../card.ts'
import type { Form } from '../form.ts'
import type { SampleActivity, Step } from '../knowledge/onboarding.ts'
import type { PathPart } from '../onboarding/pathway.ts'
import type { MarkedSample, ToldPart } from '../onboarding/pathway-sample.ts'
import { cut, em, strong, type Text, t } from '../text.ts'
import { marked as italics } from './glossary.ts'
import { myPath, mySummary, withRoom } from './pathway.ts'

export const SAMPLE_FORM = 'sample.mark'
const MADE_UP = t`${em('Made up for practice, with flaws on purpose. No real provider, activity or credit.')}`
const shortTitle = ({ title }: SampleActivity): string => title.replace(/^Made-up sample: /, '')

/** The samples to choose from; `seen` are those that she reviewed. */
export const samplesCard = (samples: readonly SampleActivity[], seen: readonly string[]): Card => ({
  title: 'Choose a sample to review',
  blocks: [
    {
      kind: 'text',
      text: t`Each has parts that are wrong on purpose, and parts that are sound. Take the one closest to your own work.`,
    },
    {
      kind: 'list',
      items: samples.map((sample) => t`${shortTitle(sample)}${seen.includes(sample.id) ? ' (reviewed)' : ''}`),
    },
  ],
  buttons: [
    ...samples
      .slice(0, 15)
      .map((sample): Button => ({ label: cut(shortTitle(sample), 75), act: { do: 'sample', sample: sample.id } })),
    myPath,
  ],
  footer: MADE_UP,
})

/** A sample, part by part. */
export const sampleCard = (sample: SampleActivity): Card => ({
  title: sample.title,
  blocks: sample.parts.map(({ name, text }): Block => ({ kind: 'text', text: t`${strong(name)}: ${italics(text)}` })),
  buttons: [
    { label: 'Mark what is wrong', style: 'primary', act: { do: 'sample.mark', sample: sample.id } },
    { label: 'Another sample', act: { do: 'samples' } },
    myPath,
  ],
  footer: MADE_UP,
})

/** The form in which she marks the parts that are wrong. */
export const sampleForm = (sample: SampleActivity, marked: readonly string[]): Form => ({
  id: `${SAMPLE_FORM}:${sample.id}`,
  title: 'What is wrong?',
  submit: 'Tell me',
  fields: [
    {
      kind: 'many',
      name: 'parts',
      label: 'Parts that are wrong',
      hint: 'Leave the sound ones alone: marking everything teaches nothing.',
      options: sample.parts.map(({ id, name }) => ({ value: id, label: name })),
      values: marked.filter((id) => sample.parts.some((part) => part.id === id)),
    },
  ],
})

/** Whether the review counts towards its step, where the pathway goes on, and the pathway that is complete with it. */
export type Reviewed = { counts: boolean; next?: Step; complete?: PathPart }

/** What she found, what she missed and what was sound, each flaw with its rule and source; when it does not count yet, the way to try again. */
export function toldCard(
  sample: SampleActivity,
  { parts, found, planted, wrongly }: MarkedSample,
  { counts, next, complete }: Reviewed,
): Card {
  const flaws = parts.filter(({ flaw }) => flaw)
  const sound = parts.filter(({ verdict }) => verdict === 'sound')
  const again: Button = { label: 'Mark it again', act: { do: 'sample.mark', sample: sample.id } }
  const onward: Button[] = next
    ? [{ label: cut(next.name, 75), style: 'primary', act: { do: 'step', step: next.id } }]
    : []
  const card: Card = {
    title: `${found} of ${planted} flaws found`,
    blocks: [
      ...(counts ? [] : [{ kind: 'text' as const, text: NOT_YET }]),
      ...flaws.map((told): Block => ({ kind: 'text', text: flawText(told) })),
    ],
    buttons: [
      ...(counts ? onward : [{ ...again, style: 'primary' as const }]),
      { label: 'Another sample', act: { do: 'samples' } },
      { label: 'Read this one again', act: { do: 'sample', sample: sample.id } },
      ...(complete ? [mySummary] : []),
      myPath,
    ],
  }
  return withRoom(
    card,
    wrongly > 0
      ? [{ kind: 'text', text: t`Marked, but sound as written: ${sound.map(({ part }) => part.name).join(', ')}.` }]
      : [],
  )
}

const NOT_YET = t`This is how you learn to see them. Read why, mark the sample once more, and the step is done.`

const flawText = ({ part, verdict, flaw }: ToldPart): Text =>
  t`${verdict === 'found' ? '✓ Found' : '○ Missed'}: ${strong(part.name)}. ${italics(flaw!.wrong)}\nRule: ${italics(flaw!.rule)} ${em(`(${flaw!.source})`)}`
