import { calendarAddressCard, calendarCard } from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const AT = '2026-11-23T14:00:00.000Z'
const ADDRESS = `https://cme.example.org/v1/calendar/${'bcdfgh'.repeat(8)}.ics`
const OPEN = 'https://cme.example.org/v1/conferences.ics?space=try'

/** Every view of calendars. */
export const calendarViews = (): Shown[] => [
  { view: 'calendar', card: calendarCard({ moderator: false }) },
  { view: 'calendar/made', card: calendarCard({ made: AT, used: AT, open: OPEN, moderator: false }) },
  { view: 'calendar/moderator', card: calendarCard({ made: AT, moderator: true }) },
  {
    view: 'calendar/opened',
    card: calendarCard({ open: OPEN, moderator: true, says: 'The calendar of this community is open now.' }),
  },
  { view: 'calendar/address', card: calendarAddressCard(ADDRESS, false) },
  { view: 'calendar/address-again', card: calendarAddressCard(ADDRESS, true) },
]
