import type { Action, Answers, ChannelAction, FormReply, Reply } from '@cme-commons/core'
import type { Ctx } from '../ctx.ts'
import { decide, showComing, showItem } from './decide.ts'
import { showChannel, showChannels } from './list.ts'
import { openAgain, openChannel } from './open.ts'
import { askChannel, submitChannel } from './plan.ts'

const VERBS: Record<ChannelAction['do'], true> = {
  channels: true,
  channel: true,
  'channel.form': true,
  'channel.open': true,
  'channel.again': true,
  'channel.coming': true,
  'channel.item': true,
  'channel.decide': true,
}
export const isAboutChannels = (action: Action): action is ChannelAction => Object.hasOwn(VERBS, action.do)

/** Answers what moderators do about conference channels; everybody else is refused. */
export async function channelsReply(ctx: Ctx, action: ChannelAction): Promise<Reply> {
  switch (action.do) {
    case 'channels':
      return showChannels(ctx, action.to, action.name)
    case 'channel':
      return showChannel(ctx, action.edition)
    case 'channel.form':
      return askChannel(ctx, action.edition, action.form)
    case 'channel.open':
      return openChannel(ctx, action.edition, action.draft)
    case 'channel.again':
      return openAgain(ctx, action.edition)
    case 'channel.coming':
      return showComing(ctx, action.edition, action.from)
    case 'channel.item':
      return showItem(ctx, action.edition, action.item)
    case 'channel.decide':
      return decide(ctx, action.edition, action.item, action.to)
  }
}

/** True for the forms about a channel. */
export const isChannelForm = (form: string): boolean => /^channel\.(?:plan|more|events):/.test(form)

export const submitChannelForm = (ctx: Ctx, form: string, answers: Answers): Promise<FormReply> =>
  submitChannel(ctx, form, answers)
