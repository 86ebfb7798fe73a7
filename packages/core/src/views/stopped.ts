import type { Card } from '../card.ts'
import type { Amiss } from '../edge.ts'
import { strong, type Text, t } from '../text.ts'

/** What moderators are told, once, when a platform takes nothing more for an address: what was to go there, why, and how to mend it. */
export const stoppedCard = (where: Text, why: string, subscription: string): Card => ({
  title: 'A digest has stopped',
  blocks: [
    { kind: 'text', text: t`The digest for ${where} could not be delivered, and is paused: ${strong(why)}` },
    { kind: 'text', text: t`Nothing is lost: when it goes on, it brings what has come since.` },
  ],
  buttons: [
    { label: 'It is mended: go on', style: 'primary', act: { do: 'digest.resume', subscription } },
    { label: 'Stop it for good', act: { do: 'digest.stop', subscription } },
  ],
})

/**
 * What who can mend it is told, once, of a channel or role that does not work: why, which settings (by name) have it, and whether a
 * digest went there. What is gone is unset already.
 */
export function amissCard(what: Amiss, settings: readonly string[], digest: boolean): Card {
  const { say, gone } = what
  const where: Text = 'channel' in what ? [{ channel: what.channel }] : [{ role: what.role }]
  const kind = 'channel' in what ? 'channel' : 'role'
  const set = [...new Set(settings.map((name) => SETTINGS[name.split('.')[0] ?? ''] ?? name))]
  return {
    title: gone ? `A ${kind} is gone` : `A ${kind} is closed to the bot`,
    blocks: [
      { kind: 'text', text: t`${where}: ${strong(say)}` },
      ...(set.length > 0
        ? [
            {
              kind: 'text' as const,
              text: gone ? t`It was set for the following, which is unset now:` : t`It is set for:`,
            },
            { kind: 'list' as const, items: set.map((name) => t`${name}`) },
          ]
        : []),
      ...(digest ? [{ kind: 'text' as const, text: t`The digest that came there has ended.` }] : []),
    ],
    buttons: [{ label: 'Settings', style: 'primary', act: { do: 'setup' } }],
  }
}

const SETTINGS: Readonly<Record<string, string>> = {
  news: 'News',
  moderators: 'Notices for moderators; they come to you until you name another channel',
  fallback: 'Closed direct messages',
  moderatorRole: 'Moderators',
  mentorRole: 'Mentors',
  trackChannels: 'Track channels',
  trackRoles: 'Track roles',
}
