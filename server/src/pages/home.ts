import { publicDates } from '@cme-commons/app'
import { bodyLetters, DAY, isDeadline, type Knowledge, plus, SUGGESTED } from '@cme-commons/core'
import { allSources, newsPage } from '@cme-commons/db'
import { html } from 'hono/html'
import type { ApiHouse } from '../api/house.ts'
import type { Html } from '../html/html.ts'
import { dateLine } from './date-list.ts'
import { publicPage } from './frame.ts'
import { joinHtml } from './join.ts'
import { topicsInOrder, webcal } from './parts.ts'
import { teaser } from './teaser.ts'

const LATEST = 6
const NEXT = 6

const WHAT =
  'News on the standards of continuing medical education (CME), the deadlines of its conferences and its first steps, ' +
  'in the chat that its professionals use already: at a time of their choosing, with the reason for every item.'

/** What this community follows, the latest news, what is due next, and how to come in. */
export async function homePage({ db, content, site, tryOut, join = {}, now }: ApiHouse): Promise<Html> {
  const [latest, dates, sources] = await Promise.all([
    newsPage(db.read, { limit: LATEST }),
    publicDates(db.read, content, { from: now(), until: plus(now(), 365 * DAY) }),
    sourcesOn(db),
  ])
  const next = dates.filter(({ date }) => isDeadline(date.kind) || date.kind === 'event').slice(0, NEXT)
  return publicPage({
    title: 'CME Commons',
    description: WHAT,
    site,
    path: '/',
    body: html`<header class="hero"><h1>What changed in the standards of CME</h1>
<p>${WHAT}</p>
<p class="buttons">${tryOut ? html`<a class="button primary" href="/try">Try it here, without a chat account</a> ` : ''}<a class="button" href="/pathways">New to the field?</a></p></header>
<section aria-labelledby="latest"><div class="head"><h2 id="latest">Latest news</h2><a href="/news">All news</a></div>
${
  latest.length > 0
    ? html`<div class="items">${latest.map((row) => teaser(row, content))}</div>`
    : html`<p class="none">Nothing here yet. <a href="/sources">What is being read, and when</a></p>`
}</section>
${follows(content, sources)}`,
    aside: html`<section class="paper" aria-labelledby="next"><div class="head"><h2 id="next">Next dates</h2><a href="/calendar">Calendar</a></div>
${next.length > 0 ? html`<ul class="dates">${next.map((one) => dateLine(one, false))}</ul>` : html`<p class="none">None is known yet.</p>`}</section>
${joinHtml(join)}
<section class="paper" aria-labelledby="follow"><h2 id="follow">Follow</h2>
<ul class="plain"><li><a href="/v1/news.atom">The news as a feed</a>, for any reader</li><li><a href="${webcal(site, '/v1/conferences.ics')}">Dates in your calendar</a></li><li><a href="/embed">Both on your own site</a></li></ul></section>`,
  })
}

const sourcesOn = async (db: ApiHouse['db']): Promise<number> =>
  (await allSources(db.read)).filter(({ id, enabled }) => enabled === 1 && id !== SUGGESTED.id).length

function follows(content: Knowledge, sources: number): Html {
  return html`<section class="paper" aria-labelledby="follows"><h2 id="follows">What this community follows</h2>
<p><a href="/sources">${sources === 1 ? 'One source is' : `${sources} sources are`} read</a>, and every item is sorted by these topics:</p>
<ul class="pills">${topicsInOrder(content).map(({ id, name }) => html`<li><a href="/news?topic=${id}">${name}</a></li>`)}</ul>
<p>from these organisations and more:</p>
<ul class="pills">${content.bodies.slice(0, 16).map(({ id }) => html`<li><a href="/news?body=${id}">${bodyLetters(content, id)}</a></li>`)}</ul>
<p>for these tracks:</p>
<ul class="pills">${content.tracks.map(({ id, name }) => html`<li><a href="/pathways#${id}">${name}</a></li>`)}</ul></section>`
}
