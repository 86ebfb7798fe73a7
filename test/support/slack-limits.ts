/** What Slack documents that a message or a view may hold; a total over all blocks is not documented, and fails above 12,000. */
const MOST = {
  message: { blocks: 50, chars: 12_000, text: 4000 },
  view: { blocks: 100, title: 24, submit: 24, close: 24, private_metadata: 3000, callback_id: 255, bytes: 250_000 },
  id: 255,
  header: 150,
  section: 3000,
  context: 10,
  actions: 25,
  label: 2000,
  hint: 2000,
  button: { text: 75, value: 2000, url: 3000 },
  options: { static_select: 100, multi_static_select: 100, radio_buttons: 10, checkboxes: 10 },
  groups: 100,
  option: { text: 75, value: 75, description: 75 },
  input: 3000,
  placeholder: 150,
} as const

type Thing = Record<string, unknown>
const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): Thing[] => (Array.isArray(value) ? value.filter(isThing) : [])

/** Everything that Slack would refuse in a message or a view, a line each; empty when it would take it. */
export function overSlack(payload: unknown): string[] {
  if (!isThing(payload)) return ['the payload is no object']
  return payload.type === 'modal' || payload.type === 'home' ? overView(payload) : overMessage(payload)
}

function overMessage(message: Thing): string[] {
  const { text } = message
  return [
    ...(typeof text === 'string' && text.trim() ? [] : ['the top-level text is empty']),
    ...most('top-level text', text, MOST.message.text),
    ...overBlocks(message.blocks, MOST.message.blocks, ['header', 'section', 'context', 'divider', 'actions']),
    ...most('all blocks', JSON.stringify(message.blocks ?? []), MOST.message.chars),
  ]
}

function overView(view: Thing): string[] {
  const modal = view.type === 'modal'
  const inputs = list(view.blocks).some(({ type }) => type === 'input')
  return [
    ...(modal ? overText('view title', view.title, MOST.view.title, ['plain_text']) : []),
    ...(view.submit ? overText('submit', view.submit, MOST.view.submit, ['plain_text']) : []),
    ...(view.close ? overText('close', view.close, MOST.view.close, ['plain_text']) : []),
    ...(inputs && !view.submit ? ['a view with inputs has no submit'] : []),
    ...most('private_metadata', view.private_metadata ?? '', MOST.view.private_metadata),
    ...most('callback_id', view.callback_id ?? '', MOST.view.callback_id),
    ...(Buffer.byteLength(JSON.stringify(view)) > MOST.view.bytes ? ['the view has more than 250 kB'] : []),
    ...overBlocks(view.blocks, MOST.view.blocks, ['header', 'section', 'context', 'divider', 'actions', 'input']),
  ]
}

function overBlocks(blocks: unknown, max: number, kinds: readonly string[]): string[] {
  const all = list(blocks)
  const actions = all.flatMap((block) => [...list(block.elements), ...(isThing(block.element) ? [block.element] : [])])
  return [
    ...(all.length === 0 ? ['no blocks'] : []),
    ...(all.length > max ? [`${all.length} blocks, ${max} fit`] : []),
    ...twice(
      'block_id',
      all.flatMap(({ block_id }) => block_id ?? []),
    ),
    // Inputs of a view are told apart by their block.
    ...twice(
      'action_id',
      actions.flatMap(({ type, action_id }) => (type === 'button' ? (action_id ?? []) : [])),
    ),
    ...all.flatMap((block) =>
      kinds.includes(String(block.type)) ? overBlock(block) : [`a block of kind ${block.type}`],
    ),
  ]
}

function overBlock(block: Thing): string[] {
  const id = block.block_id === undefined ? [] : between('block_id', block.block_id, MOST.id)
  switch (block.type) {
    case 'header':
      return [...id, ...overText('header', block.text, MOST.header, ['plain_text'])]
    case 'section':
      return [...id, ...overText('section', block.text, MOST.section)]
    case 'context':
      return [
        ...id,
        ...count('context elements', block.elements, MOST.context),
        ...list(block.elements).flatMap((one) => overText('context', one, MOST.section)),
      ]
    case 'actions':
      return [...id, ...count('buttons', block.elements, MOST.actions), ...list(block.elements).flatMap(overButton)]
    case 'input':
      return [
        ...id,
        ...overText('label', block.label, MOST.label, ['plain_text']),
        ...(block.hint ? overText('hint', block.hint, MOST.hint, ['plain_text']) : []),
        ...overInput(isThing(block.element) ? block.element : {}),
      ]
    default:
      return id
  }
}

function overButton(button: Thing): string[] {
  return [
    ...(button.type === 'button' ? [] : [`an element ${button.type} among buttons`]),
    ...overText('button', button.text, MOST.button.text, ['plain_text']),
    ...between('action_id', button.action_id, MOST.id),
    ...most('button value', button.value ?? '', MOST.button.value),
    ...most('button url', button.url ?? '', MOST.button.url),
    ...(button.style && button.style !== 'primary' && button.style !== 'danger' ? ['a strange button style'] : []),
  ]
}

function overInput(element: Thing): string[] {
  const id = between('action_id', element.action_id, MOST.id)
  const placeholder = element.placeholder
    ? overText('placeholder', element.placeholder, MOST.placeholder, ['plain_text'])
    : []
  const kind = String(element.type)
  if (kind === 'plain_text_input') {
    const max = Number(element.max_length ?? MOST.input)
    return [
      ...id,
      ...placeholder,
      ...(max >= 1 && max <= MOST.input ? [] : [`max_length is ${max}`]),
      ...most('initial value', element.initial_value ?? '', max),
    ]
  }
  if (kind === 'conversations_select') return [...id, ...placeholder]
  const max = MOST.options[kind as keyof typeof MOST.options]
  return max === undefined ? [`an input ${kind}`] : [...id, ...placeholder, ...overOptions(element, max)]
}

function overOptions(element: Thing, max: number): string[] {
  const groups = list(element.option_groups)
  const options = [...list(element.options), ...groups.flatMap((group) => list(group.options))]
  const initial = [
    ...list(element.initial_options),
    ...(isThing(element.initial_option) ? [element.initial_option] : []),
  ]
  const shown = new Set(options.map((option) => JSON.stringify(option)))
  return [
    ...(element.option_groups ? count('groups', groups, MOST.groups) : count('options', element.options, max)),
    ...groups.flatMap((group) => [
      ...overText('group', group.label, MOST.option.text, ['plain_text']),
      ...count('options of a group', group.options, max),
    ]),
    ...(element.initial_options ? count('initial options', element.initial_options, options.length) : []),
    ...(initial.every((option) => shown.has(JSON.stringify(option)))
      ? []
      : ['an initial option is none of the options']),
    ...twice(
      'option',
      options.map(({ value }) => value),
    ),
    ...options.flatMap((option) => [
      ...overText('option', option.text, MOST.option.text, ['plain_text']),
      ...between('option value', option.value, MOST.option.value),
      ...(option.description
        ? overText('description', option.description, MOST.option.description, ['plain_text'])
        : []),
    ]),
  ]
}

function overText(
  what: string,
  text: unknown,
  max: number,
  kinds: readonly string[] = ['plain_text', 'mrkdwn'],
): string[] {
  if (!isThing(text)) return [`${what} has no text`]
  return [
    ...(kinds.includes(String(text.type)) ? [] : [`${what} is ${text.type}`]),
    ...(typeof text.text === 'string' && text.text.trim() ? [] : [`${what} is empty`]),
    ...most(what, text.text, max),
  ]
}

const most = (what: string, value: unknown, max: number): string[] =>
  typeof value !== 'string'
    ? [`${what} is no text`]
    : value.length > max
      ? [`${what} has ${value.length}, ${max} fit`]
      : []
const between = (what: string, value: unknown, max: number): string[] =>
  value === '' ? [`${what} is empty`] : most(what, value, max)
const count = (what: string, value: unknown, max: number): string[] => {
  const found = Array.isArray(value) ? value.length : 0
  return found === 0 ? [`no ${what}`] : found > max ? [`${found} ${what}, ${max} fit`] : []
}
const twice = (what: string, values: readonly unknown[]): string[] =>
  new Set(values).size < values.length ? [`the same ${what} twice`] : []
