import { planConferences, platformOf, settled, unpacker } from '@cme-commons/app'
import { type ConferenceDate, DATE_KINDS, type DateTime, plus } from '@cme-commons/core'
import { type Db, dropFollow, inTx, lanesDue, putEdition, putFollow } from '@cme-commons/db'
import { createCourier } from '@cme-commons/server'
import { sql } from 'kysely'
import { dateOf, listed } from '../../packages/app/src/conferences/rows.ts'
import { saveDate } from '../../packages/app/src/conferences/save.ts'
import {
  inOrder,
  type Moment,
  type OracleDate,
  type OracleFollow,
  type OracleMessage,
  type State,
  shouldBeSent,
} from './reminder-oracle.ts'
import { knowledge, worldOn } from './world.ts'

export type Year = {
  conferences: number
  dates: number
  members: number
  changes: number
  seed: number
  zones?: number
}

const START = '2026-12-01T00:00:00.000Z'
const END = '2027-12-01T00:00:00.000Z'
/** Two outages of three days: nothing is planned, sent or changed. */
const OUTAGES = [
  ['2027-03-12T20:00:00.000Z', '2027-03-15T20:00:00.000Z'],
  ['2027-09-06T05:30:00.000Z', '2027-09-09T05:30:00.000Z'],
] as const
const ZONES = [
  'America/Chicago',
  'Europe/Brussels',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/New_York',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Athens',
  'Asia/Tokyo',
  'Australia/Sydney',
]
const NIGHT = 'UTC'

type Doing =
  | { at: string; kind: 'date'; date: number; state: State }
  | { at: string; kind: 'follow' | 'drop' | 'mute'; follow: number }

/** Numbers that look thrown and are the same for a seed. */
function dice(seed: number) {
  let n = seed
  return (below: number): number => {
    n = (Math.imul(n, 1_103_515_245) + 12_345) >>> 0
    return Math.floor((n / 2 ** 32) * below)
  }
}

const dayAt = (days: number): string => plus(START, days * 86_400_000).slice(0, 10)

/** A year of conferences, thrown by a seed: dates with everything that becomes of them, and who follows what from when to when. */
export function throwYear({ conferences, dates: count, members, changes, seed, zones }: Year) {
  const roll = dice(seed)
  const some = ZONES.slice(0, zones)
  const one = <T>(list: readonly T[]): T => list[roll(list.length)]!
  const awake = (): string => {
    for (;;) {
      const at = plus(START, roll(364 * 1440) * 60_000 + 60_000)
      if (!OUTAGES.some(([from, to]) => from <= at && at <= to)) return at
    }
  }
  const moment = (kind: string): Moment => {
    const day = dayAt(3 + roll(360))
    const zone = one(some)
    const which = roll(20)
    if (kind === 'session' || which < 4)
      return { at: `${day}T${String(roll(24)).padStart(2, '0')}:${one(['00', '30'])}:00.000Z` }
    if (which < 7) return { aoe: day }
    return which < 10
      ? { day, to: dayAt((Date.parse(day) - Date.parse(START)) / 86_400_000 + 1 + roll(4)), zone }
      : { day, zone }
  }
  const kinds = [...DATE_KINDS.filter((kind) => kind !== 'session'), 'session', 'session']
  const status = (): State['status'] => one(['confirmed', 'confirmed', 'confirmed', 'tentative', 'typical'])
  const doings: Doing[] = []
  const dates: OracleDate[] = Array.from({ length: count }, (_, i) => {
    const kind = one(kinds)
    const at = roll(4) > 0 ? START : awake()
    const state: State = { status: status(), when: moment(kind) }
    doings.push({ at, kind: 'date', date: i, state })
    const conference = i % conferences
    return { id: `cd${i}`, edition: `e${conference}`, conference: `c${conference}`, kind, history: [{ at, state }] }
  })
  for (let n = 0; n < changes; n++) {
    // A part of the dates changes again and again.
    const i = roll(Math.ceil(count / 3))
    const { history, kind } = dates[i]!
    const { at: last, state: before } = history.at(-1)!
    // Every other change comes soon after another one, so that several are told as one, or none.
    const at = roll(2) === 0 ? awake() : plus(last, (1 + roll(900)) * 60_000)
    if (at <= last || at >= END || before.gone || OUTAGES.some(([from, to]) => from <= at && at <= to)) continue
    const undo = history.length > 1 ? history.at(-2)!.state : before
    const state = one<State>([
      { ...before, when: moment(kind) },
      { ...before, when: moment(kind) },
      { ...before, status: 'cancelled' },
      { ...before, status: 'confirmed' },
      { ...before, status: 'postponed' },
      { ...before, status: 'typical' },
      { ...undo },
      ...(roll(3) === 0 ? [{ ...before, gone: true }] : []),
    ])
    history.push({ at, state })
    doings.push({ at, kind: 'date', date: i, state })
  }
  const follows: OracleFollow[] = []
  const taken = new Set<string>()
  for (let m = 0; m < members; m++)
    for (let k = roll(3); k >= 0; k--) {
      const conference = roll(conferences)
      const scope = one([`edition/e${conference}`, `conference/c${conference}`, ...(roll(12) === 0 ? ['all'] : [])])
      const who = roll(25) === 0 ? `channel:c${m}` : `user:u${m}`
      if (taken.has(`${who} ${scope}`)) continue
      taken.add(`${who} ${scope}`)
      const from = roll(3) > 0 ? START : awake()
      const ends = roll(8) === 0 ? awake() : ''
      const own = roll(4) === 0
      const follow: OracleFollow = {
        who,
        scope,
        kinds: scope === 'all' ? [one(DATE_KINDS)] : DATE_KINDS.filter(() => roll(3) > 0),
        days: own ? one([[90, 10, 2], [1], [21, 3], []]) : [60, 30, 14, 7, 1],
        minutes: own ? one([[60, 10], [15], []]) : [15],
        zone: some[m % some.length]!,
        ...(roll(5) === 0
          ? {
              quiet: one<[string, string]>([
                ['08:00', '10:30'],
                ['22:00', '06:00'],
                ['12:00', '14:00'],
              ]),
            }
          : {}),
        from,
        ...(ends > from
          ? { until: ends, ...(scope.startsWith('edition/') && roll(2) === 0 ? { muted: true } : {}) }
          : {}),
      }
      doings.push({ at: from, kind: 'follow', follow: follows.length })
      if (follow.until) doings.push({ at: follow.until, kind: follow.muted ? 'mute' : 'drop', follow: follows.length })
      follows.push(follow)
    }
  doings.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return { dates, follows, doings, ticks: ticksOf(doings, dates, some) }
}

/** When the program does something: each hour at which somebody's morning may begin, what sessions and changes bring, nothing in an outage. */
function ticksOf(doings: readonly Doing[], dates: readonly OracleDate[], zones: readonly string[]): string[] {
  const ticks = new Set<string>([START, ...OUTAGES.map(([, to]) => to)])
  const clocks = zones.map((timeZone) => new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' }))
  for (let at = START; at < END; at = plus(at, 1_800_000)) {
    const mornings = clocks.some((clock) => clock.format(new Date(at)) === '09:00')
    if (mornings) ticks.add(at)
  }
  for (const { at } of doings) ticks.add(at)
  for (const { kind, history } of dates)
    for (const { state } of history)
      if (kind === 'session' && 'at' in state.when)
        for (const minutes of [60, 15, 10]) ticks.add(plus(state.when.at, -minutes * 60_000))
  return [...ticks]
    .filter((at) => at >= START && at < END && !OUTAGES.some(([from, to]) => from <= at && at < to))
    .sort()
}

const momentOf = (when: Moment): DateTime =>
  'aoe' in when
    ? { kind: 'aoe', day: when.aoe }
    : 'at' in when
      ? { kind: 'at', at: when.at, zone: 'UTC' }
      : { kind: 'day', day: when.day, ...(when.to ? { to: when.to } : {}), zone: when.zone }

/** Lives a thrown year on a database and answers what was sent, and what the words of the policy say. */
export async function liveYear(
  db: Db,
  year: Year,
): Promise<{ sent: OracleMessage[]; expected: OracleMessage[]; dates: readonly OracleDate[] }> {
  const { dates, follows, doings, ticks } = throwYear(year)
  // A test's database need not outlive the machine.
  if (db.dialect === 'sqlite') await sql`pragma synchronous = off`.execute(db.write)
  await worldOn(db, START)
  await inTx(db, async (tx) => {
    await tx.updateTable('spaces').set({ moderators: null }).where('id', '=', 'try').execute()
    for (let c = 0; c < year.conferences; c++)
      await putEdition(tx, {
        id: `e${c}`,
        space: 'try',
        conference: `c${c}`,
        name: `Edition ${c}`,
        year: 2027,
        place: null,
        href: null,
        zone: 'UTC',
        status: 'planned',
        announce: 0,
        made_at: START,
        changed_at: START,
      })
  })
  const sent: OracleMessage[] = []
  let now = START
  const courier = createCourier({
    db,
    now: () => now,
    holder: 'test',
    deliverers: {
      try: async ({ key, to, now: at, ...parcel }) => {
        const [, date = '', , , ...rest] = key.split('/')
        const title = 'card' in parcel ? parcel.card.title : ''
        const what = rest[0] === 'news' ? title.slice(0, title.indexOf(':')).toLowerCase() : rest[1]!
        const who = 'user' in to ? `user:${to.user}` : `channel:${to.channel}`
        if (!date.startsWith('standing')) sent.push({ at, who, date, what })
        return { done: true }
      },
    },
    platformOf,
    unpack: unpacker(knowledge),
    settled,
    wake: async () => {},
    log: { warn() {}, error: (data: unknown, say: string) => console.error(say, data) },
    settleMs: 1,
  })
  const ids = new Map<number, string>()
  let next = 0
  for (const tick of ticks) {
    now = tick
    const due: Doing[] = []
    for (; next < doings.length && doings[next]!.at <= tick; next++) due.push(doings[next]!)
    for (let i = 0; i < due.length; i += 200)
      await inTx(db, async (tx) => {
        for (const doing of due.slice(i, i + 200)) await act(tx, doing)
      })
    await planConferences(db, now, knowledge, async () => {})
    for (const lane of await lanesDue(db.read, now)) await courier.work(lane)
  }

  async function act(tx: Parameters<Parameters<typeof inTx>[1]>[0], doing: Doing) {
    if (doing.kind === 'date') {
      const { edition, conference, kind } = dates[doing.date]!
      const known = ids.get(doing.date)
      const row = await saveDate(
        { tx, now, by: { said: 'the year' } },
        {
          ...(known ? { id: known } : {}),
          space: 'try',
          edition,
          conference,
          kind: kind as ConferenceDate['kind'],
          title: 'A date',
          when: momentOf(doing.state.when),
          status: doing.state.status,
          source: 'made up',
          checked: now.slice(0, 10),
          ...(doing.state.gone ? { gone: now } : {}),
        },
      )
      ids.set(doing.date, dateOf(row).id)
      return
    }
    const { who, scope, kinds, days, minutes, zone, quiet, from } = follows[doing.follow]!
    if (doing.kind === 'drop') return dropFollow(tx, 'try', who, scope, now)
    const usual = days.length === 5
    await putFollow(tx, {
      space: 'try',
      address: who,
      member: null,
      scope,
      kinds: listed(kinds),
      tracks: '',
      days: usual ? '' : days.join() || 'none',
      minutes: usual ? '' : minutes.join() || 'none',
      answer: doing.kind === 'mute' ? 'not-this-year' : null,
      zone,
      quiet: quiet ? quiet.join('-') : null,
      made_at: from,
      since: from,
    })
  }

  const named = new Map([...ids].map(([i, id]) => [id, `cd${i}`]))
  return {
    sent: sent.map((one) => ({ ...one, date: named.get(one.date) ?? one.date })).sort(inOrder),
    expected: shouldBeSent(dates, follows, ticks, NIGHT),
    dates,
  }
}
