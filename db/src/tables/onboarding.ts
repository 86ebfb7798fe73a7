/** When a member began her pathway. */
export interface OnboardingTable {
  member: string
  started_at: string
}

/**
 * What a member has of one step, whatever her track is today. `said` is her line for it and `day` the day she attended; `wrong_run`
 * counts the wrong answers in a row while the step is a check.
 */
export interface StepProgressTable {
  member: string
  step: string
  begun_at: string
  done_at: string | null
  said: string | null
  day: string | null
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

export interface ProgressTables {
  onboardings: OnboardingTable
  step_progress: StepProgressTable
  check_answers: CheckAnswerTable
  sample_marks: SampleMarkTable
}
