import type { Instant } from '../time.ts'

/** `open` waits for the moderators; an `answered` one was released before. */
export type QuestionState = 'open' | 'released' | 'answered' | 'declined'

/** A question for a conference. `by` is who asked, where she asked with her name; `votes` is how many others would like to know. */
export type MeetingQuestion = {
  id: string
  edition: string
  text: string
  by?: string
  state: QuestionState
  reason?: string
  votes: number
  at: Instant
}

export const QUESTION_MAX = 500
/** How many questions of one member may wait at an edition. */
export const MOST_QUESTIONS = 5

/** The order in which moderators see questions: what waits first, the longest waiting on top; then by votes. */
export const byVotes = (all: readonly MeetingQuestion[]): MeetingQuestion[] => {
  const place: Record<QuestionState, number> = { open: 0, released: 1, answered: 2, declined: 3 }
  return all.toSorted(
    (a, b) =>
      place[a.state] - place[b.state] || b.votes - a.votes || a.at.localeCompare(b.at) || (a.id < b.id ? -1 : 1),
  )
}

/** What people do about questions; a text and the `name` of a conference are typed, never carried by a button. */
export type QuestionAction =
  | { do: 'ask'; edition?: string; text?: string }
  | { do: 'questions'; edition?: string; name?: string; from?: number }
  | { do: 'questions.open'; question: string }
  | { do: 'questions.release'; question: string }
  | { do: 'questions.edit'; question: string }
  | { do: 'questions.decline'; question: string }
  | { do: 'questions.answered'; question: string }
  | { do: 'questions.too'; question: string }
  | { do: 'disclose' }
  | { do: 'disclose.post' }
