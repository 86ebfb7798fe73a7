import { allNearest } from '../nearest.ts'
import type { Term } from './onboarding.ts'

/** What was found, the reader's own jurisdiction first; when that is nothing, `near` are terms that may have been meant. */
export type Looked = { found: readonly Term[]; near: readonly Term[] }

const NEAR = 5

/**
 * The terms a person means: by letters in any case ("ecmec?", "ECMECs"), by id, by name, by the beginning or a part of a name; else
 * the nearest letters. Several hits are all given. `region` is where the reader works.
 */
export function lookup(glossary: readonly Term[], said: string, region?: string): Looked {
  const wanted = asked(said)
  if (!wanted) return { found: [], near: [] }
  const singular = wanted.replace(/ies$/, 'y').replace(/(?:\(s\)|s)$/, '')
  const ways: ((term: Term) => boolean)[] = [
    (term) => spellings(term).includes(wanted),
    (term) => singular !== wanted && spellings(term).includes(singular),
    (term) => term.id === said.trim().toLowerCase(),
    (term) => folded(term.name) === wanted,
    (term) => wanted.length >= 4 && folded(term.name).startsWith(wanted),
    (term) =>
      wanted.length >= 4 &&
      [folded(term.name), ...spellings(term)].some((words) => ` ${words} `.includes(` ${wanted} `)),
  ]
  for (const way of ways) {
    const found = glossary.filter(way)
    if (found.length > 0) return { found: ownFirst(found, region), near: [] }
  }
  return { found: [], near: meant(glossary, wanted) }
}

/** The terms with these ids, in the order of the ids. */
export const termsBy = (glossary: readonly Term[], ids: readonly string[]): Term[] =>
  ids.flatMap((id) => glossary.find((term) => term.id === id) ?? [])

/** The reader's jurisdiction first, then what is used everywhere, then the rest; otherwise as the glossary has them. */
export function ownFirst(terms: readonly Term[], region?: string): Term[] {
  const rank = ({ jurisdiction }: Term) => (jurisdiction === region ? 0 : jurisdiction === 'intl' ? 1 : 2)
  return [...terms].sort((a, b) => rank(a) - rank(b))
}

const spellings = (term: Term): string[] => [term.letters, ...(term.also ?? [])].map(folded)

/** Lower case, without marks, hyphens and accents: what two spellings have in common. */
const folded = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/[\p{M}®™©*_"'“”‘’`]/gu, '')
    .toLowerCase()
    .replace(/[\s\-‐‑–]+/g, ' ')
    .trim()

/** The term itself out of a question: "what does REMS stand for?". */
const asked = (said: string): string =>
  folded(said.slice(0, 200))
    .replace(/[?!.…:]+$/, '')
    .replace(/^(?:what )?(?:is|are|does|do) /, '')
    .replace(/^(?:an?|the) /, '')
    .replace(/ (?:mean|means|stands? for)$/, '')
    .trim()

/** The terms whose letters are nearest to `wanted`, or to one of its words when none is near to the whole; five at most. */
function meant(glossary: readonly Term[], wanted: string): Term[] {
  const entries = glossary.flatMap((term) => spellings(term).map((key) => [key, term] as const))
  for (const word of [wanted, ...wanted.split(' ').filter((word) => word.length >= 4)]) {
    const terms = new Set(allNearest(word, entries))
    if (terms.size > 0) return [...terms].slice(0, NEAR)
  }
  return []
}
