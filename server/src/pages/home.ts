import { type Item, type Knowledge, newsCard } from '@cme-commons/core'
import { html } from 'hono/html'
import { cardHtml } from '../html/card.ts'
import type { Html } from '../html/html.ts'
import { page } from '../html/page.ts'

const WHAT =
  'News on the standards of continuing medical education (CME), brought as a digest to the chat that its professionals use already: ' +
  'at a time of their choosing, for their track and region, with the reason for every item.'

/** What this is, the latest news with its labels, and where to go on. */
export const homePage = (latest: readonly Item[], content: Knowledge, tryOut: boolean): Html =>
  page({
    title: 'CME Commons',
    description: WHAT,
    body: html`<h1>What changed in the standards of CME</h1>
<p>${WHAT}</p>
${tryOut ? html`<p><a class="button primary" href="/try">Try it here, without a chat account</a></p>` : ''}
${cardHtml({ ...newsCard(latest, content), title: 'Latest news' })}
<p>Follow it in any reader: <a href="/v1/news.atom">the news as a feed</a>. Add <code>?track=program</code> or another filter for a part of it.</p>
<h2>For programs</h2>
<ul>
<li><a href="/v1/news">/v1/news</a>: the news by body, topic, region and track</li>
<li><a href="/v1/tracks">/v1/tracks</a>: the professional tracks and their topics</li>
<li><a href="/v1/openapi.json">/v1/openapi.json</a>: the description of the whole HTTP interface</li>
<li><a href="/readyz">/readyz</a>: whether everything works, and what to do when it does not</li>
</ul>
<p>The documents for operators, moderators and contributors come with the program, in its folder <code>docs</code>.</p>`,
  })
