import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import { document } from '../html/page.ts'

/** The rooms of the public pages, as the head of each names them. */
const ROOMS = [
  ['/news', 'News'],
  ['/calendar', 'Calendar'],
  ['/conferences', 'Conferences'],
  ['/pathways', 'Pathways'],
  ['/glossary', 'Glossary'],
  ['/sources', 'Sources'],
] as const

/**
 * A public page. `path` is its own address without the host, by which others are sent to it, and empty for what has none; `room` the
 * entry of the menu it belongs to; `aside` stands beside the content where there is room. `alternate` are what this page is to programs:
 * feeds and calendars. A `hidden` one is kept out of search engines.
 */
export type PublicPage = {
  title: string
  description: string
  site: string
  path: string
  room?: (typeof ROOMS)[number][0] | undefined
  body: Html
  aside?: Html
  alternate?: readonly Alternate[]
  hidden?: boolean
}

export type Alternate = { type: string; title: string; href: string }

export const FEED: Alternate = { type: 'application/atom+xml', title: 'CME standards news', href: '/v1/news.atom' }
export const CALENDAR: Alternate = {
  type: 'text/calendar',
  title: 'CME conferences and deadlines',
  href: '/v1/conferences.ics',
}
const DEADLINES: Alternate = { type: 'text/calendar', title: 'CME deadlines', href: '/v1/deadlines.ics' }
const ALWAYS: readonly Alternate[] = [
  FEED,
  { ...FEED, type: 'application/rss+xml', href: '/v1/news.rss' },
  { ...FEED, type: 'application/feed+json', href: '/v1/news.json' },
  CALENDAR,
  DEADLINES,
]

/** The whole document of a public page: menu, content, what goes with it, and where it goes on. */
export function publicPage(page: PublicPage): Html {
  const { title, description, site, path, room, body, aside, alternate = [], hidden } = page
  const address = `${site}${path}`
  const links = [...alternate, ...ALWAYS.filter(({ href }) => !alternate.some((one) => one.href === href))]
  return document({
    title: path === '/' ? title : `${title} – CME Commons`,
    description,
    bodyClass: 'public',
    head: html`<link rel="stylesheet" href="/assets/public.css">
${hidden ? html`<meta name="robots" content="noindex">\n` : html`<link rel="canonical" href="${address}">\n`}<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="CME Commons">
${path ? html`<meta property="og:url" content="${address}">\n` : ''}${links.map(({ type, title, href }) => html`<link rel="alternate" type="${type}" title="${title}" href="${href}">\n`)}`,
    body: html`<a class="skip" href="#content">Skip to the content</a>
<header class="top"><div class="wide">
<a class="brand" href="/"${path === '/' ? html` aria-current="page"` : ''}><img src="/assets/mark.svg" alt="" width="28" height="28"><span>CME Commons</span></a>
<nav aria-label="Pages"><ul>${ROOMS.map(
      ([href, name]) =>
        html`<li><a href="${href}"${href === room ? html` aria-current="${path === href ? 'page' : 'true'}"` : ''}>${name}</a></li>`,
    )}</ul></nav>
</div></header>
<div class="${aside ? 'wide beside' : 'wide'}">
<main id="content" tabindex="-1">
${body}
</main>
${aside ? html`<aside aria-label="More">\n${aside}\n</aside>` : ''}
</div>
${foot}`,
  })
}

const foot = html`<footer class="foot"><div class="wide">
<nav aria-label="Follow and reuse"><ul>
<li><a href="/v1/news.atom">News as a feed</a></li>
<li><a href="/v1/conferences.ics">Calendar to subscribe to</a></li>
<li><a href="/v1/deadlines.ics">Deadlines to subscribe to</a></li>
<li><a href="/embed">On your own site</a></li>
<li><a href="/v1/openapi.json">For programs</a></li>
</ul></nav>
<p>CME Commons informs about standards; it does not decide what meets them. Check the linked source before you act.</p>
</div></footer>`
