import type { Day, Instant } from '../time.ts'
import type { Filter, Schedule } from './subscription.ts'

/**
 * Everything that is kept about one member: the shape of her export (docs/privacy.md, and `MyData` of the API's description). Ids are
 * those of the content (tracks, steps, questions) or our own; what is not known is null.
 */
export type MyData = {
  shape: 'cme-commons/my-data/1'
  /** When it was put together. */
  at: Instant
  member: {
    id: string
    name: string | null
    track: string | null
    region: string | null
    zone: string | null
    since: Instant
  }
  /** Where she is known, and by which id of the platform. Erasing erases all of them. */
  identities: readonly { space: string; name: string; platform: string; user: string }[]
  /** Since when identities of hers are one member, which one is written to, and what she had there before, by table. */
  links: readonly {
    space: string
    user: string
    since: Instant
    home: boolean
    before: Readonly<Record<string, unknown>>
  }[]
  roles: readonly { space: string; role: string; at: Instant; takenAt: Instant | null }[]
  digests: readonly {
    id: string
    space: string
    schedule: Schedule
    filter: Filter
    paused: boolean
    snoozedUntil: Instant | null
    since: Instant
  }[]
  onboarding: {
    started: Instant | null
    finished: Instant | null
    steps: readonly MyStep[]
    answers: readonly { step: string; question: string; chosen: number; right: boolean; at: Instant }[]
    samples: readonly { sample: string; marked: readonly string[]; at: Instant }[]
  }
  /** How she is kept company: when she was welcomed and nudged, and what she said about that. */
  reminders: {
    since: Instant
    welcomed: Instant | null
    answered: Instant | null
    nudged: Instant | null
    snoozedUntil: Instant | null
    stopped: Instant | null
  } | null
  documents: readonly MyDocument[]
  /** What she said of other members' work. */
  reviewsByMe: readonly (MyReview & { space: string })[]
  suggestions: readonly {
    id: string
    space: string
    href: string
    title: string
    why: string
    state: string
    at: Instant
  }[]
  /** What she follows of conferences and dates; `about` is `edition/<id>`, `conference/<id>` or `all`. */
  conferences: readonly {
    space: string
    about: string
    answer: string | null
    kinds: readonly string[]
    days: readonly number[] | null
    minutes: readonly number[] | null
    zone: string
    quiet: { from: string; to: string } | null
    since: Instant
  }[]
  /** What she did at meetings: whom she wanted to meet, where she is shown, what she asked, and what she kept as a moderator. */
  meetings: MyMeetings
  /** What she prepared and did not save yet, as JSON. */
  drafts: readonly { space: string; kind: string; body: string; at: Instant }[]
  /** What was sent to her, or will be: the latest first. `title` is that of a message; a digest names the one that was kept. */
  deliveries: readonly {
    key: string
    space: string
    what: string
    title: string | null
    state: string
    due: Instant
    settled: Instant | null
  }[]
  tokens: readonly {
    id: string
    space: string
    scopes: readonly string[]
    made: Instant
    expires: Instant
    used: Instant | null
    revoked: Instant | null
  }[]
  /** The browsers in which she is signed in to the moderators' console; `browser` is a word or two. */
  signedIn: readonly { space: string; browser: string; since: Instant; seen: Instant }[]
  /** What a bot remembers of her between two messages, such as the direct channel it opened. */
  botNotes: readonly { platform: string; name: string; value: string; at: Instant }[]
  /** The try-out chat alone: elsewhere the platform has it, not we. */
  chat: readonly { at: Instant; kind: string; channel: string | null; said: string | null; title: string | null }[]
}

export type MyMeetings = {
  introductions: readonly {
    space: string
    edition: string
    name: string
    interest: string
    details: string
    shows: readonly string[]
    since: Instant
  }[]
  /** That she was introduced, and what she answered; to whom is in the message that she got. */
  introduced: readonly {
    space: string
    edition: string
    round: string
    at: Instant
    answer: string | null
    answeredAt: Instant | null
  }[]
  here: readonly { space: string; edition: string; since: Instant }[]
  questions: readonly {
    id: string
    space: string
    edition: string
    text: string
    withName: boolean
    state: string
    reason: string | null
    at: Instant
  }[]
  votes: readonly { space: string; question: string; at: Instant }[]
  starred: readonly { space: string; edition: string; text: string; at: Instant }[]
  recaps: readonly { space: string; edition: string; at: Instant }[]
}

export type MyStep = {
  step: string
  begun: Instant
  done: Instant | null
  said: string | null
  day: Day | null
  /** What she filled into the step's own form, as JSON. */
  answers: string | null
}
export type MyReview = {
  id: string
  at: Instant
  decision: string | null
  decidedAt: Instant | null
  scores: Readonly<Record<string, number>>
  comments: Readonly<Record<string, string>>
}
export type MyDocument = {
  id: string
  space: string
  kind: 'needs' | 'activity'
  state: string
  made: Instant
  changed: Instant
  /** Since a link brought one of its kind that was further along. */
  setAside: Instant | null
  body: Readonly<Record<string, unknown>>
  /** Each handing in, and what the reviewers said. */
  reviews: readonly MyReview[]
}
