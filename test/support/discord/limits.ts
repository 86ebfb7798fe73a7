/** So many messages in a channel within so many milliseconds, and so many requests a second in all. */
export type Limits = { channel: number; windowMs: number; global: number }

type Verdict = { headers: Record<string, string>; blocked?: { global: boolean; seconds: number } }

/** Discord's buckets: a window for each channel's messages, one for all requests; both told in the headers of an answer. */
export function buckets({ channel, windowMs, global }: Limits) {
  const windows = new Map<string, { from: number; used: number }>()
  let second = { from: 0, used: 0 }
  return (method: string, path: string): Verdict | undefined => {
    const now = performance.now()
    if (now - second.from >= 1000) second = { from: now, used: 0 }
    if (second.used >= global)
      return { headers: {}, blocked: { global: true, seconds: (second.from + 1000 - now) / 1000 } }
    second.used++
    const [, id] = /^\/channels\/(\d+)\/messages$/.exec(path) ?? []
    if (method !== 'POST' || !id) return undefined
    let window = windows.get(id)
    if (!window || now - window.from >= windowMs) window = { from: now, used: 0 }
    windows.set(id, window)
    const seconds = (window.from + windowMs - now) / 1000
    const told = (left: number) => ({
      'X-RateLimit-Limit': String(channel),
      'X-RateLimit-Remaining': String(left),
      'X-RateLimit-Reset-After': seconds.toFixed(3),
      'X-RateLimit-Reset': (Date.now() / 1000 + seconds).toFixed(3),
      'X-RateLimit-Bucket': 'messages',
    })
    if (window.used >= channel) return { headers: told(0), blocked: { global: false, seconds } }
    window.used++
    return { headers: told(channel - window.used) }
  }
}
