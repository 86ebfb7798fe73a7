import { hash, randomBytes, randomInt } from 'node:crypto'
import { CODE_LENGTH, CODE_LETTERS } from '@cme-commons/core'

/** The secret of a new token: 256 random bits. It is shown once and kept nowhere. */
export const newSecret = (): string => `cme_${randomBytes(32).toString('base64url')}`

/** A secret of 256 random bits that a browser carries: 43 letters. */
export const newKey = (): string => randomBytes(32).toString('base64url')

/** What is kept of a secret. It is random throughout, so that a plain hash tells nothing of it. */
export const hashOfSecret = (secret: string): string => hash('sha256', secret)

/** A code to link two identities with: about ten thousand million of them, and five tries a day. */
export const linkCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('')
