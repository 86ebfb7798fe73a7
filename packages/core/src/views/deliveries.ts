import type { Block, Button, Card } from '../card.ts'
import { ATTEMPTS } from '../delivery/backoff.ts'
import type { Effect } from '../delivery/effect.ts'
import { code, cut, em, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/** A delivery as moderators read it. `to` is whom it goes to, in words; `title` is told of what a channel gets, never of what a member gets. */
export type DeliveryStory = {
  key: string
  what: Effect['kind']
  to: string
  title?: string
  state: 'waiting' | 'sending' | 'done' | 'dead' | 'expired' | 'skipped' | 'withdrawn'
  attempts: number
  made: Instant
  due: Instant
  settled?: Instant
  expires?: Instant
  quiet?: string
  trouble?: string
  doubt: boolean
  twice?: 'looked-up' | 'sent-blind'
  /** A restored database holds it back until the operator decides. */
  held?: boolean
  /** Why it cannot be sent again, if it cannot. */
  cannot?: string
  says?: string
}

const WHATS: Record<Effect['kind'], string> = {
  message: 'A message',
  digest: 'A digest',
  role: 'A role of the platform',
  company: 'A welcome or a nudge',
  stalled: 'The moderators’ list of who has stalled',
  reminder: 'A reminder of a date',
  'date-news': 'News about a date',
  'edition-news': 'News about a conference',
  'usual-dates': 'What is usually announced in a month',
  webhook: 'A call of a program',
  'nothing-new': 'Word that nothing is new',
  introduction: 'An introduction',
  'did-you-meet': 'Did you meet?',
  question: 'A question for a channel',
  'question-note': 'Word about a question',
  'question-votes': 'Votes for a question',
  'recap-offer': 'The offer of a recap',
  channel: 'Work on a channel',
}

/** What is sent, in words. */
export const whatIsSent = (kind: string): string => WHATS[kind as Effect['kind']] ?? 'Work on a channel'

const STATES: Record<DeliveryStory['state'], string> = {
  waiting: 'waits',
  sending: 'on its way',
  done: 'arrived',
  dead: 'failed',
  expired: 'too late',
  skipped: 'not wanted any more',
  withdrawn: 'taken back',
}
/** What became of it, in words. */
export const stateInWords = (state: string): string => STATES[state as DeliveryStory['state']] ?? state

function explained(story: DeliveryStory): Text {
  const { state, attempts, due, twice, doubt, held, what, cannot } = story
  if (held) return t`A restored database holds it back until your operator decides: it may have been sent before.`
  if (state === 'waiting' && attempts === 0)
    return t`It goes out ${when(due)}, or as soon after as the platform lets it.`
  if (state === 'waiting')
    return t`${attempts === 1 ? 'One attempt' : `${attempts} attempts`} of ${ATTEMPTS} failed; the next is ${when(due)}.${doubt ? ' The last one ended without an answer, so it is looked up first where the platform allows it.' : ''}`
  if (state === 'sending') return t`It is being sent right now.`
  if (state === 'done')
    return t`The platform took it.${twice === 'sent-blind' ? ' An answer was lost on the way, so it may have arrived twice.' : twice === 'looked-up' ? ' An answer was lost on the way; it was looked up and was there.' : ''}`
  const digest = what === 'digest' && !cannot ? ' Its items come with the next digest, unless you send it again.' : ''
  if (state === 'dead') return t`It did not arrive, and nobody tries again by itself.${digest}`
  if (state === 'expired') return t`Its time passed before it could be sent.${digest}`
  if (state === 'skipped') return t`When its turn came, nobody wanted it any more.`
  return t`It was taken back before it went out.`
}

/** One delivery: what it is, what became of it and why, and what can be done about it. */
export function deliveryCard(story: DeliveryStory): Card {
  const { key, what, to, title, state, attempts, trouble, cannot, says, quiet, expires } = story
  const again = (state === 'dead' || state === 'expired') && !cannot
  const open = state === 'waiting' || state === 'dead' || state === 'expired'
  const buttons: Button[] = [
    ...(again
      ? [{ label: 'Send it again', style: 'primary' as const, act: { do: 'delivery.retry' as const, key } }]
      : []),
    ...(open ? [{ label: 'Drop it', style: 'danger' as const, act: { do: 'delivery.drop' as const, key } }] : []),
    { label: 'Look again', act: { do: 'delivery', key } },
  ]
  const fact = (name: string, value: Text | undefined) => (value ? [{ name, value }] : [])
  const blocks: Block[] = [
    ...(says ? [{ kind: 'text' as const, text: t`${strong(says)}` }] : []),
    { kind: 'text', text: explained(story) },
    ...(trouble ? [{ kind: 'quote' as const, text: t`${cut(trouble, 600)}`, by: 'what was told of it' }] : []),
    ...(cannot && (state === 'dead' || state === 'expired') ? [{ kind: 'text' as const, text: t`${cannot}` }] : []),
    {
      kind: 'facts',
      facts: [
        { name: 'To', value: t`${cut(to, 100)}` },
        ...fact('What', title ? t`${whatIsSent(what)}: ${cut(title, 150)}` : t`${whatIsSent(what)}`),
        { name: 'State', value: t`${stateInWords(state)}` },
        { name: 'Promised', value: t`${when(story.made)}` },
        { name: 'Due', value: t`${when(story.due)}` },
        ...fact('Ended', story.settled ? t`${when(story.settled)}` : undefined),
        ...fact('Attempts', attempts > 0 ? t`${attempts}` : undefined),
        ...fact('Not after', expires ? t`${when(expires)}` : undefined),
        ...fact('Quiet hours', quiet ? t`${quiet}` : undefined),
        { name: 'Key', value: t`${code(cut(key, 160))}` },
      ],
    },
  ]
  return {
    title: cut(`${whatIsSent(what)}, ${stateInWords(state)}`, 150),
    blocks,
    buttons,
    footer: t`${em('Only moderators of this community see this.')}`,
  }
}
