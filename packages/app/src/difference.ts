import { type Change, cut } from '@cme-commons/core'
import { diffWords } from 'diff'

/** Of longer texts the beginning is compared, and of very different ones nothing: it must not hold anybody up. */
const MOST = 6_000
const MOST_EDITS = 400
const SHOWN = 160

type Version = { title: string; text: string }

/** Where two versions differ, title first, each place with its words before and after. */
export const difference = (before: Version, after: Version): Change[] => [
  ...(before.title === after.title ? [] : [{ was: cut(before.title, SHOWN), now: cut(after.title, SHOWN) }]),
  ...places(before.text, after.text),
]

/** A part of a text beside an earlier version of it. */
export type Piece = { is: 'same' | 'new' | 'gone'; text: string }

/** The later of two texts with what came and what went, word by word; of very different ones the whole of each, of long ones the beginning. */
export function pieces(before: string, after: string): Piece[] {
  const [was, now] = [before.slice(0, MOST), after.slice(0, MOST)]
  const parts = diffWords(was, now, { maxEditLength: MOST_EDITS })
  if (!parts)
    return [
      { is: 'gone', text: was },
      { is: 'new', text: now },
    ]
  return parts.map(({ added, removed, value }) => ({ is: added ? 'new' : removed ? 'gone' : 'same', text: value }))
}

function places(before: string, after: string): Change[] {
  const [was, now] = [before.slice(0, MOST), after.slice(0, MOST)]
  if (was === now) return []
  const parts = diffWords(was, now, { maxEditLength: MOST_EDITS })
  if (!parts) return [{ was: cut(was, SHOWN), now: cut(now, SHOWN) }]
  const changes: Change[] = []
  let open: Change | undefined
  for (const { added, removed, value } of parts) {
    if (!added && !removed) {
      // Single words between two changes belong to both: read as one place.
      if (open && value.trim().split(/\s+/).length > 2) open = undefined
      else if (open) Object.assign(open, { was: open.was + value, now: open.now + value })
      continue
    }
    if (!open) {
      open = { was: '', now: '' }
      changes.push(open)
    }
    if (removed) open.was += value
    else open.now += value
  }
  return changes.map(shown).filter((change) => change.was !== change.now)
}

const shown = (change: Change): Change => ({ was: cut(change.was.trim(), SHOWN), now: cut(change.now.trim(), SHOWN) })
