import { HOUR, MINUTE } from '../time.ts'

/**
 * What a person can do to be one member on two platforms. `code` is what the other side shows; `link` names a code that was typed;
 * `home` and `keep` are `here`, the side she acts on, or `there`.
 */
export type LinkAction =
  | { do: 'link'; code?: string }
  | { do: 'link.code' }
  | { do: 'link.confirm'; link: string; home: string }
  | { do: 'link.cancel'; link: string }
  | { do: 'link.home' }
  | { do: 'unlink' }
  | { do: 'unlink.confirm'; keep: string }

/** How long a code can be typed, and how long the other side has to confirm once it was. */
export const CODE_LASTS = 10 * MINUTE
/** So many codes that open nothing may be typed by one person within `TRIES_WITHIN`. */
export const MOST_TRIES = 5
export const TRIES_WITHIN = 24 * HOUR

/** The letters of codes: none that looks like another or like a digit, and no vowel, so that no word comes of them. */
export const CODE_LETTERS = 'BCDFGHJKMNPRSTWXYZ'
export const CODE_LENGTH = 8

/** A code as it is shown: `BCDF-GHJK`. */
export const codeInWords = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

/** The letters of a code as a person typed it, whatever she put between them and in whatever case. */
export const readCode = (said: string): string => said.toUpperCase().replace(/[^A-Z0-9]/g, '')

/** One of the two that are joined: who she is there, and what she brings. `digest` is when it comes. */
export type LinkSide = {
  name?: string
  place: string
  platform: string
  /** The steps she has done, by id. */
  done: readonly string[]
  digest?: { when: string; paused: boolean }
  documents: readonly LinkDocument[]
}

export type LinkDocument = { kind: 'needs' | 'activity'; state: string; changed: string }

const STATES: Readonly<Record<string, number>> = { draft: 1, returned: 2, ready: 2, submitted: 3, approved: 4 }
const furthest = (documents: readonly LinkDocument[], kind: LinkDocument['kind']): number =>
  STATES[documents.find((one) => one.kind === kind)?.state ?? ''] ?? 0
const latest = (documents: readonly LinkDocument[]): string =>
  documents
    .map(({ changed }) => changed)
    .sort()
    .at(-1) ?? ''

/**
 * Whose needs assessment and mock activity go on, true for those of `a`: the ones that are further along, else the newer ones. Both
 * together, because an activity is planned on its own needs assessment.
 */
export function goesOn(a: readonly LinkDocument[], b: readonly LinkDocument[]): boolean {
  for (const kind of ['activity', 'needs'] as const) {
    const further = furthest(a, kind) - furthest(b, kind)
    if (further !== 0) return further > 0
  }
  return latest(a) >= latest(b)
}
