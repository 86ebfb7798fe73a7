import { JURISDICTIONS, type Jurisdiction, LIMITS } from '@cme-commons/core'
import { z } from 'zod'
import { id as anyId, provenance } from './schema.ts'

export const GLOSSARY = 'onboarding/glossary.yaml'
/** Terms that may share their letters: one card tells them all. */
export const MOST_MEANINGS = 5

const words = (max: number) => z.string().trim().min(1, 'this is empty').max(max, `at most ${max} characters`)
const id = anyId.max(40, 'at most 40 characters, so that it fits into a button')
const letters = words(60)
const near = z
  .string()
  .regex(/^[\p{L}\p{N}&]{2,30}$/u, 'a word to stand close by is one word, in small letters its beginning: `accredit`')

/** One term; the lengths keep every card within the limits of the platforms. */
export const term = z.strictObject({
  id,
  letters,
  name: words(120),
  jurisdiction: z.enum(Object.keys(JURISDICTIONS) as [Jurisdiction, ...Jurisdiction[]]),
  says: words(400),
  not: words(300).optional(),
  see: z.array(id).max(LIMITS.card.buttons, `at most ${LIMITS.card.buttons}, one button each`).optional(),
  also: z.array(letters).max(6, 'at most 6 other spellings').optional(),
  near: z.array(near).min(1, 'name a word, or leave `near` out').max(30, 'at most 30 words').optional(),
  ...provenance,
  source: words(200),
})

/** What the file must hold. */
export const glossary = z.array(term).min(1, 'the glossary is empty')
