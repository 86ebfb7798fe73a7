import type { Answers } from '@cme-commons/core'
import type { Block, View } from './server.ts'

type Input = { type: string; options?: { value: string }[]; option_groups?: { options: { value: string }[] }[] }

/** `view.state.values` as Slack makes it when a person fills in these answers; what she leaves alone keeps its first value. */
export function fill(view: View, answers: Answers): Record<string, Record<string, Record<string, unknown>>> {
  const inputs = view.blocks.filter((block) => block.type === 'input') as (Block & {
    element: Input & Record<string, unknown>
  })[]
  return Object.fromEntries(
    inputs.map(({ block_id, element }) => [
      block_id!,
      { [String(element.action_id)]: filled(element, answers[block_id!]) },
    ]),
  )
}

function filled(element: Input & Record<string, unknown>, answer: string | readonly string[] | undefined) {
  const options = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? []
  switch (element.type) {
    case 'plain_text_input':
      return { type: element.type, value: answer ?? element.initial_value ?? null }
    case 'checkboxes':
    case 'multi_static_select': {
      const chosen =
        answer === undefined ? element.initial_options : options.filter(({ value }) => answer.includes(value))
      return { type: element.type, selected_options: chosen ?? [] }
    }
    case 'conversations_select':
      return { type: element.type, selected_conversation: answer ?? element.initial_conversation ?? null }
    default: {
      const chosen = answer === undefined ? element.initial_option : options.find(({ value }) => value === answer)
      return { type: element.type, selected_option: chosen ?? null }
    }
  }
}
