/** One row of numbers of a chart, as many as the chart has `labels`. */
export type Series = { name: string; values: readonly number[]; tone?: Tone }

/**
 * Which colour a series has: by its place when nothing is said. `good`, `bad` and `idle` mean the same in every chart: done, failed, and
 * what nobody has to mind.
 */
export type Tone = 1 | 2 | 3 | 4 | 5 | 6 | 'good' | 'bad' | 'idle'

/**
 * What a chart shows. `labels` name the places along it (steps, days as `2026-11-23`, kinds); `says` is the one sentence that whoever
 * cannot see it is told (made from the numbers without it); `unit` is what is counted, in the plural.
 */
export type ChartData = {
  title: string
  says?: string
  unit: string
  labels: readonly string[]
  series: readonly Series[]
}

/** Whether there is anything to draw. */
export const hasNumbers = (data: ChartData): boolean => data.labels.some((_, place) => sumAt(data, place) > 0)

/** What of a series stands at a place; a number that is missing, negative or none counts as nothing. */
export const at = ({ values }: Series, place: number): number => {
  const value = values[place] ?? 0
  return Number.isFinite(value) && value > 0 ? value : 0
}

/** All series together at a place. */
export const sumAt = ({ series }: ChartData, place: number): number =>
  series.reduce((sum, one) => sum + at(one, place), 0)

/** The class that gives a series its colour. */
export const toneOf = ({ tone }: Series, place: number): string => `tone-${tone ?? (place % 6) + 1}`

export const number = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 })

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A day as `23 Nov`, a month as `Nov 2026`; anything else as it is. */
export function shortLabel(label: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(label) ?? []
  const name = MONTHS[Number(month) - 1]
  if (!name) return label
  return day ? `${Number(day)} ${name}` : `${name} ${year}`
}

/** A day as `23 Nov 2026`, for tables; anything else as it is. */
export const longLabel = (label: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(label) ? `${shortLabel(label)} ${label.slice(0, 4)}` : shortLabel(label)

/** Round numbers from 0 to at least `most`, four steps at most: 0, 5, 10, 15. The last is the top of the chart. */
export function ticks(most: number): number[] {
  if (!(most > 0)) return [0, 1]
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((one) => one >= rough)!)
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step)
}

/** A share as a percentage that SVG takes, with two places. */
export const percent = (share: number): string => `${Math.round(Math.min(1, Math.max(0, share)) * 10_000) / 100}%`
