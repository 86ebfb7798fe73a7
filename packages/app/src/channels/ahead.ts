import { type Instant, partInWords } from '@cme-commons/core'
import {
  type ConferenceChannelTable,
  type Delivery,
  findSpace,
  openConferenceChannels,
  promisedUnder,
  type Read,
} from '@cme-commons/db'
import { type ItemAhead, itemsAhead } from './look.ts'
import { aboutChannel, channelPrefix, partKey } from './rows.ts'

/** Something of a conference channel that will be sent if nothing changes; with a `decision` it waits for moderators, or never comes. */
export type ChannelAhead = {
  at: Instant
  what: 'channel'
  space: string
  to: string[]
  readers: number
  title: string
  decision?: 'hold' | 'skip'
}

type NotPromised = Omit<ItemAhead, 'decision'> & { decision?: 'hold' | 'skip' }

/** What of a channel is neither over nor promised yet. */
export async function notPromised(db: Read, row: ConferenceChannelTable, now: Instant): Promise<NotPromised[]> {
  const about = await aboutChannel(db, row)
  if (!about || row.state !== 'open') return []
  const promised = new Map(
    (await promisedUnder(db, channelPrefix(row))).map((one): [string, Delivery] => [one.key, one]),
  )
  return (await itemsAhead(db, row, about, now)).flatMap(({ decision, ...item }) => {
    const there = promised.get(partKey(row, item.part))
    if (decision === 'now' || (there && !(there.state === 'withdrawn' && decision))) return []
    return [{ ...item, ...(decision ? { decision } : {}) }]
  })
}

/** Everything of this that comes until `until`. */
export async function channelsAhead(db: Read, now: Instant, until: Instant): Promise<ChannelAhead[]> {
  const ahead: ChannelAhead[] = []
  for (const row of await openConferenceChannels(db)) {
    if ((await findSpace(db, row.space))?.left_at !== null) continue
    for (const { part, opens, decision } of await notPromised(db, row, now)) {
      const at = opens < now ? now : opens
      if (at > until) continue
      const to = [`channel:${row.channel}`]
      ahead.push({
        ...{ at, what: 'channel', space: row.space, to, readers: 1, title: partInWords(part) },
        ...(decision ? { decision } : {}),
      })
    }
  }
  return ahead
}

/** When the next of it opens after `now`. */
export async function nextChannel(db: Read, now: Instant): Promise<Instant | undefined> {
  const times = (await openConferenceChannels(db)).map(({ look_at }) => look_at).filter((at) => at > now && at < '9999')
  return times.sort()[0]
}
