import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load, YAMLException } from 'js-yaml'
import type { z } from 'zod'
import { linesIn } from './positions.ts'

/** What is wrong with the content, where, and what to do about it, in one sentence. */
export type Problem = { file: string; line: number; say: string }

/** One file as read: its value when it fits the schema, its problems, and the line on which a path of the value stands. */
export type Read<T> = { value?: T; text: string; problems: Problem[]; lineOf: (path: readonly PropertyKey[]) => number }

/** Reads the files of one folder, each at most once. */
export type Reader = <T>(file: string, schema: z.ZodType<T>) => Read<T>

export function readerOf(dir: string): Reader {
  const seen = new Map<string, Read<unknown>>()
  return <T>(file: string, schema: z.ZodType<T>): Read<T> => {
    const found = (seen.get(file) as Read<T> | undefined) ?? read(dir, file, schema)
    seen.set(file, found)
    return found
  }
}

/** Reads and checks one YAML file. Never throws: a missing, broken or unfitting file is a list of problems. */
function read<T>(dir: string, file: string, schema: z.ZodType<T>): Read<T> {
  let text: string
  try {
    text = readFileSync(join(dir, file), 'utf8')
  } catch {
    return {
      text: '',
      problems: [{ file, line: 1, say: `${file} cannot be read in ${dir}; put the file back.` }],
      lineOf: () => 1,
    }
  }
  let value: unknown
  try {
    value = load(text, { maxAliases: 100 })
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const line = Math.max(1, (error.mark?.line ?? 0) + 1)
    return { text, problems: [{ file, line, say: broken(error.reason) }], lineOf: () => line }
  }
  const lineOf = linesIn(text)
  const checked = schema.safeParse(value)
  if (checked.success) return { value: checked.data, text, problems: [], lineOf }
  const problems = checked.error.issues.flatMap((issue) =>
    say(issue).map((s) => ({ file, line: lineOf([...issue.path, ...s.key]), say: s.say })),
  )
  return { text, problems, lineOf }
}

function broken(reason: string): string {
  if (reason === 'duplicated mapping key') return 'this key stands twice in the same entry; remove one.'
  if (reason.startsWith('tab characters')) return 'a tab is used to indent; use spaces.'
  return `this line cannot be read as YAML (${reason}); check colon, quotes, brackets and indentation here and on the line before.`
}

function say(issue: z.core.$ZodIssue): { say: string; key: PropertyKey[] }[] {
  const name = issue.path.at(-1)
  const field = typeof name === 'string' ? `\`${name}\`` : 'this entry'
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      key: [key],
      say: `\`${key}\` is not a key this entry may have; correct its spelling or remove it.`,
    }))
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message))
    return [{ key: [], say: `${field} is missing; add it.` }]
  if (issue.code === 'invalid_type')
    return [{ key: [], say: `${field} must be ${kinds[issue.expected] ?? issue.expected}; correct it.` }]
  if (issue.code === 'invalid_value')
    return [{ key: [], say: `${field} must be one of ${issue.values.join(', ')}; choose one.` }]
  return [{ key: [], say: `${field}: ${issue.message}; correct it.` }]
}
const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an entry with keys',
}
