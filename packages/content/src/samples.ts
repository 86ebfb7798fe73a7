import type { Day } from '@cme-commons/core'
import type { SampleItem } from './schema.ts'

const MS = 86_400_000
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** The samples with their days and dates filled in for a try-out that began on `started`, the earliest first. */
export function datedSamples(samples: readonly SampleItem[], started: Day): (SampleItem & { day: Day })[] {
  const begin = Date.parse(`${started}T00:00:00Z`)
  const monday = begin - ((new Date(begin).getUTCDay() + 6) % 7) * MS
  return samples
    .map((item) => {
      const at = monday + item.dayOffset * MS
      const fill = (text: string) => text.replace(/\{day\+(\d+)\}/g, (_, days) => spelled(at + Number(days) * MS))
      return { ...item, title: fill(item.title), text: fill(item.text), day: new Date(at).toISOString().slice(0, 10) }
    })
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
}

function spelled(at: number): string {
  const date = new Date(at)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}
