import type { Pathway, Step } from '../knowledge/onboarding.ts'
import { DAY, type Instant } from '../time.ts'

/** So many members did a step `days` whole days after they began it; without `days`, they have it under way. */
export type StepCount = { step: string; days?: number; members: number }

/** How a step goes: `median` is in days from begin to done, a half between two, of those who did it. */
export type StepFunnel = { step: Step; begun: number; done: number; median?: number }

/** Whole days between two instants, never below 0. */
export const daysBetween = (from: Instant, to: Instant): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY))

/** The steps of a pathway with how many began and did each. */
export const funnelOf = ({ steps }: Pathway, counts: readonly StepCount[]): StepFunnel[] =>
  steps.map((step) => ({ step, ...counted(counts.filter((count) => count.step === step.id)) }))

/** The counts of one step taken together. */
export function counted(counts: readonly StepCount[]): Omit<StepFunnel, 'step'> {
  const done = counts.flatMap(({ days, members }) => (days === undefined ? [] : [{ days, members }]))
  const median = medianOf(done)
  return { begun: sum(counts), done: sum(done), ...(median === undefined ? {} : { median }) }
}

const sum = (counts: readonly { members: number }[]): number => counts.reduce((all, { members }) => all + members, 0)

/** The median of days, of which each was met by so many members. */
export function medianOf(counts: readonly { days: number; members: number }[]): number | undefined {
  const sorted = [...counts].sort((a, b) => a.days - b.days)
  const all = sum(sorted)
  if (all === 0) return undefined
  const at = (place: number): number => {
    let left = place
    for (const { days, members } of sorted) {
      if (left < members) return days
      left -= members
    }
    return 0
  }
  return (at(Math.floor((all - 1) / 2)) + at(Math.floor(all / 2))) / 2
}
