import type { Deliver, Outcome } from '@cme-commons/core'
import { addressText } from '@cme-commons/db'

/**
 * Deliverers for the receiver: `idempotent` trusts the far side to know a message again, `looking` looks before it sends again,
 * `blind` can only send again and say so.
 */
export const httpDeliverers = (receiver: string, by = 'test'): Record<'idempotent' | 'looking' | 'blind', Deliver> => ({
  idempotent: (parcel) => send(`${receiver}/idempotent`, parcel, by),
  blind: async (parcel) => {
    const outcome = await send(`${receiver}/blind`, parcel, by)
    return 'done' in outcome && parcel.doubt ? { ...outcome, twice: 'sent-blind' } : outcome
  },
  looking: async (parcel) => {
    if (parcel.doubt) {
      const { ref } = (await (await fetch(`${receiver}/blind?id=${parcel.id}`)).json()) as { ref: number }
      if (ref >= 0) return { done: true, ref: String(ref), twice: 'looked-up' }
    }
    return send(`${receiver}/blind`, parcel, by)
  },
})

async function send(url: string, { id, key, to, doubt }: Parameters<Deliver>[0], by: string): Promise<Outcome> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ id, key, to: addressText(to), doubt, by }) })
  const body = (await answer.json()) as { ref: number; later: number; never: string }
  if (answer.ok) return { done: true, ref: String(body.ref) }
  if (answer.status === 429) return { later: body.later }
  if (answer.status === 410) return { never: body.never }
  return { failed: `answered ${answer.status}`, doubt: true }
}
