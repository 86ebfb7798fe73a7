import type { HostedEvent } from '../delivery/effect.ts'
import { cut } from '../text.ts'
import { atWall, HOUR, type Instant, plus } from '../time.ts'
import { daysOfMeeting, sessionsByDay } from './channel.ts'
import type { ConferenceDate, Edition } from './conference.ts'
import { remindable } from './reminders.ts'

const TITLE = 100
const ABOUT = 800

/**
 * What a platform shows among its events for an edition: its days (`day/1`), and the sessions that were chosen, by their ids. A day lasts
 * from its first session to its last, or from nine to five. What has begun at `now` is left out: no platform takes it.
 */
export function hostedEvents(
  edition: Edition,
  dates: readonly ConferenceDate[],
  { mark, chosen }: { mark: string; chosen: readonly string[] },
  now: Instant,
): Map<string, HostedEvent> {
  const events = new Map<string, HostedEvent>()
  const place = cut(edition.place ?? edition.href ?? edition.name, TITLE)
  const page = edition.href ? `${edition.href}\n` : ''
  const days = edition.status === 'cancelled' ? [] : daysOfMeeting(dates)
  const byDay = sessionsByDay(dates, edition.zone)
  const put = (subject: string, event: Omit<HostedEvent, 'mark'>) => {
    if (event.start > now) events.set(subject, { mark: `${mark}-${subject.replace('/', '-')}`, ...event })
  }
  for (const [i, day] of days.entries()) {
    const sessions = byDay.get(day) ?? []
    const times = sessions.flatMap(({ when }) =>
      when.kind === 'at' ? [when.at, when.until ?? plus(when.at, HOUR)] : [],
    )
    const [start, end] = [
      times.toSorted()[0] ?? atWall(day, '09:00', edition.zone),
      times.toSorted().at(-1) ?? atWall(day, '17:00', edition.zone),
    ]
    const title = days.length > 1 ? `${edition.name}, day ${i + 1} of ${days.length}` : edition.name
    const about = cut(page + sessions.map((session) => session.title).join('\n'), ABOUT)
    put(`day/${i + 1}`, { title: cut(title, TITLE), about, start, end, place })
  }
  for (const date of dates) {
    if (!chosen.includes(date.id) || date.when.kind !== 'at' || !remindable(date) || edition.status === 'cancelled')
      continue
    const { at, until } = date.when
    put(date.id, {
      title: cut(`${edition.name}: ${date.title}`, TITLE),
      about: cut(page, ABOUT),
      start: at,
      end: until && until > at ? until : plus(at, HOUR),
      place: date.place ? cut(date.place, TITLE) : place,
    })
  }
  return events
}
