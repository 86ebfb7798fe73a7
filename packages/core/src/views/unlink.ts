import type { Button, Card } from '../card.ts'
import { cut, strong, t } from '../text.ts'
import { type LinkPlace, type LinkWho, named, placeInWords } from './link-words.ts'

const again: Button = { label: 'My links', act: { do: 'link' } }
const button = (label: string) => cut(label, 75)

/** What unlinking will do. With more than two sides only the one she acts on can leave. */
export function unlinkCard(here: LinkWho, others: readonly LinkWho[]): Card {
  const [other] = others
  const pair = others.length === 1 && other !== undefined
  return {
    title: 'Unlink?',
    blocks: [
      { kind: 'text', text: t`You are one member here and in:` },
      { kind: 'list', items: others.map(named) },
      { kind: 'heading', text: 'What this will do' },
      {
        kind: 'list',
        items: [
          pair
            ? t`One side keeps everything: what was there before and what was made while they were linked. You choose which.`
            : t`Everything stays with the others: what was there before and what was made while they were linked. ${named(here)} leaves them.`,
          t`The other one becomes a member of its own again, with the progress, the documents and the digest that it brought. What was handed in there and waits for review goes with it; a copy of the text stays.`,
          t`Roles, suggestions and keys to the API stay with the community that they are of. The other side is told.`,
        ],
      },
      { kind: 'text', text: t`Nothing is changed yet. You can link again with a new code.` },
    ],
    buttons: [
      ...(pair
        ? [
            { label: button('Unlink; keep it here'), act: { do: 'unlink.confirm' as const, keep: 'here' } },
            {
              label: button(`Unlink; keep it in ${placeInWords(other)}`),
              act: { do: 'unlink.confirm' as const, keep: 'there' },
            },
          ]
        : [{ label: 'Leave the others', act: { do: 'unlink.confirm' as const, keep: 'there' } }]),
      { label: 'Stay linked', style: 'primary', act: { do: 'link' } },
    ],
  }
}

export const unlinkedCard = (kept: LinkPlace): Card => ({
  title: 'Unlinked',
  blocks: [
    {
      kind: 'text',
      text: t`What was made while you were linked stays in ${strong(placeInWords(kept))}. The other side has what it had before.`,
    },
  ],
  buttons: [{ label: 'My progress', style: 'primary', act: { do: 'progress' } }, again],
})
