import type { ChannelPart } from '@cme-commons/core'
import { conferenceChannelsOf, findSpace } from '@cme-commons/db'
import { promise } from '../conferences/promise.ts'
import type { Ctx } from '../ctx.ts'
import { featuresOf, partKey } from './rows.ts'

/** Brings the open channels of a space up to a calendar that was opened or closed: what their welcome says of it, and the bookmark. */
export async function tellOfCalendar({ tx, now, actor }: Ctx, open: boolean): Promise<void> {
  const { space } = actor
  const has = featuresOf((await findSpace(tx, space))?.platform ?? '')
  const parts: ChannelPart[] = ['welcome', ...(open && has.bookmarks ? (['bookmark/calendar'] as const) : [])]
  const channels = (await conferenceChannelsOf(tx, space)).filter(({ state }) => state === 'open')
  const promised = channels.flatMap((row) =>
    parts.map((part) => ({
      key: `${partKey(row, part)}/${now}`,
      space,
      address: `channel:${row.channel}`,
      effect: { kind: 'channel' as const, channel: row.id, part },
      due: now,
    })),
  )
  await promise(tx, promised, now, async () => {})
}
