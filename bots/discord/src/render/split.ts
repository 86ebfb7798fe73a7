import { type Span, strong, type Text, t } from '@cme-commons/core'
import type { Drawable } from './block.ts'
import { oneLine } from './clean.ts'
import { drawText, merged } from './text.ts'

/** The longest words of a link, a heading or a label that stay in one piece. */
const ONE_PIECE = 240

/** The first words of a text that draw in at most `room` characters, and the rest. Links stay whole. */
export function splitText(text: Text, room: number): [Text, Text] {
  const pieces = wordsOf(text)
  let used = 0
  let fits = 0
  for (const piece of pieces) {
    used += costOf(piece)
    if (used > room) break
    fits++
  }
  return [merged(pieces.slice(0, fits)), merged(pieces.slice(fits))]
}

/** An upper bound: drawn together with others a piece may need less. A new line costs more in a list or a quote. */
const costOf = (piece: Span): number => {
  const drawn = drawText([piece])
  return drawn.length + 1 + 2 * drawn.split('\n').length
}

function wordsOf(text: Text): Span[] {
  return merged(text).flatMap((span): Span[] => {
    if (typeof span === 'string') return words(span)
    if ('strong' in span) return words(span.strong).map((strong) => ({ strong }))
    if ('em' in span) return words(span.em).map((em) => ({ em }))
    if ('code' in span) return words(oneLine(span.code)).map((code) => ({ code }))
    if (!('link' in span)) return [span]
    const [first, rest] = halves(oneLine(span.link))
    return [{ link: first, href: span.href }, ...words(rest)]
  })
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Words with the space behind them; an endless one in pieces between graphemes. */
const words = (value: string): string[] =>
  (value.match(/\s*\S+\s*|\s+/g) ?? []).flatMap((word) => {
    if (word.length <= 60) return [word]
    const parts: string[] = ['']
    for (const { segment } of graphemes.segment(word))
      for (const bit of segment.length > 60 ? [...segment] : [segment])
        if (parts.at(-1)!.length + bit.length > 60) parts.push(bit)
        else parts[parts.length - 1] += bit
    return parts
  })

function halves(value: string): [string, string] {
  if (value.length <= ONE_PIECE) return [value, '']
  let first = ''
  const all = words(value)
  while (first.length + all[0]!.length <= ONE_PIECE) first += all.shift()
  return [first.trimEnd(), ` ${all.join('')}`]
}

/** The same blocks with every part that cannot be split short enough to stay whole. */
export function splittable(block: Drawable): Drawable[] {
  switch (block.kind) {
    case 'heading':
      return oneLine(block.text).length > ONE_PIECE
        ? [{ kind: 'text', text: [strong(block.text)], keep: block.keep }]
        : [block]
    case 'moment':
    case 'progress':
      return oneLine(block.label).length > ONE_PIECE
        ? [
            { kind: 'text', text: [block.label], keep: block.keep },
            { ...block, label: '' },
          ]
        : [block]
    case 'quote':
      return block.by && oneLine(block.by).length > ONE_PIECE
        ? [
            { kind: 'quote', text: block.text, keep: block.keep },
            { kind: 'quote', text: [block.by], keep: block.keep },
          ]
        : [block]
    case 'facts':
      return [
        {
          ...block,
          facts: block.facts.map((fact) =>
            oneLine(fact.name).length > ONE_PIECE
              ? { name: '', value: t`${strong(`${oneLine(fact.name)}:`)} ${fact.value}` }
              : fact,
          ),
        },
      ]
    default:
      return [block]
  }
}

/** The first part of a block that draws in at most `room` characters, and the rest; nothing where nothing is. */
export function splitBlock(block: Drawable, room: number): [Drawable | undefined, Drawable | undefined] {
  switch (block.kind) {
    case 'text':
    case 'quote': {
      const by = block.kind === 'quote' ? 3 * (block.by?.length ?? 0) : 0
      const [head, tail] = splitText(block.text, room - by - 8)
      if (head.length === 0 || tail.length === 0) return head.length ? [block, undefined] : [undefined, block]
      const first = { ...block, text: head }
      return ['by' in first ? { ...first, by: '' } : first, { ...block, text: tail }]
    }
    case 'list': {
      const [head, tail] = splitItems(
        block.items,
        room,
        (item) => item,
        (text) => text,
      )
      const start = (block.start ?? 1) + head.length
      return [
        head.length ? { ...block, items: head } : undefined,
        tail.length ? { ...block, items: tail, start } : undefined,
      ]
    }
    case 'facts': {
      const [head, tail] = splitItems(
        block.facts,
        room,
        ({ name, value }) => (name ? t`${strong(`${name}:`)} ${value}` : value),
        (value) => ({ name: '', value }),
      )
      return [head.length ? { ...block, facts: head } : undefined, tail.length ? { ...block, facts: tail } : undefined]
    }
    default:
      return [undefined, block]
  }
}

/** Whole items as long as they fit; one that would not fit a message of its own is split where the room ends. */
function splitItems<T>(
  items: readonly T[],
  room: number,
  textOf: (item: T) => Text,
  itemOf: (text: Text) => T,
): [T[], T[]] {
  let left = room
  for (const [i, item] of items.entries()) {
    const cost = drawText(textOf(item)).length + 8 + 2 * drawText(textOf(item)).split('\n').length
    if (cost <= left) {
      left -= cost
      continue
    }
    const whole: [T[], T[]] = [items.slice(0, i), items.slice(i)]
    if (cost <= WORTH_SPLITTING || left < 200) return whole
    const [head, tail] = splitText(textOf(item), left - 8)
    if (head.length === 0) return whole
    return [
      [...items.slice(0, i), itemOf(head)],
      tail.length ? [itemOf(tail), ...items.slice(i + 1)] : items.slice(i + 1),
    ]
  }
  return [[...items], []]
}

const WORTH_SPLITTING = 1500
