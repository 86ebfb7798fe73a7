import {
  channelMorningCard,
  channelNoticeCard,
  channelScheduleCard,
  closingDay,
  conferenceWelcomeCard,
  type HostedEvent,
  type Instant,
  type Work,
} from '@cme-commons/core'
import {
  type ConferenceChannelTable,
  channelEventsOf,
  type Delivery,
  findConferenceChannel,
  type Read,
} from '@cme-commons/db'
import { aboutChannel, type ChannelEffect, calendarAddress, planOf } from './rows.ts'

/** One part of a channel as it goes out, or why nobody wants it any more. */
export async function channelWork(
  db: Read,
  { channel: id, part }: ChannelEffect,
  to: Delivery['to'],
  now: Instant,
  site: string | undefined,
): Promise<Work | { skip: string }> {
  const row = await findConferenceChannel(db, id)
  const about = row && (await aboutChannel(db, row))
  if (!row || !about) return { skip: 'The channel is not wanted any more.' }
  if (part === 'open') return row.state === 'opening' ? { open: opened(row) } : { skip: 'The channel is open already.' }
  if (row.state !== 'open') return { skip: 'The channel is not open any more.' }
  if (part === 'forum')
    return row.forum === null
      ? { open: { ...opened(row), mark: `${row.mark}-q`, name: forumName(row.name), forum: true } }
      : { skip: 'The forum is open already.' }
  if (!('channel' in to) || to.channel !== row.channel) return { skip: 'The channel is another one by now.' }
  const { edition, dates } = about
  const day = part.slice(-10)
  if (part === 'welcome') {
    const calendar = await calendarAddress(db, row.space, site)
    const card = conferenceWelcomeCard(edition, dates, {
      ...(row.rota ? { rota: row.rota } : {}),
      ...(calendar ? { calendar } : {}),
    })
    return pinned(card, row.welcome_ref)
  }
  if (part === 'schedule') return pinned(channelScheduleCard(edition, dates), row.schedule_ref)
  if (part === 'topic') return { topic: row.topic }
  if (part === 'bookmark/calendar') {
    const href = await calendarAddress(db, row.space, site)
    return href ? { bookmark: { title: 'Calendar', href } } : { skip: 'The calendar of this community is closed.' }
  }
  if (part === 'bookmark/page')
    return edition.href ? { bookmark: { title: edition.name, href: edition.href } } : { skip: 'It has no page.' }
  if (part.startsWith('event/')) return event(db, row, part.slice('event/'.length), now)
  if (part.startsWith('morning/')) return { card: channelMorningCard(edition, dates, day) }
  if (closingDay(planOf(row), dates) !== day) return { skip: 'Another day was chosen.' }
  return part.startsWith('notice/') ? { card: channelNoticeCard(edition, day) } : { archive: true }
}

const pinned = (card: ReturnType<typeof channelScheduleCard>, ref: string | null): Work => ({
  card,
  pin: true,
  ...(ref ? { edit: ref } : {}),
})

const opened = ({ mark, name, topic, adopt, category }: ConferenceChannelTable) => ({
  mark,
  name,
  topic,
  ...(adopt ? { adopt } : {}),
  ...(category ? { category } : {}),
})

const forumName = (name: string): string => `${name.slice(0, 70)}-questions`

async function event(
  db: Read,
  { id }: ConferenceChannelTable,
  subject: string,
  now: Instant,
): Promise<Work | { skip: string }> {
  const row = (await channelEventsOf(db, id)).find((one) => one.subject === subject)
  if (!row?.face) return { skip: 'Nothing is to be shown of it.' }
  const event = JSON.parse(row.face) as HostedEvent
  return event.start > now || event.cancelled ? { event } : { skip: 'It has begun.' }
}
