import type { Day } from '../time.ts'
import { type CalendarEntry, oneLine } from './calendar.ts'
import type { ChainLink } from './standing.ts'
import { dayAfter } from './when.ts'
import { calendarDays } from './words.ts'

/** The deadlines of an activity as a calendar tells them: one entry a link, all day, tentative because they follow from rules. */
export const chainEntries = (event: { day: Day; to?: Day }, chain: readonly ChainLink[]): CalendarEntry[] =>
  chain.map(({ step, day }) => ({
    uid: `chain-${event.day}-${step.id}@cme-commons`,
    sequence: 0,
    changed: `${step.checked}T00:00:00.000Z`,
    title: oneLine(`${step.name} (activity on ${calendarDays(event.day, event.to)})`),
    text: [
      oneLine(step.says),
      `Source: ${oneLine(step.source)}, checked on ${step.checked}.`,
      'Worked out from a rule. Rules change: confirm with your accreditor.',
    ].join('\n'),
    when: { day, end: dayAfter(day, 1) },
    status: 'TENTATIVE',
    kind: 'other',
    ...(step.href ? { href: step.href } : {}),
    alarms: [],
    fromEnd: true,
  }))
