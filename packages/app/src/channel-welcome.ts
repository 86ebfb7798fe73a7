import {
  type Answers,
  channelWelcomeCard,
  type FormReply,
  type Reply,
  welcomeForm,
  welcomePostedCard,
  welcomePreviewCard,
} from '@cme-commons/core'
import { audit, findSpace, post } from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { laneOf } from './lanes.ts'
import { memberOf } from './people.ts'
import { asModerator } from './setup.ts'

const CHANNEL = /^[\w-]{1,80}$/

/** Asks for a channel, or posts the welcome to the one that was shown: at most once a day. */
export const welcome = (ctx: Ctx, channel?: string): Promise<Reply> =>
  asModerator<Reply>(ctx, async () => {
    if (channel === undefined || !CHANNEL.test(channel)) return { ask: welcomeForm() }
    const space = (await findSpace(ctx.tx, ctx.actor.space))!
    const { id } = await memberOf(ctx)
    const key = `channel-welcome/${space.id}/${channel}/${ctx.now.slice(0, 10)}`
    const effect = { kind: 'message' as const, card: channelWelcomeCard(space.name) }
    const to = { space: space.id, channel }
    const posted = await post(ctx.tx, ctx.now, [{ key, lane: laneOf(space), to, effect, due: ctx.now }])
    if (posted > 0)
      await audit(ctx.tx, { at: ctx.now, space: space.id, actor: id, what: 'welcome.posted', detail: channel })
    return { say: welcomePostedCard(channel, posted > 0), private: true, update: true }
  })

/** The channel that was chosen: shows what will be posted there. */
export const submitWelcome = (ctx: Ctx, { channel }: Answers): Promise<FormReply> =>
  asModerator<FormReply>(ctx, async () => {
    const chosen = (typeof channel === 'object' ? channel[0] : channel)?.trim() ?? ''
    const say = 'Choose a channel of this community from the list.'
    if (!CHANNEL.test(chosen))
      return {
        refuse: 'bad-answer',
        fields: { channel: say },
        say: {
          title: 'Nothing is posted yet',
          blocks: [{ kind: 'list', items: [[say]] }],
          buttons: [{ label: 'Try again', style: 'primary', act: { do: 'setup.welcome' } }],
        },
      }
    const space = await findSpace(ctx.tx, ctx.actor.space)
    return { say: welcomePreviewCard(space?.name ?? '', chosen), private: true }
  })
