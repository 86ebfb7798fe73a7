import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { at, type ChartData, hasNumbers, longLabel, number, sumAt, toneOf } from './data.ts'

/**
 * The frame of every chart: its title, the drawing, what the colours mean, and the numbers as a table. The drawing is one picture to
 * those who hear the page, told in a sentence.
 */
export function figure(data: ChartData, drawing: { height: number; marks: Html; legend?: boolean }): Html {
  const { title, series } = data
  if (!hasNumbers(data))
    return html`<figure class="chart"><figcaption>${title}</figcaption><p class="chart-none">Nothing to show yet.</p></figure>`
  const told = data.says ?? spoken(data)
  return html`<figure class="chart">
<figcaption>${title}${data.says ? html`<span>${data.says}</span>` : ''}</figcaption>
<svg class="chart-drawing" width="100%" height="${drawing.height}" role="img" aria-label="${`${title}. ${told}`}">${drawing.marks}</svg>
${drawing.legend && series.length > 1 ? legend(data) : ''}
<details class="chart-table"><summary>The numbers of “${title}”</summary>
<div class="scrolls" tabindex="0" role="group" aria-label="${`The numbers of ${title}`}">${table(data)}</div></details>
</figure>`
}

const legend = ({ series }: ChartData): Html =>
  html`<ul class="chart-legend" aria-hidden="true">${series.map(
    (one, i) => html`<li><span class="${toneOf(one, i)}"></span>${one.name}</li>`,
  )}</ul>`

const table = (data: ChartData): Html => html`<table>
<thead><tr><td></td>${data.series.map(({ name }) => html`<th scope="col">${name}</th>`)}${
  data.series.length > 1 ? html`<th scope="col">Together</th>` : ''
}</tr></thead>
<tbody>${data.labels.map(
  (label, place) =>
    html`<tr><th scope="row">${longLabel(label)}</th>${data.series.map(
      (one) => html`<td>${number(at(one, place))}</td>`,
    )}${data.series.length > 1 ? html`<td>${number(sumAt(data, place))}</td>` : ''}</tr>`,
)}</tbody>
</table>`

/** The sums, and where the most is. */
function spoken(data: ChartData): string {
  const { labels, series, unit } = data
  const sums = labels.map((_, place) => sumAt(data, place))
  const top = sums.indexOf(Math.max(...sums))
  const all = sums.reduce((sum, one) => sum + one, 0)
  const parts = series.map((one) => `${one.name} ${number(labels.reduce((sum, _, place) => sum + at(one, place), 0))}`)
  const most = labels.length > 1 ? ` The most, ${number(sums[top] ?? 0)}, at ${longLabel(labels[top] ?? '')}.` : ''
  return `${number(all)} ${unit}${series.length > 1 ? `: ${parts.join(', ')}` : ''}.${most}`
}
