import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import { meant } from './schema.ts'

/** What is wrong with the content, where, and what to do about it, in one sentence. */
export type Problem = { file: string; line: number; say: string }

/** One file as read: its value when it fits the schema, its problems, and the line on which a path of the value stands. */
export type Read<T> = { value?: T; text: string; problems: Problem[]; lineOf: (path: readonly PropertyKey[]) => number }

/** Reads and checks one YAML file. Never throws: a missing, broken or unfitting file is a list of problems. */
export function read<T>(dir: string, file: string, schema: z.ZodType<T>): Read<T> {
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
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const at = (offset: number) => Math.max(1, lines.linePos(offset).line)
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({
      file,
      line: at(error.pos[0]),
      say: broken(error.code, error.message),
    }))
    return { text, problems: problems.slice(0, 1), lineOf: () => 1 }
  }
  const lineOf = (path: readonly PropertyKey[]) => at(offsetOf(document.contents, path, text))
  let value: unknown
  try {
    value = document.toJS()
  } catch (error) {
    return { text, problems: [{ file, line: 1, say: `${(error as Error).message}; correct the alias.` }], lineOf }
  }
  const checked = schema.safeParse(value)
  if (checked.success) return { value: checked.data, text, problems: [], lineOf }
  const problems = checked.error.issues.flatMap((issue) =>
    say(issue).map((s) => ({ file, line: lineOf([...issue.path, ...s.key]), say: s.say })),
  )
  return { text, problems, lineOf }
}

function broken(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this key stands twice in the same entry; remove one.'
  if (code === 'TAB_AS_INDENT') return 'a tab is used to indent; use spaces.'
  if (code === 'MULTILINE_IMPLICIT_KEY' || code === 'MISSING_CHAR')
    return `this line cannot be read (${plain(message)}); check the colon, the quotes and the brackets here and on the line before.`
  return `this line cannot be read as YAML (${plain(message)}); correct the indentation, quotes or brackets here.`
}
const plain = (message: string) => message.replace(/\s+at line \d+.*$/s, '').replace(/\.$/, '')

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

/** Where the value of a path stands; when the path goes on into nothing, its last part that exists. */
function offsetOf(from: unknown, path: readonly PropertyKey[], text: string): number {
  let node = from as Node | null
  let offset = node?.range?.[0] ?? 0
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && String((item.key as { value?: unknown })?.value) === String(key),
      )
      if (!pair) return offset
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value as Node | null
    } else if (isScalar(node)) {
      return lineIn(text, node.range?.[0] ?? offset, Number(key))
    } else {
      const item = (node as { items?: Node[] } | null)?.items?.[Number(key)]
      if (!item) return offset
      node = item
      offset = node.range?.[0] ?? offset
    }
  }
  return offset
}

/** Where the line of a block of text stands, counting only those that are meant. */
function lineIn(text: string, block: number, wanted: number): number {
  let at = text.indexOf('\n', block) + 1
  for (let count = 0; at > 0 && at < text.length; ) {
    const end = text.indexOf('\n', at)
    if (meant(text.slice(at, end < 0 ? undefined : end)) && count++ === wanted) return at
    if (end < 0) return block
    at = end + 1
  }
  return block
}
