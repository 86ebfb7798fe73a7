import { DAY, type FormReply, type Instant, plus, type Reply, type Subscription, t } from '@cme-commons/core'
import {
  audienceById,
  changeSubscription,
  findSpace,
  findSubscription,
  newestSeq,
  post,
  standApart,
} from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { digestMaker } from './digest-maker.ts'
import { laneOf } from './lanes.ts'

/** Sends what is new since the last digest at once instead of at its time; the next one begins behind it. */
export async function sendNow(ctx: Ctx, own: Subscription): Promise<Reply> {
  const { tx, now, content } = ctx
  await standApart(tx, own.id)
  const row = (await findSubscription(tx, own.id))!
  const space = (await findSpace(tx, row.space))!
  const audience = (await audienceById(tx, row.audience))!
  if (row.paused === 1) return paused(own)
  const upto = await newestSeq(tx)
  const reader = { filter: row.filter, space: audience.space }
  const digest = await digestMaker(content)(tx, reader, row.cursor ?? audience.cursor, upto, now)
  if (!digest) return nothing(own, row.next_at)
  const effect = { kind: 'digest' as const, digest, subscription: row.id }
  const to = { space: row.space, ...own.to }
  const key = `digest/${row.id}/${now}`
  await post(tx, now, [{ key, lane: laneOf(space), to, effect, due: now, expires: plus(now, 7 * DAY) }])
  await changeSubscription(tx, row.id, { cursor: upto, snoozed_until: null })
  return {
    say: {
      title: 'It is on its way',
      blocks: [
        {
          kind: 'text',
          text: t`What is new since the last digest goes out now. The next one comes at its usual time.`,
        },
      ],
      buttons: [{ label: 'The digest’s settings', act: { do: 'digest.when', subscription: own.id } }],
    },
    private: true,
  }
}

const paused = ({ id }: Subscription): FormReply => ({
  refuse: 'nothing-yet',
  say: {
    title: 'This digest is held',
    blocks: [{ kind: 'text', text: t`Nothing goes out while it is paused. Resume it first.` }],
    buttons: [{ label: 'Resume', style: 'primary', act: { do: 'digest.resume', subscription: id } }],
  },
})

const nothing = ({ id }: Subscription, next: Instant): FormReply => ({
  refuse: 'nothing-yet',
  say: {
    title: 'Nothing new to send',
    blocks: [
      {
        kind: 'text',
        text: t`Nothing that passes its filter came since the last digest. The next one comes ${{ when: next, as: 'moment' }}, if there is news by then.`,
      },
    ],
    buttons: [{ label: 'Preview', act: { do: 'digest.preview', subscription: id } }],
  },
})
