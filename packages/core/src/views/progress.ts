import type { Block, Card } from '../card.ts'
import type { MilestoneState, Path } from '../onboarding/pathway.ts'
import { cut, em, strong, t, when } from '../text.ts'
import type { Instant } from '../time.ts'
import { duration, myPath, summaryButtons } from './pathway.ts'

/** What the progress card tells besides the path. `elsewhere` counts the steps done on tracks that are not hers today. */
export type Standing = { milestones: readonly MilestoneState[]; started?: Instant; elsewhere: number; track?: string }

/** Where a member is, what is next and how long it takes, and how far each milestone is. */
export function progressCard(path: Path, { milestones, started, elsewhere, track }: Standing): Card {
  const reached = milestones.filter((one) => one.reached)
  return {
    title: 'My progress',
    blocks: [
      ...path.parts.map(
        ({ pathway, done, total }): Block => ({ kind: 'progress', done, total, label: cut(pathway.name, 80) }),
      ),
      {
        kind: 'text',
        text: path.next
          ? t`Next: ${strong(path.next.name)}, about ${duration(path.next.minutes)}. All that is left takes about ${duration(path.minutes)}.`
          : t`${track === undefined ? 'All first steps are done. Find your track, and its pathway opens.' : 'Every step of your pathway is done.'}`,
      },
      { kind: 'heading', text: 'Milestones' },
      ...milestones.map(
        ({ milestone, done, total }): Block => ({ kind: 'progress', done, total, label: milestone.name }),
      ),
      ...reached.map(
        ({ milestone }): Block => ({
          kind: 'text',
          text: t`${strong(milestone.name)}: reached. ${milestone.says}`,
          keep: 1,
        }),
      ),
      ...(elsewhere > 0
        ? [
            {
              kind: 'text' as const,
              text: t`${elsewhere === 1 ? 'One step' : `${elsewhere} steps`} done on another track ${elsewhere === 1 ? 'is' : 'are'} kept for you.`,
            },
          ]
        : []),
    ],
    buttons: [
      ...(path.next
        ? [
            {
              label: cut(path.next.name, 75),
              style: 'primary' as const,
              act: { do: 'step' as const, step: path.next.id },
            },
          ]
        : []),
      ...(track === undefined ? [{ label: 'Find my track', act: { do: 'path.find' as const } }] : []),
      myPath,
      ...summaryButtons(path),
    ],
    footer: started
      ? t`${em('Begun ')}${when(started, 'day')}`
      : t`${em('Not begun yet; your pathway shows the first step.')}`,
  }
}
