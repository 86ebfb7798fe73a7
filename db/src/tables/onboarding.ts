/**
 * When and in which space a member began her pathway, when she last did something on it, and since when nothing of it is left (null
 * while something is).
 */
export interface OnboardingTable {
  member: string
  space: string
  started_at: string
  moved_at: string
  finished_at: string | null
}

/**
 * What a member has of one step, whatever her track is today. `said` is her line for it, `day` the day she attended, `answers` what
 * she filled into the step's own form, as JSON; `wrong_run` counts the wrong answers in a row while the step is a check. `space` is where she began it: its moderators alone see it.
 */
export interface StepProgressTable {
  member: string
  space: string
  step: string
  begun_at: string
  done_at: string | null
  said: string | null
  day: string | null
  answers: string | null
  wrong_run: number
}

/** Her last answer to a question of a step's check; `chosen` is the option's place. A right one stays. */
export interface CheckAnswerTable {
  member: string
  step: string
  question: string
  chosen: number
  right: number
  at: string
}

/** The parts of a sample activity that she last marked as wrong, between commas. */
export interface SampleMarkTable {
  member: string
  sample: string
  marked: string
  at: string
}

/**
 * So many members of a space did a step `days` whole days after they began it; -1 days: they have it under way. Step '' is the onboarding
 * as a whole.
 */
export interface StepCountTable {
  space: string
  step: string
  days: number
  members: number
}

export interface ProgressTables {
  onboardings: OnboardingTable
  step_progress: StepProgressTable
  check_answers: CheckAnswerTable
  sample_marks: SampleMarkTable
  step_counts: StepCountTable
}
