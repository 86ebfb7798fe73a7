import type { Button, Card } from '../card.ts'
import type { Form } from '../form.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Item } from '../news/item.ts'
import { hostOf } from '../news/link.ts'
import { MOST_OPEN, type Suggestion } from '../news/suggestion.ts'
import { code, cut, link, strong, type Text, t, when } from '../text.ts'
import { reasonOf } from './item.ts'

export const TITLE_MAX = 200
export const WHY_MAX = 600

/** The form in which a page is suggested; `href` is the link it began with. */
export const suggestForm = (href = ''): Form => ({
  id: 'suggest',
  title: 'Suggest for the digest',
  submit: 'Suggest',
  fields: [
    {
      name: 'href',
      label: 'Link',
      hint: 'A page that everybody can open',
      kind: 'text',
      value: href,
      placeholder: 'https://',
      max: 1000,
    },
    { name: 'title', label: 'Title', hint: 'As the page has it', kind: 'text', max: TITLE_MAX },
    {
      name: 'why',
      label: 'Why it matters to colleagues',
      hint: 'For the moderators; not published',
      kind: 'paragraph',
      max: WHY_MAX,
    },
  ],
})

const home: Button = { label: 'What can I do next?', act: { do: 'home' } }
const all: Button = { label: 'All that wait', act: { do: 'suggestions' } }

/** Thanks, and what happens next. */
export const suggestedCard = ({ title, href }: Pick<Suggestion, 'title' | 'href'>): Card => ({
  title: 'Suggested. The moderators decide',
  blocks: [
    { kind: 'text', text: pageOf({ title, href }) },
    { kind: 'text', text: t`You hear what became of it. Approved, it comes with the next digests of this community.` },
  ],
  buttons: [
    { label: 'Latest news', act: { do: 'news' } },
    { label: 'Suggest another', act: { do: 'suggest' } },
  ],
})

const pageOf = ({ title, href }: Pick<Suggestion, 'title' | 'href'>): Text =>
  t`${link(cut(title, 150), href)}\n${hostOf(href)}`

/** The page is in the news: there is nothing to suggest. */
export const alreadyNewsCard = (item: Pick<Item, 'id' | 'title' | 'published'>): Card => ({
  title: 'It is in the news already',
  blocks: [{ kind: 'text', text: t`${strong(cut(item.title, 150))}, ${when(item.published, 'day')}.` }],
  buttons: [
    { label: 'Show it', style: 'primary', act: { do: 'news.item', item: item.id } },
    { label: 'Suggest another', act: { do: 'suggest' } },
  ],
})

/** The page waits for the moderators: somebody, or she herself, was faster. */
export const alreadySuggestedCard = ({ title, href, at }: Pick<Suggestion, 'title' | 'href' | 'at'>): Card => ({
  title: 'It was suggested already',
  blocks: [
    { kind: 'text', text: pageOf({ title, href }) },
    { kind: 'text', text: t`It has waited for the moderators since ${when(at, 'day')}.` },
  ],
  buttons: [{ label: 'Suggest another', act: { do: 'suggest' } }, home],
})

/** She has as many open suggestions as one member may have. */
export const tooManyCard: Card = {
  title: `${MOST_OPEN} of your suggestions wait already`,
  blocks: [
    {
      kind: 'text',
      text: t`Suggest this one when the moderators have decided on one of them; you hear when they have.`,
    },
  ],
  buttons: [{ label: 'Latest news', act: { do: 'news' } }, home],
}

/** What waits in this community, the longest waiting first. */
export function suggestionsCard(waiting: readonly Suggestion[]): Card {
  const shown = waiting.slice(0, 12)
  const rest = waiting.length - shown.length
  if (waiting.length === 0)
    return {
      title: 'No suggestion waits',
      blocks: [{ kind: 'text', text: t`When a member suggests a page with ${code('/cme suggest')}, it shows here.` }],
      buttons: [{ ...home, style: 'primary' }],
    }
  return {
    title: waiting.length === 1 ? 'One suggestion waits' : `${waiting.length} suggestions wait`,
    blocks: [
      {
        kind: 'list',
        ordered: true,
        items: shown.map(
          ({ title, href, by, at }): Text =>
            t`${strong(cut(title, 110))} (${cut(hostOf(href), 40)}), by ${cut(by, 40)}, ${when(at, 'day')}`,
        ),
      },
      ...(rest > 0 ? [{ kind: 'text' as const, text: t`And ${rest} more after these.` }] : []),
    ],
    buttons: shown.map(({ id, title }, i) => ({
      label: `${i + 1}. ${cut(title, 50)}`,
      ...(i === 0 ? { style: 'primary' as const } : {}),
      act: { do: 'suggestions.open' as const, suggestion: id },
    })),
  }
}

/** What an approved suggestion would be labelled as. */
export type WouldBe = Pick<Item, 'topic' | 'body' | 'region' | 'tracks' | 'why'>

/** One suggestion for its moderators, with what its own words would label it as; decided, with what was decided. */
export function suggestionCard(suggestion: Suggestion, knowledge: Knowledge, labels?: WouldBe): Card {
  const { id, title, href, why, by, at, state, reason, item } = suggestion
  const open = state === 'open'
  const decided =
    state === 'approved'
      ? t`${strong('Approved.')} It comes with the next digests.`
      : t`${strong('Declined.')} ${reason ?? ''}`
  return {
    title: cut(title, 150),
    blocks: [
      { kind: 'text', text: t`${link(cut(href, 200), href)}` },
      { kind: 'text', text: t`Suggested by ${strong(cut(by, 60))}, ${when(at, 'day')}.` },
      { kind: 'quote', text: t`${cut(why, WHY_MAX)}`, by: cut(by, 60) },
      ...(open && labels ? [{ kind: 'text' as const, text: t`${reasonOf(labels as Item, knowledge)}` }] : []),
      open
        ? {
            kind: 'text',
            text: t`The program has not looked at the page: open it before you decide. Approved, the link and the title are news for this community alone; who suggested it and why is not shown.`,
          }
        : { kind: 'text', text: decided },
    ],
    buttons: [
      ...(open
        ? [
            {
              label: 'Approve',
              style: 'primary' as const,
              act: { do: 'suggestions.approve' as const, suggestion: id },
            },
            { label: 'Edit and approve', act: { do: 'suggestions.edit' as const, suggestion: id } },
            { label: 'Decline', act: { do: 'suggestions.decline' as const, suggestion: id } },
          ]
        : []),
      ...(item ? [{ label: 'Show the item', act: { do: 'news.item' as const, item } }] : []),
      { label: 'Open the page', href },
      all,
    ],
  }
}

/** Title, summary and topic as they will be published. */
export const approveForm = ({ id, title }: Pick<Suggestion, 'id' | 'title'>, knowledge: Knowledge): Form => ({
  id: `suggestions.edit:${id}`,
  title: 'Edit and approve',
  submit: 'Approve',
  fields: [
    { name: 'title', label: 'Title', kind: 'text', value: title, max: TITLE_MAX },
    {
      name: 'summary',
      label: 'Summary',
      hint: 'One or two sentences of your own, shown under the title',
      kind: 'paragraph',
      optional: true,
      max: WHY_MAX,
    },
    {
      name: 'topic',
      label: 'Topic',
      kind: 'one',
      options: [
        { value: 'auto', label: 'As its words say' },
        ...knowledge.topics
          .filter(({ id }) => id !== 'off-topic')
          .slice(0, 24)
          .map(({ id, name }) => ({ value: id, label: cut(name, 75) })),
      ],
      value: 'auto',
    },
  ],
})

/** Why a suggestion is declined. */
export const declineForm = ({ id }: Pick<Suggestion, 'id'>): Form => ({
  id: `suggestions.decline:${id}`,
  title: 'Decline',
  submit: 'Decline',
  fields: [
    {
      name: 'reason',
      label: 'Why',
      hint: 'The member gets these words',
      kind: 'paragraph',
      max: WHY_MAX,
    },
  ],
})

/** The note to the moderators of a space. */
export const suggestionNote = ({ id, title, href, by }: Pick<Suggestion, 'id' | 'title' | 'href' | 'by'>): Card => ({
  title: 'A page was suggested for the digest',
  blocks: [{ kind: 'text', text: t`${strong(cut(by, 60))}: ${cut(title, 150)} (${hostOf(href)})` }],
  buttons: [{ label: 'Look at it', style: 'primary', act: { do: 'suggestions.open', suggestion: id } }, all],
})

/** The note to the member who suggested a page: what became of it. */
export const suggestionDecidedCard = ({ title, href, state, reason, item }: Suggestion): Card => ({
  title: state === 'approved' ? 'Your suggestion was approved' : 'Your suggestion was not taken up',
  blocks: [
    { kind: 'text', text: pageOf({ title, href }) },
    state === 'approved'
      ? { kind: 'text', text: t`It comes with the next digests of this community. Thank you.` }
      : { kind: 'quote', text: t`${cut(reason ?? '', WHY_MAX)}`, by: 'the moderators' },
  ],
  buttons: [
    ...(item ? [{ label: 'Show it', act: { do: 'news.item' as const, item } }] : []),
    { label: 'Suggest another', act: { do: 'suggest' } },
  ],
})
