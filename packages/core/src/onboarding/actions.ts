import type { Press } from '../action.ts'

/**
 * What a person can do about her needs assessment and her mock activity, and a moderator about those handed in. `form` is the id of
 * one of their forms, such as `needs.gap`; `part` counts the forms of the rubric from 1.
 */
export type OnboardingAction =
  | { do: 'needs.show' }
  | { do: 'needs.form'; form: string }
  | { do: 'needs.review'; from?: number }
  | { do: 'needs.file'; from?: number }
  | { do: 'activity.show' }
  | { do: 'activity.form'; form: string }
  | { do: 'activity.statements' }
  | { do: 'activity.file'; from?: number }
  | { do: 'activity.submit' }
  | { do: 'activity.withdraw' }
  | { do: 'activity.reopen' }
  | { do: 'activity.history' }
  | { do: 'reviews' }
  | { do: 'reviews.open'; review: string }
  | { do: 'reviews.file'; review: string; from?: number }
  | { do: 'reviews.form'; review: string; part: number }
  | { do: 'reviews.approve'; review: string }
  | { do: 'reviews.return'; review: string }

/** Makes the press of a button: views do not know how an edge carries it. */
export type PressOf = (action: OnboardingAction) => Press
