import type { Outcome } from '@cme-commons/core'

/**
 * What an error of Discord's API means for a delivery. `again`: Discord's trouble, it backs off. `slow`: too fast. `closed`: this person
 * takes no direct messages. `channel`, `person`, `server`: nothing will arrive there until a person mends it. `token`: nothing arrives
 * anywhere. `ours`: what we sent was wrong, and would be wrong again.
 */
export type Fate = 'again' | 'slow' | 'closed' | 'channel' | 'person' | 'server' | 'token' | 'ours'

const all = (fate: Fate, say: string, ...codes: number[]) =>
  codes.map((code): [number, { fate: Fate; say: string }] => [code, { fate, say }])

/** The documented codes that a delivery can meet: messages, direct channels, threads and roles. */
export const CODES: Readonly<Record<number, { fate: Fate; say: string }>> = Object.fromEntries([
  ...all('closed', 'This person takes no direct messages from this server.', 50007, 50278, 50009),
  ...all('channel', 'The channel is not there any more: choose another with /cme setup.', 10003, 50024, 10008),
  ...all(
    'channel',
    'The bot cannot see the channel: give it "View Channel" there, or choose another with /cme setup.',
    50001,
  ),
  ...all(
    'channel',
    'The bot may not post there: give it "Send Messages" (and "Send Messages in Threads"), or choose another channel with /cme setup.',
    50013,
    50008,
  ),
  ...all('channel', 'The thread is archived or locked.', 50083, 160005, 160006),
  ...all('person', 'This person is not on the server any more.', 10007, 10013),
  ...all('server', 'The bot is not on the server any more, or the server is not there.', 10004, 50055),
  ...all('server', 'The role is not there any more: choose it again with /cme setup.', 10011, 50028),
  ...all('slow', 'Discord asks to wait.', 30046, 20016, 20028, 20029, 20031, 31001, 31002, 40062),
  ...all('again', 'Discord had trouble of its own.', 0, 130000, 110000, 110001),
  ...all(
    'server',
    'The server has reached a limit of Discord (threads, channels): close old ones.',
    30013,
    30033,
    160007,
    30003,
  ),
  ...all('token', 'Discord does not take the token: make a new one and set DISCORD_TOKEN.', 40001, 50014, 50025),
  ...all('token', 'The application is blocked by Discord: look at its page in the developer portal.', 40002, 20026),
  ...all(
    'ours',
    'Discord did not take the message as it was made: please report it.',
    50006,
    50035,
    50109,
    40005,
    50016,
    50046,
    50068,
    50067,
    160004,
    50021,
    50019,
    50081,
    200000,
    200001,
    240000,
  ),
])

export type Classified = { fate: Fate; code: string; say: string; after?: number; global?: boolean; doubt?: boolean }

/** Reads the client's error classes by shape. A quarter second of margin, since its clock and ours are not the same. */
export function classify(error: unknown): Classified {
  const e = error as {
    code?: number | string
    status?: number
    timeToReset?: number
    retryAfter?: number
    global?: boolean
    name?: string
  }
  if (typeof e.timeToReset === 'number')
    return {
      fate: 'slow',
      code: '429',
      say: 'Discord asks to wait.',
      after: Math.max(e.timeToReset, e.retryAfter ?? 0) + 50,
      global: e.global ?? false,
    }
  if (typeof e.code === 'number' && e.code in CODES) {
    const known = CODES[e.code]!
    return { ...known, code: String(e.code), ...(known.fate === 'slow' ? { after: 60_000 } : {}) }
  }
  if (e.status === 401)
    return { fate: 'token', code: '401', say: 'Discord does not take the token: make a new one and set DISCORD_TOKEN.' }
  if (e.status === 403)
    return { fate: 'channel', code: '403', say: 'Discord does not allow it: look at the permissions of the bot.' }
  if (e.status === 404)
    return { fate: 'channel', code: '404', say: 'Discord does not find it any more: choose it again with /cme setup.' }
  if (e.status === 429) return { fate: 'slow', code: '429', say: 'Discord asks to wait.', after: 5_000 }
  if (e.status !== undefined && e.status >= 500)
    return { fate: 'again', code: String(e.status), say: `Discord answered ${e.status}.`, doubt: true }
  if (e.status !== undefined)
    return { fate: 'ours', code: String(e.code ?? e.status), say: `Discord answered ${e.status}.` }
  return { fate: 'again', code: 'no_answer', say: 'Discord did not answer.', doubt: true }
}

export function outcomeOf({ fate, code, say, after, global, doubt }: Classified): Outcome {
  if (fate === 'slow') return { later: Math.ceil(after ?? 1_000), ...(global ? {} : { only: 'address' }), why: say }
  if (fate === 'again') return { failed: `${say} (${code})`, doubt: doubt ?? false }
  // The whole lane waits: one token is for every server.
  if (fate === 'token') return { later: 10 * 60_000, why: `${say} (${code})` }
  return { never: `${say} (${code})`, ...(fate === 'ours' ? {} : { gone: 'address' }) }
}
