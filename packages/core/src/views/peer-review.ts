import type { Press } from '../action.ts'
import type { Block, Button, Card } from '../card.ts'
import type { Criterion, ReviewRule } from '../knowledge/onboarding.ts'
import type { OnboardingAction } from '../onboarding/actions.ts'
import type { MockActivity } from '../onboarding/activity.ts'
import { formOfActivityField } from '../onboarding/activity-forms.ts'
import type { ActivityState, HandedIn } from '../onboarding/handed-in.ts'
import { blocking, type Finding } from '../onboarding/review.ts'
import { commentsOf, pointsInWords, rubricForms, unrated } from '../onboarding/rubric.ts'
import { cut, strong, type Text, t, when } from '../text.ts'
import { activityCard, mockBanner } from './activity.ts'
import { INFORMS } from './review.ts'

const press = (action: OnboardingAction) => action
const go = (label: string, act: Press, primary = false): Button => ({
  label,
  ...(primary ? { style: 'primary' as const } : {}),
  act,
})
const titleOf = ({ title }: MockActivity): string => cut(title?.trim() || 'an activity without a title yet', 130)

/** The mock activity with where it stands in peer review, what the reviewers said last, and the way on. */
export function ownActivityCard(
  activity: MockActivity,
  state: ActivityState,
  findings: readonly Finding[],
  rules: readonly ReviewRule[],
  last?: HandedIn,
): Card {
  const card = activityCard(activity, findings, rules, press)
  const sound = blocking(findings, rules).length === 0
  const buttons = [...(card.buttons ?? [])]
  const file = go('Planning file', { do: 'activity.file' })
  const history = last ? [go('Reviews', { do: 'activity.history' })] : []
  if (state === 'submitted' || state === 'approved') {
    const say =
      state === 'submitted'
        ? t`${strong('Handed in.')} The mentors and moderators of this community review it. To change it, take it back first.`
        : t`${strong('Approved in peer review.')} You can draft it anew; what was said is kept.`
    const back =
      state === 'submitted'
        ? go('Take it back', { do: 'activity.withdraw' })
        : go('Draft it anew', { do: 'activity.reopen' })
    return {
      ...card,
      blocks: afterBanner(planOf(card), [{ kind: 'text', text: say }]),
      buttons: [
        { ...file, style: 'primary' },
        go('Statements', { do: 'activity.statements' }),
        ...history,
        back,
        go('The needs assessment', { do: 'needs.show' }),
      ],
    }
  }
  const hand = sound ? [go('Hand it in for peer review', { do: 'activity.submit' }, true)] : []
  const said = state === 'returned' && last ? returned(last) : []
  return {
    ...card,
    blocks: afterBanner(card.blocks, said),
    buttons: [...hand, ...(sound ? buttons.map(plainly) : buttons), ...history, file],
  }
}

/** What happened to it stands before what it is: the plan is long. */
const afterBanner = ([banner, ...rest]: readonly Block[], said: readonly Block[]): Block[] => [
  banner!,
  ...said,
  ...rest,
]

/** Without the last block, which tells what to mend, or that there is nothing. */
const planOf = ({ blocks }: Card): Block[] => {
  const mend = blocks.findIndex((block) => block.kind === 'heading' && block.text === 'To mend')
  return blocks.slice(0, mend === -1 ? -1 : mend)
}
const plainly = ({ style: _, ...button }: Button): Button => button as Button

function returned({ rating }: HandedIn): Block[] {
  return [
    { kind: 'text', text: t`${strong('Sent back.')} Mend what the reviewers name, then hand it in again.` },
    ...commentsOf(rating)
      .slice(0, 2)
      .map((said): Block => ({ kind: 'quote', text: t`${cut(said, 300)}`, by: 'the reviewers', keep: 1 })),
  ]
}

/** What keeps a mock activity from being handed in, with the button to it. */
export function notYetCard(findings: readonly Finding[], activity: MockActivity, rules: readonly ReviewRule[]): Card {
  const card = activityCard(activity, findings, rules, press)
  const { id, title } = formOfActivityField(findings[0]?.field ?? 'title')
  const count = findings.length === 1 ? 'One thing stands' : `${findings.length} things stand`
  return {
    ...card,
    title: 'MOCK: not handed in yet',
    blocks: [
      mockBanner,
      { kind: 'text', text: t`${count} in the way of peer review; a reviewer would send it back for that.` },
      ...card.blocks.slice(card.blocks.length - planLeft(card)),
    ],
    buttons: [
      go(`Continue: ${title}`, { do: 'activity.form', form: id }, true),
      go('Back to the mock activity', { do: 'activity.show' }),
    ],
  }
}
const planLeft = (card: Card): number => card.blocks.length - planOf(card).length

/** What waits for review in this community, the longest waiting first. */
export function queueCard(waiting: readonly HandedIn[]): Card {
  const shown = waiting.slice(0, 12)
  const rest = waiting.length - shown.length
  if (waiting.length === 0)
    return {
      title: 'No mock activity waits for review',
      blocks: [{ kind: 'text', text: t`When a member hands one in, it shows here.` }],
      buttons: [go('What can I do next?', { do: 'home' }, true)],
    }
  return {
    title: waiting.length === 1 ? 'One mock activity waits for review' : `${waiting.length} mock activities wait`,
    blocks: [
      {
        kind: 'list',
        ordered: true,
        items: shown.map(
          ({ author, activity, at }): Text =>
            t`${strong(cut(author, 60))}: MOCK: ${cut(titleOf(activity), 80)}, handed in ${when(at, 'day')}`,
        ),
      },
      ...(rest > 0 ? [{ kind: 'text' as const, text: t`And ${rest} more after these.` }] : []),
    ],
    buttons: shown.map(({ id, author }, i) =>
      go(`${i + 1}. ${cut(author, 50)}`, { do: 'reviews.open', review: id }, i === 0),
    ),
    footer: INFORMS,
  }
}

/** One handing in for its reviewers: the plan in short, what is rated, and the next form of the rubric. */
export function handedInCard(handed: HandedIn, rubric: readonly Criterion[]): Card {
  const { id, activity, rating, decision } = handed
  const plan = planOf(activityCard(activity, [], [], press))
  const open = unrated(rubric, rating)
  const forms = rubricForms(rubric, id, rating)
  const next = forms.findIndex(({ fields }) => fields.some(({ name }) => open.some((one) => one.id === name)))
  const comments = commentsOf(rating).length
  return {
    title: `MOCK: ${titleOf(activity)}`,
    blocks: [
      plan[0]!,
      {
        kind: 'text',
        text: t`${decision ? t`${strong(DECIDED[decision])} ` : []}By ${strong(cut(handed.author, 60))}, handed in ${when(handed.at, 'day')}.`,
      },
      ...plan.slice(1),
      { kind: 'heading', text: 'Review' },
      { kind: 'facts', facts: ratingFacts(rubric, handed) },
    ],
    buttons: [
      ...(decision
        ? []
        : forms.map(({ title }, i) => go(title, { do: 'reviews.form', review: id, part: i + 1 }, i === next))),
      go('Planning file', { do: 'reviews.file', review: id }),
      ...(!decision && open.length === 0 ? [go('Approve', { do: 'reviews.approve', review: id }, true)] : []),
      ...(!decision && comments > 0 ? [go('Send back', { do: 'reviews.return', review: id })] : []),
      go('All that wait', { do: 'reviews' }),
    ],
    footer: INFORMS,
  }
}

const DECIDED = { approved: 'Approved.', returned: 'Sent back.', withdrawn: 'Taken back by its author.' } as const

function ratingFacts(rubric: readonly Criterion[], { rating }: HandedIn): { name: string; value: Text }[] {
  const comments = commentsOf(rating).length
  return [
    ...rubric.map(({ id, name, levels }) => ({
      name,
      value: t`${levels.find((level) => level.points === rating.scores[id])?.name ?? 'not rated yet'}`,
    })),
    ...(unrated(rubric, rating).length === 0 ? [{ name: 'Together', value: t`${pointsInWords(rubric, rating)}` }] : []),
    { name: 'Comments', value: t`${comments === 0 ? 'none yet; sending it back needs one' : comments}` },
  ]
}

/** Every handing in with its decision and comments, the latest first. */
export function historyCard(history: readonly HandedIn[], rubric: readonly Criterion[]): Card {
  const shown = history.slice(0, 4)
  const rest = history.length - shown.length
  return {
    title: 'MOCK: reviews so far',
    blocks: [
      mockBanner,
      ...shown.flatMap((handed): Block[] => [
        {
          kind: 'text',
          text: t`${strong(stand(handed))} Handed in ${when(handed.at, 'day')}. ${scoreOf(handed, rubric)}`,
        },
        ...(handed.decision && handed.decision !== 'withdrawn' ? commentsOf(handed.rating) : [])
          .slice(0, 2)
          .map((said): Block => ({ kind: 'quote', text: t`${cut(said, 350)}`, by: 'the reviewers' })),
      ]),
      ...(rest > 0 ? [{ kind: 'text' as const, text: t`And ${rest} before; the planning file has them all.` }] : []),
    ],
    buttons: [go('The mock activity', { do: 'activity.show' }, true), go('Planning file', { do: 'activity.file' })],
    footer: INFORMS,
  }
}

const stand = ({ decision }: HandedIn): string => (decision ? DECIDED[decision] : 'Waits for review.')
const scoreOf = ({ decision, rating }: HandedIn, rubric: readonly Criterion[]): string =>
  (decision === 'approved' || decision === 'returned') && unrated(rubric, rating).length === 0
    ? `${pointsInWords(rubric, rating)}.`
    : ''

/** The note to the author once her activity was decided on. */
export const decidedCard = (activity: MockActivity, decision: 'approved' | 'returned'): Card => ({
  title: decision === 'approved' ? 'MOCK: approved in peer review' : 'MOCK: sent back with comments',
  blocks: [
    {
      kind: 'text',
      text:
        decision === 'approved'
          ? t`${strong(titleOf(activity))} was approved by your reviewers. It stays an exercise; the way you planned it is yours to keep.`
          : t`Your reviewers sent ${strong(titleOf(activity))} back. Their comments say what to mend; then hand it in again.`,
    },
  ],
  buttons: [go('The mock activity', { do: 'activity.show' }, true), go('Reviews', { do: 'activity.history' })],
  footer: INFORMS,
})

/** The note to the moderators when something was handed in. */
export const handedInNote = ({ id, author, activity }: Pick<HandedIn, 'id' | 'author' | 'activity'>): Card => ({
  title: 'MOCK activity handed in for peer review',
  blocks: [{ kind: 'text', text: t`${strong(cut(author, 60))}: ${titleOf(activity)}` }],
  buttons: [go('Review it', { do: 'reviews.open', review: id }, true), go('All that wait', { do: 'reviews' })],
  footer: INFORMS,
})
