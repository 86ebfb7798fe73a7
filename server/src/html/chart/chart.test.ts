import { expect, test } from 'vitest'
import { barChart, stackedBars } from './bar-chart.ts'
import { lineChart, stackedColumns } from './columns.ts'
import { shortLabel, ticks } from './data.ts'

const days = ['2026-11-21', '2026-11-22', '2026-11-23']
const deliveries = {
  title: 'Deliveries by day',
  unit: 'deliveries',
  labels: days,
  series: [
    { name: 'sent', values: [10, 0, 7], tone: 'good' as const },
    { name: 'stopped', values: [0, 0, 3], tone: 'bad' as const },
  ],
}

test('a funnel is bars with their words and numbers, against the whole', async () => {
  const made = `${await barChart({
    title: 'Onboarding',
    unit: 'newcomers',
    whole: 40,
    bars: [
      { label: 'Understand CME fundamentals', value: 40 },
      { label: 'Join communities', value: 10, note: '3 stalled' },
    ],
  })}`
  expect(made).toContain('aria-label="Onboarding. Understand CME fundamentals 40, Join communities 10 (3 stalled)."')
  expect(made).toContain('width="25%"')
  expect(made).toContain('<th scope="row">Join communities</th><td>10</td>')
})

test('a column is as high as its parts together, and says each of them', async () => {
  const made = `${await stackedColumns(deliveries)}`
  expect(made).toContain('<title>23 Nov 2026: stopped 3</title>')
  expect(made).toContain('20 deliveries: sent 17, stopped 3. The most, 10, at 21 Nov 2026.')
  const heights = [...made.matchAll(/class="tone-\w+ part"[^>]* height="([\d.]+)"/g)].map(([, height]) =>
    Number(height),
  )
  expect(heights).toHaveLength(3)
  expect(heights[1]! + heights[2]!).toBeCloseTo(heights[0]!, 0)
  expect(made).toContain('<td>7</td><td>3</td><td>10</td>')
})

test('each line has a mark at each place; shares fill their bars', async () => {
  const lines = `${await lineChart(deliveries)}`
  expect(lines.match(/<circle/g)).toHaveLength(6)
  const bars = `${await stackedBars({ ...deliveries, shares: true })}`
  expect(bars).toContain('width="70%"')
  expect(bars).toContain('width="30%"')
})

test('a chart without numbers says so, and odd numbers count as nothing', async () => {
  for (const draw of [stackedColumns, lineChart, stackedBars]) {
    expect(`${await draw({ ...deliveries, series: [] })}`).toContain('Nothing to show yet.')
    expect(`${await draw({ ...deliveries, labels: [] })}`).not.toContain('NaN')
    const odd = { ...deliveries, series: [{ name: 'odd', values: [Number.NaN, -3, Number.POSITIVE_INFINITY] }] }
    expect(`${await draw(odd)}`).toContain('Nothing to show yet.')
  }
  expect(`${await barChart({ title: 'x', unit: 'y', bars: [] })}`).toContain('Nothing to show yet.')
})

test('hostile words stay words in every chart, and nothing is drawn by inline style', async () => {
  const bad = `"><script>alert(1)</script>`
  const data = {
    title: bad,
    unit: bad,
    says: bad,
    labels: [bad],
    series: [
      { name: bad, values: [1] },
      { name: bad, values: [2] },
    ],
  }
  const bar = { title: bad, unit: bad, bars: [{ label: bad, value: 1, note: bad }] }
  const all = [stackedColumns(data), lineChart(data), stackedBars(data), barChart(bar)]
  for (const made of await Promise.all(all)) expect(`${made}`).not.toMatch(/<script| style=/)
})

test('heights are read by round numbers', () => {
  expect(ticks(10)).toEqual([0, 5, 10])
  expect(ticks(3)).toEqual([0, 1, 2, 3])
  expect(ticks(0)).toEqual([0, 1])
  expect(ticks(1234)).toEqual([0, 500, 1000, 1500])
  expect(shortLabel('2026-11-03')).toBe('3 Nov')
  expect(shortLabel('2026-11')).toBe('Nov 2026')
  expect(shortLabel('Abstracts')).toBe('Abstracts')
})
