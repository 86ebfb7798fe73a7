import { HOUR } from '../time.ts'

/** After so many failed attempts a delivery is dead and shown to a person. */
export const ATTEMPTS = 8
const FIRST = 30_000
const LONGEST = 6 * HOUR

/**
 * Milliseconds to wait after the `attempts`-th failure: 30 s, then three times longer each time up to six hours (about nine hours in
 * all), a fifth more or less by the key, so that what failed together does not come back together.
 */
export function backoff(attempts: number, key: string): number {
  const wait = Math.min(FIRST * 3 ** (attempts - 1), LONGEST)
  return Math.round(wait * (0.8 + 0.4 * spread(`${key} ${attempts}`)))
}

/** The text as a number from 0 to 1, evenly spread (FNV-1a, then mixed). */
export function spread(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
