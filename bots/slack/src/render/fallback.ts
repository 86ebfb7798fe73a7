import { type Card, plain } from '@cme-commons/core'
import { clip } from './split.ts'

const MOST = 4000

/** What notifications and screen readers get: everything in order, in at most 4,000 characters, never empty. */
export const fallbackOf = (card: Card, zone?: string): string => fallbackText(plain(card, zone))

export const fallbackText = (words: string): string => clip([words.trim()], MOST).trim() || 'A message from CME Commons'
