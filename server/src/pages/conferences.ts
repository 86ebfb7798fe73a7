import { daysOf, publicConferences, publicDates, publicEditions } from '@cme-commons/app'
import {
  type Conference,
  type ConferenceDate,
  calendarDays,
  cut,
  DAY,
  type Edition,
  KIND_NAMES,
  MONTH_NAMES,
  plus,
  regionName,
  trackName,
} from '@cme-commons/core'
import { html } from 'hono/html'
import type { ApiHouse } from '../api/house.ts'
import type { Html } from '../html/html.ts'
import { subscribe } from './calendar.ts'
import { dateLine, sureness, whenHtml } from './date-list.ts'
import { publicPage } from './frame.ts'
import { others, outward, provenance, shareLink } from './parts.ts'
import { listTable } from './table.ts'

/** Sessions of an edition that its page shows; more are in the calendar. */
const MOST_DATES = 120

/** Every conference that everybody may see, with what comes next of each. */
export async function conferencesPage({ db, content, site, now }: ApiHouse): Promise<Html> {
  const all = await publicConferences(db.read, content)
  const dates = await publicDates(db.read, content, { from: now(), until: plus(now(), 730 * DAY), kinds: ['event'] })
  const rows = all.map((one) => {
    const next = dates.find(({ date }) => date.conference === one.id)
    const name =
      one.name.toLowerCase() === one.short.toLowerCase()
        ? ''
        : html`<span class="soft"><bdi>${cut(one.name, 160)}</bdi></span>`
    return [
      html`<a href="/conferences/${encodeURIComponent(one.id)}"><bdi>${cut(one.short, 80)}</bdi></a>${name}`,
      html`${one.month ? MONTH_NAMES[one.month - 1] : '–'}`,
      html`${regionName(content, one.region)}`,
      next
        ? html`${others(next.edition?.name ?? next.date.title, 80)}, ${whenHtml(next.date)}`
        : html`<span class="soft">no date entered yet</span>`,
    ]
  })
  return publicPage({
    title: 'Conferences',
    description:
      'The meetings of continuing medical education: when they usually are, what is known of the next ones, and their deadlines.',
    site,
    path: '/conferences',
    room: '/conferences',
    body: html`<header class="lead"><h1>Conferences of the field</h1>
<p>Dates come from moderators, each with the page that announced it. A usual month is no date: it says when to look.</p></header>
<div class="paper">${listTable('All conferences', ['Conference', 'Usually in', 'Region', 'Next edition'], rows)}</div>`,
    aside: subscribe(site),
  })
}

/** The page of a conference, if everybody may see it: what it is, its editions with their dates, what is usual, and what was. */
export async function conferencePage({ db, content, site, now }: ApiHouse, id: string): Promise<Html | undefined> {
  const conference = (await publicConferences(db.read, content)).find((one) => one.id === id)
  if (!conference) return undefined
  const { name, short, organiser, href, about, tracks, region, month, usual, past } = conference
  const editions = await publicEditions(db.read, id)
  const path = `/conferences/${encodeURIComponent(id)}`
  return publicPage({
    title: cut(short, 160),
    description: cut(about || name, 200),
    site,
    path,
    room: '/conferences',
    body: html`<article class="paper"><h1><bdi>${cut(name, 300)}</bdi></h1>
${about ? html`<p>${cut(about, 1500)}</p>` : ''}
<dl class="facts"><div><dt>Organiser</dt><dd>${others(organiser)}</dd></div>${month ? html`<div><dt>Usually in</dt><dd>${MONTH_NAMES[month - 1]}</dd></div>` : ''}<div><dt>Region</dt><dd>${regionName(content, region)}</dd></div>${tracks.length > 0 ? html`<div><dt>For</dt><dd>${tracks.map((one) => trackName(content, one)).join(', ')}</dd></div>` : ''}${href ? html`<div><dt>Page</dt><dd>${outward(href, href)}</dd></div>` : ''}</dl>
${provenance(conference)}
<p class="buttons">${shareLink(site, path)}</p></article>
<section class="paper" aria-labelledby="editions"><h2 id="editions">Editions</h2>
${editions.length > 0 ? editions.map((one) => editionHtml(one, conference, now().slice(0, 10))) : html`<p class="none">No edition was entered and made public yet.</p>`}</section>
${usual.length > 0 ? usualHtml(conference) : ''}
${past.length > 0 ? pastHtml(conference) : ''}`,
    aside: subscribe(site),
  })
}

type Shown = { edition: Edition; dates: readonly ConferenceDate[] }

function editionHtml({ edition, dates }: Shown, conference: Conference, today: string): Html {
  const { name, place, href, status } = edition
  const sessions = dates.filter(({ kind }) => kind === 'session').slice(0, MOST_DATES)
  const rest = dates.filter(({ kind }) => kind !== 'session').slice(0, MOST_DATES)
  const over = dates.length > 0 && dates.every((date) => daysOf(date).to < today)
  return html`<section class="edition"><h3><bdi>${cut(name, 160)}</bdi>${status === 'cancelled' ? html` <span class="tag is-danger">Cancelled</span>` : over ? html` <span class="tag">Over</span>` : ''}</h3>
<p class="meta">${place ? others(place) : 'Place not told'}${href ? html` · ${outward('Its page', href)}` : ''}</p>
${rest.length > 0 ? html`<ul class="dates">${rest.map((date) => dateLine({ date: titled(date, conference) }))}</ul>` : html`<p class="none">No date is entered yet.</p>`}
${
  sessions.length > 0
    ? html`<details><summary>${sessions.length === 1 ? 'One session' : `${sessions.length} sessions`}</summary><ul>${sessions.map((date) => html`<li>${whenHtml(date)}: ${others(date.title)}${sureness(date) ? ` (${sureness(date).toLowerCase()})` : ''}</li>`)}</ul></details>`
    : ''
}</section>`
}

/** On its own page a date need not say of which conference it is. */
const titled = (date: ConferenceDate, { name, short }: Conference): ConferenceDate =>
  date.title === name || date.title === short ? { ...date, title: '' } : date

const usualHtml = ({
  usual,
}: Conference): Html => html`<section class="paper" aria-labelledby="usual"><h2 id="usual">What is usual</h2>
<p class="note">From earlier years alone: no announcement, no date to rely on, and nobody is reminded of it.</p>
${listTable(
  'What is usual',
  ['What', 'Usual month', 'Worth a look from', 'What is known'],
  usual.map(({ kind, month, told, says, source }) => [
    html`${KIND_NAMES[kind]}`,
    html`${MONTH_NAMES[month - 1]}`,
    html`${told ? MONTH_NAMES[told - 1] : '–'}`,
    html`${says} <span class="soft">(${source})</span>`,
  ]),
)}</section>`

const pastHtml = ({
  past,
}: Conference): Html => html`<section class="paper" aria-labelledby="past"><h2 id="past">Earlier editions</h2>
<ul class="past">${[...past]
  .sort((a, b) => (b.day ?? '').localeCompare(a.day ?? ''))
  .map(
    ({ kind, day, to, says, source }) =>
      html`<li>${day ? html`<time datetime="${day}">${calendarDays(day, to)}</time>: ` : ''}${kind === 'event' ? '' : `${KIND_NAMES[kind]}. `}${says} <span class="soft">(${source})</span></li>`,
  )}</ul></section>`
