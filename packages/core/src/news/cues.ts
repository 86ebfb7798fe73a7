import { type Token, tokens } from './tokens.ts'

/**
 * Where in the words (first and last token, counted from 0) which phrase stands, by the number `add` gave it. Of a pair, `gap` is
 * the last token of the half that comes first and the first token of the other.
 */
export type Match = { phrase: number; from: number; to: number; gap: readonly [number, number] | undefined }

type Node = {
  exact: Map<string, Node> | undefined
  folded: Map<string, Node> | undefined
  /** The open beginnings (`mitigat*`), by the head of their first word. */
  starts: Map<number, [string, Node][]> | undefined
  ends: number[]
}
type Pair = { phrase: number; left: number; right: number }

/** All phrases of the content in one tree, so that a text is walked once however many there are; `pairs` by their left half. */
export type Phrases = { root: Node; size: number; pairs: Pair[][]; halves: boolean[] }

const node = (): Node => ({ exact: undefined, folded: undefined, starts: undefined, ends: [] })
export const phrases = (): Phrases => ({ root: node(), size: 0, pairs: [], halves: [] })

/** How far apart the two halves of `a + b` may stand, in words. */
const NEAR = 10

/** Puts a phrase into the tree and returns its number. With `exact` every word keeps its capitals. */
export function add(all: Phrases, says: string, exact = false): number {
  const halves = says.split(' + ')
  if (halves.length === 2) {
    const left = add(all, halves[0]!, exact)
    const right = add(all, halves[1]!, exact)
    const phrase = all.size++
    all.pairs[left] = [...(all.pairs[left] ?? []), { phrase, left, right }]
    all.halves[left] = all.halves[right] = true
    return phrase
  }
  let at = all.root
  for (const word of says.trim().split(/[\s\-–]+/)) at = step(at, word, exact)
  at.ends.push(all.size)
  return all.size++
}

function step(from: Node, word: string, exact: boolean): Node {
  let at = from
  for (const token of tokens(word.replace(/^=|\*$/g, ''))) {
    if (word.endsWith('*')) {
      at = begin(at, token)
      continue
    }
    const named = exact || word.startsWith('=') || /\p{Lu}.*\p{Lu}/u.test(token.exact)
    const kind = named && token.exact !== token.folded ? 'exact' : 'folded'
    const map = at[kind] ?? new Map<string, Node>()
    at[kind] = map
    const key = token[kind]
    const next = map.get(key) ?? node()
    map.set(key, next)
    at = next
  }
  return at
}

function begin(at: Node, { folded, head }: Token): Node {
  at.starts ??= new Map()
  const known = at.starts.get(head) ?? []
  const same = known.find(([start]) => start === folded)
  if (same) return same[1]
  const next = node()
  at.starts.set(head, [...known, [folded, next]])
  return next
}

/** Every place where a phrase stands in the words, overlapping ones included; phrases do not cross the end of a clause. */
export function find(all: Phrases, words: readonly Token[]): Match[] {
  const found: Match[] = []
  for (let i = 0; i < words.length; i++) walk(all.root, words, i, i, found)
  return all.pairs.length > 0 ? paired(all, found) : found
}

function walk(at: Node, words: readonly Token[], from: number, i: number, found: Match[]): void {
  for (let e = 0; e < at.ends.length; e++) found.push({ phrase: at.ends[e]!, from, to: i - 1, gap: undefined })
  if (i >= words.length) return
  const word = words[i]!
  if (word.breaks && i > from) return
  const exact = word.exact === word.folded ? undefined : at.exact?.get(word.exact)
  if (exact) walk(exact, words, from, i + 1, found)
  if (at.folded) {
    const folded = at.folded.get(word.folded)
    if (folded) walk(folded, words, from, i + 1, found)
    const stem = word.stem === word.folded ? undefined : at.folded.get(word.stem)
    if (stem) walk(stem, words, from, i + 1, found)
  }
  const starts = at.starts?.get(word.head)
  if (starts)
    for (const [start, next] of starts) if (word.folded.startsWith(start)) walk(next, words, from, i + 1, found)
}

/** The matches, and those of pairs whose halves are both among them. */
function paired(all: Phrases, found: Match[]): Match[] {
  const places = new Map<number, Match[]>()
  for (const match of found) {
    if (!all.halves[match.phrase]) continue
    const known = places.get(match.phrase)
    if (known) known.push(match)
    else places.set(match.phrase, [match])
  }
  for (const [part, lefts] of places)
    for (const { phrase, right } of all.pairs[part] ?? []) {
      const rights = places.get(right)
      const both = rights && near(lefts, rights)
      if (both) found.push({ phrase, from: both[0].from, to: both[1].to, gap: [both[0].to, both[1].from] })
    }
  return found
}

/** The first two that stand near each other, in the order of the text. */
function near(lefts: readonly Match[], rights: readonly Match[]): [Match, Match] | undefined {
  for (const a of lefts)
    for (const b of rights) {
      if (b.from > a.to && b.from - a.to <= NEAR) return [a, b]
      if (a.from > b.to && a.from - b.to <= NEAR) return [b, a]
    }
  return
}
