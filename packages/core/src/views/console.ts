import type { Button, Card } from '../card.ts'
import { LINK_OPENS } from '../people/console.ts'
import { cut, strong, t, when } from '../text.ts'
import { type Instant, MINUTE } from '../time.ts'

/** A browser in which a moderator is signed in; `browser` in words, as far as it told. */
export type SignedIn = { id: string; since: Instant; seen: Instant; browser: string }

const MOST = 10
const lines = (all: readonly SignedIn[]) =>
  all
    .slice(0, MOST)
    .map(({ browser, since, seen }) => t`${strong(cut(browser, 60))}, since ${when(since)}, last used ${when(seen)}`)
const again: Button = { label: 'A link to sign in', act: { do: 'console' } }

/** The link, which is shown this once, and where she is signed in already. */
export function consoleCard(href: string, signedIn: readonly SignedIn[]): Card {
  return {
    title: 'The moderators’ console',
    blocks: [
      {
        kind: 'text',
        text: t`Whether your community is well served, and what you can put right: sources, suggestions, digests, members, conferences, deliveries.`,
      },
      {
        kind: 'text',
        text: t`The link signs you in. It opens once, within ${LINK_OPENS / MINUTE} minutes, and whoever has it acts as you: pass it on to nobody.`,
      },
      ...(signedIn.length > 0
        ? [
            { kind: 'heading' as const, text: 'Where you are signed in' },
            { kind: 'list' as const, items: lines(signedIn), keep: 1 },
          ]
        : []),
    ],
    buttons: [
      { label: 'Open the console', style: 'primary', href },
      ...(signedIn.length > 0
        ? [{ label: 'Sign out everywhere', style: 'danger' as const, act: { do: 'console.end' as const } }]
        : []),
      { label: 'What I can do here', act: { do: 'home' } },
    ],
  }
}

/** What is left after she signed out everywhere, or (`one`) in a browser that she chose. */
export const consoleEndedCard = (ended: number, one = false): Card => ({
  title:
    ended === 0
      ? one
        ? 'It was signed out already'
        : 'You were not signed in'
      : ended === 1
        ? one
          ? 'That browser is signed out'
          : 'Signed out'
        : `Signed out in ${ended} browsers`,
  blocks: [{ kind: 'text', text: t`Links to sign in that you had not used have ended as well.` }],
  buttons: [again],
})

/** The console needs an address that nobody on the way can read. */
export const consoleNeedsHttpsCard: Card = {
  title: 'The console is not set up yet',
  blocks: [
    {
      kind: 'text',
      text: t`Its address has to begin with https, so that nobody on the way can sign in as you. Ask your operator to set PUBLIC_URL (docs/operating.md).`,
    },
  ],
  buttons: [{ label: 'What can I do next?', act: { do: 'home' } }],
}
