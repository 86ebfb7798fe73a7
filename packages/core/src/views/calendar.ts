import type { Button, Card } from '../card.ts'
import { code, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/** What a person may know of calendars here: her own address by when it was made and last read, and that of the community if it is open. */
export type CalendarState = { made?: Instant; used?: Instant; open?: string; moderator: boolean; says?: string }

const dates: Button = { label: 'My dates', act: { do: 'dates' } }
const fresh = (label: string): Button => ({ label, style: 'primary', act: { do: 'calendar.new' } })

/** How calendar programs read what is kept here. */
export function calendarCard({ made, used, open, moderator, says }: CalendarState): Card {
  const own: Text = made
    ? t`Your own address was made ${when(made, 'day')} and ${used ? t`last read ${when(used, 'ago')}` : t`has not been read yet`}. It is shown only when it is made: lost, or seen by somebody else? Make a new one, and the old one ends.`
    : t`Make an address of your own, and your calendar program shows the dates that you follow and keeps up with them: what moves there moves, what is called off shows as cancelled.`
  return {
    title: 'Dates in your calendar',
    blocks: [
      ...(says ? [{ kind: 'text' as const, text: t`${says}` }] : []),
      { kind: 'text', text: own },
      ...(open
        ? [{ kind: 'text' as const, text: t`Every date of this community is open to everybody at ${code(open)}.` }]
        : moderator
          ? [
              {
                kind: 'text' as const,
                text: t`The calendar of this community is closed: only members see its dates. Open it, and everybody can read every date that is entered here: by its address, and on the public pages.`,
              },
            ]
          : []),
    ],
    buttons: [
      fresh(made ? 'Make a new address' : 'Make my address'),
      ...(made ? [{ label: 'End my address', style: 'danger' as const, act: { do: 'calendar.end' as const } }] : []),
      dates,
      ...(moderator
        ? [
            open
              ? { label: 'Close the community’s calendar', act: { do: 'calendar.close' as const } }
              : { label: 'Open the community’s calendar', act: { do: 'calendar.open' as const } },
          ]
        : []),
    ],
  }
}

/** The address, which is shown this once. `replaced` when it ended another one. */
export function calendarAddressCard(address: string, replaced: boolean): Card {
  return {
    title: 'Your calendar’s address',
    blocks: [
      {
        kind: 'text',
        text: t`Subscribe to it in your calendar program (“add from URL”, “new subscription”); do not import it as a file, or it stays as it is today.`,
      },
      { kind: 'text', text: t`${code(address)}` },
      {
        kind: 'text',
        text: t`Apple’s and Outlook’s calendars also take ${code(address.replace(/^https?:/, 'webcal:'))}`,
      },
      {
        kind: 'list',
        items: [
          ...(replaced ? [t`The address before this one has ended: take that calendar out of your program.`] : []),
          t`Whoever has the address can read what you follow, so keep it to yourself. Your name is not in it.`,
          t`Add ${code('?alarms=own')} behind it, and it rings when you are reminded; ${code('?kinds=abstracts,grant')} shows some kinds alone.`,
        ],
      },
    ],
    buttons: [
      { label: 'My dates', style: 'primary', act: { do: 'dates' } },
      { label: 'About calendars', act: { do: 'calendar' } },
    ],
  }
}
