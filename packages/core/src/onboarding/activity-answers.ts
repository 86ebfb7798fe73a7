import type { Answers, Field } from '../form.ts'
import type { ActivityField, MockActivity } from './activity.ts'
import { activityForms } from './activity-forms.ts'
import { type NeedsAssessment, objectivesOf } from './needs.ts'
import type { Answered } from './needs-answers.ts'
import { readDate } from './partial-date.ts'
import { readSchedule } from './schedule.ts'

/**
 * The activity with a form's answers in it, or nothing when there is no such form. As with the needs assessment, an emptied field is
 * cleared and an answer that cannot be read leaves what was there.
 */
export function answerActivity(
  activity: MockActivity,
  needs: NeedsAssessment,
  formId: string,
  answers: Answers,
): Answered<MockActivity> | undefined {
  const form = activityForms(activity, needs).find(({ id }) => id === formId)
  if (!form) return undefined
  const fields: Record<string, string> = {}
  let doc = activity
  for (const field of form.fields) {
    const raw = answers[field.name]
    if (raw === undefined) continue
    const read = readAnswer(field, raw, needs)
    const { [field.name as ActivityField]: _, ...rest } = doc
    if ('error' in read) fields[field.name] = read.error
    else doc = read.value === undefined ? rest : { ...doc, [field.name]: read.value }
  }
  return { doc, fields }
}

type Read = { value: unknown } | { error: string }

function readAnswer(field: Field, raw: string | readonly string[], needs: NeedsAssessment): Read {
  const list = (typeof raw === 'string' ? [raw] : raw).map((one) => one.trim()).filter((one) => one !== '')
  if (list.length === 0) return { value: undefined }
  if (field.name === 'objectives') return readObjectives(list, needs)
  const said = list[0]!
  if ('options' in field) {
    if (!field.options.some(({ value }) => value === said)) return { error: 'Choose one of those offered.' }
    return { value: field.name === 'team' ? said === 'yes' : said }
  }
  if (field.name === 'start' || field.name === 'expires') {
    const date = readDate(said)
    return date?.length === 10 ? { value: date } : { error: 'Write a day, as in 2027-03-31.' }
  }
  if (field.name === 'quantity') {
    const number = Number(said)
    return Number.isInteger(number) && number >= 1 && number <= 99
      ? { value: number }
      : { error: 'Write a whole number from 1 to 99.' }
  }
  if (field.name === 'schedule') {
    const read = readSchedule(said)
    return 'error' in read ? read : { value: read.schedule.length > 0 ? read.schedule : undefined }
  }
  const max = ('max' in field && field.max) || 300
  return said.length <= max ? { value: said } : { error: `This has ${said.length} characters; shorten it to ${max}.` }
}

/** The objectives are stored as their texts, so that one which the needs assessment has given up shows. */
function readObjectives(chosen: readonly string[], needs: NeedsAssessment): Read {
  const offered = objectivesOf(needs)
  if (chosen.some((one) => !offered.some(({ field }) => field === one)))
    return { error: 'Choose from the objectives of your needs assessment.' }
  return { value: offered.filter(({ field }) => chosen.includes(field)).map(({ text }) => text) }
}
