import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Seals what must not be read from a copy of the database: AES-256-GCM, bound to the name it is kept under. */
export type Seal = { close(name: string, value: string): string; open(name: string, sealed: string): string }

/** What was sealed cannot be opened: another key, or a damaged value. `message` says what to do. */
export class SealError extends Error {}

const VERSION = 's1'

/** A seal from the operator's own secret (`SECRET_KEY`, at least 32 characters). */
export function makeSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, 'cme-commons', 'seal', 32))
  return {
    close(name, value) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name))
      const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
      return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(name, sealed) {
      try {
        const [version, text = ''] = sealed.split('.')
        if (version !== VERSION) throw new Error('another version')
        const bytes = Buffer.from(text, 'base64url')
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
        decipher.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(12, 28))
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
      } catch {
        throw new SealError(
          `${name} cannot be opened: SECRET_KEY is not the one it was sealed with. Set the old one again.`,
        )
      }
    },
  }
}
