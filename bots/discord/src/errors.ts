import type { Outcome } from '@cme-commons/core'
import { CODES, type Meaning, TOKEN } from './codes.ts'

export { CODES } from './codes.ts'

export type Classified = Meaning & { code: string; after?: number; global?: boolean; doubt?: boolean }

/** What never left this machine leaves no doubt whether it arrived. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Reads the client's error classes by shape. A code that is not in the table counts by its status. */
export function classify(error: unknown): Classified {
  const e = error as {
    code?: number | string
    status?: number
    timeToReset?: number
    retryAfter?: number
    limit?: number
    global?: boolean
  }
  if (typeof e.timeToReset === 'number') {
    // Without a bucket's limit it is not a bucket that is empty: something in front of the API asks for patience.
    const least = Number.isFinite(e.limit) ? 0 : 5_000
    const after = Math.max(e.timeToReset, e.retryAfter ?? 0, least) + 50
    return { fate: 'slow', code: '429', say: 'Discord asks to wait.', after, global: e.global ?? false }
  }
  if (typeof e.code === 'number' && Object.hasOwn(CODES, e.code)) {
    const known = CODES[e.code]!
    return { ...known, code: String(e.code), ...(known.fate === 'slow' ? { after: 60_000 } : {}) }
  }
  return e.status === undefined ? unanswered(e.code) : byStatus(e.status, e.code)
}

function unanswered(code: number | string | undefined): Classified {
  const doubt = !UNSENT.has(String(code))
  return {
    fate: 'again',
    code: 'no_answer',
    say: doubt ? 'Discord did not answer.' : 'Discord cannot be reached.',
    doubt,
  }
}

function byStatus(status: number, code?: number | string): Classified {
  if (status === 401) return { fate: 'halt', code: '401', say: TOKEN }
  if (status === 403)
    return { fate: 'channel', code: '403', say: 'Discord does not allow it: look at the permissions of the bot.' }
  if (status === 404)
    return {
      fate: 'channel',
      code: '404',
      say: 'Discord does not find it any more: choose it again with /cme-admin setup.',
    }
  if (status === 429) return { fate: 'slow', code: '429', say: 'Discord asks to wait.', after: 5_000 }
  if (status >= 500 || status === 408)
    return { fate: 'again', code: String(status), say: `Discord answered ${status}.`, doubt: true }
  return { fate: 'ours', code: String(code || status), say: `Discord answered ${status}.` }
}

export function outcomeOf({ fate, code, say, after, global, doubt }: Classified): Outcome {
  if (fate === 'slow') return { later: Math.ceil(after ?? 1_000), ...(global ? {} : { only: 'address' }), why: say }
  if (fate === 'again') return { failed: `${say} (${code})`, doubt: doubt ?? false }
  // The whole lane waits: one token is for every server.
  if (fate === 'halt') return { later: 10 * 60_000, why: `${say} (${code})` }
  return {
    never: `${say} (${code})`,
    ...(fate === 'ours' || fate === 'role' || fate === 'refused' ? {} : { gone: 'address' }),
  }
}
