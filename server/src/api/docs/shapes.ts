/** The parts of an OpenAPI document that its page shows. */
export type Shape = {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Shape[]
  oneOf?: Shape[]
  items?: Shape
  properties?: Record<string, Shape>
  required?: string[]
  description?: string
  example?: unknown
  additionalProperties?: Shape | boolean
}
export type Parameter = {
  name: string
  in: string
  required?: boolean
  description?: string
  schema: Shape
  example?: unknown
}
export type Media = Record<string, { schema: Shape }>
export type Described = {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  'x-access': string
  'x-access-says': string
  parameters?: Parameter[]
  requestBody?: { content: Media }
  responses: Record<string, { description: string; content?: Media }>
}
export type Document = {
  info: { description: string; version: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Shape> }
}

export const nameOf = ({ $ref }: Shape): string | undefined => $ref?.split('/').at(-1)

/** A schema itself, where another one names it. */
export const resolved = ({ components }: Document, shape: Shape): Shape => {
  const name = nameOf(shape)
  return name === undefined ? shape : (components.schemas[name] ?? shape)
}

/** What a value may be, in a few words: `string (date-time) or null`, `list of string`, `planned | cancelled`. */
export function typeOf(shape: Shape): string {
  const name = nameOf(shape)
  if (name) return name
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (shape.enum) return shape.enum.map(String).join(' | ')
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return [...new Set(choices.map(typeOf))].join(' or ')
  const types = [shape.type ?? 'object'].flat()
  const one = (type: string): string =>
    type === 'array'
      ? `list of ${shape.items ? typeOf(shape.items) : 'anything'}`
      : type === 'string' && shape.format
        ? `string (${shape.format})`
        : type
  return types.map(one).join(' or ')
}

/** The example of a schema, or one put together of those of its parts; nothing where they have none. */
export function exampleOf(document: Document, shape: Shape, depth = 0): unknown {
  const whole = resolved(document, shape)
  if (whole.example !== undefined || depth > 4) return whole.example
  if (whole.type === 'array' && whole.items) {
    const one = exampleOf(document, whole.items, depth + 1)
    return one === undefined ? [] : [one]
  }
  if (whole.properties)
    return Object.fromEntries(
      Object.entries(whole.properties).map(([name, part]) => [name, exampleOf(document, part, depth + 1) ?? null]),
    )
  return undefined
}
