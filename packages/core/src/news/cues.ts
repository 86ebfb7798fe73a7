import { type Token, tokens } from './tokens.ts'

/** Where in the words (first and last token, counted from 0) which phrase stands, by the number `add` gave it. */
export type Match = { phrase: number; from: number; to: number }

type Node = {
  exact: Map<string, Node>
  folded: Map<string, Node>
  starts: Map<string, [string, Node][]>
  ends: number[]
}
type Pair = { phrase: number; left: number; right: number }

/** All phrases of the content in one tree, so that a text is walked once however many there are. */
export type Phrases = { root: Node; size: number; pairs: Pair[]; ofPart: Map<number, number[]> }

const node = (): Node => ({ exact: new Map(), folded: new Map(), starts: new Map(), ends: [] })
export const phrases = (): Phrases => ({ root: node(), size: 0, pairs: [], ofPart: new Map() })

/** How far apart the two halves of `a + b` may stand, in words. */
const NEAR = 10

/** Puts a phrase into the tree and returns its number. With `exact` every word keeps its capitals. */
export function add(all: Phrases, says: string, exact = false): number {
  const halves = says.split(' + ')
  if (halves.length === 2) {
    const left = add(all, halves[0]!, exact)
    const right = add(all, halves[1]!, exact)
    const phrase = all.size++
    const pair = all.pairs.push({ phrase, left, right }) - 1
    for (const part of [left, right]) all.ofPart.set(part, [...(all.ofPart.get(part) ?? []), pair])
    return phrase
  }
  let at = all.root
  for (const word of says.trim().split(/[\s\-–]+/)) at = step(at, word, exact)
  at.ends.push(all.size)
  return all.size++
}

function step(from: Node, word: string, exact: boolean): Node {
  const open = word.endsWith('*')
  let at = from
  for (const token of tokens(word.replace(/^=|\*$/g, ''))) {
    const asIs = exact || word.startsWith('=') || /\p{Lu}.*\p{Lu}/u.test(token.exact)
    const [map, key] = asIs ? [at.exact, token.exact] : [at.folded, token.folded]
    let next = open ? beginnings(at, token.folded).find(([start]) => start === token.folded)?.[1] : map.get(key)
    if (!next) {
      next = node()
      if (open) at.starts.set(token.folded.slice(0, 2), [...beginnings(at, token.folded), [token.folded, next]])
      else map.set(key, next)
    }
    at = next
  }
  return at
}

/** The open beginnings (`mitigat*`) that a word could have; they are kept by its first two letters. */
const beginnings = (at: Node, word: string): [string, Node][] => at.starts.get(word.slice(0, 2)) ?? NONE
const NONE: [string, Node][] = []

/** Every place where a phrase stands in the words, overlapping ones included; phrases do not cross the end of a clause. */
export function find(all: Phrases, words: readonly Token[]): Match[] {
  const found: Match[] = []
  const walk = (at: Node, from: number, i: number): void => {
    for (const phrase of at.ends) found.push({ phrase, from, to: i - 1 })
    const word = words[i]
    if (!word || (i > from && word.breaks)) return
    const exact = at.exact.get(word.exact)
    if (exact) walk(exact, from, i + 1)
    const folded = at.folded.get(word.folded)
    if (folded) walk(folded, from, i + 1)
    if (word.stem !== word.folded) {
      const stem = at.folded.get(word.stem)
      if (stem) walk(stem, from, i + 1)
    }
    if (at.starts.size > 0)
      for (const [start, next] of beginnings(at, word.folded))
        if (word.folded.startsWith(start)) walk(next, from, i + 1)
  }
  for (let i = 0; i < words.length; i++) walk(all.root, i, i)
  return all.pairs.length > 0 ? found.concat(paired(all, found)) : found
}

function paired(all: Phrases, found: readonly Match[]): Match[] {
  const places = new Map<number, Match[]>()
  for (const match of found) {
    if (!all.ofPart.has(match.phrase)) continue
    const known = places.get(match.phrase)
    if (known) known.push(match)
    else places.set(match.phrase, [match])
  }
  const both: Match[] = []
  for (const part of places.keys())
    for (const number of all.ofPart.get(part)!) {
      const { phrase, left, right } = all.pairs[number]!
      if (part !== left) continue
      const pair = near(places.get(left)!, places.get(right) ?? [])
      if (pair) both.push({ phrase, from: Math.min(pair[0].from, pair[1].from), to: Math.max(pair[0].to, pair[1].to) })
    }
  return both
}

function near(lefts: readonly Match[], rights: readonly Match[]): [Match, Match] | undefined {
  for (const a of lefts)
    for (const b of rights) {
      const between = b.from > a.to ? b.from - a.to : a.from - b.to
      if (between > 0 && between <= NEAR) return [a, b]
    }
  return
}
