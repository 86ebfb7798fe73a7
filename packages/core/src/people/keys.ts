/** What moderators do about the keys of their space to the API: see them, make one (asks for what), end one. */
export type KeyAction = { do: 'keys' } | { do: 'keys.form' } | { do: 'keys.end'; key: string }

export const KEY_FORM = 'keys'
/** The letters of a key's secret, behind `cme_`. */
export const KEY_SECRET = 43
/** The longest that a key holds, in days. */
export const KEY_DAYS = 366
