import type { Instant } from './time.ts'

/**
 * A piece of running text. Always plain characters, never markup: each renderer escapes for its own surface. A `when` is drawn
 * in the reader's own zone where the platform can do that; a `channel`, the platform's id, as a way into it; a `role` without calling
 * those who have it.
 */
export type Span =
  | string
  | { strong: string }
  | { em: string }
  | { code: string }
  | { link: string; href: string }
  | { when: Instant; as: 'day' | 'time' | 'moment' | 'ago' }
  | { channel: string; name?: string }
  | { role: string; name?: string }
export type Text = readonly Span[]

export const strong = (value: string): Span => ({ strong: value })
export const em = (value: string): Span => ({ em: value })
export const code = (value: string): Span => ({ code: value })
export const link = (value: string, href: string): Span => ({ link: value, href })
export const when = (instant: Instant, as: 'day' | 'time' | 'moment' | 'ago' = 'moment'): Span => ({
  when: instant,
  as,
})

/** Template tag: t`Hello ${strong(name)}` is a Text; plain values stay plain strings. */
export function t(words: TemplateStringsArray, ...values: (Span | Text | number)[]): Text {
  const spans: Span[] = []
  words.forEach((word, i) => {
    if (word) spans.push(word)
    const value = values[i]
    if (value === undefined || value === '') return
    if (Array.isArray(value)) spans.push(...(value as Span[]))
    else spans.push(typeof value === 'number' ? String(value) : (value as Span))
  })
  return spans
}

/** Joins texts with a separator between them. */
export const join = (texts: readonly Text[], between: string): Text =>
  texts.flatMap((text, i) => (i === 0 ? [...text] : [between, ...text]))

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Cuts at a word boundary so that the result, ellipsis included, has at most `max` UTF-16 units; never splits a grapheme. */
export function cut(value: string, max: number): string {
  if (value.length <= max) return value
  let end = 0
  for (const { segment, index } of GRAPHEMES.segment(value.slice(0, max + 1))) {
    if (index + segment.length > max - 1) break
    end = index + segment.length
  }
  const whole = value.slice(0, end)
  const space = whole.lastIndexOf(' ')
  return `${(space > max / 2 ? whole.slice(0, space) : whole).trimEnd()}…`
}
