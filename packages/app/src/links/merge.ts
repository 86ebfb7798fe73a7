import type {
  CheckAnswerTable,
  CompanyTable,
  OnboardingTable,
  Person,
  Progressed,
  SampleMarkTable,
  StepProgressTable,
} from '@cme-commons/db'

type Time = string | null

const earlier = (a: Time, b: Time): Time => (a === null || b === null ? (a ?? b) : a < b ? a : b)
const later = (a: Time, b: Time): Time => (a === null || b === null ? (a ?? b) : a > b ? a : b)

/** Puts the rows of both together under what names them, with `both` for what either has. */
function together<T>(a: readonly T[], b: readonly T[], key: (row: T) => string, both: (a: T, b: T) => T): T[] {
  const rows = new Map(a.map((row) => [key(row), row]))
  for (const row of b) {
    const other = rows.get(key(row))
    rows.set(key(row), other ? both(other, row) : row)
  }
  return [...rows.values()]
}

/** The pathways of two members as one: what either did is done, on the earlier day; what either answered right stays right. */
export const mergedProgress = (a: Progressed, b: Progressed): Progressed => ({
  onboarding: a.onboarding && b.onboarding ? bothBegan(a.onboarding, b.onboarding) : (a.onboarding ?? b.onboarding),
  steps: together(a.steps, b.steps, ({ step }) => step, bothSteps),
  answers: together(a.answers, b.answers, ({ step, question }) => `${step}/${question}`, bothAnswered),
  marks: together<SampleMarkTable>(
    a.marks,
    b.marks,
    ({ sample }) => sample,
    (one, other) => (one.at >= other.at ? one : other),
  ),
})

/** She is on her way in the space in which she moved last. */
const bothBegan = (a: OnboardingTable, b: OnboardingTable): OnboardingTable => ({
  ...(a.moved_at >= b.moved_at ? a : b),
  started_at: earlier(a.started_at, b.started_at)!,
  finished_at: earlier(a.finished_at, b.finished_at),
})

/** The step belongs to the space in which it was done first, or begun first while it is not done. */
function bothSteps(a: StepProgressTable, b: StepProgressTable): StepProgressTable {
  const aFirst = a.done_at === b.done_at ? a.begun_at <= b.begun_at : earlier(a.done_at, b.done_at) === a.done_at
  const [first, second] = aFirst ? [a, b] : [b, a]
  return {
    ...first,
    begun_at: earlier(a.begun_at, b.begun_at)!,
    said: first.said ?? second.said,
    day: first.day ?? second.day,
    answers: first.answers ?? second.answers,
    wrong_run: Math.min(a.wrong_run, b.wrong_run),
  }
}

function bothAnswered(a: CheckAnswerTable, b: CheckAnswerTable): CheckAnswerTable {
  if (a.right !== b.right) return a.right === 1 ? a : b
  return a.at >= b.at ? a : b
}

/** Who is kept company once instead of twice, at `home`: nothing comes again that came to either, and a stop on either side holds. */
export function mergedCompany(a: CompanyTable | null, b: CompanyTable | null, home: Person): CompanyTable | null {
  const one = a && b ? bothMet(a, b) : (a ?? b)
  return one && { ...one, ...movedTo(one, home) }
}

/** Where company comes to from now on. */
export const movedTo = ({ clock }: CompanyTable, { space, user }: Person) => ({
  space,
  address: `user:${user}`,
  clock: clock.startsWith('space/') ? `space/${space}` : clock,
})

const bothMet = (a: CompanyTable, b: CompanyTable): CompanyTable => ({
  ...a,
  since:
    a.begun_at !== null && b.begun_at === null
      ? a.since
      : b.begun_at !== null && a.begun_at === null
        ? b.since
        : earlier(a.since, b.since)!,
  begun_at: earlier(a.begun_at, b.begun_at),
  welcomed_at: earlier(a.welcomed_at, b.welcomed_at),
  did_at: earlier(a.did_at, b.did_at),
  nudged_at: earlier(a.nudged_at, b.nudged_at),
  snoozed_until: later(a.snoozed_until, b.snoozed_until),
  stopped_at: earlier(a.stopped_at, b.stopped_at),
})
