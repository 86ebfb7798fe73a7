import { type Action, type FormReply, type ModeratorAction, type Reply, t } from '@cme-commons/core'
import type { Ctx } from './ctx.ts'
import { showFunnel, showStalled, showStepMembers } from './onboarding/funnel.ts'
import { findMembers, give, showMember, showRoles, take } from './roles.ts'

const VERBS: Record<ModeratorAction['do'], true> = {
  funnel: true,
  'funnel.step': true,
  stalled: true,
  roles: true,
  'roles.find': true,
  'roles.member': true,
  'roles.give': true,
  'roles.take': true,
}
export const isForModerators = (action: Action): action is ModeratorAction => Object.hasOwn(VERBS, action.do)

/** The refusal of what the moderators of a space alone may see. */
export const moderatorsOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'Only moderators see this',
    blocks: [
      {
        kind: 'text',
        text: t`Who is under way and who has which role is for the moderators of this community. Your own progress is one press away.`,
      },
    ],
    buttons: [{ label: 'My progress', style: 'primary', act: { do: 'progress' } }],
  },
}

/** Answers a moderator of the space, and refuses everybody else, mentors included. */
export async function moderatorsReply(ctx: Ctx, action: ModeratorAction): Promise<Reply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  switch (action.do) {
    case 'funnel':
      return showFunnel(ctx, action.pathway)
    case 'funnel.step':
      return showStepMembers(ctx, action.step, action.state, action.from)
    case 'stalled':
      return showStalled(ctx, action.from)
    case 'roles':
      return showRoles(ctx, action.from)
    case 'roles.find':
      return findMembers(ctx, action.name)
    case 'roles.member':
      return showMember(ctx, action.member)
    case 'roles.give':
      return give(ctx, action.member, action.role)
    case 'roles.take':
      return take(ctx, action.member, action.role)
  }
}
