import type { Answers } from '../form.ts'
import type { Cause, NeedsAssessment, NeedsField, Objective } from './needs.ts'
import { NEEDS_FIELDS } from './needs-fields.ts'
import { LINE_MAX, MOST_OBJECTIVES, NEEDS_STEPS, PARAGRAPH_MAX } from './needs-forms.ts'
import { readDate } from './partial-date.ts'

type Read = { value: unknown } | { error: string }

/** A document with what could be kept, and at which field something could not: `fields` is empty when all is well. */
export type Answered<Doc> = { doc: Doc; fields: Readonly<Record<string, string>> }

/**
 * The document with a form's answers in it, or nothing when there is no such form. An emptied field is cleared, a field that was not
 * asked stays, and an answer that cannot be read leaves what was there and says why at its field. Answering twice changes nothing more.
 */
export function answerNeeds(
  doc: NeedsAssessment,
  formId: string,
  answers: Answers,
): Answered<NeedsAssessment> | undefined {
  const step = NEEDS_STEPS.find(({ id }) => id === formId)
  if (!step) return undefined
  const fields: Record<string, string> = {}
  let next = doc
  for (const name of step.slots ? [] : step.fields) {
    if (answers[name] === undefined) continue
    const read = readNeedsField(name, answers[name])
    if ('error' in read) fields[name] = read.error
    else next = put(next, name, read.value)
  }
  for (const slot of step.slots ?? []) next = putObjective(next, slot, answers, fields)
  return { doc: next, fields }
}

/** A needs assessment from outside (a YAML file, the API), or what is wrong at which field. Unknown names are refused. */
export function needsFrom(value: unknown): Answered<NeedsAssessment> {
  const fields: Record<string, string> = {}
  let doc: NeedsAssessment = {}
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { doc, fields: { '': 'A needs assessment is a list of fields, such as `gap: ...`.' } }
  for (const [name, raw] of Object.entries(value)) {
    if (!Object.hasOwn(NEEDS_FIELDS, name)) fields[name] = `There is no field \`${name.slice(0, 40)}\`.`
    else if (raw !== null && raw !== undefined) {
      const read = readNeedsField(name as NeedsField, raw)
      if ('error' in read) fields[name] = read.error
      else doc = put(doc, name as NeedsField, read.value)
    }
  }
  return { doc, fields }
}

function readNeedsField(name: NeedsField, raw: unknown): Read {
  const words = NEEDS_FIELDS[name]
  if (words.kind === 'objectives') return readObjectives(raw)
  if (words.kind === 'yes-no') return readYesNo(raw)
  if (words.kind === 'many') {
    const list = (Array.isArray(raw) ? raw : [raw]).map(String).filter((one) => one !== '')
    const stranger = list.find((one) => !words.options.some(({ value }) => value === one))
    if (stranger !== undefined) return { error: unknownOption(stranger, words.options) }
    return { value: words.options.map(({ value }) => value).filter((one) => list.includes(one)) }
  }
  if (typeof raw !== 'string' && typeof raw !== 'number') return { error: 'Write this as text.' }
  const said = String(raw).trim()
  if (said === '') return { value: '' }
  if (words.kind === 'one')
    return words.options.some(({ value }) => value === said)
      ? { value: said }
      : { error: unknownOption(said, words.options) }
  if (words.kind === 'date') {
    const date = readDate(said)
    return date ? { value: date } : { error: 'Write a year, a month or a day, as in 2025, 2025-06 or 2025-06-30.' }
  }
  return fits(said, words.kind === 'paragraph' ? PARAGRAPH_MAX : LINE_MAX)
}

const fits = (said: string, max: number): Read =>
  said.length <= max ? { value: said } : { error: `This has ${said.length} characters; shorten it to ${max}.` }

const unknownOption = (said: string, options: readonly { value: string }[]): string =>
  `“${said.slice(0, 40)}” is not one of ${options.map(({ value }) => value).join(', ')}.`

function readYesNo(raw: unknown): Read {
  const said = String(raw).trim().toLowerCase()
  if (said === '') return { value: '' }
  if (said === 'yes' || said === 'true') return { value: true }
  return said === 'no' || said === 'false' ? { value: false } : { error: 'Answer yes or no.' }
}

function readObjectives(raw: unknown): Read {
  if (!Array.isArray(raw) || raw.length > MOST_OBJECTIVES)
    return { error: `Write up to ${MOST_OBJECTIVES} objectives, each with \`text\` and \`serves\`.` }
  const causes: readonly { value: string }[] = 'options' in NEEDS_FIELDS.causes ? NEEDS_FIELDS.causes.options : []
  const list: Objective[] = []
  for (const one of raw as readonly unknown[]) {
    const { text, serves } = (typeof one === 'string' ? { text: one } : (one ?? {})) as Record<string, unknown>
    if (typeof text !== 'string' || text.length > LINE_MAX)
      return { error: `An objective is a text of up to ${LINE_MAX} characters.` }
    if (serves !== undefined && !causes.some(({ value }) => value === serves))
      return { error: unknownOption(String(serves), causes) }
    list.push({ text: text.trim(), ...(serves ? { serves: serves as Cause } : {}) })
  }
  return { value: list }
}

function put(doc: NeedsAssessment, name: NeedsField, value: unknown): NeedsAssessment {
  const { [name]: _, ...rest } = doc
  const empty = value === '' || (Array.isArray(value) && value.length === 0)
  return empty ? rest : { ...doc, [name]: value }
}

function putObjective(
  doc: NeedsAssessment,
  slot: number,
  answers: Answers,
  fields: Record<string, string>,
): NeedsAssessment {
  const [text, serves] = [answers[`objectives.${slot}`], answers[`serves.${slot}`]]
  const list = [...(doc.objectives ?? [])]
  const was = list[slot] ?? { text: '' }
  const said = text === undefined ? { value: was.text } : fits(String(text).trim(), LINE_MAX)
  if ('error' in said) fields[`objectives.${slot}`] = said.error
  const chosen = serves === undefined ? (was.serves ?? '') : String(serves)
  const known = ['', 'none', 'knowledge', 'competence', 'performance', 'system'].includes(chosen)
  if (!known) fields[`serves.${slot}`] = 'Choose one of the causes offered.'
  while (list.length < slot) list.push({ text: '' })
  const cause = known ? chosen : (was.serves ?? '')
  const kept = 'error' in said ? was.text : String(said.value)
  list[slot] = { text: kept, ...(kept && cause && cause !== 'none' ? { serves: cause as Cause } : {}) }
  while (list.at(-1)?.text === '') list.pop()
  return put(doc, 'objectives', list)
}
