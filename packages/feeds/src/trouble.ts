import type { Trouble } from '@cme-commons/core'

/** An error that carries the trouble to report, for places that can only fail by an error (sockets, streams). */
export type TroubleError = Error & { trouble: Trouble }

export const trouble = (kind: Trouble['kind'], say: string, more: Partial<Trouble> = {}): Trouble => ({
  kind,
  say,
  ...more,
})

export const troubleError = (found: Trouble): TroubleError => Object.assign(new Error(found.say), { trouble: found })

export const isTroubleError = (error: unknown): error is TroubleError =>
  error instanceof Error && typeof (error as Partial<TroubleError>).trouble === 'object'

/** A byte count for people: `15 MB`. */
export const megabytes = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${Math.round(bytes / 1_048_576)} MB`
