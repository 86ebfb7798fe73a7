import type { Press } from '../action.ts'
import type { Block, Button, Card } from '../card.ts'
import type { PlanningFile, Section } from '../onboarding/planning-file.ts'
import { cut, type Span, type Text } from '../text.ts'
import { plainText } from './plain.ts'
import { INFORMS } from './review.ts'

/** Room for the sections on one card beside title, foot and buttons. */
const PAGE = 3000

/**
 * A planning file as cards: as many sections from the `from`th as have room, with the way to the next. `turn` makes the press that
 * shows it from a section on; `saves` are buttons to the whole as files. A long field is cut here and whole in the files. What is no
 * exercise has a `frame` of its own.
 */
export function fileCard(
  file: PlanningFile,
  from: number,
  turn: (from: number) => Press,
  back: Button,
  saves: readonly Button[] = [],
  frame: { lead: string; footer: Text } = { lead: 'MOCK. ', footer: INFORMS },
): Card {
  const start = Math.min(Math.max(0, Math.trunc(from) || 0), file.sections.length - 1)
  const told = file.sections.slice(start).map((section) => shortened(section))
  let used = 0
  const fit = told.findIndex(({ size, blocks }, i) => {
    used += size
    return i > 0 && (used > PAGE || told.slice(0, i).reduce((n, one) => n + one.blocks.length, blocks.length) > 30)
  })
  const shown = fit === -1 ? told : told.slice(0, fit)
  const next = start + shown.length
  const rest = file.sections.length - next
  return {
    title: cut(file.title, 140),
    blocks: [
      { kind: 'text', text: [`${frame.lead}Sections ${start + 1} to ${next} of ${file.sections.length}.`] },
      ...shown.flatMap(({ blocks }) => blocks),
    ],
    buttons: [
      ...(rest > 0
        ? [{ label: `Next: ${file.sections[next]!.title}`, style: 'primary' as const, act: turn(next) }]
        : []),
      ...(start > 0 ? [{ label: 'From the beginning', act: turn(0) }] : []),
      ...saves,
      back,
    ],
    footer: frame.footer,
  }
}

function shortened({ title, blocks }: Section): { blocks: Block[]; size: number } {
  const made: Block[] = [{ kind: 'heading', text: title }]
  let size = title.length
  for (const block of blocks.map(short)) {
    if (made.length === 25 || size + sizeOf(block) > PAGE + 300) {
      made.push({ kind: 'text', text: ['The rest is in the whole file.'] })
      break
    }
    made.push(block)
    size += sizeOf(block)
  }
  return { blocks: made, size }
}

function short(block: Block): Block {
  switch (block.kind) {
    case 'facts': {
      const room = Math.max(120, Math.floor(1900 / block.facts.length))
      return { ...block, facts: block.facts.map(({ name, value }) => ({ name, value: within(value, room) })) }
    }
    case 'list': {
      const most = 20
      const items = block.items.slice(0, most).map((item) => within(item, 130))
      const rest = block.items.length - items.length
      return { ...block, items: rest > 0 ? [...items, [`and ${rest} more in the whole file`]] : items }
    }
    case 'text':
    case 'quote':
      return { ...block, text: within(block.text, 900) }
    default:
      return block
  }
}

/** A text of at most `room` characters: what is too long loses its marks with its end. */
const within = (text: Text, room: number): Text => {
  const plain = plainText(text)
  return plain.length <= room ? text : [cut(plain, room) as Span]
}

function sizeOf(block: Block): number {
  if (block.kind === 'heading') return block.text.length
  if (block.kind === 'text' || block.kind === 'quote') return plainText(block.text).length
  if (block.kind === 'list') return block.items.reduce((sum, item) => sum + plainText(item).length + 3, 0)
  if (block.kind === 'facts')
    return block.facts.reduce((sum, { name, value }) => sum + name.length + plainText(value).length + 3, 0)
  return 40
}
