import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import { publicPage } from './frame.ts'
import { listTable } from './table.ts'

/** `/embed`: what to paste to have news and dates on one's own site, and how they look there. */
export function embedPage(site: string): Html {
  const snippet = (path: string, title: string) =>
    `<iframe src="${site}${path}" title="${title}" width="100%" height="520" loading="lazy" style="border:0"></iframe>`
  const part = (
    id: string,
    name: string,
    path: string,
    title: string,
  ) => html`<section class="paper" aria-labelledby="${id}"><h2 id="${id}">${name}</h2>
<p>Paste this where it shall stand:</p>
<pre tabindex="0" role="region" aria-label="Snippet for ${name.toLowerCase()}"><code>${snippet(path, title)}</code></pre>
<details open><summary>How it looks</summary><iframe class="try-frame" src="${path}" title="${title}" loading="lazy"></iframe></details></section>`
  return publicPage({
    title: 'On your own site',
    description: 'Standards news and CME dates as a frame for any website, without scripts.',
    site,
    path: '/embed',
    body: html`<header class="lead"><h1>On your own site</h1>
<p>News and dates as a frame for any website. It runs no script, sets no cookie, and asks nobody but this site.</p></header>
${part('news', 'Standards news', '/embed/news?count=5', 'CME standards news')}
${part('dates', 'Dates and deadlines', '/embed/dates?count=8', 'CME dates and deadlines')}
<section class="paper" aria-labelledby="options"><h2 id="options">Make it yours</h2>
<p>Add to the address, with <code>&amp;</code> between:</p>
${listTable(
  'Options',
  ['Write', 'For'],
  OPTIONS.map(([write, says]) => [html`<code>${write}</code>`, html`${says}`]),
)}
<p class="soft">The ids of topics, organisations, regions and tracks stand in the address of <a href="/news">the archive</a> when it is filtered, and at <a href="/v1/tracks">/v1/tracks</a>. What is not known is left out.</p></section>`,
  })
}

const OPTIONS = [
  ['theme=dark', 'always dark, or light; auto (without it) goes by the reader’s own setting'],
  ['accent=9b2247', 'the colour of links, in six digits; made darker or lighter where nobody could read it'],
  ['size=small', 'small, medium or large type; small leaves out the summaries'],
  ['count=3', 'how many, up to 20'],
  ['title=off', 'no heading: for a place that has its own'],
  ['track=program', 'for one track, or several with commas between'],
  ['region=us,eu', 'of some regions'],
  ['topic=credit-system', 'news on some topics'],
  ['body=accme', 'news about some organisations'],
] as const
