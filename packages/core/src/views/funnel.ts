import type { Press } from '../action.ts'
import type { Block, Button, Card } from '../card.ts'
import type { Pathway, Step } from '../knowledge/onboarding.ts'
import { daysBetween, type StepFunnel } from '../onboarding/funnel.ts'
import { cut, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/**
 * The whole space: who began, who has nothing left, who has not moved for a week (counted as far as `most`), and how many of `begun`
 * erased their data.
 */
export type OnboardingTotals = { begun: number; finished: number; stalled: number; most: number; erased: number }
/** A stretch of a list: the members from `from` on, of `total`, which is counted as far as `most`. */
export type Listed<T> = { members: readonly T[]; from: number; total: number; most?: number }
export type Since = { name?: string; at: Instant }

/** So many members stand on one page of a list, and on a card that shows two lists. */
export const MEMBERS_ON_PAGE = 20
export const MEMBERS_AT_A_GLANCE = 8

const go = (label: string, act: Press, primary = false): Button => ({
  label: cut(label, 75),
  ...(primary ? { style: 'primary' as const } : {}),
  act,
})
const called = (name?: string): string => cut(name?.trim() || 'A member without a name', 60)
const people = (count: number): string => (count === 1 ? 'one member' : `${count} members`)
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
const stalledButton = go('Who has stalled', { do: 'stalled' })
const funnelButton = (pathway?: string): Button => go('The funnel', { do: 'funnel', ...(pathway ? { pathway } : {}) })
const OURS: Text = t`Only moderators of this community see this.`

/** Days in words; a median can lie between two: `2.5 days`. */
const daysInWords = (days: number): string => (days < 1 ? 'less than a day' : days === 1 ? 'one day' : `${days} days`)

/** How many began and did each step of a pathway, with a button to the members behind each number. `saves` are ways to export. */
export function funnelCard(
  pathway: Pathway,
  steps: readonly StepFunnel[],
  totals: OnboardingTotals,
  others: readonly Pathway[],
  saves: readonly Button[] = [],
): Card {
  return {
    title: cut(`Onboarding funnel: ${pathway.name}`, 150),
    blocks: [
      { kind: 'text', text: totalsText(totals) },
      {
        kind: 'facts',
        facts: steps.map(({ step, begun, done, median }) => ({
          name: cut(step.name, 80),
          value: t`${begun === 0 ? 'nobody began it yet' : `${begun} began, ${done} done${median === undefined ? '' : `, median ${daysInWords(median)}`}`}`,
        })),
      },
      {
        kind: 'text',
        text: t`The median is the time from looking at a step to having done it. A button shows the members behind its numbers.`,
      },
    ],
    buttons: [
      ...steps
        .filter(({ begun }) => begun > 0)
        .slice(0, 12)
        .map(({ step }) => go(step.name, { do: 'funnel.step', step: step.id })),
      go('Who has stalled', { do: 'stalled' }, true),
      ...others.slice(0, 4).map(({ id, name }) => go(name.split(':')[0]!, { do: 'funnel', pathway: id })),
      go('Mentors and moderators', { do: 'roles' }),
      ...saves,
    ],
    footer: OURS,
  }
}

const totalsText = ({ begun, finished, stalled, most, erased }: OnboardingTotals): Text => [
  begun === 0
    ? 'Nobody has begun yet.'
    : `${capital(people(begun))} began. ${capital(has(finished))} done all there is, their track included; ${stalled >= most ? `${most} or more have` : has(stalled)} stalled for a week or longer.`,
  ...(erased > 0 ? [` Counted without a name: ${people(erased)} who erased their data.`] : []),
]
const has = (count: number): string => (count === 0 ? 'nobody has' : count === 1 ? 'one has' : `${count} have`)

/** The members behind one step's numbers: who has it under way, longest first, and who did it, latest first. */
export function stepMembersCard(
  { step, begun, done, median }: StepFunnel,
  open: Listed<Since>,
  did: Listed<Since>,
  erased: { open: number; done: number },
  pathway: Pathway,
): Card {
  const all = (state: 'open' | 'done', label: string, { members, total }: Listed<Since>): Button[] =>
    total > members.length ? [go(`${label}: all ${total}`, { do: 'funnel.step', step: step.id, state, from: 0 })] : []
  return {
    title: cut(step.name, 150),
    blocks: [
      {
        kind: 'text',
        text: t`${begun} began, ${done} done${median === undefined ? '' : `, median ${daysInWords(median)}`}.`,
      },
      { kind: 'heading', text: 'Under way, longest first' },
      ...listed(open, erased.open, underWay),
      { kind: 'heading', text: 'Done, latest first' },
      ...listed(did, erased.done, didIt),
    ],
    buttons: [...all('open', 'Under way', open), ...all('done', 'Done', did), funnelButton(pathway.id), stalledButton],
    footer: OURS,
  }
}

const underWay = ({ name, at }: Since): Text => t`${strong(called(name))}: since ${when(at, 'day')}`
const didIt = ({ name, at }: Since): Text => t`${strong(called(name))}: ${when(at, 'day')}`

function listed<T>({ members, from, total }: Listed<T>, erased: number, line: (one: T) => Text): Block[] {
  const rest = total - from - members.length
  return [
    ...(members.length > 0 ? [{ kind: 'list' as const, items: members.map(line) }] : []),
    ...(members.length === 0 && erased === 0 ? [{ kind: 'text' as const, text: t`Nobody.` }] : []),
    ...(rest > 0 ? [{ kind: 'text' as const, text: t`and ${rest} more` }] : []),
    ...(erased > 0 && rest <= 0
      ? [
          {
            kind: 'text' as const,
            text: t`Besides, ${people(erased)} who erased their data.`,
          },
        ]
      : []),
  ]
}

/** One page of the members who have a step under way, or did it. */
export const stepListCard = (step: Step, state: 'open' | 'done', list: Listed<Since>, erased: number): Card => ({
  title: cut(`${state === 'open' ? 'Under way' : 'Done'}: ${step.name}`, 150),
  blocks: [
    { kind: 'text', text: t`${place(list)}${state === 'open' ? 'Longest first' : 'Latest first'}.` },
    ...listed(list, erased, state === 'open' ? underWay : didIt),
  ],
  buttons: [
    ...turns(list, (from) => ({ do: 'funnel.step', step: step.id, state, from })),
    go('Back to the step', { do: 'funnel.step', step: step.id }),
    stalledButton,
  ],
  footer: OURS,
})

const sure = ({ total, most }: Listed<unknown>): boolean => most === undefined || total < most
const counted = (list: Listed<unknown>): string =>
  sure(list) ? people(list.total) : `${list.total.toLocaleString('en-US')} or more members`
/** Which stretch of a longer list this is, as a sentence; nothing where it is all of it. */
const place = (list: Listed<unknown>): string => {
  const to = list.from + list.members.length
  if (list.from === 0 && to >= list.total && sure(list)) return ''
  if (list.members.length === 0) return 'Nobody here. '
  return `Members ${list.from + 1} to ${to} of ${list.total.toLocaleString('en-US')}${sure(list) ? '' : ' or more'}. `
}

function turns({ members, from, total }: Listed<unknown>, to: (from: number) => Press): Button[] {
  const next = from + members.length
  return [
    ...(members.length > 0 && next < total
      ? [go(`Next ${Math.min(MEMBERS_ON_PAGE, total - next)}`, to(next), true)]
      : []),
    ...(from > 0 ? [go('Previous page', to(Math.max(0, from - MEMBERS_ON_PAGE)))] : []),
  ]
}

export type StalledMember = Since & { step?: string }

/** Who has something left of her pathway and did nothing on it for a week or more: on which step, since when, longest first. */
export const stalledCard = (list: Listed<StalledMember>, now: Instant): Card => ({
  title: list.total === 0 ? 'Nobody has stalled' : `Stalled for a week or longer: ${counted(list)}`,
  blocks: [
    {
      kind: 'text',
      text:
        list.total === 0
          ? t`Everybody who began has moved on in the last seven days, has finished, or asked to be left alone.`
          : t`${place(list)}Longest first, with the next step of each and the day of the last thing done. A word from a person helps more than another reminder. Members who snoozed or stopped nudges are left out.`,
    },
    ...(list.members.length > 0
      ? listed(
          list,
          0,
          ({ name, at, step }: StalledMember): Text =>
            t`${strong(called(name))}: ${cut(step ?? 'between two steps', 70)}, since ${when(at, 'day')} (${daysInWords(daysBetween(at, now))})`,
        )
      : []),
  ],
  buttons: [...turns(list, (from) => ({ do: 'stalled', from })), funnelButton()],
  footer: OURS,
})
