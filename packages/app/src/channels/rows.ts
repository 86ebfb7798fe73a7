import type { ChannelPart, ChannelPlan, ConferenceDate, Edition, Effect, Span } from '@cme-commons/core'
import {
  type ConferenceChannelTable,
  datesOfEdition,
  findEdition,
  openCalendarName,
  type Read,
  setting,
} from '@cme-commons/db'
import { dateOf, editionOf } from '../conferences/rows.ts'

/** What a platform has for a channel beside messages and pins. */
const HAS: Readonly<Record<string, { bookmarks: boolean; events: boolean; forum: boolean }>> = {
  slack: { bookmarks: true, events: false, forum: false },
  discord: { bookmarks: false, events: true, forum: true },
  try: { bookmarks: true, events: true, forum: true },
}
export const featuresOf = (platform: string) => HAS[platform] ?? { bookmarks: false, events: false, forum: false }

/** The key of everything that is promised about a channel, as it was opened for the time being. */
export const channelPrefix = ({ id, attempt }: Pick<ConferenceChannelTable, 'id' | 'attempt'>): string =>
  `conference/channel/${id}/${attempt}/`

/** What comes first among what is due at the same moment. */
const ORDER = ['open', 'forum', 'topic', 'welcome', 'schedule', 'bookmark', 'event', 'morning', 'notice', 'archive']

/** The key of one part. What may be promised again, because it changed, has a number. */
export const partKey = (
  row: Pick<ConferenceChannelTable, 'id' | 'attempt'>,
  part: ChannelPart,
  number?: number,
): string =>
  `${channelPrefix(row)}${ORDER.indexOf(part.split('/')[0]!)}-${part}${number === undefined ? '' : `/${number}`}`

export const planOf = (row: ConferenceChannelTable): ChannelPlan => ({
  edition: row.edition,
  name: row.name,
  topic: row.topic,
  ...(row.adopt ? { adopt: row.adopt } : {}),
  ...(row.category ? { category: row.category } : {}),
  forum: row.with_forum === 1,
  morning: row.morning === 1,
  ...(row.rota ? { rota: row.rota } : {}),
  ...(row.archive_on ? { archiveOn: row.archive_on } : {}),
})

/** Where a channel is, as a text says it. */
export const placeOfChannel = ({ channel, name }: Pick<ConferenceChannelTable, 'channel' | 'name'>): Span[] => [
  channel ? { channel, name } : `#${name}`,
]

/** What a channel is about. */
export type About = { edition: Edition; dates: ConferenceDate[] }

/** The edition of a channel with its dates; nothing where it is not there. */
export async function aboutChannel(
  db: Read,
  { edition: id }: Pick<ConferenceChannelTable, 'edition'>,
): Promise<About | undefined> {
  const row = await findEdition(db, id)
  return row && { edition: editionOf(row), dates: (await datesOfEdition(db, id)).map(dateOf) }
}

/** The address of the calendar of a space, where its moderators opened it to everybody. */
export async function calendarAddress(db: Read, space: string, site: string | undefined): Promise<string | undefined> {
  if (!site || (await setting(db, openCalendarName(space))) === undefined) return undefined
  return `${site}/v1/conferences.ics?space=${encodeURIComponent(space)}`
}

export type ChannelEffect = Extract<Effect, { kind: 'channel' }>
