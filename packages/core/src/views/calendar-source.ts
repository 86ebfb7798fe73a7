import type { Block, Card } from '../card.ts'
import type { ImportProposal } from '../conferences/calendar-import.ts'
import type { Edition } from '../conferences/conference.ts'
import { writtenWhen } from '../conferences/parse-when.ts'
import { KIND_NAMES } from '../conferences/words.ts'
import { code, cut, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'

/** A calendar that is followed for an edition, as far as moderators care. */
export type FollowedCalendar = {
  id: string
  url: string
  read?: Instant
  trouble?: string
  /** Something in it waits to be taken. */
  waits: boolean
}

const LINES = 12
const primary = 'primary' as const
const toEdition = (edition: Pick<Edition, 'id' | 'name'>) => ({
  label: cut(edition.name, 38),
  act: { do: 'edition' as const, edition: edition.id },
})

/** The calendars that an edition follows, and how they are. */
export const calendarSourcesCard = (
  edition: Pick<Edition, 'id' | 'name'>,
  calendars: readonly FollowedCalendar[],
  said?: Text,
): Card => ({
  title: cut(`Calendars that ${edition.name} follows`, 150),
  blocks: [
    ...(said ? [{ kind: 'text' as const, text: said }] : []),
    calendars.length > 0
      ? { kind: 'list', items: calendars.map(stateOf) }
      : {
          kind: 'text',
          text: t`None. Where the organiser publishes a calendar, name its address: it is read every day, and you are shown what changed before anything is taken.`,
        },
  ],
  buttons: [
    {
      label: 'Follow a calendar',
      ...(calendars.length === 0 ? { style: primary } : {}),
      act: { do: 'plan.form', form: 'calendar', of: `edition/${edition.id}` },
    },
    ...calendars
      .filter(({ waits }) => waits)
      .slice(0, 5)
      .map(({ id, url }) => ({
        label: cut(`What changed: ${hostIn(url)}`, 38),
        style: primary,
        act: { do: 'calendar.changes' as const, source: id },
      })),
    ...calendars.slice(0, 5).map(({ id, url }) => ({
      label: cut(`Stop following ${hostIn(url)}`, 38),
      act: { do: 'calendar.leave' as const, source: id },
    })),
    toEdition(edition),
  ],
})

const hostIn = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)

const stateOf = ({ url, read, trouble, waits }: FollowedCalendar): Text =>
  trouble
    ? t`${code(cut(url, 200))}: ${strong('it cannot be read.')} ${trouble}`
    : t`${code(cut(url, 200))}: ${read ? t`last read ${when(read, 'ago')}` : t`read within a few minutes`}${waits ? '; what changed waits for you' : ''}.`

/** What a followed calendar would change; nothing is taken before somebody presses. `does` is what it will send and withdraw. */
export const calendarChangesCard = (
  edition: Pick<Edition, 'id' | 'name'>,
  source: { id: string; url: string; key: string },
  { add, change, remove }: ImportProposal,
  does: readonly Text[] = [],
): Card => {
  const lines: Text[] = [
    ...add.map(
      ({ title, kind, when, status }) => t`New: ${writtenWhen(when)} ${title} (${KIND_NAMES[kind]}, ${status})`,
    ),
    ...change.map(({ from, to, what }) =>
      what.includes('when')
        ? t`${to.title}: ${writtenWhen(from.when)} becomes ${writtenWhen(to.when)}`
        : t`${to.title}: another ${what.join(', ')}${what.includes('status') ? ` (${to.status})` : ''}`,
    ),
    ...remove.map(({ taken }) => t`Not in it any more: ${writtenWhen(taken.when)} ${taken.title}`),
  ]
  const more = lines.length - LINES
  const blocks: Block[] = [
    {
      kind: 'text',
      text: t`${code(cut(source.url, 200))} tells something else than what is kept here. Nothing is changed yet.`,
    },
    { kind: 'list', items: [...lines.slice(0, LINES), ...(more > 0 ? [t`and ${String(more)} more`] : [])] },
    ...(does.length > 0
      ? [
          { kind: 'heading' as const, text: 'What taking it does' },
          { kind: 'list' as const, items: does },
        ]
      : []),
  ]
  const { id, key } = source
  return {
    title: cut(`The calendar of ${edition.name} changed`, 150),
    blocks,
    buttons: [
      { label: 'Take it', style: primary, act: { do: 'calendar.take', source: id, key } },
      { label: 'Not this', act: { do: 'calendar.decline', source: id, key } },
      ...(does.length === 0
        ? [{ label: 'What it will do', act: { do: 'calendar.changes' as const, source: id } }]
        : []),
      toEdition(edition),
    ],
  }
}

/** A followed calendar that cannot be read any more, or can again. Moderators are told once of each. */
export const calendarTroubleCard = (edition: Pick<Edition, 'id' | 'name'>, url: string, trouble?: string): Card => ({
  title: cut(trouble ? `A calendar of ${edition.name} cannot be read` : `A calendar of ${edition.name} is back`, 150),
  blocks: [
    {
      kind: 'text',
      text: trouble
        ? t`${code(cut(url, 200))}: ${trouble} It is tried again by itself, at least once a day; what was taken of it stays.`
        : t`${code(cut(url, 200))} answers again.`,
    },
  ],
  buttons: [{ label: 'Its calendars', act: { do: 'calendar.sources', edition: edition.id } }],
})
