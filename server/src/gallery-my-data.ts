import {
  eraseCard,
  erasedCard,
  eraseForm,
  type Knowledge,
  type MyData,
  myDataCard,
  myDataPage,
  notErasedCard,
  nothingKeptCard,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const AT = '2026-11-23T14:00:00.000Z'
const LATER = '2027-02-21T14:00:00.000Z'

/** What is kept about a made-up member who has done a little of everything. */
const sara: MyData = {
  shape: 'cme-commons/my-data/1',
  at: AT,
  member: { id: 'm1', name: 'Sara', track: 'program', region: 'us', zone: 'America/New_York', since: AT },
  identities: [{ space: 'try', name: 'Try-out space', platform: 'try', user: 'sara' }],
  links: [],
  roles: [{ space: 'try', role: 'mentor', at: AT, takenAt: null }],
  digests: [
    {
      id: 's1',
      space: 'try',
      schedule: { cadence: 'weekly', day: 1, at: '08:00', zone: 'America/New_York' },
      filter: { bodies: [], topics: [], regions: ['us'], tracks: ['program'], muted: [], max: 8 },
      paused: false,
      snoozedUntil: null,
      since: AT,
    },
  ],
  onboarding: {
    started: AT,
    finished: null,
    steps: [
      { step: 'fundamentals', begun: AT, done: AT, said: null, day: null, answers: null },
      { step: 'communities', begun: AT, done: null, said: 'I joined two lists.', day: null, answers: null },
    ],
    answers: [{ step: 'fundamentals', question: 'who-accredits', chosen: 1, right: true, at: AT }],
    samples: [{ sample: 'sepsis-dinner', marked: ['need', 'measure'], at: AT }],
  },
  reminders: { since: AT, welcomed: AT, answered: AT, nudged: null, snoozedUntil: null, stopped: null },
  documents: [
    {
      id: 'doc1',
      space: 'try',
      kind: 'needs',
      state: 'ready',
      made: AT,
      changed: AT,
      setAside: null,
      body: { learners: 'Emergency physicians of a made-up hospital', causes: ['performance'] },
      reviews: [],
    },
    {
      id: 'doc2',
      space: 'try',
      kind: 'activity',
      state: 'returned',
      made: AT,
      changed: AT,
      setAside: null,
      body: { title: 'The first hour', schedule: [{ day: 1, minutes: 45, kind: 'education', title: 'Cases' }] },
      reviews: [
        {
          id: 'rev1',
          at: AT,
          decision: 'returned',
          decidedAt: AT,
          scores: { gap: 2 },
          comments: { 1: 'Say who extracts the data.' },
        },
      ],
    },
  ],
  reviewsByMe: [],
  suggestions: [],
  meetings: {
    introductions: [
      {
        space: 'try',
        edition: 'e1',
        name: 'Sara',
        interest: 'outcomes in rural practice',
        details: 'At poster 7',
        shows: ['track', 'interest'],
        since: AT,
      },
    ],
    introduced: [{ space: 'try', edition: 'e1', round: 'two-weeks-before', at: AT, answer: 'yes', answeredAt: AT }],
    here: [{ space: 'try', edition: 'e1', since: AT }],
    questions: [
      {
        id: 'q1',
        space: 'try',
        edition: 'e1',
        text: 'Is there a recording?',
        withName: false,
        state: 'released',
        reason: null,
        at: AT,
      },
    ],
    votes: [],
    starred: [],
    recaps: [],
  },
  conferences: [
    {
      space: 'try',
      about: 'conference/sacme',
      answer: null,
      kinds: ['abstracts'],
      days: [30, 7],
      minutes: null,
      zone: 'America/New_York',
      quiet: null,
      since: '2026-11-20T09:00:00.000Z',
    },
  ],
  drafts: [],
  deliveries: [
    { key: 'digest/s1/a', space: 'try', what: 'digest', title: null, state: 'waiting', due: LATER, settled: null },
    {
      key: 'review/rev1/author',
      space: 'try',
      what: 'message',
      title: 'MOCK: sent back',
      state: 'done',
      due: AT,
      settled: AT,
    },
  ],
  tokens: [{ id: 'tok1', space: 'try', scopes: ['progress'], made: AT, expires: LATER, used: null, revoked: null }],
  signedIn: [{ space: 'try', browser: 'Firefox on Linux', since: AT, seen: AT }],
  botNotes: [],
  chat: [{ at: AT, kind: 'said', channel: null, said: '/cme my-data', title: null }],
}
const newcomer: MyData = {
  ...sara,
  member: { ...sara.member, name: null, track: null, region: null, zone: null },
  roles: [],
  digests: [],
  onboarding: { started: null, finished: null, steps: [], answers: [], samples: [] },
  reminders: null,
  documents: [],
  deliveries: [],
  tokens: [],
  signedIn: [],
  chat: [],
}
const saves = [
  { label: 'Save as JSON', href: '/my-data.json?as=sara' },
  { label: 'Save as text', href: '/my-data.md?as=sara' },
]

/** Every view of what is kept about a member. */
export function myDataViews(content: Knowledge): Shown[] {
  const twice = [...sara.identities, { space: 'T1', name: 'Northern society', platform: 'slack', user: 'U1' }]
  return [
    { view: 'my-data', card: myDataCard(sara, content, saves) },
    { view: 'my-data/newcomer', card: myDataCard(newcomer, content) },
    { view: 'my-data/read', card: myDataPage(sara, content, 0, saves) },
    { view: 'my-data/read-end', card: myDataPage(sara, content, 99) },
    { view: 'my-data/erase', card: eraseCard(sara) },
    { view: 'my-data/erase-two-spaces', card: eraseCard({ ...sara, identities: twice }) },
    { view: 'my-data/not-erased', card: notErasedCard() },
    { view: 'my-data/erased', card: erasedCard() },
    { view: 'my-data/nothing', card: nothingKeptCard() },
    { view: 'form/my-data.erase', form: eraseForm() },
  ]
}
