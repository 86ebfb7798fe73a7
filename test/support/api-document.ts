import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

export type Parameter = {
  name: string
  in: 'query' | 'path' | 'header'
  required?: boolean
  schema: Schema
  example?: unknown
  explode?: boolean
}
export type Schema = {
  [key: string]: unknown
  example?: unknown
  type?: string | string[]
  enum?: unknown[]
  $ref?: string
}
export type Access = 'anyone' | 'wider' | 'token' | 'own' | 'reach' | 'moderator' | 'signed' | 'admin'
export type Answer = { description: string; content?: Record<string, { schema: Schema }> }
export type Operation = {
  operationId: string
  summary: string
  'x-access': Access
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  security?: { token?: string[] }[]
  responses: Record<string, Answer>
}
export type Method = 'get' | 'post' | 'patch' | 'delete'
export type ApiDocument = {
  openapi: string
  paths: Record<string, Record<Method, Operation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, object> }
}
export type Described = { method: Method; path: string; operation: Operation }

/** Every operation of the document, those that read first, those that take something away last. */
export const operationsOf = (document: ApiDocument): Described[] => {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method as Method, path, operation })),
  )
  const order = ({ method, path }: Described) =>
    ['get', 'post', 'patch', 'delete'].indexOf(method) + (/\/drop$/.test(path) ? 4 : 0)
  return all.toSorted((a, b) => order(a) - order(b))
}

/** Says what an answer has that the document does not, or nothing; by another reader of schemas than the one that writes them. */
export function answersOf(document: ApiDocument) {
  const ajv = new Ajv.default({ strict: false, allErrors: false, validateFormats: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'api', components: document.components })
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>()
  const check = (schema: Schema, value: unknown): string | undefined => {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components')
    const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text))
    compiled.set(text, validate)
    return validate(value) ? undefined : ajv.errorsText(validate.errors)
  }
  return {
    check,
    wrong(
      { method, path, operation }: Described,
      status: number,
      type: string | null,
      body: string,
    ): string | undefined {
      const said = operation.responses[status]
      const at = `${method} ${path} answered ${status}`
      if (!said) return `${at}, which the document does not know: ${body.slice(0, 300)}`
      const media = type?.split(';')[0] ?? ''
      if (!said.content) return body === '' ? undefined : `${at} with a body`
      const content = said.content[media]
      if (!content) return `${at} as ${media || 'nothing'}`
      if (!/json$/.test(media)) return undefined
      const trouble = check(content.schema, JSON.parse(body))
      return trouble && `${at}: ${trouble}`
    },
  }
}

/** The value that the document gives as an example of a schema. */
export function exampleOf(document: ApiDocument, schema: Schema): unknown {
  const whole = schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)!]! : schema
  if (whole.example === undefined) throw new Error(`No example in ${JSON.stringify(schema)}`)
  return whole.example
}

const exampleFor = ({ name, example, schema }: Parameter): unknown => {
  const found = example ?? schema.example
  if (found === undefined) throw new Error(`The parameter ${name} has no example`)
  return found
}

/** The request that the document's examples make: of the query what must be there, and `query`. */
export function exampleRequest(
  document: ApiDocument,
  { method, path, operation }: Described,
  query: readonly Parameter[] = [],
) {
  const all = operation.parameters ?? []
  const address = path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(String(exampleFor(all.find((one) => one.name === name)!))),
  )
  const asked = all.filter((one) => one.in === 'query' && (one.required || query.includes(one)))
  const search = new URLSearchParams(asked.map((one) => [one.name, String(exampleFor(one))]))
  const headers: Record<string, string> = {}
  for (const one of all) if (one.in === 'header' && one.required) headers[one.name] = String(exampleFor(one))
  const schema = operation.requestBody?.content['application/json']?.schema
  const init: RequestInit & { headers: Record<string, string> } = { method: method.toUpperCase(), headers }
  if (schema) {
    headers['content-type'] = 'application/json'
    init.body = JSON.stringify(exampleOf(document, schema))
  }
  return { address: asked.length > 0 ? `${address}?${search}` : address, init }
}
