import {
  type ConferenceDate,
  type DateKind,
  type Instant,
  type Knowledge,
  leadsFor,
  type Policy,
  reminderDue,
  type Window,
} from '@cme-commons/core'
import {
  type Audience,
  type DateTable,
  type FollowsAfter,
  type FollowTable,
  findConference,
  followsPage,
  policiesOf,
  type Read,
  scopesOf,
} from '@cme-commons/db'
import { conferenceOf, dateOf, followOf, listOf, policyOf, tracksOfDate } from './rows.ts'

/** How many follows are read at once: a page takes the event loop for a few milliseconds. */
const PAGE = 1000

/** Those whom a date concerns, scope by scope, the narrowest first; `space` is left out for what concerns every space. */
export const audiencesOf = (date: Pick<DateTable, 'edition' | 'conference' | 'space'>): Audience[] => {
  const scopes = scopesOf(date)
  return scopes.map((scope, i) => ({
    scope,
    narrower: scopes.slice(0, i),
    ...(date.space === '' ? {} : { space: date.space }),
  }))
}

/** Every follow that covers a date, page by page. `together` is the clock or the minutes they go by, or everybody. */
export async function* followersOf(
  db: Read,
  date: DateTable,
  together: { clock?: string; minutes?: string },
): AsyncGenerator<FollowTable[]> {
  for (const audience of audiencesOf(date)) {
    let after: FollowsAfter | undefined
    for (;;) {
      const page = await followsPage(db, audience, together, after, PAGE)
      if (page.length > 0) yield page
      if (page.length < PAGE) break
      after = page.at(-1)!
    }
  }
}

/** The policies of spaces, each read once. */
export function policyBook(db: Read) {
  const spaces = new Map<string, Policy[]>()
  return async (space: string, kind: DateKind): Promise<Policy | undefined> => {
    const known = spaces.get(space) ?? (await policiesOf(db, space)).map(policyOf)
    spaces.set(space, known)
    return known.find((policy) => policy.kind === kind)
  }
}
export type PolicyBook = ReturnType<typeof policyBook>

/** Whether follows want to hear of a date at all: its kind is among theirs, and so is a track of it. */
export async function wantedBy(
  db: Read,
  date: ConferenceDate,
  content: Knowledge,
): Promise<(row: FollowTable) => boolean> {
  const own = date.space ? await findConference(db, date.conference) : undefined
  const tracks = tracksOfDate(date, content, own ? [conferenceOf(own)] : [])
  return (row) =>
    row.muted === 0 &&
    row.kinds.includes(`,${date.kind},`) &&
    (row.tracks === '' || tracks.length === 0 || listOf(row.tracks).some((track) => tracks.includes(track)))
}

/** The reminder of a date that is due to a follow at `now`. */
export async function dueTo(
  row: DateTable,
  follow: FollowTable,
  policies: PolicyBook,
  now: Instant,
): Promise<(Window & { due: Instant }) | undefined> {
  const date = dateOf(row)
  const own = followOf(follow)
  const policy = await policies(follow.space, date.kind)
  const leads = leadsFor(date.kind, own, policy)
  const byPolicy = policy && (date.kind === 'session' ? own.minutes : own.days) === undefined
  const since = byPolicy && policy.since > follow.since ? policy.since : follow.since
  const standing = { ...date, known: row.known_at, ...(row.moved_at ? { moved: row.moved_at } : {}) }
  return reminderDue(standing, { leads, zone: own.zone, since }, now)
}
