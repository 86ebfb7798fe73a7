import { deskOf, laneOf } from '@cme-commons/app'
import { DAY, plainMoment, plus, sourceState, stalledBefore } from '@cme-commons/core'
import {
  allSources,
  conferenceChannelsOf,
  countFailed,
  countForList,
  deliveriesUnder,
  foundDates,
  openSuggestions,
  pauseOf,
  quarantined,
  type Read,
  waitingReviews,
} from '@cme-commons/db'
import { showHref } from '../card.ts'
import type { ConsoleHouse } from '../house.ts'
import type { Visitor } from '../session.ts'

/** One thing that a moderator may want to do something about: what, why, and where. `grave`: something does not reach people. */
export type Point = { href: string; what: string; say: string; grave: boolean }

const MOST = 1000

/** What needs a moderator, the gravest first. */
export async function attention(house: ConsoleHouse, visitor: Visitor): Promise<Point[]> {
  return [...(await broken(house, visitor)), ...(await failing(house, visitor)), ...(await waiting(house, visitor))]
}

/** What does not arrive: failed deliveries, a platform that keeps us waiting, channels and roles that are lost. */
async function broken({ db, now }: ConsoleHouse, { space, zone }: Visitor): Promise<Point[]> {
  const at = now()
  const points: Point[] = []
  const held = await quarantined(db.read)
  if (held)
    points.push({
      href: '/console/deliveries?state=waiting',
      what: 'Nothing goes out',
      say: 'A restored database waits for your operator’s decision: what was due may have been sent before the loss.',
      grave: true,
    })
  const paused = await pauseOf(db.read, laneOf(space), at)
  if (paused)
    points.push({
      href: '/console/deliveries?state=waiting',
      what: `${platformName(space.platform)} asks us to wait`,
      say: `Deliveries go on ${plainMoment(paused, 'moment', zone)}.`,
      grave: true,
    })
  const dead = await countFailed(db.read, space.id, plus(at, -14 * DAY))
  if (dead > 0)
    points.push({
      href: '/console/deliveries?state=dead',
      what: dead === 1 ? 'One delivery failed' : `${dead} deliveries failed`,
      say: 'In the last two weeks. Each tells why, and can be sent again.',
      grave: true,
    })
  for (const { key, effect } of await deliveriesUnder(db.read, space.id, `amiss/${space.id}/`, plus(at, -14 * DAY)))
    if (effect.kind === 'message')
      points.push({
        href: `/console/delivery?key=${encodeURIComponent(key)}`,
        what: effect.card.title,
        say: 'A channel or a role does not work.',
        grave: true,
      })
  return [...points, ...(await lostChannels(db.read, space.id))]
}

/** Channels of conferences that were deleted on the platform, or could not be opened. */
async function lostChannels(read: Read, space: string): Promise<Point[]> {
  const rows = await conferenceChannelsOf(read, space)
  return rows.flatMap(({ name, state, trouble, edition }) => {
    const href = showHref({ do: 'channel', edition })
    if (state === 'lost')
      return [{ href, what: `The channel #${name} was deleted`, say: 'It can be opened again.', grave: true }]
    return state === 'opening' && trouble
      ? [{ href, what: `The channel #${name} could not be opened`, say: trouble, grave: true }]
      : []
  })
}

const platformName = (platform: string): string => ({ slack: 'Slack', discord: 'Discord' })[platform] ?? 'The platform'

async function failing({ db }: ConsoleHouse, { zone }: Visitor): Promise<Point[]> {
  return (await allSources(db.read)).flatMap((row) => {
    const state = sourceState(deskOf(row, false))
    if (state !== 'failing' && state !== 'gone') return []
    const since = row.failing_since ?? row.muted_at
    const say = `${since ? `Since ${plainMoment(since, 'day', zone)}. ` : ''}${row.trouble ?? ''}`
    return [
      {
        href: `/console/source?id=${encodeURIComponent(row.id)}`,
        what: `${row.name} is ${state}`,
        say,
        grave: state === 'gone' || row.failures >= 5,
      },
    ]
  })
}

async function waiting({ db, now }: ConsoleHouse, { space }: Visitor): Promise<Point[]> {
  const suggestions = await openSuggestions(db.read, space.id)
  const reviews = await waitingReviews(db.read, space.id)
  const list = { slot: now(), before: stalledBefore(now(), space.zone).before }
  const stalled = await countForList(db.read, space.id, list, MOST)
  const found = await foundDates(db.read, space.id, now().slice(0, 10), 0, 50)
  const many = (count: number, one: string, more: string): string => (count === 1 ? one : `${count} ${more}`)
  return [
    ...(suggestions.length > 0
      ? [
          {
            href: '/console/suggestions',
            what: many(suggestions.length, 'One suggestion waits', 'suggestions wait'),
            say: `The oldest: ${suggestions[0]!.title}`,
            grave: false,
          },
        ]
      : []),
    ...(found.length > 0
      ? [
          {
            href: showHref({ do: 'found' }),
            what: many(found.length, 'One date was read in the news', 'dates were read in the news'),
            say: 'Take those into the calendar that belong there.',
            grave: false,
          },
        ]
      : []),
    ...(reviews.length > 0
      ? [
          {
            href: '/console/members#reviews',
            what: many(reviews.length, 'One mock activity waits for review', 'mock activities wait for review'),
            say: 'Its author cannot go on without it.',
            grave: false,
          },
        ]
      : []),
    ...(stalled > 0
      ? [
          {
            href: '/console/members#stalled',
            what: many(stalled, 'One newcomer has stalled', 'newcomers have stalled'),
            say: 'Nothing done for a week, though something is left.',
            grave: false,
          },
        ]
      : []),
  ]
}
