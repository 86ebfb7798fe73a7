import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { at, type ChartData, longLabel, number, percent, shortLabel, sumAt, ticks, toneOf } from './data.ts'
import { figure } from './figure.ts'

const HEIGHT = 220
const TOP = 18
const FLOOR = HEIGHT - 26
const MOST_LABELS = 6

const yOf = (value: number, top: number): number => Math.round((FLOOR - (value / top) * (FLOOR - TOP)) * 10) / 10

/** Columns beside each other, each made of one part a series: deliveries by day and state, items by month and topic. */
export function stackedColumns(data: ChartData): Html {
  const steps = ticks(Math.max(...data.labels.map((_, place) => sumAt(data, place)), 0))
  const top = steps.at(-1)!
  const count = Math.max(1, data.labels.length)
  const columns = data.labels.map((label, place) => {
    let below = 0
    return data.series.map((one, i) => {
      const value = at(one, place)
      if (value === 0) return ''
      const from = yOf(below, top)
      below += value
      const to = yOf(below, top)
      return html`<rect class="${`${toneOf(one, i)} part`}" x="${percent((place + 0.14) / count)}" y="${to}" width="${percent(0.72 / count)}" height="${Math.max(1, Math.round((from - to) * 10) / 10)}"><title>${longLabel(label)}: ${one.name} ${number(value)}</title></rect>`
    })
  })
  return figure(data, { height: HEIGHT, marks: html`${grid(steps)}${columns}${axis(data.labels)}`, legend: true })
}

/** One line a series over the same places, each of which is marked and says its number when it is pointed at. */
export function lineChart(data: ChartData): Html {
  const steps = ticks(Math.max(...data.series.flatMap((one) => data.labels.map((_, place) => at(one, place))), 0))
  const top = steps.at(-1)!
  const count = Math.max(1, data.labels.length)
  const x = (place: number) => percent((place + 0.5) / count)
  const lines = data.series.map((one, i) => {
    const tone = toneOf(one, i)
    const between = data.labels
      .slice(1)
      .map(
        (_, place) =>
          html`<line class="${tone}" x1="${x(place)}" y1="${yOf(at(one, place), top)}" x2="${x(place + 1)}" y2="${yOf(at(one, place + 1), top)}"/>`,
      )
    const marks = data.labels.map((label, place) => {
      const value = at(one, place)
      return html`<circle class="${tone}" cx="${x(place)}" cy="${yOf(value, top)}" r="3.5"><title>${longLabel(label)}: ${one.name} ${number(value)}</title></circle>`
    })
    return html`${between}${marks}`
  })
  return figure(data, { height: HEIGHT, marks: html`${grid(steps)}${lines}${axis(data.labels)}`, legend: true })
}

/** The lines to read heights by, their numbers on them. */
const grid = (steps: readonly number[]): Html =>
  html`${steps.map((step) => {
    const y = yOf(step, steps.at(-1)!)
    return html`<line class="grid" x1="0" y1="${y}" x2="100%" y2="${y}"/><text class="tick" x="0" y="${y - 4}">${number(step)}</text>`
  })}`

/** As many labels as a phone has room for, the last one always. */
function axis(labels: readonly string[]): Html {
  const every = Math.max(1, Math.ceil(labels.length / MOST_LABELS))
  return html`${labels.map((label, place) => {
    if ((labels.length - 1 - place) % every !== 0) return ''
    return html`<text class="place" x="${percent((place + 0.5) / labels.length)}" y="${FLOOR + 18}">${shortLabel(label).slice(0, 12)}</text>`
  })}`
}
