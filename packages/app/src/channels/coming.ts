import {
  type ComingItem,
  type ConferenceDate,
  type Effect,
  type Instant,
  leadsFor,
  partInWords,
  remindable,
  reminderInWords,
  type Window,
  windowsOf,
} from '@cme-commons/core'
import { type ConferenceChannelTable, decisionsOf, followAt, promisedIn, type Read } from '@cme-commons/db'
import { policyBook } from '../conferences/audience.ts'
import { followOf, reminderKey } from '../conferences/rows.ts'
import { notPromised } from './ahead.ts'
import { type About, aboutChannel, partKey } from './rows.ts'

/** Something that comes in a channel, with the key that it is promised under and what is promised then. */
export type Coming = ComingItem & { key: string; effect: Effect; until?: Instant }

/** More was never promised to one channel. */
const MOST = 2000

/** Everything that is still to come in an open channel, the soonest first: what comes of it by itself, and the reminders of its edition. */
export async function comingIn(db: Read, row: ConferenceChannelTable, now: Instant): Promise<Coming[]> {
  const about = await aboutChannel(db, row)
  if (!about || row.state !== 'open') return []
  const parts = (await notPromised(db, row, now)).map(
    ({ part, opens, until, decision }): Coming => ({
      item: part.replace('/', '.'),
      title: partInWords(part),
      at: opens,
      key: partKey(row, part),
      effect: { kind: 'channel', channel: row.id, part },
      ...(until ? { until } : {}),
      ...(decision ? { decision } : {}),
    }),
  )
  return [...parts, ...(await remindersIn(db, row, about, now))].sort((a, b) => (a.at < b.at ? -1 : 1))
}

/** The reminders of its edition that a channel gets, as it follows it. */
async function remindersIn(db: Read, row: ConferenceChannelTable, { dates }: About, now: Instant): Promise<Coming[]> {
  const { space, channel, opened_at } = row
  const address = `channel:${channel}`
  const found = await followAt(db, space, address, `edition/${row.edition}`)
  if (!found || found.muted === 1 || !channel) return []
  const follow = followOf(found)
  const policies = policyBook(db)
  const decided = new Map((await decisionsOf(db, row.id)).map(({ key, decision }) => [key, decision]))
  const promised = await promisedIn(db, { space, channel, since: opened_at ?? '' }, MOST)
  const there = new Set(promised.filter(({ state }) => state !== 'withdrawn').map(({ key }) => key))
  const coming: Coming[] = []
  for (const date of dates) {
    if (!remindable(date) || !follow.kinds.includes(date.kind)) continue
    const leads = leadsFor(date.kind, follow, await policies(space, date.kind))
    for (const window of windowsOf(date, leads, follow.zone)) {
      const key = reminderKey(date, window.lead, { space, address })
      const decision = decided.get(key)
      // What is open already was promised, or is held; what is over is of no use.
      if (decision !== 'now' && window.until > now && (window.opens > now || decision) && !there.has(key))
        coming.push(reminder(date, window, key, decision))
    }
  }
  return coming
}

const reminder = (date: ConferenceDate, window: Window, key: string, decision?: 'hold' | 'skip'): Coming => ({
  item: `${date.id}.${window.lead}`,
  title: reminderInWords(date, window.lead),
  at: window.opens,
  key,
  effect: { kind: 'reminder', date: date.id, lead: window.lead, when: date.when },
  until: window.until,
  ...(decision ? { decision } : {}),
})

/** What a channel was promised, as moderators read it, and the name by which it can be tried again. */
export function promisedItem(effect: Effect): { title: string; item?: string } {
  switch (effect.kind) {
    case 'channel':
      return { title: partInWords(effect.part), item: effect.part.replace('/', '.') }
    case 'reminder':
      return { title: 'Reminder of a date', item: `${effect.date}.${effect.lead}` }
    case 'date-news':
    case 'edition-news':
      return { title: 'News of a date that changed' }
    case 'message':
      return { title: effect.card.title }
    default:
      return { title: 'Message' }
  }
}
