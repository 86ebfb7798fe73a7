import type { Button, Card } from '../card.ts'
import type { ConferenceDate, DateKind } from '../conferences/conference.ts'
import { KIND_NAMES } from '../conferences/words.ts'
import { cut, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/** What a moderators' change will do, before it is saved: what it is, what it sends, moves and withdraws. `again` opens the form anew. */
export const planPreviewCard = (
  lines: { what: readonly Text[]; does: readonly Text[] },
  draft: string,
  again?: { form: string; of?: string },
  said?: Text,
): Card => ({
  title: 'What this will do',
  blocks: [
    ...(said ? [{ kind: 'text' as const, text: said }] : []),
    { kind: 'list', items: lines.what },
    ...(lines.does.length > 0 ? [{ kind: 'list' as const, items: lines.does }] : []),
    { kind: 'text', text: t`Nothing is changed yet.` },
  ],
  buttons: [
    { label: 'Save', style: 'primary', act: { do: 'plan.save', draft } },
    ...(again ? [{ label: 'Change', act: { do: 'plan.form' as const, ...again, draft } }] : []),
    { label: 'Leave it as it is', act: { do: 'conferences' } },
  ],
})

/** What is wrong with what a moderator filled in, field by field or line by line; `instead` is the date that is to be changed in its place. */
export const planWrongCard = (
  wrong: readonly string[],
  again: { form: string; of?: string },
  instead?: Pick<ConferenceDate, 'id' | 'title'>,
): Card => ({
  title: 'Nothing is changed yet',
  blocks: [
    { kind: 'list', items: wrong.slice(0, 15).map((say) => t`${cut(say, 200)}`) },
    ...(wrong.length > 15 ? [{ kind: 'text' as const, text: t`And ${String(wrong.length - 15)} more.` }] : []),
  ],
  buttons: [
    ...(instead ? [changeButton(instead)] : []),
    { label: 'Try again', ...(instead ? {} : { style: 'primary' }), act: { do: 'plan.form', ...again } },
    { label: 'Conferences', act: { do: 'conferences' } },
  ],
})

/** Opens the form of a date that is there. */
export const changeButton = ({ id, title }: Pick<ConferenceDate, 'id' | 'title'>): Button => ({
  label: cut(`Change: ${title}`, 75),
  style: 'primary',
  act: { do: 'plan.form', form: 'date', of: `date/${id}` },
})

/** After something was saved, and where to go from there. */
export const planSavedCard = (said: Text, edition?: { id: string; name: string }, conference?: string): Card => ({
  title: 'Saved',
  blocks: [{ kind: 'text', text: said }],
  buttons: [
    ...(edition
      ? [
          {
            label: cut(edition.name, 75),
            style: 'primary' as const,
            act: { do: 'edition' as const, edition: edition.id },
          },
        ]
      : []),
    ...(edition
      ? [{ label: 'Add a date', act: { do: 'plan.form' as const, form: 'date', of: `edition/${edition.id}` } }]
      : []),
    ...(conference ? [{ label: 'The conference', act: { do: 'conference' as const, conference } }] : []),
    { label: 'Conferences', act: { do: 'conferences' } },
  ],
})

/** One change as it is kept. `by` is a name, or what else it was. */
export type PlanChange = { at: Instant; by: string; says: Text }

/** Who changed what about conferences, the latest first. */
export const planLogCard = (lines: readonly PlanChange[]): Card => ({
  title: 'Who changed what',
  blocks:
    lines.length > 0
      ? [{ kind: 'list', items: lines.map(({ at, by, says }) => t`${when(at)}, ${strong(cut(by, 60))}: ${says}`) }]
      : [{ kind: 'text', text: t`Nothing was changed yet.` }],
  buttons: [{ label: 'Conferences', style: 'primary', act: { do: 'conferences' } }],
})

/** How long before each kind of date this space reminds; who chose for herself is not touched by it. */
export const policiesCard = (
  leads: readonly { kind: DateKind; leads: readonly number[]; own: boolean }[],
  said?: Text,
): Card => ({
  title: 'Reminders here',
  blocks: [
    ...(said ? [{ kind: 'text' as const, text: said }] : []),
    {
      kind: 'facts',
      facts: leads.map(({ kind, leads, own }) => ({
        name: KIND_NAMES[kind],
        value: t`${leads.length > 0 ? `${leads.join(', ')} ${kind === 'session' ? 'minutes' : 'days'} before` : 'not reminded'}${own ? '' : ' (as nobody said otherwise)'}`,
      })),
    },
    {
      kind: 'text',
      text: t`They come at 09:00 of the reader’s own day. Members and channels can choose others for themselves.`,
    },
  ],
  buttons: [
    ...leads.map(({ kind }) => ({
      label: KIND_NAMES[kind],
      act: { do: 'plan.form' as const, form: 'policy', of: `kind/${kind}` },
    })),
    { label: 'Conferences', style: 'primary', act: { do: 'conferences' } },
  ],
})
