import { channelLostCard, type Instant } from '@cme-commons/core'
import {
  type ConferenceChannelTable,
  changeConferenceChannel,
  dropFollow,
  findSpace,
  forgetChannelEvents,
  post,
  type Tx,
  withdraw,
} from '@cme-commons/db'
import { laneOf } from '../lanes.ts'
import { whoMends } from '../who-mends.ts'
import { aboutChannel, channelPrefix } from './rows.ts'

/** Nothing more comes of a channel: what waits is taken back, and it follows nothing any more. */
export async function closeChannel(
  tx: Tx,
  row: ConferenceChannelTable,
  state: 'archived' | 'lost',
  now: Instant,
): Promise<void> {
  await changeConferenceChannel(tx, row.id, { state, ended_at: now, trouble: null, changed_at: now })
  await withdraw(tx, channelPrefix(row), now)
  await dropFollow(tx, row.space, `channel:${row.channel}`, `edition/${row.edition}`, now)
}

/** A channel of a platform was deleted: if it was that of a conference, moderators hear of it once, and it can be opened again. */
export async function loseChannel(tx: Tx, row: ConferenceChannelTable, channel: string, now: Instant): Promise<void> {
  if (row.forum === channel && row.channel !== channel)
    return changeConferenceChannel(tx, row.id, { forum: null, with_forum: 0 })
  if (row.state !== 'open') return
  await closeChannel(tx, row, 'lost', now)
  await forgetChannelEvents(tx, row.id)
  const about = await aboutChannel(tx, row)
  const space = await findSpace(tx, row.space)
  const to = await whoMends(tx, row.space, channel)
  if (!about || !space || !to) return
  const effect = { kind: 'message' as const, card: channelLostCard(about.edition) }
  await post(tx, now, [{ key: `${channelPrefix(row)}lost`, lane: laneOf(space), to, effect, due: now }])
}
