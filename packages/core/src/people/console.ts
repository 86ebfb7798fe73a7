import { HOUR, MINUTE } from '../time.ts'

/** What moderators do about the console, the pages on which they look after their community: get a link to sign in with, and sign out, in one browser or all. */
export type ConsoleAction = { do: 'console' } | { do: 'console.end'; session?: string }

/** The letters of the secret in a link to sign in with. */
export const CONSOLE_SECRET = 48
/** How long a link can be used, once. */
export const LINK_OPENS = 10 * MINUTE
/** A browser is signed out after so long unused, and after so long in any case. */
export const CONSOLE_IDLE = 2 * HOUR
export const CONSOLE_LASTS = 12 * HOUR
