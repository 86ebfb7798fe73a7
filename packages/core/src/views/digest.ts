import type { Block, Button, Card } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { asksOn, inParts, judge } from '../news/digest.ts'
import type { Item } from '../news/item.ts'
import { scheduleInWords } from '../people/schedule.ts'
import type { Filter, Subscription } from '../people/subscription.ts'
import { cut, em, strong, type Text, t } from '../text.ts'
import { type Day, dayIn, type Instant } from '../time.ts'
import { cueOf, dayInWords, itemBlock, reasonOf } from './item.ts'
import { bodyLetters, filterFacts, topicName, trackName } from './names.ts'

/** A kept digest: which items, in the order shown, for which filter; `page` is its permanent address. */
export type Digest = {
  id: string
  filter: Filter
  items: readonly string[]
  at: Instant
  page?: string
  /** The number of the last item that its reader was told before: what is pinned comes again. */
  since?: number
}

const PARTS = {
  pinned: 'Pinned by the moderators',
  action: 'Needs action first',
  standards: 'Standards and criteria',
  rest: 'Also new',
} as const

/** The digest as a card: the first `filter.max` of its items in three parts, the others counted and one press away. `items` may be the first of many. */
export function digestCard(digest: Digest, items: readonly Item[], knowledge: Knowledge, to?: Subscription): Card {
  const shown = items.slice(0, digest.filter.max)
  const left = digest.items.length - shown.length
  const rest: Button = { label: `Show ${left} more`, act: { do: 'digest.rest', digest: digest.id, from: shown.length } }
  return {
    title: `CME standards news, ${dayInWords(dayIn(digest.at, to?.schedule.zone ?? 'UTC'))}`,
    blocks: [
      { kind: 'text', text: opening(items, digest, knowledge) },
      ...partBlocks(shown, knowledge, digest.at.slice(0, 10)),
    ],
    buttons: [...(left > 0 ? [rest] : []), ...aboutButtons(digest, to)],
    ...(left > 0 ? { more: rest } : {}),
    footer: digest.page
      ? t`${left > 0 ? `And ${left} more. ` : ''}${{ link: 'Read this digest on its own page', href: digest.page }}. ${INFORMS}`
      : t`${INFORMS}`,
  }
}

/** Said under every digest: we tell what others published, and decide nothing. */
const INFORMS = 'News for information; confirm requirements with your accreditor.'

/** In a channel everybody may ask why; what only moderators may change stands behind that. */
function aboutButtons(digest: Digest, to?: Subscription): Button[] {
  if (!to) return []
  const shared = 'channel' in to.to
  return [
    {
      label: shared ? 'Why these items?' : 'Why did I get this?',
      act: { do: 'digest.why', digest: digest.id, subscription: to.id },
    },
    ...(shared ? [] : changeButtons(digest, to)),
  ]
}

const changeButtons = (digest: Digest, to: Subscription): Button[] => [
  { label: 'Less of this', act: { do: 'digest.less', digest: digest.id, subscription: to.id } },
  { label: 'Snooze', act: { do: 'digest.snooze', subscription: to.id } },
]

const list = new Intl.ListFormat('en-GB')

function opening(items: readonly Item[], digest: Digest, knowledge: Knowledge): Text {
  const action = items.filter((item) => asksOn(item, digest.at.slice(0, 10))).length
  const whom = list.format(digest.filter.tracks.map((track) => trackName(knowledge, track)))
  const again = items.filter((item) => item.pinned && item.seq <= (digest.since ?? 0)).length
  const fresh = digest.items.length - again
  const count = fresh === 1 ? '1 new item' : `${fresh} new items`
  return t`${strong(count)}${whom && ` for ${whom}`}${action > 0 ? `; ${action === 1 ? 'one needs' : `${action} need`} action` : ''}.`
}

/** Items under their part's heading as of `today`, in the order given. */
export function partBlocks(items: readonly Item[], knowledge: Knowledge, today: Day): Block[] {
  let keep = 0
  return inParts(items, knowledge, today).flatMap(({ part, items }) => [
    { kind: 'heading' as const, text: PARTS[part] },
    ...items.map((item) => itemBlock(item, knowledge, ++keep)),
  ])
}

/** What did not fit into a digest, `filter.max` items at a time. */
export function restCard(digest: Digest, items: readonly Item[], from: number, knowledge: Knowledge): Card {
  const shown = items.slice(from, from + digest.filter.max)
  const left = items.length - from - shown.length
  return {
    title: `Items ${from + 1} to ${from + shown.length} of ${items.length}`,
    blocks: partBlocks(shown, knowledge, digest.at.slice(0, 10)),
    buttons:
      left > 0
        ? [{ label: `Show ${left} more`, act: { do: 'digest.rest', digest: digest.id, from: from + shown.length } }]
        : [],
  }
}

/**
 * Why this reader got this digest: her order, and for each item what matched it and which words gave it its topic and its date. `theirs`:
 * she may change it, as moderators may for a channel.
 */
export function whyCard(
  digest: Digest,
  items: readonly Item[],
  knowledge: Knowledge,
  to: Subscription,
  theirs = true,
): Card {
  const shared = 'channel' in to.to
  const reasons = items.slice(0, digest.filter.max).map((item) => {
    const verdict = judge(digest.filter, item)
    const matches =
      verdict.through && verdict.because.length > 0
        ? `matches ${list.format(verdict.because.map(plainLabel(knowledge)))}`
        : 'nothing is filtered out'
    const date = item.why.find(({ label }) => label === 'date')
    return t`${strong(cut(item.title, 90))}: ${matches}. ${reasonOf(item, knowledge)}.${date ? ` Date: ${cueOf(date)}.` : ''}${item.pinned ? ' Pinned by the moderators.' : ''}`
  })
  return {
    title: shared ? 'Why these items?' : 'Why did I get this?',
    blocks: [
      {
        kind: 'text',
        text: t`This digest comes ${scheduleInWords(to.schedule)}, with what is new and matches this:`,
      },
      { kind: 'facts', facts: filterFacts(knowledge, digest.filter) },
      { kind: 'list', items: reasons },
    ],
    buttons: theirs
      ? [
          { label: 'Change what is in it', act: { do: 'digest.what', subscription: to.id } },
          ...changeButtons(digest, to).slice(0, shared ? 2 : 1),
        ]
      : [{ label: 'My own digest', act: { do: 'digest' } }],
  }
}

const plainLabel =
  (knowledge: Knowledge) =>
  (because: string): string => {
    const [kind = '', id = ''] = because.split(' ')
    const list = { topic: knowledge.topics, region: knowledge.regions, track: knowledge.tracks }[kind] ?? []
    if (kind === 'body') return `the body ${bodyLetters(knowledge, id)}`
    return `the ${kind} ${list.find((entry) => entry.id === id)?.name ?? id}`
  }

/** Asks which of a digest's topics there should be less of: one press mutes a topic. */
export function lessCard(items: readonly Item[], knowledge: Knowledge, to: Subscription): Card {
  const topics = [...new Set(items.map((item) => item.topic))].filter((topic) => !to.filter.muted.includes(topic))
  return {
    title: 'Less of what?',
    blocks: [
      {
        kind: 'text',
        text: t`Press a topic to leave it out of your digest from now on. You can take it back under ${em('Change what is in it')}.`,
      },
    ],
    buttons: [
      ...topics.slice(0, 4).map(
        (topic): Button => ({
          label: cut(topicName(knowledge, topic), 60),
          act: { do: 'digest.mute', topic, subscription: to.id },
        }),
      ),
      { label: 'Change what is in it', act: { do: 'digest.what', subscription: to.id } },
    ],
  }
}
