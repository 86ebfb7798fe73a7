/**
 * What people do about calendars: their own address (`new` ends the one before), and, as moderators, whether the calendar of their
 * community is open to everybody, and which calendars of organisers an edition follows: what one of them changed is taken, or declined,
 * under the `key` of what was shown.
 */
export type CalendarAction =
  | { do: 'calendar' }
  | { do: 'calendar.new' }
  | { do: 'calendar.end' }
  | { do: 'calendar.open' }
  | { do: 'calendar.close' }
  | { do: 'calendar.sources'; edition: string }
  | { do: 'calendar.changes'; source: string }
  | { do: 'calendar.take'; source: string; key: string }
  | { do: 'calendar.decline'; source: string; key: string }
  | { do: 'calendar.leave'; source: string }

/** The letters of the secret in the address of a member's own calendar. */
export const CALENDAR_SECRET = 48
