import { daysOf, type PublicDate } from '@cme-commons/app'
import {
  atWall,
  type ConferenceDate,
  calendarDays,
  cut,
  KIND_TITLES,
  MONTH_NAMES,
  STATUS_NAMES,
  wallClock,
} from '@cme-commons/core'
import { html } from 'hono/html'
import { type Html, safeHref } from '../html/html.ts'
import { others } from './parts.ts'

/** What a date is called where its conference is not said beside it. */
export function dateTitle({ date, edition }: PublicDate): string {
  const said = date.title || KIND_TITLES[date.kind]
  if (!edition || said.toLowerCase().includes(edition.name.toLowerCase())) return said
  return date.kind === 'event' ? edition.name : `${edition.name}: ${said}`
}

/** How sure a date is, as a mark beside it: nothing where its organiser confirmed it. */
export function sureness({ status, edition }: Pick<ConferenceDate, 'status' | 'edition'>): string {
  if (status === 'confirmed') return ''
  if (status === 'tentative') return edition ? STATUS_NAMES.tentative : 'By its rule, not announced'
  return STATUS_NAMES[status]
}

/** When it is, as it was announced: days of the calendar as they are, a time of day in the zone of the announcement. */
export function whenHtml({ when }: Pick<ConferenceDate, 'when'>): Html {
  if (when.kind === 'day') return html`<time datetime="${when.day}">${calendarDays(when.day, when.to)}</time>`
  if (when.kind === 'aoe')
    return html`<time datetime="${when.day}">${calendarDays(when.day)}</time>, 23:59 anywhere on earth`
  const wall = wallClock(when.at, when.zone)
  const time = (at: string) => wallClock(at, when.zone).toPlainTime().toString({ smallestUnit: 'minute' })
  const day = wall.toPlainDate().toString()
  return html`<time datetime="${when.at}">${calendarDays(day)}, ${time(when.at)}${when.until ? ` to ${time(when.until)}` : ''}</time> <span class="zone">${when.zone.replaceAll('_', ' ')}</span>`
}

/** Where there is more about a date: our page of its conference, or the page that announced it. */
export const pageOfDate = ({ conference, date }: PublicDate): string | undefined =>
  conference
    ? `/conferences/${encodeURIComponent(conference.id)}`
    : [date.href, date.source]
        .flatMap((href) => (href ? (safeHref(href) ?? []) : []))
        .find((href) => /^https?:/i.test(href))

/** Dates under the names of their months, in the order given. `level` is the level of these names. */
export function datesByMonth(dates: readonly PublicDate[], level: 2 | 3): Html {
  const months = Map.groupBy(dates, ({ date }) => daysOf(date).day.slice(0, 7))
  return html`${[...months].map(([month, ones]) => {
    const name = monthName(month)
    return html`<section class="of-month">${level === 2 ? html`<h2>${name}</h2>` : html`<h3>${name}</h3>`}
<ul class="dates">${ones.map((one) => dateLine(one))}</ul></section>`
  })}`
}

/** One date in a list: its day large, what it is, how sure, where. `id` gives it an address on the page. */
export function dateLine(one: PublicDate, id = true): Html {
  const { date, edition } = one
  const { day } = daysOf(date)
  const off = date.status === 'cancelled' || date.status === 'postponed'
  const mark = sureness(date)
  const to = pageOfDate(one)
  const title = html`<bdi>${cut(dateTitle(one), 200)}</bdi>`
  const place = date.place ?? edition?.place
  return html`<li${id ? html` id="d-${date.id}"` : ''}>
<span class="leaf" aria-hidden="true"><b>${Number(day.slice(8))}</b>${(MONTH_NAMES[Number(day.slice(5, 7)) - 1] ?? '').slice(0, 3)}</span>
<div><p class="what">${off ? html`<s>${to ? html`<a href="${to}" rel="noreferrer">${title}</a>` : title}</s>` : to ? html`<a href="${to}" rel="noreferrer">${title}</a>` : title}${mark ? html` <span class="tag ${off ? 'is-danger' : 'is-warm'}">${mark}</span>` : ''}</p>
<p class="meta">${whenHtml(date)}${place ? html` · ${others(place, 120)}` : ''}</p></div></li>`
}

export const monthName = (month: string): string => `${MONTH_NAMES[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`

/** The month so many later, `2027-03` for `2027-01` and two. */
export function monthAfter(month: string, months: number): string {
  const all = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`
}

/** The first moment of a month, in UTC. */
export const monthStart = (month: string): string => atWall(`${month}-01`, '00:00', 'UTC')
