/**
 * What should be sent about dates, worked out from the words of docs/moderators.md ("What is sent about a date, and when") and from nothing
 * else: no function of the product is used here, and time zones are asked of the platform itself. It looks at every follower of every
 * date by itself, tick by tick, as slow as it is plain.
 */
export type Moment = { day: string; to?: string; zone: string } | { at: string } | { aoe: string }
export type State = {
  status: 'confirmed' | 'tentative' | 'typical' | 'cancelled' | 'postponed'
  when: Moment
  gone?: boolean
}
export type OracleDate = {
  id: string
  edition: string
  conference: string
  kind: string
  /** Every state that it had, the first when it was entered. */
  history: { at: string; state: State }[]
}
export type OracleFollow = {
  who: string
  scope: string
  kinds: string[]
  days: number[]
  minutes: number[]
  zone: string
  quiet?: [from: string, to: string]
  from: string
  /** When it ended: dropped, or by "not this year". */
  until?: string
  muted?: boolean
}
export type OracleMessage = { at: string; who: string; date: string; what: string }

const MEETINGS = ['event', 'session', 'notification']

/** `2027-03-14 02:30` of a zone as an instant; what the clocks leave out is the first minute after the gap, what they repeat the first time. */
function instant(day: string, time: string, zone: string): string {
  const wanted = `${day} ${time}`
  const noon = Date.parse(`${day}T${time}:00Z`)
  for (let ms = noon - 26 * 3_600_000; ms <= noon + 26 * 3_600_000; ms += 900_000)
    if (local(new Date(ms).toISOString(), zone) >= wanted) return new Date(ms).toISOString()
  throw new Error(`no ${wanted} in ${zone}`)
}

const formats = new Map<string, Intl.DateTimeFormat>()
/** An instant as `2027-03-14 02:30` of a zone. */
function local(at: string, zone: string): string {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  formats.set(zone, format)
  return format.format(new Date(at))
}

const remembered = new Map<string, string>()
function at(day: string, time: string, zone: string): string {
  const key = `${day} ${time} ${zone}`
  const known = remembered.get(key) ?? instant(day, time, zone)
  remembered.set(key, known)
  return known
}

const clocks = new Map<string, Map<string, string>>()
/** The time of day of a tick in a zone. */
function clock(now: string, zone: string): string {
  const known = clocks.get(zone) ?? new Map<string, string>()
  clocks.set(zone, known)
  const time = known.get(now) ?? local(now, zone).slice(11)
  known.set(now, time)
  return time
}

function shift(day: string, by: number): string {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(y, m - 1, d + by)).toISOString().slice(0, 10)
}

/** The moment a date comes: no reminder after it. */
function comes(kind: string, when: Moment): string {
  if ('at' in when) return when.at
  if ('aoe' in when) return `${shift(when.aoe, 1)}T11:59:00.000Z`
  const day = MEETINGS.includes(kind) ? when.day : (when.to ?? when.day)
  return at(shift(day, 1), '00:00', when.zone)
}

const ends = new Map<Moment, string>()
/** The moment it lies in the past. */
function past(when: Moment): string {
  const known = ends.get(when) ?? pastOf(when)
  ends.set(when, known)
  return known
}

function pastOf(when: Moment): string {
  if ('at' in when) return when.at
  if ('aoe' in when) return `${shift(when.aoe, 1)}T11:59:00.000Z`
  return at(shift(when.to ?? when.day, 1), '00:00', when.zone)
}

function windows(kind: string, when: Moment, follow: OracleFollow): { lead: string; opens: string; closes: string }[] {
  const end = comes(kind, when)
  const leads = kind === 'session' ? follow.minutes : follow.days
  const found = [...leads]
    .sort((a, b) => b - a)
    .map((lead) => {
      if (kind === 'session')
        return { lead: `${lead}m`, opens: new Date(Date.parse(end) - lead * 60_000).toISOString() }
      const day =
        'day' in when
          ? MEETINGS.includes(kind)
            ? when.day
            : (when.to ?? when.day)
          : local(end, follow.zone).slice(0, 10)
      return { lead: `${lead}d`, opens: at(shift(day, -lead), '09:00', follow.zone) }
    })
  return found
    .map((one, i) => ({ ...one, closes: found[i + 1]?.opens ?? end }))
    .filter(({ opens, closes }) => opens < closes && opens < end)
}

/** What is the same date for a reminder: a deadline's day, a session's minute. */
function same(kind: string, when: Moment): string {
  if (kind === 'session') return comes(kind, when)
  if ('at' in when) return when.at.slice(0, 10)
  if ('aoe' in when) return when.aoe
  return MEETINGS.includes(kind) ? when.day : (when.to ?? when.day)
}

type Face = { state: string; when: Moment }
function face({ status, when, gone }: State): Face | undefined {
  if (gone || status === 'typical') return undefined
  return { state: status === 'confirmed' || status === 'tentative' ? 'on' : status, when }
}
function equal(a: Face, b: Face): boolean {
  if (a.state !== b.state) return false
  if (a.state !== 'on') return true
  const text = ({ when }: Face) => ('day' in when ? `${when.day}..${when.to ?? when.day}` : JSON.stringify(when))
  return text(a) === text(b)
}

function quiet(now: string, kind: string, follow: { zone: string; quiet?: [string, string] }): boolean {
  if (!follow.quiet && kind === 'session') return false
  const [from, to] = follow.quiet ?? ['20:00', '08:00']
  const time = clock(now, follow.zone)
  return from > to ? time >= from || time < to : time >= from && time < to
}

const order = ['edition/', 'conference/', 'all']
const covers = (follow: OracleFollow, date: OracleDate): boolean =>
  follow.scope === `edition/${date.edition}` ||
  follow.scope === `conference/${date.conference}` ||
  follow.scope === 'all'

/**
 * Everything that is to be sent at the given ticks, which are the only moments at which the program does anything. `night` is the zone of
 * the community, by which those are told who were reminded and follow no longer.
 */
export function shouldBeSent(
  dates: readonly OracleDate[],
  follows: readonly OracleFollow[],
  ticks: readonly string[],
  night: string,
): OracleMessage[] {
  const sent: OracleMessage[] = []
  const byPerson = Map.groupBy(follows, ({ who }) => who)
  for (const date of dates) {
    // When something was announced: at the first tick at which what holds is not what was last announced, or first known.
    const announced: { at: string; face: Face }[] = []
    const knownSince: { at: string; from: string }[] = []
    let public_: Face | undefined
    let wasOn: Face | undefined
    for (const [i, { at: changed, state }] of date.history.entries()) {
      const now = face(state)
      const tick = ticks.find((one) => one >= changed)
      const next = date.history[i + 1]?.at
      if (now?.state === 'on' && !(wasOn && equal(wasOn, now)) && (!public_ || equal(public_, now)))
        knownSince.push({ at: changed, from: changed })
      if (now && !public_ && now.state === 'on') public_ = now
      wasOn = now?.state === 'on' ? now : undefined
      // What is over is not announced.
      if (!tick || (next !== undefined && next <= tick) || past(state.when) <= tick) continue
      if (now && public_ && !equal(public_, now)) {
        announced.push({ at: tick, face: now })
        public_ = now
      }
    }
    const states = new Map(ticks.map((tick) => [tick, date.history.findLast((one) => one.at <= tick)?.state] as const))
    const stateAt = (now: string) => states.get(now)
    const last = date.history
      .map(({ state }) => past(state.when))
      .sort()
      .at(-1)!
    const during = ticks.filter((tick) => tick >= date.history[0]!.at && tick < last)
    for (const [who, theirs] of byPerson) {
      const about = theirs
        .filter((follow) => covers(follow, date))
        .sort((a, b) => order.findIndex((o) => a.scope.startsWith(o)) - order.findIndex((o) => b.scope.startsWith(o)))
      // Who wants no such date by any of what she follows is never reminded of it, and so never told what became of it.
      if (about.some(({ kinds }) => kinds.includes(date.kind)))
        sent.push(...toOne(date, who, about, { during, stateAt, announced, knownSince, night }))
    }
  }
  return sent.sort(inOrder)
}

export const inOrder = (a: OracleMessage, b: OracleMessage): number => {
  const text = ({ at, who, date, what }: OracleMessage) => `${at} ${who} ${date} ${what}`
  return text(a) < text(b) ? -1 : 1
}

type About = {
  during: readonly string[]
  stateAt: (now: string) => State | undefined
  announced: readonly { at: string; face: Face }[]
  knownSince: readonly { at: string; from: string }[]
  night: string
}

function toOne(
  date: OracleDate,
  who: string,
  about: readonly OracleFollow[],
  { during, stateAt, announced, knownSince, night }: About,
): OracleMessage[] {
  const sent: OracleMessage[] = []
  const reminded = new Set<string>()
  const faces = date.history.map(({ at, state }) => ({ at, face: face(state) }))
  const knows = (since: string): Face | undefined => {
    const then = faces.findLastIndex((one) => one.at <= since)
    return faces[then]?.face ?? faces.slice(then + 1).find((one) => one.face)?.face
  }
  let known: Face | undefined
  const cached = new Map<State, Map<OracleFollow, ReturnType<typeof windows>>>()
  const windowsOf = (state: State, follow: OracleFollow) => {
    const ofState = cached.get(state) ?? new Map<OracleFollow, ReturnType<typeof windows>>()
    cached.set(state, ofState)
    const found = ofState.get(follow) ?? windows(date.kind, state.when, follow)
    ofState.set(follow, found)
    return found
  }
  for (const now of during) {
    const state = stateAt(now)!
    const holds = face(state)
    if (!holds || past(state.when) <= now) continue
    const active = about.find((one) => one.from <= now && (one.until === undefined || one.until > now || one.muted))
    if (active?.muted && active.until !== undefined && active.until <= now) continue
    const wants = active?.kinds.includes(date.kind) === true
    const told = announced.some((one) => one.at <= now && equal(one.face, holds))
    const knew = told ? (known ?? (active ? knows(active.from) : undefined)) : undefined
    const news = knew !== undefined && !equal(knew, holds) && (wants || known !== undefined)
    const open =
      wants && active && holds.state === 'on'
        ? windowsOf(state, active).find(({ opens, closes }) => opens <= now && now < closes)
        : undefined
    if ((!news && !open) || quiet(now, date.kind, wants && active ? active : { zone: night })) continue
    if (news && knew) {
      const what = holds.state === 'on' ? (knew.state === 'on' ? 'moved' : 'on again') : holds.state
      sent.push({ at: now, who, date: date.id, what })
      known = holds
    }
    if (!open || !active) continue
    const moved = announced.findLast((one) => one.at <= now && one.face.state === 'on')?.at
    if (moved !== undefined && open.opens <= moved) continue
    const due = [open.opens, knownSince.findLast((one) => one.at <= now)?.from ?? ''].sort()[1]!
    const key = `${same(date.kind, state.when)} ${open.lead}`
    // A follow decides from the moment on at which a narrower one ended.
    const ended = about.slice(0, about.indexOf(active)).map(({ until }) => until ?? '')
    const since = [active.from, ...ended.filter((one) => one <= now)].sort().at(-1)!
    if (since >= due || reminded.has(key)) continue
    reminded.add(key)
    known = holds
    sent.push({ at: now, who, date: date.id, what: open.lead })
  }
  return sent
}
