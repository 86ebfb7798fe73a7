import type { Answers, Form } from '../form.ts'
import type { Criterion } from '../knowledge/onboarding.ts'
import type { Answered } from './needs-answers.ts'
import { PARAGRAPH_MAX } from './needs-forms.ts'

/** What a reviewer has said so far: points by criterion, and comments by the form they were written in. */
export type Rating = { scores: Readonly<Record<string, number>>; comments: Readonly<Record<string, string>> }

/** Beside its criteria a form asks for a comment, and holds five fields at most. */
const MOST = 4

const parts = (rubric: readonly Criterion[]): (readonly Criterion[])[] => {
  const size = Math.min(MOST, Math.max(1, Math.ceil(rubric.length / 2)))
  const count = Math.ceil(rubric.length / size)
  return Array.from({ length: count }, (_, i) => rubric.slice(i * size, (i + 1) * size))
}

/** The forms of the rubric, two for up to eight criteria, filled with what was said already. Their ids are `reviews.rate:<review>:<part>`. */
export const rubricForms = (rubric: readonly Criterion[], review: string, { scores, comments }: Rating): Form[] =>
  parts(rubric).map((criteria, i, all) => ({
    id: `reviews.rate:${review}:${i + 1}`,
    title: `Review, part ${i + 1} of ${all.length}`,
    submit: 'Save',
    fields: [
      ...criteria.map(({ id, name, levels }) => ({
        kind: 'one' as const,
        name: id,
        label: name,
        optional: true,
        options: levels.map((level) => ({ value: String(level.points), label: level.name })),
        ...(scores[id] === undefined ? {} : { value: String(scores[id]) }),
      })),
      {
        kind: 'paragraph' as const,
        name: 'comment',
        label: 'Comment for the author',
        hint: 'What is good, and what to mend first',
        optional: true,
        value: comments[i + 1] ?? '',
        max: PARAGRAPH_MAX,
      },
    ],
  }))

/** The rating with a form's answers in it, or nothing when there is no such part. What was not asked stays. */
export function answerRubric(
  rubric: readonly Criterion[],
  part: number,
  rating: Rating,
  answers: Answers,
): Answered<Rating> | undefined {
  const criteria = parts(rubric)[part - 1]
  if (!criteria) return undefined
  const fields: Record<string, string> = {}
  const scores: Record<string, number> = { ...rating.scores }
  const comments: Record<string, string> = { ...rating.comments }
  for (const { id, levels } of criteria) {
    const said = answers[id] === undefined ? undefined : String(answers[id]).trim()
    if (said === undefined) continue
    const level = levels.find(({ points }) => String(points) === said)
    if (level) scores[id] = level.points
    else if (said === '') delete scores[id]
    else fields[id] = 'Choose one of the levels offered.'
  }
  const comment = answers.comment === undefined ? undefined : String(answers.comment).trim()
  if (comment !== undefined && comment.length > PARAGRAPH_MAX)
    fields.comment = `This has ${comment.length} characters; shorten it to ${PARAGRAPH_MAX}.`
  else if (comment) comments[part] = comment
  else if (comment === '') delete comments[part]
  return { doc: { scores, comments }, fields }
}

/** The criteria that have no points yet; an approval waits for all of them. */
export const unrated = (rubric: readonly Criterion[], { scores }: Rating): Criterion[] =>
  rubric.filter(({ id }) => scores[id] === undefined)

/** The comments in the order of the forms. */
export const commentsOf = ({ comments }: Rating): string[] =>
  Object.keys(comments)
    .sort((a, b) => Number(a) - Number(b))
    .map((part) => comments[part]!)

/** `11 of 14 points`: reached and possible over the whole rubric. */
export function pointsInWords(rubric: readonly Criterion[], { scores }: Rating): string {
  const points = rubric.reduce((sum, { id }) => sum + (scores[id] ?? 0), 0)
  const most = rubric.reduce((sum, { levels }) => sum + Math.max(...levels.map((level) => level.points)), 0)
  return `${points} of ${most} points`
}
