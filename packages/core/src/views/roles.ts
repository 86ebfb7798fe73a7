import type { Press } from '../action.ts'
import type { Block, Button, Card } from '../card.ts'
import type { Form } from '../form.ts'
import { ROLES, type Role } from '../people/role.ts'
import { cut, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/** A role that somebody was given, by whom and when; `taken` when she has it no more. Without `by` it came with the installation. */
export type GivenRole = {
  member: string
  name?: string
  role: Role
  by?: string
  at: Instant
  taken?: { by?: string; at: Instant }
}
/** A member as a moderator chooses her. */
export type Known = { member: string; name?: string; track?: string; seen: Instant }

export const ROLE_FORM = 'roles.find'
/** So many members are offered for one name, and so many changes stand on one card. */
export const FOUND_AT_ONCE = 10
export const CHANGES_ON_CARD = 5
const HELD = 10

const go = (label: string, act: Press, primary = false): Button => ({
  label: cut(label, 75),
  ...(primary ? { style: 'primary' as const } : {}),
  act,
})
const called = (name?: string): string => cut(name?.trim() || 'A member without a name', 50)
const back = go('Mentors and moderators', { do: 'roles' })
const find = go('Choose a member', { do: 'roles.find' }, true)
const HEADS: Record<Role, string> = { moderator: 'Moderators by a role kept here', mentor: 'Mentors' }

/** Who mentors and who moderates in a space, and what changed last; `from` is where the changes begin, and `more` that there are others. */
export function rolesCard(
  held: readonly GivenRole[],
  changes: readonly GivenRole[],
  { from = 0, more = false }: { from?: number; more?: boolean } = {},
): Card {
  return {
    title: 'Mentors and moderators',
    blocks: [
      {
        kind: 'text',
        text: t`Mentors see the mock activities that were handed in and review them. Moderators do that as well, see who is under way and who has stalled, and give these roles. Whoever moderates your chat already is a moderator here too, without being on the list.`,
      },
      ...ROLES.flatMap((role): Block[] =>
        heldBlocks(
          HEADS[role],
          held.filter((one) => one.role === role),
        ),
      ),
      ...(changes.length > 0
        ? [
            { kind: 'heading' as const, text: 'Changes, latest first' },
            { kind: 'list' as const, items: changes.map(changeLine), keep: 1 },
          ]
        : []),
    ],
    buttons: [
      find,
      ...ROLES.flatMap((role) => held.filter((one) => one.role === role).slice(0, 6)).map(({ member, name, role }) =>
        go(`${called(name)} (${role})`, { do: 'roles.member', member }),
      ),
      ...(more ? [go('Earlier changes', { do: 'roles', from: from + CHANGES_ON_CARD })] : []),
      ...(from > 0 ? [go('Latest changes', { do: 'roles' })] : []),
      go('The funnel', { do: 'funnel' }),
    ],
  }
}

function heldBlocks(head: string, held: readonly GivenRole[]): Block[] {
  const rest = held.length - HELD
  return [
    { kind: 'heading', text: head },
    held.length > 0
      ? { kind: 'list', items: held.slice(0, HELD).map(heldLine) }
      : { kind: 'text', text: t`Nobody yet.` },
    ...(rest > 0
      ? [{ kind: 'text' as const, text: t`and ${rest} more; choose a member to see what role they have` }]
      : []),
  ]
}

const giver = (by?: string): string => (by ? cut(by, 40) : 'the installation')
const heldLine = ({ name, by, at }: GivenRole): Text =>
  t`${strong(called(name))}: since ${when(at, 'day')}, given by ${giver(by)}`
const changeLine = ({ name, role, by, at, taken }: GivenRole): Text =>
  taken
    ? t`${called(name)}: ${role} given ${when(at, 'day')} by ${giver(by)}, taken ${when(taken.at, 'day')} by ${taken.by ? cut(taken.by, 40) : 'somebody whose data are erased'}`
    : t`${called(name)}: ${role} given ${when(at, 'day')} by ${giver(by)}`

/** Asks for a member by name. */
export const findMemberForm = (name?: string): Form => ({
  id: ROLE_FORM,
  title: 'Choose a member',
  submit: 'Find',
  fields: [
    {
      kind: 'text',
      name: 'name',
      label: 'Name',
      hint: 'How it begins, or one of its words.',
      max: 60,
      ...(name ? { value: name } : {}),
    },
  ],
})

/** The members whose names hold what was typed; `more` says that there are others. */
export function foundMembersCard(said: string, found: readonly Known[], more: boolean): Card {
  if (found.length === 0)
    return {
      title: 'No member of that name',
      blocks: [
        {
          kind: 'text',
          text: t`The bot knows nobody here whose name contains ${strong(cut(said, 60))}. It knows members once they have spoken to it: ask them to say ${strong('/cme')} first.`,
        },
      ],
      buttons: [find, back],
    }
  return {
    title: 'Who do you mean?',
    blocks: [
      {
        kind: 'list',
        items: found.map(
          ({ name, track, seen }) =>
            t`${strong(called(name))}: ${track ? cut(track, 40) : 'no track yet'}, first seen ${when(seen, 'day')}`,
        ),
      },
      ...(more ? [{ kind: 'text' as const, text: t`There are more with that name: type more of it.` }] : []),
    ],
    buttons: [...found.map(({ member, name }) => go(called(name), { do: 'roles.member', member })), find, back],
  }
}

/** One member with her roles, to give or to take; a press is all it needs, and every change is kept. */
export function memberRolesCard({ member, name, track, seen }: Known, held: readonly GivenRole[], said?: string): Card {
  const has = (role: Role) => held.find((one) => one.role === role)
  return {
    title: called(name),
    blocks: [
      ...(said ? [{ kind: 'text' as const, text: t`${said}` }] : []),
      {
        kind: 'facts',
        facts: [
          { name: 'Track', value: t`${track ? cut(track, 60) : 'not chosen'}` },
          { name: 'First seen', value: t`${when(seen, 'day')}` },
          ...ROLES.map((role) => ({
            name: role === 'mentor' ? 'Mentor' : 'Moderator',
            value: ((one) => (one ? t`since ${when(one.at, 'day')}, given by ${giver(one.by)}` : t`no`))(has(role)),
          })),
        ],
      },
    ],
    buttons: [
      has('mentor')
        ? go('Take mentor away', { do: 'roles.take', member, role: 'mentor' })
        : go('Make mentor', { do: 'roles.give', member, role: 'mentor' }, true),
      has('moderator')
        ? { ...go('Take moderator away', { do: 'roles.take', member, role: 'moderator' }), style: 'danger' as const }
        : go('Make moderator', { do: 'roles.give', member, role: 'moderator' }),
      back,
    ],
  }
}

/** The refusal to take the last kept moderator's role. */
export const lastModeratorCard = (): Card => ({
  title: 'This is the last moderator',
  blocks: [
    {
      kind: 'text',
      text: t`With no moderator left, nobody here could give roles any more. Make somebody else a moderator first, then take this role away.`,
    },
  ],
  buttons: [find, back],
})

/** Tells a member that she was given a role. */
export const roleGivenCard = (role: Role, space: string): Card => ({
  title: role === 'mentor' ? 'You are a mentor now' : 'You are a moderator now',
  blocks: [
    {
      kind: 'text',
      text:
        role === 'mentor'
          ? t`In ${strong(cut(space, 80))} you may now review the mock activities that members hand in. Nothing is asked of you at once; the queue waits for you.`
          : t`In ${strong(cut(space, 80))} you may now review mock activities, see who is under way and who has stalled, and make others mentors or moderators.`,
    },
  ],
  buttons: [
    go('Mock activities waiting', { do: 'reviews' }, true),
    ...(role === 'moderator' ? [go('The funnel', { do: 'funnel' })] : []),
  ],
})
