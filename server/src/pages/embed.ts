import { publicDates } from '@cme-commons/app'
import { cut, DAY, plus, summary } from '@cme-commons/core'
import { type NewsRow, newsPage } from '@cme-commons/db'
import { html } from 'hono/html'
import type { ApiHouse } from '../api/house.ts'
import type { Html } from '../html/html.ts'
import { document } from '../html/page.ts'
import { dateTitle, pageOfDate, sureness, whenHtml } from './date-list.ts'
import { type EmbedOptions, embedOptions } from './embed-options.ts'
import { dayHtml, others } from './parts.ts'
import { asked, sourceNames } from './teaser.ts'

/** `/embed/news`: the latest headlines, for a frame on somebody else's page. */
export async function newsEmbed({ db, content }: ApiHouse, query: string): Promise<Html> {
  const options = embedOptions('news', query, content)
  const list = (name: string) => options.filters.get(name)?.split(',') ?? []
  const rows = await newsPage(db.read, {
    topics: list('topic'),
    bodies: list('body'),
    regions: list('region'),
    tracks: list('track'),
    limit: options.count,
  })
  const more = `/news${options.filters.size > 0 ? `?${options.filters}` : ''}`
  return frame(
    'CME standards news',
    options,
    more,
    'All news',
    rows.length > 0 ? html`<ul>${rows.map((row) => newsLine(row, options))}</ul>` : html`<p>Nothing here yet.</p>`,
  )
}

function newsLine(row: NewsRow, { size }: EmbedOptions): Html {
  const by = asked(row)
  const told = size === 'small' ? '' : cut(summary({ title: row.title, text: row.text }), 160)
  return html`<li><a href="/news/${row.id}" target="_blank" rel="noopener noreferrer"><bdi>${cut(row.title, 200) || 'Without a title'}</bdi></a>
<p class="meta">${row.sample === 1 ? 'Sample · ' : ''}${by ? html`<strong>${by}</strong> · ` : ''}${others(sourceNames(row), 80)} · ${dayHtml(row.published)}</p>
${told ? html`<p>${told}</p>` : ''}</li>`
}

/** `/embed/dates`: what is due next and which meetings come, for a frame on somebody else's page. */
export async function datesEmbed({ db, content, now }: ApiHouse, query: string): Promise<Html> {
  const options = embedOptions('dates', query, content)
  const list = (name: string) => options.filters.get(name)?.split(',') ?? []
  const dates = await publicDates(db.read, content, {
    from: now(),
    until: plus(now(), 730 * DAY),
    tracks: list('track'),
    regions: list('region'),
  })
  const on = dates
    .filter(({ date }) => date.status === 'confirmed' || date.status === 'tentative')
    .slice(0, options.count)
  const lines = on.map((one) => {
    const to = pageOfDate(one)
    const title = html`<bdi>${cut(dateTitle(one), 160)}</bdi>`
    const mark = sureness(one.date)
    return html`<li>${to ? html`<a href="${to}" target="_blank" rel="noopener noreferrer">${title}</a>` : html`<b>${title}</b>`}
<p class="meta">${whenHtml(one.date)}${mark ? html` · ${mark}` : ''}</p></li>`
  })
  const filters = new URLSearchParams(
    [...options.filters].map(([name, value]): [string, string] => [`${name}s`, value]),
  )
  return frame(
    'CME dates and deadlines',
    options,
    `/calendar${filters.size > 0 ? `?${filters}` : ''}`,
    'The whole calendar',
    lines.length > 0 ? html`<ul>${lines}</ul>` : html`<p>No date is known yet.</p>`,
  )
}

const frame = (
  title: string,
  { theme, size, accent, title: shown }: EmbedOptions,
  more: string,
  says: string,
  list: Html,
): Html =>
  document({
    title,
    description: `${title}, from CME Commons.`,
    bodyClass: `embed theme-${theme} size-${size}`,
    head: html`<meta name="robots" content="noindex">
<link rel="stylesheet" href="/assets/embed.css">
${accent ? html`<link rel="stylesheet" href="/embed/accent/${accent}.css">` : ''}`,
    body: html`<main>
<h1${shown ? '' : html` class="only-heard"`}>${title}</h1>
${list}
</main>
<footer><a href="${more}" target="_blank" rel="noopener noreferrer">${says}</a> · For information, by CME Commons</footer>`,
  })
