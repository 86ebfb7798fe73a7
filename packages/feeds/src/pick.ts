import type { Fields, Values } from './xml.ts'

export type Value = Values[number]

/** All values of the named fields, in the order of the names. */
export const values = (fields: Fields, names: readonly string[]): Value[] =>
  names.flatMap((name) => [...(fields.get(name) ?? [])])

/** The text of a value. Atom packs it in base64 where it says so (0.3) or gives the type of bytes (1.0). */
export function textOf({ _: text = '', $: attributes }: Value): string {
  const isPacked = attributes?.mode === 'base64' || attributes?.type === 'application/octet-stream'
  return isPacked && /^[\w+/=\s-]*$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : text
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
