import { cut } from '../text.ts'

/** Whether this mark stands in a text, and not only the beginning or end of another one. */
export function bearsMark(text: string | null | undefined, mark: string): boolean {
  const inside = /[\w/-]/
  for (let at = text?.indexOf(mark) ?? -1; text && at >= 0; at = text.indexOf(mark, at + 1))
    if (!inside.test(text[at - 1] ?? '') && !inside.test(text[at + mark.length] ?? '')) return true
  return false
}

/** A text with the mark in it, `max` characters at most: the words are cut, the mark never. */
export function withMark(text: string, mark: string, max: number): string {
  if (bearsMark(text, mark) && text.length <= max) return text
  const words = cut(text.trim(), max - mark.length - 3)
  return words ? `${words} · ${mark}` : mark
}
