import type { Instant } from '@cme-commons/core'

/**
 * Who wants to be introduced at an edition, under the name she chose; `shows` lists what else she lets others see. `closed_at` is set
 * when the meeting is long over: nobody is shown or introduced then.
 */
export interface IntroductionTable {
  edition: string
  space: string
  member: string
  name: string
  interest: string
  details: string
  shows: string
  at: Instant
  closed_at: Instant | null
}

/** A round of introductions that was held: `two-weeks-before`, `first-day`, `now-<n>` or `again-<n>`; `people` is how many were placed. */
export interface IntroductionRoundTable {
  edition: string
  space: string
  round: string
  at: Instant
  people: number
}

/** Who was introduced in a round: those with the same `party` to each other. `answer` is to "did you meet?". */
export interface IntroducedTable {
  edition: string
  round: string
  member: string
  space: string
  party: number
  at: Instant
  answer: string | null
  answered_at: Instant | null
}

/** Who lets others see that she is there. */
export interface AttendeeTable {
  edition: string
  space: string
  member: string
  at: Instant
}

/** A question as it was `asked`, and as it was `released`; `named` is 1 where it stands with the name of who asked. */
export interface QuestionTable {
  id: string
  edition: string
  space: string
  member: string
  named: number
  asked: string
  released: string | null
  state: 'open' | 'released' | 'answered' | 'declined'
  reason: string | null
  at: Instant
  decided_by: string | null
  decided_at: Instant | null
  answered_at: Instant | null
}

export interface QuestionVoteTable {
  question: string
  member: string
  space: string
  at: Instant
}

/** What a moderator keeps for the recap: words, a link, or a question of ours. */
export interface StarTable {
  id: string
  edition: string
  space: string
  question: string | null
  text: string
  href: string | null
  author: string | null
  starred_by: string | null
  at: Instant
}

/** A recap as moderators edited it, as JSON of `Recap`. */
export interface RecapTable {
  edition: string
  space: string
  body: string
  changed_by: string | null
  changed_at: Instant
  posted_at: Instant | null
}

export interface ConferencePeopleTables {
  introductions: IntroductionTable
  introduction_rounds: IntroductionRoundTable
  introduced: IntroducedTable
  attendees: AttendeeTable
  questions: QuestionTable
  question_votes: QuestionVoteTable
  stars: StarTable
  recaps: RecapTable
}
