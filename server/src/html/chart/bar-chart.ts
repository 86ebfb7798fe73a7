import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { at, type ChartData, number, percent, sumAt, toneOf } from './data.ts'
import { figure } from './figure.ts'

const ROW = 46
const BAR = 14

/** A bar has a label, a number, and may tell more (`of 40`, `stalled: 3`). */
export type Bar = { label: string; value: number; note?: string }

/**
 * Bars below each other, each under its own words: a funnel, a ranking. `whole` is what a full width stands for; without it that is the
 * longest bar.
 */
export function barChart({
  bars,
  whole,
  ...rest
}: Omit<ChartData, 'labels' | 'series'> & { bars: readonly Bar[]; whole?: number }): Html {
  const series = [{ name: capital(rest.unit), values: bars.map(({ value }) => value) }]
  const data = { ...rest, labels: bars.map(({ label }) => label), series }
  const most = Math.max(whole ?? 0, ...bars.map(({ value }) => value), 1)
  const says =
    data.says ??
    `${bars.map(({ label, value, note }) => `${label} ${number(value)}${note ? ` (${note})` : ''}`).join(', ')}.`
  const marks = html`${bars.map((bar, i) => {
    const y = i * ROW
    const told = bar.note ? `${number(bar.value)} · ${bar.note}` : number(bar.value)
    return html`<text x="0" y="${y + 15}">${cut(bar.label)}</text><text class="value" x="100%" y="${y + 15}">${told}</text><rect class="ground" x="0" y="${y + 22}" width="100%" height="${BAR}" rx="4"/><rect class="${toneOf(series[0]!, 0)}" x="0" y="${y + 22}" width="${percent(bar.value / most)}" height="${BAR}" rx="4"><title>${bar.label}: ${told}</title></rect>`
  })}`
  return figure({ ...data, says }, { height: Math.max(1, bars.length) * ROW - 6, marks })
}

/** Bars below each other that are made of parts: answers by kind of date. Each bar's full width is its own sum with `shares`, else the longest. */
export function stackedBars({ shares, ...data }: ChartData & { shares?: boolean }): Html {
  const longest = Math.max(...data.labels.map((_, place) => sumAt(data, place)), 1)
  const marks = html`${data.labels.map((label, place) => {
    const y = place * ROW
    const sum = sumAt(data, place)
    const whole = shares ? Math.max(sum, 1) : longest
    let from = 0
    const parts = data.series.map((one, i) => {
      const value = at(one, place)
      if (value === 0) return ''
      const x = from
      from += value
      return html`<rect class="${`${toneOf(one, i)} part`}" x="${percent(x / whole)}" y="${y + 22}" width="${percent(value / whole)}" height="${BAR}"><title>${label}: ${one.name} ${number(value)}</title></rect>`
    })
    return html`<text x="0" y="${y + 15}">${cut(label)}</text><text class="value" x="100%" y="${y + 15}">${number(sum)}</text><rect class="ground" x="0" y="${y + 22}" width="100%" height="${BAR}" rx="4"/>${parts}`
  })}`
  return figure(data, { height: Math.max(1, data.labels.length) * ROW - 6, marks, legend: true })
}

/** So that a label does not run into its number on a phone. */
const cut = (label: string): string => (label.length > 34 ? `${label.slice(0, 33).trimEnd()}…` : label)

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
