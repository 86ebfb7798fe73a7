import type { Outcome } from '@cme-commons/core'

/** Slack takes one message a second in a channel. */
const BETWEEN_MS = 1_003
const MANY = 20_000

/**
 * Keeps each channel's second, and knows when a whole workspace is told to wait. One process sends for a workspace (its lane). The second
 * is counted from the answer: by then Slack has had the message, however long it was on its way.
 */
export function makePace() {
  const next = new Map<string, number>()
  const slowed = new Map<string, number>()
  const now = () => performance.now()
  return {
    /** Milliseconds until the next message may go to this channel. */
    wait: (team: string, channel: string): number =>
      Math.ceil(Math.max(0, (next.get(`${team}/${channel}`) ?? 0) - now())),
    /** Notes a message to this channel that was answered now. */
    took(team: string, channel: string): void {
      const answered = now()
      if (next.size > MANY) for (const [name, at] of next) if (at < answered) next.delete(name)
      next.set(`${team}/${channel}`, answered + BETWEEN_MS)
    },
    /** The first limit in a while is the channel's; another one before it is over is the workspace's. */
    slowed(team: string, seconds: number, outcome: Outcome): Outcome {
      const again = (slowed.get(team) ?? 0) > now()
      slowed.set(team, now() + seconds * 1000)
      return again && 'later' in outcome ? { later: outcome.later, why: outcome.why } : outcome
    },
  }
}
