import type { Answers } from '@cme-commons/core'
import { plainId } from './ids.ts'

/** What Slack sends of a filled-in field, as far as it is read here. */
type Filled = {
  type?: string
  value?: string | null
  selected_option?: { value?: string } | null
  selected_options?: { value?: string }[] | null
  selected_conversation?: string | null
}
/** The `state` of a submitted view. */
export type ViewState = { values?: Record<string, Record<string, Filled>> }

/** What a person filled in, by field name: a text left empty is `''`, nothing ticked is an empty list. */
export function readForm(state: ViewState | undefined): Answers {
  const answers: Record<string, string | readonly string[]> = {}
  for (const [block, elements] of Object.entries(state?.values ?? {})) {
    const [filled] = Object.values(elements)
    if (filled && block === plainId(block)) answers[block] = answerOf(filled)
  }
  return answers
}

function answerOf(filled: Filled): string | readonly string[] {
  if (filled.type === 'checkboxes' || filled.type === 'multi_static_select')
    return (filled.selected_options ?? []).flatMap(({ value }) => value ?? [])
  return filled.value ?? filled.selected_option?.value ?? filled.selected_conversation ?? ''
}

type Shown = { blocks?: readonly { type: string; block_id?: string }[] }

/**
 * Errors beside the fields of a view, by block. Slack refuses an answer that names a block it does not show, so what is wrong with
 * anything else stands at the first field; nothing when there is no field to stand at.
 */
export function formErrors(view: Shown, fields: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const shown = (view.blocks ?? []).flatMap(({ type, block_id }) => (type === 'input' && block_id ? [block_id] : []))
  const [first] = shown
  if (first === undefined || Object.keys(fields).length === 0) return undefined
  const errors: Record<string, string> = {}
  for (const [name, say] of Object.entries(fields)) {
    const at = shown.includes(name) ? name : first
    errors[at] = errors[at] ? `${errors[at]} ${say}` : say
  }
  return errors
}
