import { type Button, type Card, encodeAction, type Text } from '@cme-commons/core'
import type { ActionsBlock, Button as Element, KnownBlock } from '@slack/types'
import { buttonRows, drawButton } from './buttons.ts'
import { mrkdwn, plainObject } from './objects.ts'
import { CONTEXT, type Piece, piecesOf } from './pieces.ts'
import { counts, only, sections } from './sections.ts'
import { clip, splitText } from './split.ts'
import { drawText } from './text.ts'

/** How much there is room for. Characters are those of the blocks as JSON: Slack counts its containers as well. */
export type Room = { blocks: number; chars: number }

/** A message takes 50 blocks, and fails somewhere above 12,000 characters. */
export const MESSAGE: Room = { blocks: 45, chars: 11_500 }

export type Laid = { blocks: KnownBlock[]; left: Piece[]; leftButtons: Button[] }
type How = {
  room: Room
  unique: (id: string) => string
  header?: boolean
  /** What is said about the `count` things left out. */
  note: (count: number) => Text
  /** Shown only when something is left out. */
  more?: Button
}

export const fits = (blocks: readonly KnownBlock[], room: Room): boolean =>
  blocks.length <= room.blocks && JSON.stringify(blocks).length <= room.chars

/** A card in the room there is: what has to go goes in the order of `keep`, last first, and is counted; `left` is what went. */
export function lay(card: Card, { room, unique, header = true, note, more }: How): Laid {
  const pieces = piecesOf(card)
  const { elements, left: leftButtons } = takeButtons(card.buttons ?? [], room, unique)
  const known = (card.buttons ?? []).some((button) => more && keyOf(button) === keyOf(more))
  const extra = more && !known ? moreButton(more, room, unique) : undefined
  const head: KnownBlock[] =
    header && card.title.trim() ? [{ type: 'header', text: plainObject(card.title, 150, '…') }] : []
  const foot = footOf(card)
  const countable = counts(pieces)
  const goes = countable.map((piece, i) => ({ piece, i })).sort((a, b) => b.piece.keep - a.piece.keep || b.i - a.i)

  const built = (gone: number): KnownBlock[] => {
    const wanted = new Set(goes.slice(gone).map(({ piece }) => piece))
    const count = gone + leftButtons.length
    const body = count === 0 ? pieces : only(pieces, wanted)
    return [
      ...head,
      ...sections(body),
      ...(count > 0 ? [{ type: 'section' as const, text: mrkdwn(clip(note(count), 500)) }] : []),
      ...buttonRows(count > 0 && extra ? [...elements, extra] : elements),
      ...foot,
    ]
  }
  let low = 0
  let high = goes.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (fits(built(middle), room)) high = middle
    else low = middle + 1
  }
  const gone = new Set(goes.slice(0, low).map(({ piece }) => piece))
  return { blocks: built(low), left: gone.size > 0 ? only(pieces, gone) : [], leftButtons }
}

/** As many buttons as leave most of the room to what is read. */
function takeButtons(buttons: readonly Button[], room: Room, unique: (id: string) => string) {
  const elements: Element[] = []
  const left: Button[] = []
  for (const button of buttons) {
    if (left.length > 0) left.push(button)
    else if (buttonsFit(buttons.slice(0, elements.length + 1), room)) {
      const element = drawButton(button, unique)
      if (element) elements.push(element)
    } else left.push(button)
  }
  return { elements, left }
}

const buttonsFit = (buttons: readonly Button[], room: Room): boolean => {
  const drawn = buttons.flatMap((button) => drawButton(button, (id) => id) ?? [])
  return drawn.length <= 50 && JSON.stringify(drawn).length <= room.chars * 0.4
}

const moreButton = (more: Button, room: Room, unique: (id: string) => string): Element | undefined =>
  JSON.stringify(drawButton(more, (id) => id) ?? '').length <= room.chars * 0.1 ? drawButton(more, unique) : undefined

export const rowsOf = (buttons: readonly Button[], unique: (id: string) => string): ActionsBlock[] =>
  buttonRows(buttons.flatMap((button) => drawButton(button, unique) ?? []))

const keyOf = (button: Button): string => ('act' in button ? encodeAction(button.act) : button.href)

function footOf(card: Card): KnownBlock[] {
  const [first] = splitText(card.footer ?? [], CONTEXT)
  const drawn = first ? drawText(first).trim() : ''
  return drawn ? [{ type: 'context', elements: [mrkdwn(drawn)] }] : []
}
