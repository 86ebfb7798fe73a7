import {
  calendarAddressCard,
  calendarCard,
  calendarChangesCard,
  calendarSourceForm,
  calendarSourcesCard,
  calendarTroubleCard,
  type ImportProposal,
  type IncomingDate,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const AT = '2026-11-23T14:00:00.000Z'
const ADDRESS = `https://cme.example.org/v1/calendar/${'bcdfgh'.repeat(8)}.ics`
const OPEN = 'https://cme.example.org/v1/conferences.ics?space=try'

const EDITION = { id: 'e1', name: 'SACME 2027' }
const FOLLOWED = 'https://organiser.example/2027.ics'
const abstracts: IncomingDate = {
  uid: 'abstracts@organiser.example',
  sequence: 0,
  kind: 'abstracts',
  title: 'Abstracts due',
  when: { kind: 'day', day: '2027-01-15', zone: 'America/New_York' },
  status: 'confirmed',
  line: 5,
}
const moved: IncomingDate = { ...abstracts, sequence: 1, when: { ...abstracts.when, day: '2027-01-22' } as never }
const changes: ImportProposal = {
  add: [{ ...abstracts, uid: 'hotel@organiser.example', kind: 'hotel', title: 'Room block ends' }],
  change: [{ date: 'cd1', from: abstracts, to: moved, what: ['when'] }],
  remove: [{ date: 'cd2', taken: { ...abstracts, title: 'Travel grants' } }],
  same: 1,
  older: [],
}
const source = { id: 'k1', url: FOLLOWED, key: 'aBcDeFgHiJkL' }

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
  { view: 'calendar/follow', form: calendarSourceForm(EDITION) },
  { view: 'calendar/followed-none', card: calendarSourcesCard(EDITION, []) },
  {
    view: 'calendar/followed',
    card: calendarSourcesCard(EDITION, [
      { id: 'k1', url: FOLLOWED, read: AT, waits: true },
      {
        id: 'k2',
        url: 'https://other.example/c.ics',
        trouble: 'The server answers 404: look the address up.',
        waits: false,
      },
    ]),
  },
  { view: 'calendar/changes', card: calendarChangesCard(EDITION, source, changes) },
  {
    view: 'calendar/changes-looked-at',
    card: calendarChangesCard(EDITION, source, changes, [['Two members are told that “Abstracts due” moved.']]),
  },
  {
    view: 'calendar/failing',
    card: calendarTroubleCard(EDITION, FOLLOWED, 'The server answers 404: look the address up.'),
  },
  { view: 'calendar/well', card: calendarTroubleCard(EDITION, FOLLOWED) },
]
