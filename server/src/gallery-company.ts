import {
  type Companion,
  findStep,
  type Knowledge,
  type ListedStall,
  nudgeCard,
  nudgesResumedCard,
  nudgesSnoozedCard,
  nudgesStoppedCard,
  remindersStoppedCard,
  stalledListCard,
  stopsCard,
  thanksCard,
  welcomeCard,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

/** Every view of what keeps newcomers company, with made-up people. */
export function companyViews({ onboarding }: Knowledge): Shown[] {
  const next = findStep(onboarding, 'fundamentals')!.step
  const ines: Companion = { name: 'Ines', begun: false, next }
  const sara: Companion = { name: 'Sara', track: 'program', begun: true, next }
  const longest = onboarding.pathways
    .flatMap(({ steps }) => steps)
    .reduce((one, other) => (other.name.length > one.name.length ? other : one))
  const stalled = (n: number): ListedStall[] =>
    Array.from({ length: n }, (_, i) => ({
      ...(i === 1
        ? {}
        : { name: i === 2 ? 'A made-up name that goes on and on, as some names do' : `Member ${i + 1}` }),
      step: i % 3 === 2 ? longest.name : next.name,
      since: `2026-11-${String(23 - i).padStart(2, '0')}T15:00:00.000Z`,
      fresh: i < 7,
    }))
  const card = (view: string, card: Shown['card'] & object): Shown => ({ view, card })
  return [
    card('company/welcome', welcomeCard(ines, onboarding)),
    card('company/welcome-on-track', welcomeCard({ ...ines, track: 'program' }, onboarding)),
    card('company/nudge', nudgeCard(sara, next)),
    card('company/nudge-not-begun', nudgeCard(ines, longest)),
    card('company/in-a-week', nudgesSnoozedCard('2026-12-03T15:00:00.000Z', sara)),
    card('company/stopped', nudgesStoppedCard(sara)),
    card('company/taken-back', nudgesResumedCard(sara)),
    card('company/stalled', stalledListCard(stalled(2), 2, 500)),
    card('company/stalled-one', stalledListCard(stalled(1), 1, 500)),
    card('company/stalled-many', stalledListCard(stalled(15), 42, 500)),
    card('company/stalled-uncounted', stalledListCard(stalled(15), 500, 500)),
    card('stop', stopsCard({ nudges: true, digest: { paused: false } })),
    card('stop/reminders', stopsCard({ nudges: false, reminders: true })),
    card('stop/reminders-ended', remindersStoppedCard),
    card('stop/no-digest', stopsCard({ nudges: true })),
    card('stop/nothing', stopsCard({ nudges: false })),
    card('thanks', thanksCard(sara)),
    card('thanks/not-begun', thanksCard({ name: 'Ines', begun: false })),
    card('thanks/all-done', thanksCard({ name: 'Sara', track: 'program', begun: true })),
  ]
}
