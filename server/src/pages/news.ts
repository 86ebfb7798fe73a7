import { bodyName, cut, type Knowledge, regionName, topicName, trackName } from '@cme-commons/core'
import { html } from 'hono/html'
import type { ApiHouse } from '../api/house.ts'
import { pageOf } from '../api/news.ts'
import type { NewsQuerySchema, Wrong } from '../api/query.ts'
import { readNewsQuery } from '../api/query.ts'
import type { Html } from '../html/html.ts'
import { filterForm } from './filters.ts'
import { type Alternate, FEED, publicPage } from './frame.ts'
import { teaser } from './teaser.ts'

const NAMES = ['q', 'topic', 'body', 'region', 'track', 'since', 'order', 'cursor']

/** The archive as its address asks for it. `wrong` when it asks for what there is not: the page says so, beside the form. */
export async function archivePage(
  { db, content, site }: ApiHouse,
  schema: NewsQuerySchema,
  query: string,
): Promise<{ page: Html; wrong: boolean }> {
  const asked = wanted(query)
  const read = readNewsQuery(schema, asked, content)
  if (!('query' in read)) return { page: frame(site, content, asked, wrongs(read.wrong)), wrong: true }
  const { items, next } = await pageOf(db.read, read)
  const list =
    items.length > 0
      ? html`<div class="items">${items.map((row) => teaser(row, content, 2))}</div>`
      : html`<p class="none">Nothing in the archive fits. ${asked.size > 0 ? html`<a href="/news">Show everything</a>` : html`<a href="/sources">How the sources are doing</a>`}</p>`
  const older = new URLSearchParams(asked)
  if (next) older.set('cursor', next)
  const newest = new URLSearchParams(asked)
  newest.delete('cursor')
  const turn = html`<nav class="turn" aria-label="Pages of the archive">${
    asked.has('cursor')
      ? html`<a class="button" href="/news${newest.size > 0 ? `?${newest}` : ''}">To the newest</a>`
      : ''
  }${next ? html`<a class="button" rel="next" href="/news?${older}">Older news</a>` : ''}</nav>`
  return { page: frame(site, content, asked, html`${list}\n${turn}`), wrong: false }
}

/** What the form sends for what was left open is left out; of what is given twice the last holds. */
function wanted(query: string): URLSearchParams {
  const said = new URLSearchParams(query)
  const asked = new URLSearchParams()
  for (const name of NAMES) {
    const value = said.getAll(name).at(-1)?.trim()
    if (value) asked.set(name, value)
  }
  if (!asked.has('q')) asked.delete('order')
  return asked
}

function frame(site: string, content: Knowledge, asked: URLSearchParams, list: Html): Html {
  const filters = new URLSearchParams(asked)
  filters.delete('cursor')
  const about = aboutOf(asked, content)
  const feed: Alternate = {
    ...FEED,
    title: about ? `CME standards news: ${about}` : FEED.title,
    href: `/v1/news.atom${filters.size > 0 ? `?${filters}` : ''}`,
  }
  return publicPage({
    title: cut(about ? `Standards news: ${about}` : 'Standards news', 160),
    description:
      'What changed in the standards of continuing medical education, by topic, organisation, region and track.',
    site,
    path: `/news${filters.size > 0 ? `?${filters}` : ''}`,
    room: '/news',
    hidden: asked.has('cursor') || asked.has('q'),
    alternate: [feed],
    body: html`<header class="lead"><h1>Standards news</h1>
<p>Everything that the sources brought, with the reason for every label.</p></header>
${filterForm(content, asked)}
<section aria-label="News">
${list}
</section>`,
    aside: html`<section class="paper" aria-labelledby="follow"><h2 id="follow">Follow</h2>
<p>${about ? 'What is shown here, and what comes to it:' : 'Everything, or what you filter for:'}</p>
<ul class="plain"><li><a href="${feed.href}">This view as a feed</a></li><li><a href="/embed">On your own site</a></li></ul></section>
<section class="paper" aria-labelledby="quiet"><h2 id="quiet">Is it quiet?</h2>
<p><a href="/sources">How the sources are doing</a> tells whether nothing happened or something broke.</p></section>`,
  })
}

const wrongs = (wrong: readonly Wrong[]): Html =>
  html`<div class="wrong" role="alert"><p>This cannot be shown:</p><ul>${wrong.map(({ detail }) => html`<li><bdi>${detail}</bdi></li>`)}</ul><p><a href="/news">Show everything</a></p></div>`

/** What a view of the archive is about, in words. */
function aboutOf(asked: URLSearchParams, content: Knowledge): string {
  const names = { topic: topicName, body: bodyName, region: regionName, track: trackName } as const
  return [
    ...Object.entries(names).flatMap(([kind, nameOf]) =>
      (asked.get(kind)?.split(',') ?? []).map((id) => nameOf(content, id)),
    ),
    ...(asked.get('q') ? [`“${asked.get('q')}”`] : []),
  ].join(', ')
}
