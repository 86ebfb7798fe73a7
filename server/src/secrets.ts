import { hash, randomBytes } from 'node:crypto'

/** The secret of a new token: 256 random bits. It is shown once and kept nowhere. */
export const newSecret = (): string => `cme_${randomBytes(32).toString('base64url')}`

/** What is kept of a secret. It is random throughout, so that a plain hash tells nothing of it. */
export const hashOfSecret = (secret: string): string => hash('sha256', secret)
