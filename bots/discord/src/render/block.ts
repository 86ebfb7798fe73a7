import type { Block } from '@cme-commons/core'
import { oneLine } from './clean.ts'
import { atLineStart, escaped } from './escape.ts'
import { drawMoment, drawText } from './text.ts'

/** A block as it is drawn: a list that was split goes on counting at `start`. */
export type Drawable = Block & { start?: number }

/** A block as Discord markdown; nothing for what has no words. A divider is a component of its own. */
export function drawBlock(block: Drawable): string {
  switch (block.kind) {
    case 'text':
      return drawText(block.text).trim()
    case 'heading': {
      const words = oneLine(block.text)
      return words && `### ${atLineStart(escaped(words))}`
    }
    case 'list':
      return block.items
        .map((item) => drawText(item).trim())
        .map((item, i) => item && `${markOf(block, i)}${item.replace(/\n+/g, '\n  ')}`)
        .filter(Boolean)
        .join('\n')
    case 'facts':
      return block.facts
        .map(({ name, value }) => [nameOf(name), drawText(value).trim()].filter(Boolean).join(' '))
        .filter(Boolean)
        .join('\n')
    case 'quote': {
      const words = [drawText(block.text).trim(), block.by ? `— ${escaped(oneLine(block.by))}` : ''].filter(Boolean)
      return words.length ? `> ${words.join('\n').replaceAll('\n', '\n> ')}` : ''
    }
    case 'moment':
      return [nameOf(block.label), drawMoment(block.at, 'moment'), `(${drawMoment(block.at, 'ago')})`]
        .filter(Boolean)
        .join(' ')
    case 'progress':
      return `${atLineStart(escaped(oneLine(block.label)))} ${bar(block)} ${block.done} of ${block.total}`.trim()
    case 'divider':
      return ''
  }
}

const markOf = ({ ordered, bare, start = 1 }: Drawable & { kind: 'list' }, i: number): string =>
  ordered ? `${start + i}. ` : bare ? '' : '- '

const nameOf = (name: string): string => (oneLine(name) ? `**${escaped(oneLine(name))}:**` : '')

/** Twelve cells at most, so that a long way still fits a phone. */
function bar({ done, total }: { done: number; total: number }): string {
  const cells = Math.min(Math.max(total, 1), 12)
  const full = Math.min(cells, Math.max(0, Math.floor((done / Math.max(total, 1)) * cells)))
  return '▰'.repeat(full) + '▱'.repeat(cells - full)
}
