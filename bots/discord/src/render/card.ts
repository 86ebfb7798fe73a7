import type { Button, Card } from '@cme-commons/core'
import type { Drawable } from './block.ts'
import { type Body, bodyOf, charactersOf, type Draft, ROOM } from './body.ts'
import { drawable } from './button.ts'
import { draftOf } from './draft.ts'
import { splitBlock } from './split.ts'

export { drawParts } from './parts.ts'

/**
 * A card as one message. What does not fit goes by `keep`, from the end, and a line says how much more there is, with `card.more`
 * beside it. `drawParts` leaves nothing out.
 */
export function drawCard(card: Card): Body {
  const draft = draftOf(card)
  if (draft.buttons.length <= ROOM.buttons && charactersOf(draft) <= ROOM.text) return bodyOf(draft)
  const buttons = draft.buttons.slice(0, ROOM.buttons)
  const shorter = { ...draft, buttons, beside: besideOf(card, buttons), note: noteOf(999) }
  const blocks = fitting(shorter)
  const left = unitsOf(draft.blocks) - unitsOf(blocks) + draft.buttons.length - buttons.length
  return bodyOf({ ...shorter, blocks, note: noteOf(left || 1) })
}

const noteOf = (left: number): string => `… and ${left} more`

/** The button beside "and N more"; none when the card has that button anyway. */
const besideOf = ({ more }: Card, buttons: readonly Button[]): Button | undefined =>
  more && drawable(more) && !buttons.some((button) => sameAs(button, more)) ? more : undefined

const sameAs = (a: Button, b: Button): boolean =>
  JSON.stringify('act' in a ? a.act : a.href) === JSON.stringify('act' in b ? b.act : b.href)

/** The blocks of a draft that fit beside all the rest of it: the highest `keep` goes first, the last of several first. */
function fitting(draft: Draft): Drawable[] {
  const blocks = [...draft.blocks]
  const overBy = (some: readonly Drawable[]) => charactersOf({ ...draft, blocks: some }) - ROOM.text
  while (blocks.length > 0 && overBy(blocks) > 0) {
    const at = leastKept(blocks)
    const block = blocks[at]!
    const room = -overBy(blocks.toSpliced(at, 1)) - 4
    const head = room > 60 ? splitBlock(block, room)[0] : undefined
    if (head) return withoutOrphans(blocks.toSpliced(at, 1, ending(head)))
    blocks.splice(at, 1)
  }
  return withoutOrphans(blocks)
}

const leastKept = (blocks: readonly Drawable[]): number =>
  blocks.reduce((least, block, i) => ((block.keep ?? 0) >= (blocks[least]!.keep ?? 0) ? i : least), 0)

const ending = (block: Drawable): Drawable =>
  block.kind === 'text' || block.kind === 'quote' ? { ...block, text: [...block.text, '…'] } : block

/** A heading or divider under which nothing is left says nothing. */
const withoutOrphans = (blocks: readonly Drawable[]): Drawable[] =>
  blocks.filter((block, i) => {
    const next = blocks[i + 1]
    return block.kind === 'heading' ? next && next.kind !== 'heading' && next.kind !== 'divider' : true
  })

/** How many things a person would count: items of a list, facts, and whatever else is a block of its own. */
const unitsOf = (blocks: readonly Drawable[]): number => blocks.reduce((sum, block) => sum + countOf(block), 0)

function countOf(block: Drawable): number {
  if (block.kind === 'heading' || block.kind === 'divider') return 0
  return block.kind === 'list' ? block.items.length : block.kind === 'facts' ? block.facts.length : 1
}
