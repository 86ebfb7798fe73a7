import { goneCard, type Reply, type Subscription, t } from '@cme-commons/core'
import type { Ctx } from './ctx.ts'
import { theirs } from './subscriptions.ts'

/** Runs `then` with the subscription the action means, or says why it cannot. */
export async function withTheirs(
  ctx: Ctx,
  id: string | undefined,
  then: (subscription: Subscription) => Promise<Reply>,
): Promise<Reply> {
  const answer = await theirs(ctx, id)
  if ('found' in answer) return then(answer.found)
  if (answer.missing === 'moderators-only') return { refuse: 'moderators-only', say: moderatorsOnly }
  if (answer.missing === 'none') return { refuse: 'nothing-yet', say: noDigest }
  return { refuse: 'gone', say: goneCard('This digest was stopped.') }
}

export const moderatorsOnly = {
  title: 'Moderators change this',
  blocks: [
    {
      kind: 'text' as const,
      text: t`The digest of a channel is set up by the moderators of this community. You can have one of your own.`,
    },
  ],
  buttons: [{ label: 'Start my digest', style: 'primary' as const, act: { do: 'digest.start' as const } }],
}
const noDigest = {
  title: 'You have no digest yet',
  blocks: [
    {
      kind: 'text' as const,
      text: t`Start one: standards news for your track, Mondays at 08:00 your time. You can change all of that.`,
    },
  ],
  buttons: [{ label: 'Start my digest', style: 'primary' as const, act: { do: 'digest.start' as const } }],
}
