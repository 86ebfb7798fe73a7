import { tokens } from './tokens.ts'

/** Words that stand together, in this order; the last may be only the beginning of one (`prefix`). `not`: an item that has it is left out. */
export type SearchTerm = { words: readonly string[]; prefix?: true; not?: true }

export type SearchOrder = 'newest' | 'relevance'

/** What a person asks of the archive: all terms must hold. `filters` are as typed, `topic:`, `body:`, `region:`, `track:`, `since:`. */
export type Search = { terms: readonly SearchTerm[]; filters: readonly SearchFilter[]; order: SearchOrder }
export type SearchFilter = { name: 'topic' | 'body' | 'region' | 'track' | 'since'; value: string }

/** Longer questions are cut: what is searched for in one go stays small. */
const MOST_TERMS = 12
const MOST_WORDS = 30
const PIECE = /(-?)(?:(topic|body|region|track|since|by):(?:"([^"]*)"|(\S+))|"([^"]*)("\*?)?|([^\s"]+))/giu

/** The words of a text as the archive compares them: folded, in the singular, letters and digits alone. */
export const searchWords = (text: string, max = 20_000): string[] =>
  tokens(text, max)
    .map(({ stem }) => lettersOf(stem))
    .filter(Boolean)

/**
 * Reads what was typed: `mitigation "financial relationships" accredit* -webinar topic:standards by:relevance`. A beginning needs two
 * letters; nothing to look for is no terms.
 */
export function readSearch(said: string): Search {
  const terms: SearchTerm[] = []
  const filters: SearchFilter[] = []
  let order: SearchOrder = 'newest'
  let left = MOST_WORDS
  for (const [, minus, name, quotedValue, value, phrase, close, word] of said.matchAll(PIECE)) {
    if (name) {
      const given = (quotedValue ?? value ?? '').trim()
      if (name.toLowerCase() === 'by') order = /^rel/i.test(given) ? 'relevance' : 'newest'
      else if (given) filters.push({ name: name.toLowerCase() as SearchFilter['name'], value: given })
      continue
    }
    const text = phrase ?? word ?? ''
    const begun = phrase === undefined ? text.endsWith('*') : close === '"*'
    const term = termOf(text, begun, left)
    if (!term || terms.length === MOST_TERMS) continue
    left -= term.words.length
    terms.push(minus ? { ...term, not: true } : term)
  }
  return { terms: terms.some(({ not }) => !not) ? terms : [], filters, order }
}

function termOf(text: string, begun: boolean, most: number): SearchTerm | undefined {
  const found = tokens(text, most)
  const words = found.map(({ stem }) => lettersOf(stem)).filter(Boolean)
  const last = found.at(-1)
  if (!last || words.length === 0) return undefined
  if (!begun) return { words }
  const beginning = lettersOf(shared(last.folded, last.stem))
  if (beginning.length < 2) return { words }
  return { words: [...words.slice(0, -1), beginning], prefix: true }
}

/** What both begin with, so that `policies*` finds `policy`. */
function shared(a: string, b: string): string {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return a.slice(0, at)
}

/** Longer words than this are none; PostgreSQL takes no more than two thousand bytes of one. */
const MOST_LETTERS = 200
const lettersOf = (word: string): string => word.replace(/[^\p{L}\p{N}]+/gu, '').slice(0, MOST_LETTERS)
