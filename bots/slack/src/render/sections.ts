import type { KnownBlock } from '@slack/types'
import { mrkdwn } from './objects.ts'
import { type Piece, SECTION } from './pieces.ts'

/** Pieces as Slack's blocks: lines of one list or of the same facts share a section. */
export function sections(pieces: readonly Piece[]): KnownBlock[] {
  const groups: { of: number; kind: Piece['kind']; drawn: string }[] = []
  for (const { kind, of, drawn } of pieces) {
    const last = groups.at(-1)
    const joins = kind === 'line' && last?.kind === 'line' && last.of === of
    if (joins && last.drawn.length + drawn.length < SECTION) last.drawn += `\n${drawn}`
    else groups.push({ of, kind, drawn })
  }
  return groups.map(({ kind, drawn }) =>
    kind === 'divider' ? { type: 'divider' } : { type: 'section', text: mrkdwn(drawn) },
  )
}

/** Whether leaving a piece out must be told: a divider says nothing, a heading goes with what stands under it. */
export const counts = (pieces: readonly Piece[]): Piece[] => {
  const alone = new Set(groupsOf(pieces).flatMap(([head, ...rest]) => (head && rest.every(isMark) ? [head] : [])))
  return pieces.filter((piece) => !isMark(piece) || (piece.kind === 'heading' && alone.has(piece)))
}

/** The pieces that `wanted` has, with the headings above them; dividers only between two of them. */
export function only(pieces: readonly Piece[], wanted: ReadonlySet<Piece>): Piece[] {
  const kept = groupsOf(pieces).flatMap((group) => {
    const shown = group.filter((piece) => wanted.has(piece) || isMark(piece))
    return shown.some((piece) => wanted.has(piece)) ? shown : shown.filter(({ kind }) => kind === 'divider')
  })
  return kept.filter(
    ({ kind }, i) =>
      kind !== 'divider' ||
      (i > 0 && kept[i - 1]!.kind !== 'divider' && kept.slice(i).some((piece) => piece.kind !== 'divider')),
  )
}

const isMark = ({ kind }: Piece): boolean => kind === 'heading' || kind === 'divider'

/** Each heading with what stands under it; what stands before the first heading is a group as well. */
function groupsOf(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [[]]
  for (const piece of pieces) {
    if (piece.kind === 'heading') groups.push([])
    groups.at(-1)!.push(piece)
  }
  return groups
}
