import { DAY, type Deliver, MINUTE, type Outcome } from '@cme-commons/core'
import { type Db, findWebhook, type WebhookTable } from '@cme-commons/db'
import type { Posted, Poster } from '@cme-commons/feeds'
import { type Seal, SealError } from '../bots/seal.ts'
import { signedHeaders } from './sign.ts'

export type WebhookParts = { db: Db; seal: Seal | undefined; poster: Poster; userAgent: string; own: string }

/** Sends what happened to where a space wants to hear of it, signed. Nothing is sent to ourselves, which would go on for ever. */
export function webhookDeliver({ db, seal, poster, userAgent, own }: WebhookParts): Deliver {
  return async (parcel) => {
    if (!('call' in parcel) || !('channel' in parcel.to)) return { never: 'A webhook takes events alone.' }
    const row = await findWebhook(db.read, parcel.to.channel)
    if (!row || row.stopped_at !== null) return { never: 'The webhook was removed.' }
    if (isOwn(row.url, own)) return { never: 'The address is our own.', gone: 'address' }
    if (!seal) return { failed: 'SECRET_KEY is not set, so that nothing can be signed.' }
    const body = JSON.stringify(parcel.call)
    try {
      const headers = {
        ...signedHeaders(`msg_${parcel.id}`, new Date(), body, secretsOf(row, seal, parcel.now)),
        'content-type': 'application/json',
        'user-agent': userAgent,
      }
      return outcomeOf(await poster.post(row.url, headers, body))
    } catch (error) {
      if (error instanceof SealError) return { failed: error.message }
      throw error
    }
  }
}

/** Whether an address is one of our own: what it is told would come back to us. */
export const isOwn = (url: string, own: string): boolean =>
  URL.canParse(url) && URL.canParse(own) && new URL(url).host === new URL(own).host

/** The name that a secret is sealed under, so that it opens in its own place alone. */
export const sealedName = (id: string): string => `webhook/${id}`

function secretsOf({ id, secret, old_secret, old_until }: WebhookTable, seal: Seal, now: string): string[] {
  const still = old_secret !== null && old_until !== null && old_until > now
  return [secret, ...(still ? [old_secret] : [])].map((one) => seal.open(sealedName(id), one))
}

/** What an answer means: 2xx is taken, 410 is gone for good, and whoever asks for patience gets it, for a day at most. */
function outcomeOf(posted: Posted): Outcome {
  if ('trouble' in posted) return { failed: posted.trouble }
  const { status, retryAfter } = posted
  if (status >= 200 && status <= 299) return { done: true, ref: String(status) }
  if (status === 410) return { never: 'It says that it is gone for good (410).', gone: 'address' }
  if ((status === 429 || status === 503) && retryAfter !== undefined)
    return {
      later: Math.min(Math.max(retryAfter * 1_000, MINUTE / 12), DAY),
      only: 'address',
      why: `It asks for patience (${status}).`,
    }
  if (status >= 300 && status <= 399)
    return { failed: `It sends us elsewhere (${status}); give the address that answers itself.` }
  return { failed: `It answers with status ${status}.` }
}
