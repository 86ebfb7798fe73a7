import { daysOf, type PublicDate } from '@cme-commons/app'
import { cut, type Day, dayAfter } from '@cme-commons/core'
import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import { dateTitle, monthName } from './date-list.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
/** What a cell shows of a busy day; the list below has all. */
const MOST_IN_CELL = 4

/** A month as a table of its weeks, Monday first. Each date leads to its line in the list on the same page. */
export function monthGrid(month: string, dates: readonly PublicDate[], today: Day): Html {
  const on = byDay(dates)
  return html`<table class="month"><caption class="only-heard">${monthName(month)}, by day</caption>
<thead><tr>${WEEKDAYS.map((day) => html`<th scope="col"><abbr title="${day}">${day.slice(0, 3)}</abbr></th>`)}</tr></thead>
<tbody>${weeksOf(month).map((week) => html`<tr>${week.map((day) => cell(day, day.slice(0, 7) === month, on.get(day) ?? [], day === today))}</tr>`)}</tbody>
</table>`
}

function cell(day: Day, inside: boolean, dates: readonly PublicDate[], today: boolean): Html {
  if (!inside) return html`<td class="is-out"></td>`
  const shown = dates.slice(0, MOST_IN_CELL)
  const more = dates.length - shown.length
  return html`<td${today ? html` class="is-today" aria-current="date"` : ''}><time datetime="${day}">${Number(day.slice(8))}</time>${
    shown.length > 0
      ? html`<ul>${shown.map(
          (one) =>
            html`<li><a class="${markOf(one)}" href="#d-${one.date.id}"><bdi>${cut(dateTitle(one), 60)}</bdi></a></li>`,
        )}${more > 0 ? html`<li class="soft">and ${more} more</li>` : ''}</ul>`
      : ''
  }</td>`
}

/** Meetings and deadlines look different, and what is off is struck out. */
const markOf = ({ date }: PublicDate): string =>
  date.status === 'cancelled' || date.status === 'postponed' ? 'is-off' : date.kind === 'event' ? 'is-event' : 'is-due'

/** The weeks that a month is part of, from Monday to Sunday. */
export function weeksOf(month: string): Day[][] {
  const first = `${month}-01`
  const start = dayAfter(first, -((new Date(`${first}T12:00:00Z`).getUTCDay() + 6) % 7))
  const weeks: Day[][] = []
  for (let day = start; day.slice(0, 7) <= month && weeks.length < 6; day = dayAfter(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, i) => dayAfter(day, i)))
  return weeks
}

/** A meeting stands on each of its days, a deadline on its last. */
function byDay(dates: readonly PublicDate[]): Map<Day, PublicDate[]> {
  const on = new Map<Day, PublicDate[]>()
  for (const one of dates) {
    const { day, to } = daysOf(one.date)
    const from = one.date.kind === 'event' ? day : to
    for (let at = from, n = 0; at <= to && n < 31; at = dayAfter(at, 1), n++) on.set(at, [...(on.get(at) ?? []), one])
  }
  return on
}
