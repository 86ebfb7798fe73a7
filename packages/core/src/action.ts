import type { Answers } from './form.ts'

/** Everything a person can do, whatever the surface: edges decode what arrived into one of these, `perform` answers it. */
export type Action =
  | { do: 'home' }
  | { do: 'help' }
  | { do: 'unknown'; said: string }
  | { do: 'tracks' }
  | { do: 'track.choose'; track: string }
  | { do: 'region.choose'; region: string }
  | { do: 'news'; body?: string; topic?: string; region?: string; track?: string; before?: string }
  | { do: 'news.item'; item: string }
  | { do: 'sources' }
  | { do: 'digest' }
  | { do: 'digest.start' }
  | { do: 'digest.when'; subscription: string }
  | { do: 'digest.what'; subscription: string }
  | { do: 'digest.preview'; subscription: string }
  | { do: 'digest.snooze'; subscription: string; days?: number }
  | { do: 'digest.pause'; subscription: string }
  | { do: 'digest.resume'; subscription: string }
  | { do: 'digest.stop'; subscription: string }
  | { do: 'digest.rest'; digest: string; from: number }
  | { do: 'digest.why'; digest: string }
  | { do: 'digest.less'; digest: string }
  | { do: 'digest.mute'; subscription: string; topic: string }
  | { do: 'form.submit'; form: string; answers: Answers }

/** An action that a button can carry: everything but a submitted form. */
export type Press = Exclude<Action, { do: 'form.submit' }>
