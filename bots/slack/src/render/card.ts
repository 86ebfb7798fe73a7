import type { Button, Card } from '@cme-commons/core'
import type { KnownBlock, ModalView } from '@slack/types'
import { fallbackOf, fallbackText } from './fallback.ts'
import type { FormMeta } from './form.ts'
import { uniqueIds } from './ids.ts'
import { fits, lay, MESSAGE, rowsOf } from './lay.ts'
import { plainObject } from './objects.ts'
import type { Piece } from './pieces.ts'
import { sections } from './sections.ts'

/** What `chat.postMessage` and answers to a command take. `text` is read where blocks are not: screen readers, notifications. */
export type Message = { text: string; blocks: KnownBlock[] }

const andMore = (count: number): [string] => [`…and ${count} more.`]

/** A card as one message. What does not fit is counted, with the card's own way to see it; `zone` is for the times in `text`. */
export function drawCard(card: Card, { zone }: { zone?: string } = {}): Message {
  const { blocks } = lay(card, { room: MESSAGE, unique: uniqueIds(), note: andMore, more: card.more })
  return { text: fallbackOf(card, zone), blocks: filled(blocks, card) }
}

/** A card as a message and, where it does not fit, the messages of its thread, which hold all the rest in order. */
export function drawParts(card: Card, { zone }: { zone?: string } = {}): [Message, ...Message[]] {
  const { blocks, left, leftButtons } = lay(card, {
    room: MESSAGE,
    unique: uniqueIds(),
    note: (count) => [`…and ${count} more in the thread.`],
  })
  return [{ text: fallbackOf(card, zone), blocks: filled(blocks, card) }, ...threadOf(left), ...buttonsOf(leftButtons)]
}

/**
 * A card as a modal, for where no message can be shown. Its title has 24 characters, so a longer one stands above the text; `meta` is
 * where it was asked.
 */
export function cardView(card: Card, meta: FormMeta = {}): ModalView {
  const long = card.title.length > 24
  const { blocks } = lay(card, {
    room: { blocks: 95, chars: 60_000 },
    unique: uniqueIds(),
    header: long,
    note: andMore,
    more: card.more,
  })
  return {
    type: 'modal',
    callback_id: 'card',
    ...(meta.channel ? { private_metadata: JSON.stringify(meta) } : {}),
    title: plainObject(card.title, 24, 'CME Commons'),
    close: plainObject('Close', 24, 'Close'),
    blocks: filled(blocks, card),
  }
}

/** Slack takes no message without a block. */
const filled = (blocks: KnownBlock[], card: Card): KnownBlock[] =>
  blocks.length > 0 ? blocks : [{ type: 'section', text: plainObject(card.title, 150, 'Nothing to show.') }]

function threadOf(pieces: readonly Piece[]): Message[] {
  const parts: Piece[][] = []
  let part: Piece[] = []
  for (const piece of pieces) {
    if (part.length > 0 && !fits(sections([...part, piece]), MESSAGE)) {
      const last = part.at(-1)!
      const moves = last.kind === 'heading' && part.length > 1
      parts.push(moves ? part.slice(0, -1) : part)
      part = moves ? [last] : []
    }
    part.push(piece)
  }
  if (part.length > 0) parts.push(part)
  return parts.map((part) => ({
    text: fallbackText(
      part
        .map(({ plain }) => plain)
        .filter(Boolean)
        .join('\n\n'),
    ),
    blocks: sections(part),
  }))
}

function buttonsOf(buttons: readonly Button[]): Message[] {
  const parts: Button[][] = []
  for (const button of buttons) {
    const part = parts.at(-1)
    if (part && fits(rowsOf([...part, button], uniqueIds()), MESSAGE)) part.push(button)
    else parts.push([button])
  }
  return parts
    .map((part) => ({
      text: fallbackText(part.map(({ label }) => `[ ${label} ]`).join(' ')),
      blocks: rowsOf(part, uniqueIds()) as KnownBlock[],
    }))
    .filter(({ blocks }) => blocks.length > 0)
}
