import { CALENDAR_CATEGORIES, type CalendarEntry, type Instant } from '@cme-commons/core'
import ICAL from 'ical.js'

/** A calendar to be written: `address` is where it is read again and again, when anybody may know that; `page` is for people. */
export type Calendar = {
  name: string
  about: string
  address?: string
  page?: string
  entries: readonly CalendarEntry[]
}

/** How often a program should ask again. */
const REFRESH = 'PT6H'

// What RFC 7986 and the calendar programs added to RFC 5545 and the library doesn't know: as plain text, without a VALUE parameter.
for (const name of ['name', 'x-wr-calname', 'x-wr-caldesc'])
  ICAL.design.icalendar.property[name] = { defaultType: 'text' }
// The space that begins a folded line counts among its 75 octets (RFC 5545, 3.1); the library counts it on top.
ICAL.foldLength = 74
ICAL.design.icalendar.property['x-published-ttl'] = { defaultType: 'duration' }

/** The calendar as an iCalendar document (RFC 5545 and 7986). The same calendar is the same bytes. */
export function writeCalendar({ name, about, address, page, entries }: Calendar): string {
  const calendar = new ICAL.Component('vcalendar')
  add(calendar, 'version', 'text', '2.0')
  add(calendar, 'prodid', 'text', '-//CME Commons//Conferences//EN')
  add(calendar, 'calscale', 'text', 'GREGORIAN')
  for (const property of ['name', 'x-wr-calname']) add(calendar, property, 'text', name)
  for (const property of ['description', 'x-wr-caldesc']) add(calendar, property, 'text', about)
  if (page) add(calendar, 'url', 'uri', page)
  if (address) add(calendar, 'source', 'uri', address)
  for (const property of ['refresh-interval', 'x-published-ttl']) add(calendar, property, 'duration', REFRESH)
  for (const entry of entries) calendar.addSubcomponent(eventOf(entry))
  return `${calendar.toString()}\r\n`
}

function eventOf(entry: CalendarEntry): ICAL.Component {
  const event = new ICAL.Component('vevent')
  add(event, 'uid', 'text', entry.uid)
  // Without a METHOD the stamp is when the entry last changed (RFC 5545, 3.8.7.2), so it is not another one each time it is asked for.
  for (const property of ['dtstamp', 'last-modified']) add(event, property, 'date-time', moment(entry.changed))
  add(event, 'sequence', 'integer', entry.sequence)
  const { when } = entry
  if ('day' in when) {
    add(event, 'dtstart', 'date', when.day)
    add(event, 'dtend', 'date', when.end)
  } else {
    add(event, 'dtstart', 'date-time', moment(when.at))
    if (when.until && moment(when.until) > moment(when.at)) add(event, 'dtend', 'date-time', moment(when.until))
  }
  add(event, 'summary', 'text', entry.title)
  add(event, 'description', 'text', entry.text)
  if (entry.place) add(event, 'location', 'text', entry.place)
  if (entry.href) add(event, 'url', 'uri', entry.href)
  add(event, 'categories', 'text', CALENDAR_CATEGORIES[entry.kind])
  add(event, 'status', 'text', entry.status)
  // Nobody is busy because of a date that a community keeps.
  add(event, 'transp', 'text', 'TRANSPARENT')
  for (const minutes of entry.alarms) event.addSubcomponent(alarmOf(entry, minutes))
  return event
}

function alarmOf({ title, fromEnd }: CalendarEntry, minutes: number): ICAL.Component {
  const alarm = new ICAL.Component('valarm')
  add(alarm, 'action', 'text', 'DISPLAY')
  add(alarm, 'description', 'text', title)
  add(alarm, 'trigger', 'duration', triggerOf(minutes), fromEnd ? { related: 'END' } : {})
  return alarm
}

/** So many minutes before, in the largest unit that says it. */
function triggerOf(minutes: number): string {
  if (minutes === 0) return 'PT0S'
  if (minutes % 1440 === 0) return `-P${minutes / 1440}D`
  return minutes % 60 === 0 ? `-PT${minutes / 60}H` : `-PT${minutes}M`
}

/** An instant to the second, as the library takes it. */
const moment = (at: Instant): string => `${at.slice(0, 19)}Z`

function add(
  to: ICAL.Component,
  name: string,
  type: string,
  value: string | number,
  parameters: Readonly<Record<string, string>> = {},
): void {
  to.addProperty(new ICAL.Property([name, parameters, type, value]))
}
