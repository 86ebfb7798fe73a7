import {
  type Card,
  type Digest,
  digestCard,
  type Filter,
  goneCard,
  helpCard,
  homeCard,
  howToSearchCard,
  type Item,
  itemCard,
  itemStoryCard,
  type Knowledge,
  lessCard,
  newsCard,
  restCard,
  type Subscription,
  searchCard,
  snoozeCard,
  sourcesCard,
  subscriptionCard,
  tracksCard,
  unknownCard,
  whatForm,
  whenForm,
  whyCard,
} from '@cme-commons/core'
import { calendarViews } from './gallery-calendar.ts'
import { channelViews } from './gallery-channels.ts'
import { companyViews } from './gallery-company.ts'
import { conferenceViews, sampleDates } from './gallery-conferences.ts'
import { consoleViews } from './gallery-console.ts'
import { documentViews } from './gallery-documents.ts'
import { glossaryViews } from './gallery-glossary.ts'
import { introductionViews } from './gallery-introductions.ts'
import { linkViews } from './gallery-links.ts'
import { moderatorViews, summaryViews } from './gallery-moderators.ts'
import { myDataViews } from './gallery-my-data.ts'
import { newsDeskViews } from './gallery-news-desk.ts'
import { pathwayViews } from './gallery-pathway.ts'
import { settingsViews } from './gallery-settings.ts'
import type { Shown } from './gallery-shown.ts'
import { webhookViews } from './gallery-webhooks.ts'

const NOW = '2026-11-23T14:00:00.000Z'

/** Made-up items that show what a digest can hold: with and without link, date, sample mark, second source, long words. */
const items: readonly Item[] = [
  item(1, 'Call for comment on proposed wording for Educational Needs', 'criteria-policy', {
    actionRequired: true,
    actionDate: '2027-03-15',
    tracks: ['accreditation', 'academic'],
    text: 'Responses are due 15 March. The proposal would ask providers to say where their data on practice come from.',
    why: [
      { label: 'topic', value: 'criteria-policy', cue: 'call for comment', where: 'title' },
      { label: 'date', value: '2027-03-15', cue: 'due 15 March', where: 'text', sense: 'comments' },
    ],
  }),
  item(2, 'Is your wearable start-up an ineligible company?', 'standards-integrity', {
    tracks: ['accreditation', 'program'],
    text: 'A self-assessment walks through the definition. Start-ups that began a regulatory approval process are included.',
    why: [{ label: 'topic', value: 'standards-integrity', cue: 'ineligible company', where: 'title' }],
  }),
  item(3, 'ECMEC ceiling for multi-day congresses debated', 'eaccme-europe', {
    body: 'uems',
    region: 'eu',
    tracks: ['accreditation'],
    text: 'The council discusses whether eight credits a day should stay the most that one day can bring.',
    why: [{ label: 'topic', value: 'eaccme-europe', cue: 'ECMEC', where: 'title' }],
  }),
  item(4, 'Why a satisfaction score is not an outcome', 'outcomes', {
    region: 'intl',
    tracks: ['program'],
    text: 'Moore level 2 revisited, with three ways to add a baseline.',
    link: undefined,
    why: [{ label: 'topic', value: 'outcomes', cue: 'Moore', where: 'text' }],
  }),
]

function item(seq: number, title: string, topic: string, rest: Partial<Item>): Item {
  const published = `2026-11-${String(15 + seq).padStart(2, '0')}T10:00:00.000Z`
  const link = `https://example.org/news/${seq}`
  return {
    id: `i${seq}`,
    seq,
    title,
    topic,
    text: '',
    link,
    published,
    seen: published,
    old: false,
    sample: true,
    region: 'us',
    tracks: [],
    actionRequired: false,
    why: [],
    links: [{ source: 'sample', href: link }],
    ...rest,
  }
}

const updated: Item['updated'] = {
  at: NOW,
  told: true,
  changes: [
    { was: 'by 1 May', now: 'by 1 June' },
    { was: '', now: 'A template is available.' },
  ],
}

const filter: Filter = {
  bodies: [],
  topics: [],
  regions: [],
  tracks: ['program', 'accreditation', 'academic'],
  muted: [],
  max: 3,
}
const own: Subscription = {
  id: 's1',
  space: 'try',
  to: { user: 'sara' },
  filter,
  schedule: { cadence: 'weekly', day: 1, at: '08:00', zone: 'America/New_York' },
  paused: false,
  next: '2026-11-30T13:00:00.000Z',
}
const digest: Digest = {
  id: 'd1',
  filter,
  items: items.map(({ id }) => id),
  at: NOW,
  page: 'https://cme.example.org/digests/d1',
}

/** Every view the product can show, with made-up data: for golden files, for the limits of the platforms, for whoever draws cards. */
export function gallery(content: Knowledge): Shown[] {
  const card = (view: string, card: Card): Shown => ({ view, card })
  const sara = { name: 'Sara', track: 'program', region: 'us', subscribed: true, next: '2026-11-30T13:00:00.000Z' }
  return [
    card('home/newcomer', homeCard({ name: 'Sara', subscribed: false }, content)),
    card('home/member', homeCard(sara, content)),
    card('home/moderator', homeCard({ ...sara, name: 'Mo', moderator: true }, content)),
    card('home/dates', homeCard({ ...sara, dates: sampleDates, now: NOW, zone: 'America/New_York' }, content)),
    card('home/no-digest', homeCard({ ...sara, subscribed: false, next: undefined }, content)),
    card('help', helpCard()),
    card('unknown/nearest', unknownCard('digets')),
    card('unknown/help', unknownCard('accreditate me')),
    card('tracks', tracksCard(sara, content)),
    card('news', newsCard(items, content, undefined, 1)),
    card('news/about', newsCard(items.slice(2, 3), content, { asked: 'uems', name: 'EACCME' })),
    card('news/none', newsCard([], content)),
    card(
      'search',
      searchCard({ said: 'needs', order: 'newest', items: items.slice(0, 2), next: 1, first: true }, content),
    ),
    card('search/none', searchCard({ said: 'gardening', order: 'relevance', items: [], first: true }, content)),
    card('search/how', howToSearchCard),
    card('item', itemCard(items[0]!, content)),
    card(
      'item/story',
      itemStoryCard(
        {
          item: { ...items[1]!, updated, seen: NOW },
          digests: 2,
          readers: [
            { whose: 'Your digest', went: [{ at: NOW, state: 'done' }], next: '2026-11-30T13:00:00.000Z' },
            { whose: 'This channel', went: [], rule: 'left out by the filter: other region.' },
            { whose: '#standards', went: [], next: '2026-11-30T13:00:00.000Z', pinned: true },
          ],
        },
        content,
      ),
    ),
    card('item/updated', itemCard({ ...items[1]!, updated }, content)),
    card('item/no-link', itemCard(items[3]!, content)),
    card(
      'sources',
      sourcesCard([
        { id: 'sample', name: 'Sample news', enabled: true, sample: true, lastRead: NOW, lastItem: NOW },
        { id: 'well', name: 'A society’s news', enabled: true, sample: false, lastRead: NOW },
        { id: 'new', name: 'A journal', enabled: true, sample: false },
        {
          id: 'ill',
          name: 'A failing site',
          enabled: true,
          sample: false,
          failingSince: NOW,
          trouble: 'The server answers 503; it is tried again later.',
        },
        { id: 'off', name: 'An unproven feed', enabled: false, sample: false },
      ]),
    ),
    card('digest', digestCard(digest, items, content, own)),
    card('digest/one', digestCard({ ...digest, items: ['i2'] }, items.slice(1, 2), content, own)),
    card(
      'digest/pinned',
      digestCard({ ...digest, since: 3 }, [{ ...items[2]!, pinned: NOW }, ...items.slice(0, 2)], content, own),
    ),
    card('digest/rest', restCard(digest, items, 3, content)),
    card('digest/why', whyCard(digest, items, content, own)),
    card('digest/channel', digestCard(digest, items, content, { ...own, to: { channel: 'C1' } })),
    card('digest/why-channel', whyCard(digest, items.slice(0, 1), content, { ...own, to: { channel: 'C1' } })),
    card('digest/why-reader', whyCard(digest, items.slice(0, 1), content, { ...own, to: { channel: 'C1' } }, false)),
    card('digest/less', lessCard(items, content, own)),
    card('digest/snooze', snoozeCard(own)),
    card('subscription', subscriptionCard(own, content, NOW)),
    card(
      'subscription/saved',
      subscriptionCard(
        { ...own, schedule: { ...own.schedule, quiet: { from: '20:00', to: '07:00' } } },
        content,
        NOW,
        'Saved.',
      ),
    ),
    card('subscription/snoozed', subscriptionCard({ ...own, snoozedUntil: '2026-12-21T05:00:00.000Z' }, content, NOW)),
    card('subscription/paused', subscriptionCard({ ...own, paused: true }, content, NOW)),
    card('subscription/channel', subscriptionCard({ ...own, to: { channel: 'standards-news' } }, content, NOW)),
    card('gone', goneCard('This digest was stopped.')),
    ...glossaryViews(content),
    ...pathwayViews(content),
    ...companyViews(content),
    ...documentViews(content),
    ...settingsViews(content),
    ...newsDeskViews(items, own, content),
    ...conferenceViews(content),
    ...channelViews(),
    ...summaryViews(content),
    ...moderatorViews(content),
    ...myDataViews(content),
    ...linkViews(),
    ...webhookViews(),
    ...calendarViews(),
    ...consoleViews(),
    ...introductionViews(content),
    { view: 'form/when', form: whenForm(own) },
    { view: 'form/what', form: whatForm(own, content) },
  ]
}
