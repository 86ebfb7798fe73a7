/**
 * What people do about calendars: their own address (`new` ends the one before), and, as moderators, whether the calendar of their
 * community is open to everybody.
 */
export type CalendarAction =
  | { do: 'calendar' }
  | { do: 'calendar.new' }
  | { do: 'calendar.end' }
  | { do: 'calendar.open' }
  | { do: 'calendar.close' }

/** The letters of the secret in the address of a member's own calendar. */
export const CALENDAR_SECRET = 48
