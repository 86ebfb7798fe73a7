/** Messages a second in one channel, and calls a minute of each other method in one workspace. */
export type Limits = { channelMs: number; methodAMinute: number }

/** Answers how many seconds to wait when a call comes too early, as Slack does: a second a channel, a budget a method. */
export function limiter({ channelMs, methodAMinute }: Limits) {
  const free = new Map<string, number>()
  const used = new Map<string, number[]>()
  return (team: string, method: string, channel: string): number | undefined => {
    const now = performance.now()
    if (method === 'chat.postMessage') {
      const key = `${team}/${channel}`
      const at = free.get(key) ?? 0
      if (now < at) return Math.max(1, Math.ceil((at - now) / 1000))
      free.set(key, now + channelMs)
      return undefined
    }
    const key = `${team}/${method}`
    const recent = (used.get(key) ?? []).filter((at) => now - at < 60_000)
    if (recent.length >= methodAMinute) return Math.max(1, Math.ceil((60_000 - (now - recent[0]!)) / 1000))
    used.set(key, [...recent, now])
    return undefined
  }
}
