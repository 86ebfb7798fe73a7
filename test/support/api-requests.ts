import { type ApiDocument, type Described, exampleOf, type Parameter, type Schema } from './api-document.ts'

export type Roll = () => number
type Json = unknown

/** Texts that break what does not expect them. */
const HOSTILE = [
  '',
  ' ',
  '\0',
  'a\0b',
  "' or '1'='1",
  '"; drop table members; --',
  '../../etc/passwd',
  '%00',
  '%2e%2e%2f',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '<!channel>',
  '@everyone',
  '__proto__',
  'constructor',
  'toString',
  '\ud800',
  '\u202eabc',
  '🙂'.repeat(60),
  'ﷺ'.repeat(40),
  'x'.repeat(5_000),
  '9'.repeat(400),
  '-1',
  '1e309',
  'NaN',
  'null',
  'true',
  '[]',
  '2027-02-30',
  '0000-00-00',
  '2027-03-14T25:61:61Z',
  '9999-12-31T23:59:59.999Z',
  '275760-09-13',
  'America/Nowhere',
  'Etc/GMT+99',
  'http://169.254.169.254/latest',
  'javascript:alert(1)',
  'https://user:secret@example.org/',
  'plan.date:e1',
  'e1',
  'cd1',
  'me',
  '*',
  '%',
  '_',
]

export const pick = <T>(roll: Roll, list: readonly T[]): T => list[Math.floor(roll() * list.length)]!
const maybe = (roll: Roll, chance: number): boolean => roll() < chance
export const hostileText = (roll: Roll): string => pick(roll, HOSTILE)

/** A value that fits a schema of the document, as far as its schema tells; `example`s are taken where there are patterns. */
export function valueFor(document: ApiDocument, schema: Schema, roll: Roll, depth = 0): Json {
  if (schema.$ref) return valueFor(document, document.components.schemas[schema.$ref.split('/').at(-1)!]!, roll, depth)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return pick(roll, schema.enum)
  const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined
  if (choices) return valueFor(document, pick(roll, choices), roll, depth)
  if (schema.example !== undefined && maybe(roll, 0.4) && depth > 0) return schema.example
  const type = Array.isArray(schema.type) ? pick(roll, schema.type) : schema.type
  if (type === 'null') return null
  if (type === 'boolean') return maybe(roll, 0.5)
  if (type === 'integer' || type === 'number') return numberFor(schema, roll)
  if (type === 'array') {
    const count = Math.floor(roll() * 4)
    return Array.from({ length: count }, () => valueFor(document, (schema.items ?? {}) as Schema, roll, depth + 1))
  }
  if (type === 'object' || schema.properties) return objectFor(document, schema, roll, depth)
  return textFor(schema, roll)
}

function numberFor({ minimum, maximum, exclusiveMinimum }: Schema, roll: Roll): number {
  const low = Number(minimum ?? exclusiveMinimum ?? 0)
  const high = Math.min(Number(maximum ?? low + 100), low + 10_000)
  return Math.floor(low + roll() * (high - low + 1))
}

function objectFor(document: ApiDocument, schema: Schema, roll: Roll, depth: number): Json {
  const required = new Set((schema.required ?? []) as string[])
  const all = Object.entries((schema.properties ?? {}) as Record<string, Schema>)
  const some = all.filter(([name]) => required.has(name) || maybe(roll, 0.5))
  return Object.fromEntries(some.map(([name, one]) => [name, valueFor(document, one, roll, depth + 1)]))
}

function textFor({ format, maxLength, pattern, example }: Schema, roll: Roll): string {
  if (format === 'date')
    return `20${20 + Math.floor(roll() * 15)}-0${1 + Math.floor(roll() * 9)}-1${Math.floor(roll() * 10)}`
  if (format === 'date-time') return `2027-0${1 + Math.floor(roll() * 9)}-15T1${Math.floor(roll() * 10)}:00:00Z`
  if (typeof example === 'string' && (pattern !== undefined || maybe(roll, 0.5))) return example
  if (pattern !== undefined) return pick(roll, ['https://example.org/a', '08:00', 'C0123', 'e1'])
  const words = pick(roll, [
    'Outcomes',
    'Annual Meeting 2027',
    'e1',
    'sacme',
    'us',
    'program',
    'Europe/Brussels',
    '2027-03-14',
    'Größe',
    '教育',
  ])
  return words.slice(0, Number(maxLength ?? 200))
}

/** The same value with one thing wrong in it. */
export function nearly(value: Json, roll: Roll): Json {
  if (typeof value !== 'object' || value === null) return pick(roll, [hostileText(roll), null, 1e21, -1, [], {}, true])
  const copy: Record<string, Json> | Json[] = Array.isArray(value) ? [...value] : { ...value }
  const keys = Object.keys(copy)
  if (keys.length === 0 || maybe(roll, 0.15)) {
    if (Array.isArray(copy)) copy.push(hostileText(roll))
    else
      Object.defineProperty(copy, pick(roll, ['extra', '__proto__', 'id', 'a/b~c', '']), {
        value: 1,
        enumerable: true,
        writable: true,
        configurable: true,
      })
    return copy
  }
  const key = pick(roll, keys) as keyof typeof copy
  if (maybe(roll, 0.2)) delete copy[key]
  else copy[key] = nearly(copy[key] as Json, roll) as never
  return copy
}

/** Bodies that are no bodies. */
export function hostileBody(roll: Roll): string {
  return pick(roll, [
    () => '',
    () => '{',
    () => 'null',
    () => '[]',
    () => '"text"',
    () => `${'['.repeat(49_000)}${']'.repeat(49_000)}`,
    () => `{"a":${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}}`,
    () => '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}',
    () => `{"title":"${'x'.repeat(90_000)}"}`,
    () => `{"title":"${'x'.repeat(120_000)}"}`,
    () => '{"title":"a\\u0000b","edition":"e1"}',
    () => '{"title":"\\ud800"}',
    () => '{"max":1e400}',
    () => '{"a":1,"a":2}',
    () => '\ufeff{}',
    () => 'title=a&b=c',
    () => JSON.stringify({ filter: { muted: Array.from({ length: 5_000 }, (_, i) => `t${i}`) } }),
  ])()
}

/** A request to an operation: valid, nearly so, or hostile. `ids` are those that answers told of. */
export function requestFor(
  document: ApiDocument,
  { method, path, operation }: Described,
  roll: Roll,
  ids: readonly string[],
) {
  const mood = pick(roll, ['valid', 'valid', 'near', 'hostile'] as const)
  const headers: Record<string, string> = {}
  const address = path.replace(/\{(\w+)\}/g, (_, name) => {
    const example = operation.parameters?.find((one) => one.name === name)
    const known = mood === 'valid' || maybe(roll, 0.5)
    const text = known
      ? String(maybe(roll, 0.5) && ids.length > 0 ? pick(roll, ids) : (example?.example ?? example?.schema.example))
      : hostileText(roll)
    return encodeURIComponent(text.toWellFormed()).replace(/^\.+$/, 'x') || 'x'
  })
  const search = (operation.parameters ?? []).flatMap((one) =>
    one.in === 'query' && (one.required || maybe(roll, 0.4)) ? [queryPart(document, one, roll, mood)] : [],
  )
  if (mood !== 'valid' && maybe(roll, 0.1)) search.push(`${encodeURIComponent(hostileText(roll).toWellFormed())}=1`)
  const schema = operation.requestBody?.content['application/json']?.schema
  let body: string | undefined
  if (schema) {
    const value = maybe(roll, 0.5) ? exampleOf(document, schema) : valueFor(document, schema, roll)
    body =
      mood === 'valid'
        ? JSON.stringify(value)
        : mood === 'near'
          ? JSON.stringify(nearly(value, roll))
          : hostileBody(roll)
    headers['content-type'] =
      mood === 'hostile' && maybe(roll, 0.3)
        ? pick(roll, ['text/plain', 'application/xml', 'multipart/form-data', 'application/json; charset=utf-16', ''])
        : 'application/json'
  }
  for (const one of operation.parameters ?? [])
    if (one.in === 'header' && maybe(roll, one.name === 'If-Match' ? 0.75 : 0.3))
      headers[one.name] =
        mood === 'hostile'
          ? headerText(roll)
          : one.name === 'If-Match'
            ? pick(roll, ['*', '"x"', 'W/"x"'])
            : `key-${Math.floor(roll() * 50)}`
  if (maybe(roll, 0.2))
    headers.accept = pick(roll, [
      '*/*',
      'text/html',
      'application/xml',
      'text/markdown;q=0.1',
      ';;q=x',
      'application/json;q=0',
    ])
  if (maybe(roll, 0.1)) headers['if-none-match'] = pick(roll, ['*', '"x"', 'W/"x", "y"', '""'])
  if (maybe(roll, 0.1)) headers.origin = pick(roll, ['https://society.example', 'null', 'https://evil.example'])
  if (maybe(roll, 0.1)) headers.range = 'bytes=0-1'
  return {
    address: search.length > 0 ? `${address}?${search.join('&')}` : address,
    init: { method: method.toUpperCase(), headers, ...(body === undefined ? {} : { body }) },
  }
}

const headerText = (roll: Roll): string => pick(roll, ['x'.repeat(3_000), '"', '', 'é', 'a b', '*, *', '"x', '\t'])

function queryPart(document: ApiDocument, { name, schema, example }: Parameter, roll: Roll, mood: string): string {
  const value =
    mood === 'valid' || maybe(roll, 0.3)
      ? maybe(roll, 0.5) && example !== undefined
        ? example
        : valueFor(document, schema, roll, 1)
      : hostileText(roll)
  const text = encodeURIComponent(String(value ?? '').toWellFormed())
  return maybe(roll, 0.05) ? `${name}=${text}&${name}=${text}` : `${name}=${text}`
}
