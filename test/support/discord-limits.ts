/** Discord's own rules for what a bot sends, stricter than its schema and written apart from the renderer. Each answers what is wrong. */
type Part = Record<string, unknown> & { type: number; components?: Part[]; component?: Part; accessory?: Part }
type Json = Record<string, unknown>

const TYPE = {
  row: 1,
  button: 2,
  select: 3,
  input: 4,
  role: 6,
  channel: 8,
  section: 9,
  text: 10,
  line: 14,
  box: 17,
  label: 18,
  radio: 21,
  checks: 22,
}
const V2 = 1 << 15

const partsUnder = (parts: readonly Part[]): Part[] =>
  parts.flatMap((part) => [
    part,
    ...partsUnder([...(part.components ?? []), ...[part.component, part.accessory].filter((one) => one !== undefined)]),
  ])
const size = (value: unknown): number => (typeof value === 'string' ? value.length : 0)
const twice = (values: readonly unknown[]): unknown[] => values.filter((value, i) => values.indexOf(value) !== i)
const between = (what: string, count: number, least: number, most: number): string[] =>
  count < least || count > most ? [`${what}: ${count}, not ${least} to ${most}`] : []

/** What is wrong with the body of a message: components of the second version only. */
export function overMessage(body: object): string[] {
  const { flags, components = [], allowed_mentions, ...rest } = body as Json & { flags?: number; components?: Part[] }
  const parts = partsUnder(components)
  const texts = parts.filter(({ type }) => type === TYPE.text)
  const all = texts.reduce((sum, { content }) => sum + size(content), 0)
  return [
    ...(((flags ?? 0) & V2) === 0 ? ['the flag of the second version is missing'] : []),
    ...['content', 'embeds', 'poll', 'sticker_ids']
      .filter((name) => name in rest)
      .map((name) => `${name} beside components`),
    ...(JSON.stringify(allowed_mentions) === '{"parse":[]}' ? [] : ['mentions are not ruled out']),
    ...between('components', parts.length, 1, 38),
    ...between('characters of text', all, 0, 3800),
    ...texts.flatMap(({ content }) => (String(content).trim() ? [] : ['an empty text'])),
    ...twice(ids(parts)).map((id) => `two have the id ${id}`),
    ...components.flatMap((part) =>
      [TYPE.row, TYPE.box, TYPE.text, TYPE.section, TYPE.line].includes(part.type)
        ? []
        : [`type ${part.type} at the top`],
    ),
    ...parts.flatMap(overPart),
  ]
}

const ids = (parts: readonly Part[]): unknown[] =>
  parts.map(({ custom_id }) => custom_id).filter((id) => id !== undefined)

function overPart(part: Part): string[] {
  switch (part.type) {
    case TYPE.box:
      return [
        ...between('parts of a container', part.components!.length, 1, 40),
        ...part
          .components!.filter(({ type }) => ![TYPE.row, TYPE.text, TYPE.section, TYPE.line].includes(type))
          .map(({ type }) => `type ${type} in a container`),
      ]
    case TYPE.section:
      return [
        ...between('texts of a section', part.components!.filter(({ type }) => type === TYPE.text).length, 1, 3),
        ...(part.accessory?.type === TYPE.button ? [] : ['a section without a button']),
      ]
    case TYPE.row:
      return [
        ...between('buttons in a row', part.components!.length, 1, 5),
        ...(part.components!.every(({ type }) => type === TYPE.button) ? [] : ['a row of something else']),
      ]
    case TYPE.button:
      return overButton(part)
    default:
      return []
  }
}

function overButton({ label, style, url, custom_id }: Part): string[] {
  const opens = style === 5
  return [
    ...between('characters of a label', size(label), 1, 80),
    ...(opens
      ? between('characters of an address', size(url), 8, 512)
      : between('characters of an id', size(custom_id), 1, 100)),
    ...(opens === (url !== undefined) && opens === (custom_id === undefined)
      ? []
      : ['a button opens an address or has an id']),
    ...(opens && !/^https?:\/\//.test(String(url)) ? [`a button opens ${String(url)}`] : []),
  ]
}

/** What is wrong with the data of a modal. */
export function overModal(modal: object): string[] {
  const { custom_id, title, components } = modal as { custom_id: string; title: string; components: Part[] }
  const inputs = components.flatMap(({ component }) => (component ? [component] : []))
  return [
    ...between('characters of a modal id', size(custom_id), 1, 100),
    ...between('characters of a title', size(title), 1, 45),
    ...between('parts of a modal', components.length, 1, 5),
    ...twice(ids(inputs)).map((id) => `two fields have the id ${id}`),
    ...components.flatMap((part) => {
      if (part.type === TYPE.text) return between('characters of a text', size(part.content), 1, 4000)
      if (part.type !== TYPE.label) return [`type ${part.type} in a modal`]
      return [
        ...between('characters of a field label', size(part.label), 1, 45),
        ...(part.description === undefined
          ? []
          : between('characters of a description', size(part.description), 1, 100)),
        ...overInput(part.component!),
      ]
    }),
  ]
}

function overInput(input: Part): string[] {
  const {
    type,
    custom_id,
    options = [],
    required,
    min_values,
    max_values = 1,
  } = input as Part & { options?: Json[]; min_values?: number; max_values?: number }
  const [least, most] = type === TYPE.radio ? [2, 10] : type === TYPE.checks ? [1, 10] : [1, 25]
  const chooses = [TYPE.select, TYPE.radio, TYPE.checks].includes(type)
  const chosen = options.filter((option) => option.default).length
  return [
    ...between('characters of a field id', size(custom_id), 1, 100),
    ...([...Object.values(TYPE)].includes(type) ? [] : [`an input of type ${type}`]),
    ...(type === TYPE.input ? overTyped(input) : []),
    ...(chooses ? between('options', options.length, least, most) : []),
    ...(chooses ? between('chosen options', chosen, 0, type === TYPE.radio ? 1 : max_values) : []),
    ...(max_values > Math.max(options.length, 1) ? [`up to ${max_values} of ${options.length} options`] : []),
    ...(min_values !== undefined && min_values > max_values ? ['more are asked for than may be chosen'] : []),
    ...(required && min_values === 0 ? ['required, and none asked for'] : []),
    ...twice(options.map(({ value }) => value)).map((value) => `two options have the value ${value}`),
    ...options.flatMap(({ label, value, description }) => [
      ...between('characters of an option', size(label), 1, 100),
      ...between('characters of a value', size(value), 1, 100),
      ...(description === undefined ? [] : between('characters of an option hint', size(description), 1, 100)),
    ]),
  ]
}

const overTyped = ({ value, placeholder, max_length, style }: Part): string[] => [
  ...between('the length that fits', Number(max_length ?? 4000), 1, 4000),
  ...between('characters of a value', size(value), 0, Number(max_length ?? 4000)),
  ...between('characters of a placeholder', size(placeholder), 0, 100),
  ...(style === 1 && /\n/.test(String(value ?? '')) ? ['two lines in a short input'] : []),
]

const COMMAND_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

/** What is wrong with a whole list of commands, as it is registered. */
export function overCommands(commands: readonly object[]): string[] {
  const list = commands as (Json & { name: string; type?: number; options?: Json[] })[]
  const ofType = (type: number) => list.filter((command) => (command.type ?? 1) === type)
  return [
    ...[1, 2, 3].flatMap((type) =>
      twice(ofType(type).map(({ name }) => name)).map((name) => `two commands are called ${name}`),
    ),
    ...between('commands', ofType(1).length, 0, 100),
    ...between('user commands', ofType(2).length, 0, 15),
    ...between('message commands', ofType(3).length, 0, 15),
    ...ofType(1).flatMap((command) => [
      ...overOption(command, 0),
      ...between(`characters of /${command.name}`, charactersOf(command), 1, 8000),
    ]),
    ...[...ofType(2), ...ofType(3)].flatMap(({ name, description, options }) => [
      ...between(`characters of ${name}`, name.length, 1, 32),
      ...(description || options ? [`${name} has a description or options`] : []),
    ]),
  ]
}

function overOption(option: Json, depth: number): string[] {
  const {
    name,
    description,
    options = [],
    choices = [],
    type,
    autocomplete,
  } = option as Json & { name: string; options?: Json[]; choices?: Json[] }
  const names = [name, ...Object.values((option.name_localizations ?? {}) as Record<string, string>)]
  const nested = options.filter((one) => one.type === 1 || one.type === 2)
  const firstOptional = options.findIndex((one) => !one.required)
  return [
    ...names.filter((one) => !COMMAND_NAME.test(one) || one !== one.toLowerCase()).map((one) => `the name ${one}`),
    ...between(`characters that describe ${name}`, size(description), 1, 100),
    ...Object.values((option.description_localizations ?? {}) as Record<string, string>).flatMap((said) =>
      between(`characters that describe ${name}`, said.length, 1, 100),
    ),
    ...between(`options of ${name}`, options.length, type === 2 ? 1 : 0, 25),
    ...between(`choices of ${name}`, choices.length, 0, 25),
    ...(choices.length && autocomplete ? [`${name} has choices and completes`] : []),
    ...(nested.length && nested.length !== options.length ? [`${name} mixes subcommands and options`] : []),
    ...(depth > 0 && nested.some((one) => one.type === 2) ? [`a group in a group: ${name}`] : []),
    ...(nested.length === 0 && firstOptional >= 0 && options.slice(firstOptional).some((one) => one.required)
      ? [`${name}: required after optional`]
      : []),
    ...twice(options.map((one) => one.name)).map((one) => `two options of ${name} are called ${one}`),
    ...choices.flatMap((one) => [
      ...between(`a choice of ${name}`, size(one.name), 1, 100),
      ...between(`a choice of ${name}`, size(one.value), 1, 100),
    ]),
    ...options.flatMap((one) => overOption(one, depth + 1)),
  ]
}

const longest = (value: unknown, localized: unknown): number =>
  Math.max(size(value), ...Object.values((localized ?? {}) as Record<string, string>).map(size))

/** The characters that count towards the 8,000 of a command: names, descriptions and values; of a translated one the longest. */
function charactersOf(option: Json): number {
  const { options = [], choices = [] } = option as { options?: Json[]; choices?: Json[] }
  return (
    longest(option.name, option.name_localizations) +
    longest(option.description, option.description_localizations) +
    options.reduce((sum, one) => sum + charactersOf(one), 0) +
    choices.reduce((sum, one) => sum + longest(one.name, one.name_localizations) + size(one.value), 0)
  )
}
