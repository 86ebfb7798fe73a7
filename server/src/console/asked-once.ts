type Person = { space: string; user: string }
type Ask = (platform: string, person: Person) => Promise<boolean | undefined>

/** So long an answer of a platform holds, and so long a page waits for one, in milliseconds. */
const HOLDS = 60_000
const PATIENCE = 2_000
const MOST = 1_000

/** Asks a platform about a person once a minute; nothing when it takes too long. `clock` answers milliseconds. */
export function askedOnce(ask: Ask, clock: () => number): Ask {
  const kept = new Map<string, { until: number; answer: Promise<boolean | undefined> }>()
  return (platform, person) => {
    const key = JSON.stringify([platform, person.space, person.user])
    const known = kept.get(key)
    if (known && known.until > clock()) return known.answer
    if (kept.size >= MOST) kept.clear()
    const answer = soon(ask(platform, person).catch(() => undefined))
    kept.set(key, { until: clock() + HOLDS, answer })
    return answer
  }
}

function soon(answer: Promise<boolean | undefined>): Promise<boolean | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
