import { ownFirst } from './glossary.ts'
import type { Term } from './onboarding.ts'

/** Letters that stand in a text at `at`, as they are written there, with everything they may mean: the reader's jurisdiction first. */
export type Explained = { said: string; at: number; terms: readonly Term[] }

type Word = { exact: string; folded: string; at: number; end: number }
type Spelling = { words: readonly Word[]; term: Term }
type Index = Map<string, Spelling[]>

const WORD = /[\p{L}\p{N}\p{M}]+(?:&[\p{L}\p{N}\p{M}]+)*/gu
/** What may stand between the words of one term: a space, a hyphen, marks of emphasis, but no end of a clause and no empty line. */
const GAP = /^(?:[ \t\u00a0\-‐‑–/_*®™'’]|\r?\n(?!\s*\n)){1,12}$/
/** What belongs to a term though it is no letter of it: "Credit(s)™". */
const TAIL = /(?:\(s\))?[®™]?(?:s(?![\p{L}\p{N}]))?/uy
/** The rest of an address, and of a mail address or a handle; the words in them are nobody's to explain. */
const ADDRESS = /(?::\/\/|\bwww\.)[^\s<>|"]*|@[\w.-]*/g
/** Words before and after the letters that count as close by. */
const CLOSE = 12
const NEXT = 4

/**
 * The known letters in a text in order of appearance, each once, the longest where several fit: "AMA PRA Category 1 Credit" and not
 * its parts. Ordinary words are left alone: single words without a capital are never explained, those that need company (`near`)
 * not without it, nor where everything is written in capitals. Takes time in proportion to the text.
 */
export function explain(glossary: readonly Term[], text: string, region?: string): Explained[] {
  const index = indexOf(glossary)
  const words = wordsOf(text)
  const found: Explained[] = []
  const told = new Set<Term>()
  for (let i = 0; i < words.length; ) {
    const hits = longest(index, words, i, text, told)
    const terms = new Set(hits.map(({ term }) => term))
    const fresh = [...terms].filter((term) => !told.has(term))
    if (fresh.length > 0) {
      const last = words[i + hits[0]!.words.length - 1]!
      const end = last.end + tail(text, last.end)
      found.push({ said: text.slice(words[i]!.at, end), at: words[i]!.at, terms: ownFirst(fresh, region) })
      for (const term of fresh) told.add(term)
    }
    i += hits[0]?.words.length ?? 1
  }
  return found
}

/** The spellings by their first word. A single word without a capital or a number ("cmi5") is nothing to look for. */
function indexOf(glossary: readonly Term[]): Index {
  const index: Index = new Map()
  for (const term of glossary)
    for (const spelling of [term.letters, ...(term.also ?? [])]) {
      const words = wordsOf(spelling)
      const first = words[0]
      if (!first || (words.length === 1 && !/[\p{Lu}\p{N}]/u.test(first.exact))) continue
      const list = index.get(first.folded) ?? []
      index.set(first.folded, [...list, { words, term }])
    }
  return index
}

/** All spellings of the greatest length that stand at word `i`. */
function longest(index: Index, words: readonly Word[], i: number, text: string, told: ReadonlySet<Term>): Spelling[] {
  const hits: Spelling[] = []
  const folded = words[i]!.folded
  for (const key of [folded, ...singulars(folded)])
    for (const spelling of index.get(key) ?? [])
      if (
        stands(spelling, words, i, text) &&
        (told.has(spelling.term) || inCompany(spelling.term, words, i, spelling.words.length, index))
      )
        hits.push(spelling)
  const most = Math.max(0, ...hits.map((hit) => hit.words.length))
  return hits.filter((hit) => hit.words.length === most)
}

function stands({ words: wanted }: Spelling, words: readonly Word[], i: number, text: string): boolean {
  return wanted.every((word, k) => {
    const there = words[i + k]
    if (!there || (k > 0 && !GAP.test(text.slice(words[i + k - 1]!.end, there.at)))) return false
    return same(word, there) || (k === wanted.length - 1 && plural(word, there))
  })
}

/** A word with a capital is itself only as written; a name such as "Royal" also in a heading of capitals. */
function same(wanted: Word, there: Word): boolean {
  if (!capital(wanted.exact)) return wanted.folded === there.folded
  return wanted.exact === there.exact || (name(wanted.exact) && wanted.exact.toUpperCase() === there.exact)
}

function plural(wanted: Word, there: Word): boolean {
  if (capital(wanted.exact) && !name(wanted.exact)) return there.exact === `${wanted.exact}s`
  return singulars(there.folded).includes(wanted.folded) && (!capital(wanted.exact) || capital(there.exact))
}

function singulars(folded: string): string[] {
  if (!folded.endsWith('s')) return []
  if (folded.endsWith('ies')) return [folded.slice(0, -1), `${folded.slice(0, -3)}y`]
  return [folded.slice(0, -1)]
}

/** Whether letters that are a word as well have what makes them letters: a word of their field close by, and small letters around. */
function inCompany({ near }: Term, words: readonly Word[], i: number, length: number, index: Index): boolean {
  if (!near) return true
  const beside = (k: number): boolean => {
    const word = words[k]!
    return near.some((one) => (capital(one) ? word.exact === one : word.folded.startsWith(one)))
  }
  return around(words, i, length, CLOSE).some(beside) && !shouted(words, i, length, index)
}

/** Whether the words next to these, other letters aside, are nearly all in capitals: then capitals mean nothing. */
function shouted(words: readonly Word[], i: number, length: number, index: Index): boolean {
  const plain = around(words, i, length, NEXT)
    .map((k) => words[k]!)
    .filter(({ exact, folded }) => exact.length > 1 && !(capital(exact) && index.has(folded)))
  const capitals = plain.filter(({ exact }) => exact === exact.toUpperCase()).length
  return capitals >= 2 && capitals > 3 * (plain.length - capitals)
}

/** The places of the words before and after, at most `reach` each way. */
function around(words: readonly Word[], i: number, length: number, reach: number): number[] {
  const places: number[] = []
  for (let k = Math.max(0, i - reach); k < Math.min(words.length, i + length + reach); k++)
    if (k < i || k >= i + length) places.push(k)
  return places
}

function wordsOf(text: string): Word[] {
  const hidden = [...text.matchAll(ADDRESS)].map(({ index, 0: { length } }) => [index, index + length] as const)
  const words: Word[] = []
  let next = 0
  for (const match of text.matchAll(WORD)) {
    const [exact] = match
    const at = match.index
    const end = at + exact.length
    while (next < hidden.length && hidden[next]![1] <= at) next++
    const inside = next < hidden.length && hidden[next]![0] < end
    if (!inside && text[end] !== '@') words.push({ exact, folded: exact.toLowerCase(), at, end })
  }
  return words
}

function tail(text: string, at: number): number {
  TAIL.lastIndex = at
  return TAIL.exec(text)?.[0].length ?? 0
}

const capital = (word: string): boolean => word !== word.toLowerCase()
/** A capital and then small letters, as names and headings have. */
const name = (word: string): boolean => /^\p{Lu}\p{Ll}+$/u.test(word)
