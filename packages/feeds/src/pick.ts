import type { Fields, Values } from './xml.ts'

export type Value = Values[number]

/** All values of the named fields, in the order of the names. */
export const values = (fields: Fields, names: readonly string[]): Value[] =>
  names.flatMap((name) => [...(fields.get(name) ?? [])])

/** The text of a value. Atom 0.3 could pack it in base64. */
export function textOf({ _: text = '', $: attributes }: Value): string {
  if (attributes?.mode !== 'base64') return text
  return Buffer.from(text, 'base64').toString('utf8')
}

/** The first of the named fields that gives something. */
export function first<T>(
  fields: Fields,
  names: readonly string[],
  read: (value: Value) => T | undefined,
): T | undefined {
  for (const value of values(fields, names)) {
    const found = read(value)
    if (found) return found
  }
  return undefined
}
