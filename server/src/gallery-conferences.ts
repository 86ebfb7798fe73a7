import {
  type Card,
  type ConferenceDate,
  chainCard,
  chainFor,
  chainHelpCard,
  channelFollowsCard,
  conferenceCard,
  conferenceForm,
  conferencesCard,
  DATE_KINDS,
  DEFAULT_DAYS,
  DEFAULT_MINUTES,
  dateCard,
  dateForm,
  dateNewsCard,
  datesCard,
  type Edition,
  editionCard,
  editionForm,
  editionNewsCard,
  type Follow,
  type Form,
  followCard,
  followForm,
  importForm,
  type Knowledge,
  noConferenceCard,
  planLogCard,
  planPreviewCard,
  planSavedCard,
  planWrongCard,
  policiesCard,
  policyForm,
  reminderCard,
  t,
  usualCard,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const NOW = '2026-11-23T14:00:00.000Z'
const ZONE = 'America/New_York'

const edition: Edition = {
  id: 'e1',
  conference: 'sacme',
  name: 'Sample meeting 2027',
  year: 2027,
  space: 'try',
  place: 'A city by a lake',
  href: 'https://www.example.org/meeting',
  zone: 'America/Chicago',
  status: 'planned',
}
const date = (id: string, rest: Partial<ConferenceDate>): ConferenceDate => ({
  id,
  space: 'try',
  edition: 'e1',
  conference: 'sacme',
  kind: 'abstracts',
  title: 'Abstracts close',
  when: { kind: 'day', day: '2026-12-31', zone: 'America/Chicago' },
  status: 'confirmed',
  source: 'https://www.example.org/meeting/call',
  href: 'https://www.example.org/meeting/call',
  checked: '2026-11-20',
  sequence: 0,
  changed: NOW,
  ...rest,
})
const abstracts = date('cd1', {})
const dates = [
  abstracts,
  date('cd2', {
    kind: 'hotel',
    title: 'Hotel block closes',
    when: { kind: 'aoe', day: '2027-02-15' },
    status: 'tentative',
  }),
  date('cd3', {
    kind: 'event',
    title: 'The meeting',
    when: { kind: 'day', day: '2027-03-14', to: '2027-03-17', zone: 'America/Chicago' },
  }),
  date('cd4', {
    kind: 'session',
    title: 'Opening: what a gap is',
    place: 'Hall A',
    when: { kind: 'at', at: '2027-03-14T14:00:00.000Z', until: '2027-03-14T15:00:00.000Z', zone: 'America/Chicago' },
  }),
  date('cd5', { kind: 'grant', title: 'Travel grants close', status: 'cancelled' }),
]
const follow: Follow = {
  id: 'f1',
  space: 'try',
  to: { user: 'sara' },
  scope: { edition: 'e1' },
  kinds: ['event', 'abstracts', 'hotel', 'session'],
  tracks: [],
  days: [30, 7, 1],
  answer: 'going',
  zone: ZONE,
  quiet: { from: '21:00', to: '07:00' },
}
const on = { state: 'on' as const, when: abstracts.when }
const moved = { state: 'on' as const, when: { kind: 'day' as const, day: '2027-01-15', zone: 'America/Chicago' } }

/** Made-up dates of one member. */
export const sampleDates = dates.slice(0, 3).map((date) => ({ date, edition }))

/** Conferences, editions and dates, what is sent about them, and what moderators fill in. */
export function conferenceViews(content: Knowledge): Shown[] {
  const card = (view: string, card: Card): Shown => ({ view, card })
  const form = (form: Form): Shown => ({ view: `form/${form.id.split(':')[0]}`, form })
  const { catalog } = content.conferences
  const sacme = catalog.find(({ id }) => id === 'sacme')!
  const listed = catalog.map((conference) => ({ conference, ...(conference.id === 'sacme' ? { next: edition } : {}) }))
  const mine = sampleDates
  const shown = { edition, dates, answers: { going: 12, maybe: 4, channels: 1 }, from: 0 }
  const about = { now: NOW, zone: ZONE, channel: false, scope: 'edition/e1' }
  const member = { moderator: false, inChannel: true }
  const moderator = { moderator: true, inChannel: true }
  const cancelled: Edition = { ...edition, status: 'cancelled' }
  const preview = {
    what: [t`Sample meeting 2027: Abstracts close: Thu 31 Dec 2026 becomes Fri 15 Jan 2027.`],
    does: [
      t`3 that wait to go out are taken back.`,
      t`12 members and 1 channel (and whoever was reminded of it) are told once that it is moved, with the old and the new date.`,
    ],
  }
  return [
    card('conferences', conferencesCard(listed, 0, false)),
    card('conferences/moderator', conferencesCard(listed, 0, true)),
    card('conferences/unknown', noConferenceCard('Games Con')),
    card('conferences/several', noConferenceCard('annual', [sacme])),
    card('conference', conferenceCard({ conference: sacme, editions: [edition], follows: true }, content, member)),
    card(
      'conference/moderator',
      conferenceCard({ conference: { ...sacme, space: 'try' }, editions: [], follows: false }, content, moderator),
    ),
    card('edition', editionCard({ ...shown, answer: 'going' }, member)),
    card('edition/moderator', editionCard(shown, moderator)),
    card('edition/moderator-in-private', editionCard(shown, { ...moderator, inChannel: false })),
    card(
      'edition/cancelled',
      editionCard({ ...shown, edition: cancelled, dates: [], answer: 'not-this-year' }, moderator),
    ),
    card('date', dateCard(abstracts, edition, false)),
    card('date/moderator', dateCard(dates[4]!, edition, true)),
    card('dates', datesCard(mine, { from: 0, mine: true, now: NOW, zone: ZONE })),
    card(
      'dates/all',
      datesCard(mine, {
        from: 0,
        mine: false,
        now: NOW,
        zone: ZONE,
        calendar: 'https://cme.example.org/v1/conferences.ics',
      }),
    ),
    card('dates/none', datesCard([], { from: 0, mine: true, now: NOW, zone: ZONE })),
    card('dates/channel', channelFollowsCard([{ about: edition.name, scope: 'edition/e1' }])),
    card(
      'follow',
      followCard(
        { follow, about: edition.name, days: DEFAULT_DAYS, minutes: DEFAULT_MINUTES },
        'edition/e1',
        t`Saved. It holds for what comes due from now on.`,
      ),
    ),
    card('reminder', reminderCard({ date: abstracts, edition }, about)),
    card(
      'reminder/channel',
      reminderCard({ date: { ...abstracts, status: 'tentative' }, edition }, { ...about, channel: true }),
    ),
    card('reminder/session', reminderCard({ date: dates[3]!, edition }, { ...about, now: '2027-03-14T13:45:00.000Z' })),
    card('date-news/moved', dateNewsCard({ date: { ...abstracts, when: moved.when }, edition }, on, moved)!),
    card('date-news/cancelled', dateNewsCard({ date: abstracts, edition }, on, { ...on, state: 'cancelled' })!),
    card('date-news/postponed', dateNewsCard({ date: abstracts, edition }, on, { ...on, state: 'postponed' })!),
    card('date-news/on-again', dateNewsCard({ date: abstracts, edition }, { ...on, state: 'cancelled' }, on)!),
    card('edition-news/cancelled', editionNewsCard(cancelled)),
    card('edition-news/on-again', editionNewsCard(edition)),
    card(
      'usual',
      usualCard(
        catalog.flatMap((conference) =>
          conference.usual.filter(({ told }) => told === 11).map((usual) => ({ conference, usual })),
        ),
      ),
    ),
    card(
      'deadlines',
      chainCard(
        { day: '2027-06-14', to: '2027-06-16' },
        chainFor({ day: '2027-06-14', to: '2027-06-16' }, '2026-11-23', content.conferences),
        '2026-11-23',
      ),
    ),
    card('deadlines/help', chainHelpCard('“soon” cannot be read as a date.')),
    card('plan/preview', planPreviewCard(preview, 'd1', { form: 'date', of: 'date/cd1' })),
    card(
      'plan/wrong',
      planWrongCard(['Line 3: 2027-02-30 is not a day of the calendar: correct it.'], { form: 'import' }),
    ),
    card(
      'plan/second-meeting',
      planWrongCard(
        ['The meeting itself is entered already: 14 to 17 Mar 2027. Change that date, or choose another kind.'],
        { form: 'date', of: 'edition/e1' },
        dates[2]!,
      ),
    ),
    card('plan/saved', planSavedCard(t`Abstracts close is saved.`, edition)),
    card('plan/log', planLogCard([{ at: NOW, by: 'Mo', says: t`Abstracts close: Thu 31 Dec 2026 → Fri 15 Jan 2027` }])),
    card('plan/log-none', planLogCard([])),
    card(
      'plan/reminders',
      policiesCard(
        DATE_KINDS.map((kind) => ({
          kind,
          leads: kind === 'session' ? [15] : kind === 'abstracts' ? [20, 5] : [...DEFAULT_DAYS],
          own: kind === 'abstracts',
        })),
      ),
    ),
    form(conferenceForm(content)),
    form(editionForm(sacme, ZONE)),
    form(dateForm(edition, false, abstracts)),
    form(dateForm(edition, true)),
    form(importForm()),
    form(policyForm('abstracts', DEFAULT_DAYS)),
    form(followForm(follow, DEFAULT_DAYS, DEFAULT_MINUTES, 'edition/e1')),
  ]
}
