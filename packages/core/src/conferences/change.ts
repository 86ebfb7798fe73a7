import type { Instant } from '../time.ts'
import type { ConferenceDate } from './conference.ts'
import { type Face, faceOf, sameFace } from './news.ts'

/**
 * What the ticks have still to do about a date: `fresh`, look which reminder is open already; `announce`, tell people what became of it.
 * `told` is what they know.
 */
export type Pending = { known: Instant; told?: Face; fresh: boolean; announce: boolean }

type Faced = Pick<ConferenceDate, 'status' | 'gone' | 'when'>

/**
 * What a change of a date leaves to do. Several changes between two ticks are told as one; what is back to what people know is not told,
 * and what nobody was ever told of is reminded of from now on.
 */
export function afterChange(before: (Faced & Pending) | undefined, date: Faced, now: Instant): Pending {
  const { known, told }: Pick<Pending, 'known' | 'told'> = before ?? { known: now }
  const kept = { known, ...(told ? { told } : {}) }
  const face = faceOf(date)
  if (!face) return { ...kept, fresh: false, announce: false }
  const on = face.state === 'on'
  if (told === undefined)
    return on ? { known: now, told: face, fresh: true, announce: false } : { ...kept, fresh: false, announce: false }
  if (!sameFace(told, face)) return { ...kept, fresh: false, announce: true }
  const wasOn = before !== undefined && faceOf(before)?.state === 'on' && sameFace(faceOf(before)!, face)
  if (!on || wasOn) return { ...kept, fresh: before?.fresh ?? false, announce: false }
  return { ...kept, known: now, fresh: true, announce: false }
}
