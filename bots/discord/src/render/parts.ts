import { type Card, cut } from '@cme-commons/core'
import type { Drawable } from './block.ts'
import { type Body, bodyOf, charactersOf, type Draft, ROOM } from './body.ts'
import { draftOf } from './draft.ts'
import { splitBlock } from './split.ts'

/** The room that a block is given before it is split rather than moved to the next message as a whole. */
const WORTH_BEGINNING = 600

/**
 * A card with all there is in it: the first message, with its buttons, and those that go below it, in a thread or as follow-ups.
 * Nothing is left out, whatever its length.
 */
export function drawParts(card: Card): [Body, ...Body[]] {
  const whole = draftOf(card)
  if (charactersOf(whole) <= ROOM.text && whole.buttons.length <= ROOM.buttons) return [bodyOf(whole)]
  const [first, ...rest] = draftsOf(whole)
  const count = rest.length + 1
  return [
    bodyOf(rest.length ? { ...first!, note: `Continues below: 1 of ${count}` } : first!),
    ...rest.map((draft, i) => bodyOf({ ...draft, note: `${i + 2} of ${count}` })),
  ]
}

function draftsOf({ blocks, buttons, ...whole }: Draft): Draft[] {
  const NOTE = 'Continues below: 999 of 999'
  const title = `${cut(whole.title, ROOM.title - 14)} (continued)`
  const drafts: Draft[] = [{ ...whole, blocks: [], buttons: buttons.slice(0, ROOM.buttons), note: NOTE }]
  const open = () => drafts.at(-1)!
  const room = () => ROOM.text - charactersOf(open()) - 4
  const put = (block: Drawable) => {
    drafts[drafts.length - 1] = { ...open(), blocks: [...open().blocks, block] }
  }
  const next = () => {
    const full = open().blocks
    const end = lastWords(full) || full.length
    drafts[drafts.length - 1] = { ...open(), blocks: full.slice(0, end) }
    drafts.push({ title, blocks: full.slice(end), buttons: [], note: NOTE })
  }
  const queue = [...blocks]
  while (queue.length > 0) {
    const block = queue.shift()!
    const fits = charactersOf({ ...open(), blocks: [...open().blocks, block] }) <= ROOM.text
    if (fits) {
      put(block)
      continue
    }
    const fresh = open().blocks.every(({ kind }) => kind === 'heading' || kind === 'divider')
    const [head, tail] = room() > WORTH_BEGINNING || fresh ? splitBlock(block, room()) : [undefined, block]
    if (head) put(head)
    if (tail) queue.unshift(tail)
    next()
  }
  for (let i = ROOM.buttons; i < buttons.length; i += ROOM.buttons) {
    if (i > ROOM.buttons || drafts.length === 1) drafts.push({ title, blocks: [], buttons: [], note: NOTE })
    drafts[drafts.length - 1] = { ...open(), buttons: buttons.slice(i, i + ROOM.buttons) }
  }
  return drafts
}

/** Where the headings and dividers at the end begin: they belong to what comes next. */
const lastWords = (blocks: readonly Drawable[]): number =>
  blocks.findLastIndex(({ kind }) => kind !== 'heading' && kind !== 'divider') + 1
