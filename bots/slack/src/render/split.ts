import type { Span, Text } from '@cme-commons/core'
import { drawText } from './text.ts'

/** The same text in parts of at most `max` characters when drawn; a part ends at a word where there is one. */
export const splitText = (text: Text, max: number): Text[] => [...partsOf(text, max)]

/** A text drawn into at most `max` characters; what is left out is told by an ellipsis. */
export function clip(text: Text, max: number): string {
  const parts = partsOf(text, max - 1)
  const first = drawText(parts.next().value ?? [])
  return parts.next().done ? first : `${first.trimEnd()}…`
}

function* partsOf(text: Text, max: number): Generator<Text, undefined> {
  // Most texts fit as they are, and are drawn once to see it.
  if (text.length > 0 && text.every((span) => wordsOf(span).length <= MOST) && drawText(text).length <= max) {
    yield text
    return undefined
  }
  const rest = [...text]
  let part: Span[] = []
  for (let span = rest.shift(); span !== undefined; span = rest.shift()) {
    const fits = (one: Span): boolean => drawText([...part, one]).length <= max
    if (wordsOf(span).length <= MOST && fits(span)) {
      part.push(span)
      continue
    }
    const [head, tail] = halves(span, fits)
    if (head !== undefined) part.push(head)
    // A link that fits nowhere: its words alone.
    if (part.length === 0) rest.unshift(wordsOf(span))
    else {
      yield part
      part = []
      if (tail !== undefined) rest.unshift(tail)
    }
  }
  if (part.length > 0) yield part
  return undefined
}

/** No part of a message holds more characters than this, so nothing longer is tried. */
const MOST = 4000

function halves(span: Span, fits: (span: Span) => boolean): [Span | undefined, Span | undefined] {
  const words = wordsOf(span)
  let low = 0
  let high = Math.min(words.length, MOST)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(withWords(span, words.slice(0, middle)))) low = middle
    else high = middle - 1
  }
  const at = breakBefore(words, low)
  if (at === 0) return [undefined, span]
  return [withWords(span, words.slice(0, at)), withWords(span, words.slice(at))]
}

/** The last place at or before `at` between two words, or at least between two characters. */
function breakBefore(words: string, at: number): number {
  if (at === 0 || at >= words.length) return at
  const space = Math.max(words.lastIndexOf(' ', at - 1), words.lastIndexOf('\n', at - 1)) + 1
  if (space > at / 2) return space
  const near = words.slice(Math.max(0, at - 64), at + 64)
  const begin = Math.max(0, at - 64)
  const grapheme = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(near).containing(at - begin)
  if (grapheme && grapheme.index > 0) return begin + grapheme.index
  return /[\uDC00-\uDFFF]/.test(words[at]!) && at > 1 ? at - 1 : at
}

function wordsOf(span: Span): string {
  if (typeof span === 'string') return span
  if ('strong' in span) return span.strong
  if ('em' in span) return span.em
  if ('code' in span) return span.code
  if ('link' in span) return span.link
  return ''
}

function withWords(span: Span, words: string): Span {
  if (typeof span === 'string') return words
  if ('strong' in span) return { strong: words }
  if ('em' in span) return { em: words }
  if ('code' in span) return { code: words }
  if ('link' in span) return { link: words, href: span.href }
  return span
}
