import type { ConferenceDate, DateTime } from './conference.ts'
import { remindable } from './reminders.ts'
import { sameWhen } from './when.ts'

/** What people know of a date: when it is, or that it is off. Of a typical date, or one that was taken out, nothing is told. */
export type Face = { state: 'on' | 'cancelled' | 'postponed'; when: DateTime }

/** What people are to know of a date as it stands; nothing where nothing may be said. */
export function faceOf(date: Pick<ConferenceDate, 'status' | 'gone' | 'when'>): Face | undefined {
  const { status, gone, when } = date
  if (remindable(date)) return { state: 'on', when }
  return gone === undefined && (status === 'cancelled' || status === 'postponed') ? { state: status, when } : undefined
}

/** True when one who knows `a` learns nothing from `b`. What is off has no day. */
export const sameFace = (a: Face, b: Face): boolean =>
  a.state === b.state && (a.state !== 'on' || sameWhen(a.when, b.when))

/** What became of a date between two things that people knew: it was moved, called off, put off, or is on again. */
export function newsOf(from: Face, to: Face): 'moved' | 'cancelled' | 'postponed' | 'on-again' | undefined {
  if (sameFace(from, to)) return undefined
  if (to.state !== 'on') return to.state
  return from.state === 'on' ? 'moved' : 'on-again'
}
