import {
  type Card,
  type ConferenceDate,
  channelCard,
  channelCloseCard,
  channelComingCard,
  channelEventsForm,
  channelForm,
  channelItemCard,
  channelLostCard,
  channelMoreForm,
  channelMorningCard,
  channelNoticeCard,
  channelPreviewCard,
  channelScheduleCard,
  channelsCard,
  channelTroubleCard,
  channelWrongCard,
  conferenceWelcomeCard,
  type Edition,
  type Form,
  noChannelCard,
  t,
  usualPlan,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const NOW = '2026-11-23T14:00:00.000Z'

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
  kind: 'session',
  title: 'Abstracts close',
  when: { kind: 'day', day: '2026-12-31', zone: 'America/Chicago' },
  status: 'confirmed',
  source: 'https://www.example.org/meeting/programme',
  checked: '2026-11-20',
  sequence: 0,
  changed: NOW,
  ...rest,
})
const at = (from: string, until: string) => ({ kind: 'at' as const, at: from, until, zone: 'America/Chicago' })
const dates: readonly ConferenceDate[] = [
  date('cd1', { kind: 'abstracts' }),
  date('cd2', {
    kind: 'event',
    title: 'The meeting',
    when: { kind: 'day', day: '2027-03-14', to: '2027-03-16', zone: 'America/Chicago' },
  }),
  date('cd3', {
    title: 'Opening: what a gap is',
    place: 'Hall A',
    when: at('2027-03-14T14:00:00.000Z', '2027-03-14T15:00:00.000Z'),
  }),
  date('cd4', { title: 'Outcomes that boards read', when: at('2027-03-15T16:00:00.000Z', '2027-03-15T17:00:00.000Z') }),
  date('cd5', {
    title: 'Posters',
    status: 'cancelled',
    when: at('2027-03-15T18:00:00.000Z', '2027-03-15T19:00:00.000Z'),
  }),
]

/** What stands in a conference channel, and what its moderators see and fill in. */
export function channelViews(): Shown[] {
  const card = (view: string, card: Card): Shown => ({ view, card })
  const form = (form: Form): Shown => ({ view: `form/${form.id.split(':')[0]}`, form })
  const plan = { ...usualPlan(edition, dates, NOW), rota: 'Sun and Mon: Ines · Tue: Jonas', category: 'Meetings' }
  const coming = [
    { item: 'morning.2027-03-14', title: 'Card of the morning, Sun 14 Mar 2027', at: '2027-03-14T12:00:00.000Z' },
    {
      item: 'cd3.15m',
      title: 'Reminder 15 minutes before: Opening: what a gap is',
      at: '2027-03-14T13:45:00.000Z',
      decision: 'hold' as const,
    },
    { item: 'archive.2027-04-15', title: 'The channel closes', at: '2027-04-15T14:00:00.000Z' },
  ]
  const shown = {
    edition,
    plan,
    closes: plan.archiveOn,
    state: 'open' as const,
    place: t`${{ channel: 'C1', name: plan.name }}`,
    answers: { going: 12, maybe: 4 },
    coming,
    sent: [{ title: 'The welcome', at: NOW }],
    failed: [{ title: 'The schedule', at: NOW, why: 'The bot may not pin here: allow it.', again: 'schedule' }],
    events: true,
  }
  const many = Array.from({ length: 30 }, (_, i) =>
    date(`cd${10 + i}`, {
      title: `Session ${i + 1}`,
      when: at(`2027-03-1${4 + (i % 3)}T1${i % 10}:00:00.000Z`, `2027-03-1${4 + (i % 3)}T1${i % 10}:30:00.000Z`),
    }),
  )
  return [
    card(
      'channel/welcome',
      conferenceWelcomeCard(edition, dates, {
        rota: plan.rota,
        calendar: 'https://cme.example.org/v1/conferences.ics?space=try',
      }),
    ),
    card('channel/schedule', channelScheduleCard(edition, dates)),
    card('channel/schedule-long', channelScheduleCard(edition, [...dates, ...many])),
    card('channel/schedule-none', channelScheduleCard({ ...edition, status: 'cancelled' }, [])),
    card('channel/morning', channelMorningCard(edition, dates, '2027-03-14')),
    card('channel/morning-none', channelMorningCard(edition, dates, '2027-03-16')),
    card('channel/notice', channelNoticeCard(edition, '2027-04-15')),
    card(
      'channel/preview',
      channelPreviewCard(edition, plan, [t`A channel #${plan.name} is made.`, t`Its topic: ${plan.topic}`], 'd1'),
    ),
    card('channel', channelCard(shown)),
    card(
      'channel/not-opened',
      channelCard(
        {
          ...shown,
          state: 'opening',
          trouble: 'The bot may not make channels: allow it.',
          coming: [],
          sent: [],
          failed: [],
        },
        'It is being opened.',
      ),
    ),
    card('channel/lost', channelCard({ ...shown, state: 'lost', coming: [], failed: [] })),
    card('channel/coming', channelComingCard(edition, coming, 0)),
    card('channel/coming-none', channelComingCard(edition, [], 0)),
    card('channel/item', channelItemCard(edition, coming[0]!)),
    card('channel/item-held', channelItemCard(edition, coming[1]!, 'It is held until you release it.')),
    card('channel/item-end', channelItemCard(edition, coming[2]!)),
    card(
      'channel/close',
      channelCloseCard(edition, shown.place, {
        item: coming[2]!.item,
        to: 'close.1',
        closes: coming[2]!.at,
      }),
    ),
    card(
      'channel/trouble',
      channelTroubleCard(edition, 'The bot may not make channels: give it the permission Manage Channels.'),
    ),
    card('channel/gone', channelLostCard(edition)),
    card('channel/wrong', channelWrongCard(['Give it a name with letters or digits, as in sacme-2027.'], 'e1')),
    card('channel/unknown', noChannelCard('Games Con')),
    card(
      'channels',
      channelsCard(
        [{ edition, place: shown.place, state: 'open' }],
        [{ ...edition, id: 'e2', name: 'Sample meeting 2028' }],
      ),
    ),
    card('channels/none', channelsCard([], [])),
    form(channelForm(edition, plan, { opened: false, forum: true })),
    form(channelMoreForm(edition, plan, { category: true })),
    form(
      channelEventsForm(
        edition,
        dates.filter(({ kind }) => kind === 'session'),
        ['cd3'],
      )!,
    ),
  ]
}
