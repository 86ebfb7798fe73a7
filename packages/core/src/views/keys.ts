import type { Button, Card } from '../card.ts'
import type { Form } from '../form.ts'
import { KEY_DAYS, KEY_FORM } from '../people/keys.ts'
import { code, cut, strong, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/** A key to the API that holds; `by` is who made it. */
export type ApiKey = { id: string; scopes: string; by: string; made: Instant; expires: Instant; used?: Instant }

const MOST = 15
const make: Button = { label: 'Make a key', style: 'primary', act: { do: 'keys.form' } }

/** The keys of a space that hold, the latest first; never a secret. */
export function keysCard(keys: readonly ApiKey[], says?: string): Card {
  const shown = keys.slice(0, MOST)
  const rest = keys.length - shown.length
  return {
    title: 'Keys to the API',
    blocks: [
      ...(says ? [{ kind: 'text' as const, text: t`${strong(says)}` }] : []),
      {
        kind: 'text',
        text: t`A key lets a program of yours read, or change, what moderators of this community may. Whoever has it may do the same: end one that was seen by others.`,
      },
      shown.length > 0
        ? {
            kind: 'list',
            items: shown.map(
              ({ id, scopes, by, made, expires, used }) =>
                t`${strong(id)}: ${scopes}, made by ${cut(by, 60)} ${when(made, 'day')}, until ${when(expires, 'day')}, ${used ? t`last used ${when(used)}` : 'never used'}`,
            ),
          }
        : { kind: 'text', text: t`There is none.` },
      ...(rest > 0
        ? [{ kind: 'text' as const, text: t`And ${rest} more: ask your operator to end those that nobody uses.` }]
        : []),
    ],
    buttons: [
      make,
      ...shown.map(({ id }) => ({
        label: `End ${id}`,
        style: 'danger' as const,
        act: { do: 'keys.end' as const, key: id },
      })),
    ],
  }
}

/** What a new key opens, and for how long. */
export const keyForm = (): Form => ({
  id: KEY_FORM,
  title: 'Make a key',
  submit: 'Make it',
  fields: [
    {
      name: 'scope',
      label: 'What it opens',
      kind: 'one',
      value: 'read',
      options: [
        { value: 'read', label: 'Read', hint: 'What everybody may read: news, words, conferences' },
        { value: 'moderate', label: 'Moderate', hint: 'What moderators see and do, members’ progress too' },
      ],
    },
    { name: 'days', label: 'For how many days', hint: `1 to ${KEY_DAYS}`, kind: 'text', value: '90', max: 3 },
  ],
})

/** The secret, which is shown this once. */
export const keyMadeCard = ({ id, expires }: Pick<ApiKey, 'id' | 'expires'>, secret: string): Card => ({
  title: `The key ${id}`,
  blocks: [
    { kind: 'text', text: t`${code(secret)}` },
    {
      kind: 'text',
      text: t`It is shown only now: put it where your program reads it. It holds until ${when(expires, 'day')}, and is sent as ${code('Authorization: Bearer …')}.`,
    },
  ],
  buttons: [{ label: 'Keys to the API', act: { do: 'keys' } }],
})
