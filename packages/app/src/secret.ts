import { createHash } from 'node:crypto'
import type { Ctx } from './ctx.ts'

/** A new secret of so many letters for an address, and the hash of it that is kept. */
export function newSecret({ random }: Pick<Ctx, 'random'>, letters: number): { secret: string; hash: string } {
  if (!random) throw new Error('An address needs dice: whoever calls perform hands them in')
  let secret = ''
  while (secret.length < letters) secret += random().toLowerCase()
  secret = secret.slice(0, letters)
  return { secret, hash: hashOfSecret(secret) }
}

/** What is kept of a secret. It is random throughout, so that a plain hash tells nothing of it. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')
