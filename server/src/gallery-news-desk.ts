import {
  addSourceForm,
  type Card,
  type EditDesk,
  type EditLine,
  editCard,
  type Form,
  type FoundDay,
  foundDateCard,
  foundDatesCard,
  foundForm,
  foundWhereCard,
  hideForm,
  type Item,
  itemCard,
  itemHistoryCard,
  itemStoryCard,
  type Knowledge,
  lookingCard,
  mergeCard,
  mergeForm,
  nothingNewCard,
  type OfferedFeed,
  offerCard,
  offerLeftCard,
  offerTakenCard,
  pinForm,
  relabelForm,
  type Subscription,
  sourceThereCard,
  splitCard,
  subscriptionCard,
  summaryForm,
  t,
  UNEDITED,
  whyForm,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const AT = '2026-11-23T14:00:00.000Z'
const PINNED = '2026-12-08T00:00:00.000Z'
const edited = {
  ...UNEDITED,
  topic: 'criteria-policy',
  summary: 'Comments are welcome until mid-March; the template is on the second page.',
  pinned_until: PINNED,
}

const lines: readonly EditLine[] = [
  {
    id: '3',
    item: 'i2',
    title: 'A title',
    at: AT,
    by: 'Mo',
    what: 'pin',
    before: { ...edited, pinned_until: null },
    after: edited,
  },
  {
    id: '2',
    item: 'i2',
    title: 'A title',
    at: '2026-11-22T14:00:00.000Z',
    by: 'Mia',
    what: 'summary',
    why: 'The first sentences say nothing',
    before: { ...UNEDITED, topic: 'criteria-policy' },
    after: { ...edited, pinned_until: null },
  },
  {
    id: '1',
    item: 'i2',
    title: 'A title',
    at: '2026-11-21T14:00:00.000Z',
    by: 'a former member',
    what: 'relabel',
    before: UNEDITED,
    after: {
      ...UNEDITED,
      topic: 'criteria-policy',
      body: '',
      tracks: ',program,',
      action: 1,
      action_date: '2027-03-15',
    },
  },
]

const found: FoundDay = {
  id: 'i1.2027-03-15',
  item: 'i1',
  title: 'Call for comment on proposed wording for Educational Needs',
  link: 'https://example.org/news/1',
  day: '2027-03-15',
  sense: 'comments',
  sentence: 'Responses are due 15 March.',
}
const inForce: FoundDay = {
  ...found,
  id: 'i3.2028-01-01',
  item: 'i3',
  title: 'ECMEC ceiling for multi-day congresses debated',
  day: '2028-01-01',
  sense: 'from',
  sentence: 'The new ceiling would take effect on 1 January 2028.',
}

const feed: OfferedFeed = {
  url: 'https://society.example.org/feed/',
  title: 'A made-up society',
  items: 12,
  known: 2,
  lines: [
    { title: 'Call for abstracts is open', published: AT, topic: 'Conferences', fate: 'archive' },
    { title: 'A note without a date', fate: 'known' },
  ],
}

/** What moderators do with the news: items, dates found in them, sources; and the note of a digest that would be empty. */
export function newsDeskViews(items: readonly Item[], own: Subscription, content: Knowledge): Shown[] {
  const card = (view: string, card: Card): Shown => ({ view: `news-desk/${view}`, card })
  const form = (view: string, form: Form): Shown => ({ view: `news-desk/${view}`, form })
  const source = items[1]!
  const item: Item = { ...source, topic: 'criteria-policy', summary: edited.summary, pinned: PINNED, edited: true }
  const parts = [
    { off: 'i3', title: 'ECMEC ceiling for multi-day congresses debated', merged: true },
    { off: 'sample', title: 'Sample feed: https://example.org/news/9', merged: false },
  ]
  const desk: EditDesk = { item, source, edit: edited, parts, last: lines[0]! }
  const hidden: EditDesk = { item: source, source, edit: { ...UNEDITED, hidden: 1 }, parts: [] }
  const under: EditDesk = {
    item: source,
    source,
    edit: { ...UNEDITED, shown_in: 'i3' },
    parts: [],
    into: { id: 'i3', title: items[2]!.title },
  }
  const then = { since: '2026-11-16T13:00:00.000Z', sources: 12, last: '2026-11-23T13:48:00.000Z' }
  const failing = [{ name: 'A made-up society', since: '2026-11-20T08:00:00.000Z' }, { name: 'Another one' }]
  return [
    card('item', itemCard(item, content, lines)),
    card('item-for-readers', itemCard(item, content)),
    card('edit', editCard(desk, content, t`Saved.`)),
    card('edit-hidden', editCard(hidden, content)),
    card('edit-merged', editCard(under, content)),
    card('history', itemHistoryCard(lines, content, { item: source, next: 1 })),
    card('history-of-all', itemHistoryCard(lines, content, {})),
    card('history-empty', itemHistoryCard([], content, {})),
    card('why', itemStoryCard({ item, digests: 1, readers: [], edits: lines.slice(0, 2) }, content)),
    card('merge', mergeCard(source, [{ id: 'i3', title: items[2]!.title, at: AT }])),
    card('merge-alone', mergeCard(source, [])),
    card('split', splitCard(source, parts)),
    form('labels', relabelForm(item, content)),
    form('words', summaryForm(item)),
    form('pin', pinForm(source)),
    form('hide', hideForm(source)),
    form('merge-by-id', mergeForm(source)),
    form('say-why', whyForm('3')),
    card('found', foundDatesCard([found, inForce], { from: 0, more: true })),
    card('found-none', foundDatesCard([], { from: 0, more: false })),
    card('found-one', foundDateCard(found)),
    card('found-taken', foundDateCard(found, 'taken')),
    card('found-dropped', foundDateCard(inForce, 'dropped')),
    card('found-where', foundWhereCard(found, [{ id: 'e1', name: 'SACME 2027' }])),
    form('found-form', foundForm(found, { id: 'e1', name: 'SACME 2027', zone: 'America/Chicago' })),
    form('source-add', addSourceForm()),
    card('source-looking', lookingCard({ url: 'https://society.example.org/' })),
    card('source-found', offerCard({ id: 'of1', url: 'https://society.example.org/', found: [feed] })),
    card(
      'source-choice',
      offerCard({
        id: 'of1',
        url: 'https://society.example.org/',
        found: [feed, { ...feed, url: `${feed.url}2`, title: 'Events' }],
      }),
    ),
    card(
      'source-none',
      offerCard({
        id: 'of1',
        url: 'https://society.example.org/',
        trouble: 'Its page names no feed, and there is none in the usual places.',
      }),
    ),
    card('source-added', offerTakenCard({ id: 'society-example-org', name: feed.title, url: feed.url })),
    card('source-left', offerLeftCard(feed.url)),
    card('source-there', sourceThereCard(feed.title, feed.url, false)),
    card('quiet/on', subscriptionCard({ ...own, evenEmpty: true }, content, AT)),
    card('quiet/nothing-new', nothingNewCard(own, { ...then, failing: [] })),
    card('quiet/failing', nothingNewCard({ ...own, to: { channel: 'C1' } }, { ...then, failing })),
    card('quiet/no-source', nothingNewCard(own, { since: then.since, sources: 0, failing: [] })),
  ]
}
