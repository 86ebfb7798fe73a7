import type { Card } from '@cme-commons/core'
import type { HomeView, KnownBlock } from '@slack/types'
import { uniqueIds } from './ids.ts'
import { lay } from './lay.ts'
import { mrkdwn } from './objects.ts'

const BLOCKS = 100
/** With every character in three bytes this stays below the 250 kB that a view may have. */
const CHARS = 80_000
const MOST_CARDS = 10
/** The least a card takes: title, what is left out, two rows of buttons, footer, and the line above it. */
const LEAST = 7
/** What every card may take, however long those above it are: half of an even share. */
const reserve = (cards: number): number => Math.max(LEAST, Math.floor((BLOCKS * 0.9) / cards / 2))

/** Cards one below the other as the app's Home tab; each gets what the ones before it did not need. */
export function drawHome(cards: readonly Card[]): HomeView {
  const shown = cards.slice(0, MOST_CARDS)
  const unique = uniqueIds()
  const blocks: KnownBlock[] = []
  shown.forEach((card, i) => {
    const after = shown.length - i - 1
    const room = {
      blocks: BLOCKS - 2 - blocks.length - after * reserve(shown.length) - 1,
      chars: Math.floor(CHARS / Math.max(shown.length, 4)),
    }
    if (i > 0) blocks.push({ type: 'divider' })
    blocks.push(...lay(card, { room, unique, note: (count) => [`…and ${count} more.`], more: card.more }).blocks)
  })
  const left = cards.length - shown.length
  if (left > 0) blocks.push({ type: 'section', text: mrkdwn(`…and ${left} more.`) })
  if (blocks.length === 0) blocks.push({ type: 'section', text: mrkdwn('Nothing to show yet.') })
  return { type: 'home', blocks }
}
