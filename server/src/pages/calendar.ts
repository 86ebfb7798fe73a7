import { daysOf, publicDates } from '@cme-commons/app'
import { dayIn, type Knowledge } from '@cme-commons/core'
import { html } from 'hono/html'
import { type CalendarQuerySchema, readCalendarQuery } from '../api/calendar-query.ts'
import type { ApiHouse } from '../api/house.ts'
import type { Html } from '../html/html.ts'
import { datesByMonth, monthAfter, monthName, monthStart } from './date-list.ts'
import { CALENDAR, publicPage } from './frame.ts'
import { monthGrid } from './month.ts'
import { webcal } from './parts.ts'

/** Months back and ahead that have a page: calendars keep a year of the past, and nobody announces further ahead. */
const BACK = 12
const AHEAD = 36
/** Months that the list goes on behind the one that is shown. */
const LISTED = 12
const MOST_LISTED = 120
/** What may be asked for besides the month; what else stands in an address is left alone. */
const NAMES = ['kinds', 'tracks', 'regions', 'space']

/**
 * The calendar at a month (`?month=2027-03`; the present one without): a table of its days, and the dates from there on as a list.
 * Nothing for a month that is too far away, or a query that is none.
 */
export async function calendarPage(
  house: ApiHouse,
  schema: CalendarQuerySchema,
  query: string,
): Promise<Html | undefined> {
  const { db, content, site } = house
  const said = new URLSearchParams(query)
  const asked = new URLSearchParams(NAMES.flatMap((name) => (said.get(name) ? [[name, said.get(name)!]] : [])))
  const today = dayIn(house.now(), 'UTC')
  const month = said.get('month') || today.slice(0, 7)
  const read = readCalendarQuery(schema, asked, 'all')
  const [first, last] = [monthAfter(today.slice(0, 7), -BACK), monthAfter(today.slice(0, 7), AHEAD)]
  if (!('query' in read) || !/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || month < first || month > last) return undefined
  const { filter, space } = read.query
  const [from, until] = [monthStart(month), monthStart(monthAfter(month, LISTED))]
  const dates = await publicDates(db.read, content, { from, until, ...filter, ...(space ? { space } : {}) })
  // What began in the month before stands in the list under its own month, and in the table on its last days.
  const within = dates.filter(
    ({ date }) => daysOf(date).to >= `${month}-01` && daysOf(date).day < `${monthAfter(month, 1)}-01`,
  )
  const at = (to: string) => {
    const address = new URLSearchParams(asked)
    if (to !== today.slice(0, 7)) address.set('month', to)
    return `/calendar${address.size > 0 ? `?${address}` : ''}`
  }
  const ics = `/v1/conferences.ics${asked.size > 0 ? `?${asked}` : ''}`
  return publicPage({
    title: `Calendar: ${monthName(month)}`,
    description: 'Conferences of continuing medical education and their deadlines, each as sure as it is told.',
    site,
    path: at(month),
    room: '/calendar',
    hidden: month !== today.slice(0, 7) || asked.size > 0,
    alternate: [{ ...CALENDAR, href: ics }],
    body: html`<header class="lead"><h1>Calendar</h1>
<p>Meetings and deadlines that communities here made public, and the deadlines that come back by rule. Nothing is in it that is only usual.</p></header>
${filterForm(content, asked, month === today.slice(0, 7) ? '' : month)}
<section aria-labelledby="month">
<div class="month-head"><h2 id="month">${monthName(month)}</h2><nav aria-label="Months">${month > first ? html`<a class="button" rel="prev" href="${at(monthAfter(month, -1))}">Earlier<span class="only-heard">: ${monthName(monthAfter(month, -1))}</span></a>` : ''}${month === today.slice(0, 7) ? '' : html`<a class="button" href="${at(today.slice(0, 7))}">This month</a>`}${month < last ? html`<a class="button" rel="next" href="${at(monthAfter(month, 1))}">Later<span class="only-heard">: ${monthName(monthAfter(month, 1))}</span></a>` : ''}</nav></div>
${monthGrid(month, within, today)}
</section>
<section class="paper" aria-labelledby="list"><h2 id="list">From ${monthName(month)} on</h2>
${dates.length > 0 ? html`${datesByMonth(dates.slice(0, MOST_LISTED), 3)}${dates.length > MOST_LISTED ? html`<p class="soft">And ${dates.length - MOST_LISTED} more: look at a later month.</p>` : ''}` : html`<p class="none">No date is known for these twelve months yet. <a href="/conferences">What is usual, by conference</a></p>`}
</section>`,
    aside: subscribe(site, asked),
  })
}

/** How to have the calendar in one's own, filtered as the page is. */
export function subscribe(site: string, asked = new URLSearchParams()): Html {
  const of = (path: string, query: URLSearchParams) => `${path}${query.size > 0 ? `?${query}` : ''}`
  const wide = new URLSearchParams(asked)
  wide.delete('kinds')
  return html`<section class="paper" aria-labelledby="subscribe"><h2 id="subscribe">In your own calendar</h2>
<p>Subscribe once, and dates that move there, move in yours.</p>
<ul class="plain"><li><a href="${webcal(site, of(CALENDAR.href, asked))}">Open in your calendar program</a></li><li><a href="${of(CALENDAR.href, asked)}">All dates (.ics)</a></li><li><a href="${of('/v1/deadlines.ics', wide)}">Deadlines alone (.ics)</a></li></ul>
<p class="soft">For information: confirm with the organiser.</p></section>`
}

function filterForm({ tracks, regions }: Knowledge, asked: URLSearchParams, month: string): Html {
  const select = (name: string, label: string, all: string, options: readonly { id: string; name: string }[]) => {
    const chosen = asked.get(name) ?? ''
    const several = chosen !== '' && !options.some(({ id }) => id === chosen)
    return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${all}</option>${several ? html`<option value="${chosen}" selected>As in the address</option>` : ''}${options.map(({ id, name: says }) => html`<option value="${id}"${id === chosen ? html` selected` : ''}>${says}</option>`)}</select></div>`
  }
  return html`<form class="filters" method="get" action="/calendar" aria-label="What the calendar shows">
${month ? html`<input type="hidden" name="month" value="${month}">` : ''}${asked.has('space') ? html`<input type="hidden" name="space" value="${asked.get('space')}">` : ''}${select('kinds', 'What', 'Meetings and deadlines', KINDS)}${select('tracks', 'Track', 'Every track', tracks)}${select('regions', 'Region', 'Every region', regions)}
<div class="field is-press"><button class="button primary" type="submit">Show</button></div>
</form>`
}

const KINDS = [
  { id: 'event', name: 'Meetings' },
  { id: 'abstracts', name: 'Abstracts and proposals' },
  { id: 'early-bird', name: 'Early-bird fees' },
  { id: 'hotel', name: 'Hotel blocks' },
  { id: 'grant', name: 'Grants' },
  { id: 'registration', name: 'Registration' },
  { id: 'comment', name: 'Calls for comment' },
  { id: 'report', name: 'Reports' },
]
