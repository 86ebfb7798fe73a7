import type { StatementTemplate } from '../knowledge/onboarding.ts'
import { em, type Span, type Text } from '../text.ts'

/** The AMA's name for its credit, in italics and with its mark. */
export const creditName = (credits: number): Span[] => [em(`AMA PRA Category 1 Credit${credits === 1 ? '' : 's'}`), '™']

/** What is set into each statement: a template uses all of its names and no others. */
export const STATEMENT_NAMES = {
  direct: ['provider'],
  'co-provided': ['provider'],
  joint: ['provider', 'partner'],
  'state-direct': ['provider', 'accreditor'],
  'state-joint': ['provider', 'partner', 'accreditor'],
  'ja-direct': ['provider'],
  'ja-joint': ['provider', 'partner'],
  designation: ['provider', 'format', 'credits'],
  ipce: ['credits'],
  eaccme: ['event', 'place', 'days', 'credits'],
  'ama-conversion': [],
} as const satisfies Record<string, readonly string[]>
export type StatementId = keyof typeof STATEMENT_NAMES
export const STATEMENT_IDS = Object.keys(STATEMENT_NAMES) as readonly StatementId[]

/** The names in braces of a template's wording, each once. */
export const namesIn = (wording: string): string[] => [
  ...new Set([...wording.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!)),
]

/** The wording with its names set in as plain characters; words between asterisks in italics. */
export function worded({ wording }: StatementTemplate, names: Readonly<Record<string, string>>): Text {
  const filled = (part: string): string =>
    part
      .split(/\{([^{}]*)\}/)
      .map((piece, i, all) => (i % 2 === 0 ? piece : afterArticle(all[i - 1]!, names[piece] ?? '')))
      .join('')
  return wording.split('*').flatMap((part, i): Text => (part ? [i % 2 === 0 ? filled(part) : em(part)] : []))
}

/** A name after "the": one that brings its own article loses it. */
const afterArticle = (before: string, name: string): string =>
  /\bthe $/i.test(before) ? name.replace(/^the\s+/i, '') : name
