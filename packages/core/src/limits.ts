import type { Block, Card } from './card.ts'
import type { Form } from './form.ts'
import { plainText } from './views/plain.ts'

/**
 * The strictest limit of both platforms for each thing, from their public documentation (Slack blocks and views, Discord components
 * and modals), with room left for footers. Characters are UTF-16 units, as both platforms count.
 */
export const LIMITS = {
  card: { title: 150, text: 3800, blocks: 38, buttons: 5 },
  button: { label: 75, id: 100, href: 512 },
  form: { title: 24, fields: 5, submit: 24 },
  field: { label: 45, hint: 100, placeholder: 100, text: 3000, options: 25, many: 25 },
  option: { label: 75, value: 75, hint: 75 },
} as const

const over = (what: string, value: string | undefined, max: number): string[] =>
  value && value.length > max ? [`${what} has ${value.length} characters, ${max} fit: ${value.slice(0, 40)}…`] : []
const many = (what: string, count: number, max: number): string[] =>
  count > max ? [`${count} ${what}, ${max} fit`] : []

/** Everything in a card that would not fit on every platform; empty when it fits. */
export function overCard(card: Card, idOf: (act: object) => string): string[] {
  const buttons = [...(card.buttons ?? []), ...(card.more ? [card.more] : [])]
  const text = card.blocks.reduce(
    (sum, block) => sum + blockText(block).length,
    card.title.length + plainText(card.footer ?? []).length,
  )
  return [
    ...over('title', card.title, LIMITS.card.title),
    ...many('characters of text', text, LIMITS.card.text),
    ...many('blocks', card.blocks.length, LIMITS.card.blocks),
    ...many('buttons', buttons.length, LIMITS.card.buttons * 4),
    ...buttons.flatMap((button) => over('button label', button.label, LIMITS.button.label)),
    ...buttons.flatMap((button) =>
      'act' in button
        ? over('button id', idOf(button.act), LIMITS.button.id)
        : over('link', button.href, LIMITS.button.href),
    ),
  ]
}

/** Everything in a form that would not fit on every platform; empty when it fits. */
export function overForm(form: Form): string[] {
  return [
    ...over('form title', form.title, LIMITS.form.title),
    ...many('fields', form.fields.length, LIMITS.form.fields),
    ...form.fields.flatMap((field) => [
      ...over('label', field.label, LIMITS.field.label),
      ...over('hint', field.hint, LIMITS.field.hint),
      ...('options' in field ? many('options', field.options.length, LIMITS.field.options) : []),
      ...('options' in field ? field.options : []).flatMap((option) => [
        ...over('option label', option.label, LIMITS.option.label),
        ...over('option value', option.value, LIMITS.option.value),
        ...over('option hint', option.hint, LIMITS.option.hint),
      ]),
    ]),
  ]
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'quote':
      return plainText(block.text)
    case 'heading':
      return block.text
    case 'list':
      return block.items.map((item) => plainText(item)).join('\n')
    case 'facts':
      return block.facts.map((fact) => fact.name + plainText(fact.value)).join('\n')
    case 'moment':
    case 'progress':
      return block.label
    case 'divider':
      return ''
  }
}
