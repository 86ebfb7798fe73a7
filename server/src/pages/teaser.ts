import {
  askedBy,
  bodyLetters,
  cut,
  dayInWords,
  hostOf,
  type Knowledge,
  regionName,
  summary,
  topicName,
  trackName,
} from '@cme-commons/core'
import type { NewsRow } from '@cme-commons/db'
import { html } from 'hono/html'
import { type Html, safeHref } from '../html/html.ts'
import { dayHtml, others } from './parts.ts'

/** Longer headlines are cut in lists; their own page has them whole. */
const HEADLINE = 240

/** What of an item asks for something, in words; empty when nothing does. */
export const asked = (row: Pick<NewsRow, 'action' | 'action_date' | 'why'>): string =>
  row.action !== 1
    ? ''
    : askedBy({ actionDate: row.action_date ?? undefined, why: JSON.parse(row.why) }) || 'Needs action'

/** The names of the sources of an item, or the host of its page. */
export const sourceNames = ({ sources, link }: Pick<NewsRow, 'sources' | 'link'>): string =>
  sources.map(({ name }) => name).join(' and ') || (link ? hostOf(link) : 'Unknown source')

/** An item in a list: headline, where from and when, its first sentences, what it is about. `level` is the level of its headline. */
export function teaser(row: NewsRow, content: Knowledge, level: 2 | 3 = 3, labels = true): Html {
  const told = summary({ title: row.title, text: row.text })
  const by = asked(row)
  const headline = html`<a href="/news/${row.id}"><bdi>${cut(row.title, HEADLINE) || 'Without a title'}</bdi></a>`
  const out = row.link && safeHref(row.link)
  return html`<article class="item">
${level === 2 ? html`<h2>${headline}</h2>` : html`<h3>${headline}</h3>`}
<p class="meta">${row.sample === 1 ? html`<strong class="tag">Sample</strong> ` : ''}${by ? html`<strong class="tag is-warm">${by}</strong> ` : ''}${others(sourceNames(row), 120)} · ${dayHtml(row.published)}${
    row.updated ? html` · updated ${dayHtml(row.updated)}` : ''
  }${out ? html` · <a href="${out}" rel="noreferrer">Source<span class="only-heard"> of ${cut(row.title, 80)}</span></a>` : ''}</p>
${told ? html`<p>${told}</p>` : ''}
${labels ? html`<p class="labels">${labelLinks(row, content)}</p>` : ''}
</article>`
}

/** What an item is about, each label a way to more of it. */
function labelLinks(row: NewsRow, content: Knowledge): Html {
  const tracks = row.tracks.split(',').filter(Boolean)
  const links: [query: string, name: string][] = [
    [`topic=${row.topic}`, topicName(content, row.topic)],
    ...(row.body ? [[`body=${row.body}`, bodyLetters(content, row.body)] as [string, string]] : []),
    [`region=${row.region}`, regionName(content, row.region)],
    ...tracks.map((id): [string, string] => [`track=${id}`, trackName(content, id)]),
  ]
  return html`${links.map(([query, name], i) => html`${i > 0 ? ' · ' : ''}<a href="/news?${query}">${name}</a>`)}`
}

/** The day of an item's headline as others see it when the page is shared. */
export const describedBy = (row: NewsRow): string =>
  cut(
    `${sourceNames(row)}, ${dayInWords(row.published.slice(0, 10))}. ${summary({ title: row.title, text: row.text })}`,
    200,
  )
