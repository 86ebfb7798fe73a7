import { type Block, type Card, plainText, strong, type Text, when } from '@cme-commons/core'
import { clip, splitText } from './split.ts'
import { drawText } from './text.ts'

/**
 * The smallest part of a card that is shown or left out as a whole. Lines of one block (`of`) share a section; a heading goes with
 * what stands under it.
 */
export type Piece = {
  kind: 'heading' | 'text' | 'line' | 'divider'
  of: number
  /** The order of sacrifice, as the block's. */
  keep: number
  drawn: string
  plain: string
}

/** Characters of a section: Slack's 3,000 with room for what joins lines. */
export const SECTION = 2900
/** Characters of a context, in which the footer stands. */
export const CONTEXT = 2000

/** A card's blocks in pieces, in their order; what of the footer does not fit below the buttons comes last. */
export function piecesOf(card: Card): Piece[] {
  const pieces = card.blocks.flatMap((block, of) =>
    blockPieces(block).map((piece) => ({ ...piece, of, keep: block.keep ?? 0 })),
  )
  const [, ...rest] = splitText(card.footer ?? [], CONTEXT)
  return [...pieces, ...rest.map((text) => ({ ...one('text', text), of: card.blocks.length, keep: 0 }))].filter(
    ({ kind, drawn }) => kind === 'divider' || drawn.trim() !== '',
  )
}

type Bare = Pick<Piece, 'kind' | 'drawn' | 'plain'>
const one = (kind: Piece['kind'], text: Text): Bare => ({ kind, drawn: drawText(text).trim(), plain: plainText(text) })
const several = (kind: Piece['kind'], text: Text): Bare[] => splitText(text, SECTION).map((part) => one(kind, part))

function blockPieces(block: Block): Bare[] {
  switch (block.kind) {
    case 'text':
      return several('text', block.text)
    case 'heading':
      return [{ kind: 'heading', drawn: clip([strong(block.text)], SECTION).trim(), plain: block.text }]
    case 'list':
      return block.items.flatMap((item, i) => marked(block.ordered ? `${i + 1}. ` : block.bare ? '' : '• ', item))
    case 'facts':
      return block.facts.flatMap(({ name, value }) =>
        marked('', name.trim() ? [strong(`${name}:`), ' ', ...value] : value),
      )
    case 'quote':
      return quoted(block.by ? [...block.text, '\n', { em: block.by }] : block.text)
    case 'moment':
      return several('text', [strong(`${block.label}:`), ' ', when(block.at)])
    case 'progress':
      return several('text', [strong(block.label), ` ${bar(block)} ${block.done} of ${block.total}`])
    case 'divider':
      return [{ kind: 'divider', drawn: '', plain: '' }]
  }
}

/** A line of a list; its own further lines stand under its words. */
const marked = (mark: string, text: Text): Bare[] =>
  splitText(text, SECTION / 2).map((part, i) => {
    const { drawn, plain } = one('line', part)
    const start = i === 0 ? mark : ' '.repeat(mark.length)
    return { kind: 'line', drawn: drawn && start + drawn.replace(/\n+/g, '\n  '), plain: start + plain }
  })

const quoted = (text: Text): Bare[] =>
  splitText(text, SECTION / 2).map((part) => {
    const { drawn, plain } = one('text', part)
    return { kind: 'text', drawn: drawn && `> ${drawn.replace(/\n+/g, '\n> ')}`, plain }
  })

/** Twelve cells at most, so that a long way still fits a phone. */
function bar({ done, total }: { done: number; total: number }): string {
  const cells = Math.min(Math.max(Math.ceil(total), 1), 12)
  const full = Math.min(cells, Math.max(0, Math.floor((done / Math.max(total, 1)) * cells)))
  return '▰'.repeat(full) + '▱'.repeat(cells - full)
}
