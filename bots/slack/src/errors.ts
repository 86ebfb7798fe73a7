import type { Outcome } from '@cme-commons/core'
import { ERRORS, type Fate } from './error-table.ts'
import { SCOPES } from './scopes.ts'

export { ERRORS } from './error-table.ts'

/** Of these Slack says that part of what was asked may have been done before the error. */
const HALF_DONE: ReadonlySet<string> = new Set(['fatal_error', 'internal_error'])

/** What an error of the client means, without its text where that could quote a message. */
export type Classified = { fate: Fate; code: string; say: string; after?: number; doubt?: boolean }

/** Slack's own clients wait half a minute where it does not say how long. */
const UNTOLD_S = 30

/** Reads the client's error classes by shape, so that two copies of the library understand each other. */
export function classify(error: unknown): Classified {
  const e = error as {
    data?: { error?: string; needed?: string; response_metadata?: { retryAfter?: number } }
    retryAfter?: number
    statusCode?: number
    code?: string
    message?: string
  }
  const slow = (after: number): Classified => ({ fate: 'slow', code: 'ratelimited', say: 'Slack asks to wait.', after })
  if (typeof e.retryAfter === 'number') return slow(e.retryAfter)
  const code = e.data?.error
  if (code) {
    // An error that nobody documented may pass, and is given up after some tries like any other.
    const { fate, say } = lacking(code, e.data?.needed) ??
      ERRORS[code] ?? { fate: 'again', say: `Slack answered ${code}.` }
    if (fate === 'slow') return { ...slow(e.data?.response_metadata?.retryAfter ?? UNTOLD_S), code }
    return { fate, say, code, ...(HALF_DONE.has(code) ? { doubt: true } : {}) }
  }
  // The client's words for a refusal that does not say how long.
  if (e.statusCode === 429 || /^Retry header did not/.test(e.message ?? '')) return slow(UNTOLD_S)
  if (e.statusCode !== undefined)
    return {
      fate: 'again',
      code: `http_${e.statusCode}`,
      say: `Slack answered ${e.statusCode}.`,
      doubt: e.statusCode >= 500,
    }
  if (e.code?.startsWith('slack_webapi_'))
    return { fate: 'again', code: 'no_answer', say: 'Slack did not answer.', doubt: true }
  // Not of Slack's making, and at an unknown point of the way.
  return { fate: 'again', code: 'own_trouble', say: 'The program could not go on; its log says why.', doubt: true }
}

/** The outcome for the ledger; `only` says that other addresses of the workspace may go on. */
export function outcomeOf({ fate, code, say, after, doubt }: Classified): Outcome {
  if (fate === 'slow') return { later: Math.max(1, after ?? 1) * 1000, only: 'address', why: say }
  if (fate === 'again') return { failed: `${say} (${code})`, doubt: doubt ?? false }
  return { never: `${say} (${code})`, ...(fate === 'ours' || fate === 'refused' ? {} : { gone: 'address' }) }
}

/** A permission that whoever installed the app could leave out: the rest of the app goes on without it. */
function lacking(code: string, needed = ''): { fate: Fate; say: string } | undefined {
  if (code !== 'missing_scope') return undefined
  const scope = SCOPES.find(({ name, without }) => without && needed.split(/[, ]+/).includes(name))
  return (
    scope && {
      fate: 'refused',
      say: `The app lacks the permission ${scope.name}: an administrator of the workspace adds it in the settings of the app, under OAuth & Permissions, and installs the app again. ${scope.without}`,
    }
  )
}
