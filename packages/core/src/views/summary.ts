import type { Press } from '../action.ts'
import type { Block, Button, Card } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { hoursText, RECORD_NOTE, type Summary, sourcedText, stepsIn, TEAM_CPD } from '../onboarding/summary.ts'
import { cut, em, t, when } from '../text.ts'
import { trackName } from './names.ts'
import { myPath } from './pathway.ts'

const go = (label: string, act: Press): Button => ({ label, style: 'primary', act })

/** What a member did so far, in short, with the way to the whole record. `saves` are buttons to it as files. */
export function summaryCard(summary: Summary, knowledge: Knowledge, saves: readonly Button[] = []): Card {
  const { parts, track, started, milestones } = summary
  const use = knowledge.onboarding.sayings.find(({ id }) => id === TEAM_CPD)
  const steps = parts.flatMap(({ done }) => done)
  if (steps.length === 0)
    return {
      title: 'Nothing to sum up yet',
      blocks: [
        {
          kind: 'text',
          text: t`Once a step of your pathway is done, it is kept here with its date and what shows it: a record that is yours to keep.`,
        },
      ],
      buttons: [{ ...myPath, style: 'primary' }],
    }
  return {
    title: 'What you did: a record to keep',
    blocks: [
      ...parts.map((part): Block => ({ kind: 'progress', ...stepsIn(part), label: cut(part.pathway.name, 80) })),
      {
        kind: 'facts',
        facts: [
          ...(track ? [{ name: 'Track', value: t`${trackName(knowledge, track)}` }] : []),
          ...(started ? [{ name: 'Begun', value: t`${when(started, 'day')}` }] : []),
          {
            name: 'Last step',
            value: t`${when(
              steps
                .map(({ done }) => done)
                .sort()
                .at(-1)!,
              'day',
            )}`,
          },
          { name: 'Time', value: hoursText(summary) },
          ...(milestones.length > 0 ? [{ name: 'Milestones reached', value: t`${milestones.join('; ')}` }] : []),
        ],
      },
      ...(use ? sourcedText(use).map((text): Block => ({ kind: 'text', text, keep: 1 })) : []),
    ],
    buttons: [go('The whole record', { do: 'summary.file' }), ...saves, myPath],
    footer: t`${em(RECORD_NOTE)}`,
  }
}
