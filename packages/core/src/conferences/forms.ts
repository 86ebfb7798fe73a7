import type { Field, Form, Option } from '../form.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { LIMITS } from '../limits.ts'
import { cut } from '../text.ts'
import {
  type Conference,
  type ConferenceDate,
  DATE_KINDS,
  type DateTime,
  type Edition,
  type Follow,
} from './conference.ts'
import { WHEN_HINT, writtenWhen } from './parse-when.ts'
import { KIND_NAMES, KIND_TITLES, STATUS_NAMES } from './words.ts'

const text = (name: string, label: string, value: string | undefined, more: Partial<Field> = {}): Field =>
  ({ name, label, kind: 'text', max: 200, ...(value ? { value } : {}), ...more }) as Field
const optional = { optional: true }

export const kindOptions = (which: readonly string[] = DATE_KINDS): Option[] =>
  DATE_KINDS.filter((kind) => which.includes(kind)).map((kind) => ({ value: kind, label: KIND_NAMES[kind] }))
const STATUSES: Option[] = (['confirmed', 'tentative', 'typical', 'cancelled', 'postponed'] as const).map((status) => ({
  value: status,
  label: STATUS_NAMES[status],
}))
const SHOW = 'Show what it does'

/** A conference that the content does not have. */
export const conferenceForm = (content: Knowledge, of?: Conference): Form => ({
  id: `plan.conference${of ? `:${of.id}` : ''}`,
  title: 'Conference',
  submit: SHOW,
  fields: [
    text('name', 'Name', of?.name, { hint: 'As its organiser writes it' }),
    text('organiser', 'Organiser', of?.organiser),
    text('href', 'Its page', of?.href, { hint: 'An address that begins with https://' }),
    {
      name: 'tracks',
      label: 'For which tracks',
      kind: 'many',
      optional: true,
      options: content.tracks.map(({ id, name }) => ({ value: id, label: name })),
      ...(of ? { values: of.tracks } : {}),
    },
    {
      name: 'region',
      label: 'Where it belongs',
      kind: 'one',
      options: content.regions.map(({ id, name }) => ({ value: id, label: name })),
      ...(of ? { value: of.region } : {}),
    },
  ],
})

/** An edition; a new one (without an id, if it is a draft) asks for its days as well, so that one form is enough to begin with. */
export const editionForm = (
  conference: Pick<Conference, 'id' | 'short'>,
  zone: string,
  of?: Omit<Edition, 'id'> & { id?: string },
  days?: DateTime,
): Form => ({
  id: `plan.edition:${of?.id ?? conference.id}`,
  title: 'Edition',
  submit: SHOW,
  fields: [
    text('name', 'Name', of?.name ?? conference.short, { hint: 'With the year, for example SACME 2027', max: 80 }),
    text('zone', 'Time zone of the place', of?.zone ?? zone, { hint: 'As in America/Chicago', max: 60 }),
    text('place', 'Place', of?.place, { ...optional, hint: 'City, or “online”' }),
    text('href', 'Its page', of?.href, { ...optional, hint: 'Where the organiser tells the dates' }),
    ...(of?.id
      ? []
      : [
          text('days', 'Days of the meeting', days && writtenWhen(days), {
            ...optional,
            hint: 'If announced: 2027-03-14 to 2027-03-17',
            max: 80,
          }),
        ]),
  ],
})

/** A date of an edition, or a session. */
export function dateForm(edition: Pick<Edition, 'id' | 'name'>, session: boolean, of?: ConferenceDate): Form {
  const when = text('when', 'When', of && writtenWhen(of.when), {
    hint: cut(session ? '2027-03-15 14:00 to 15:00' : WHEN_HINT, LIMITS.field.hint),
    max: 80,
  })
  return {
    id: `plan.${session ? 'session' : 'date'}:${of ? of.id : edition.id}`,
    title: session ? 'Session' : 'Date',
    submit: SHOW,
    fields: [
      ...(session
        ? []
        : [
            {
              name: 'kind',
              label: 'What it is about',
              kind: 'one' as const,
              options: kindOptions(DATE_KINDS.filter((kind) => kind !== 'session')),
              ...(of ? { value: of.kind } : {}),
            },
          ]),
      text('title', 'Title', of && of.title !== KIND_TITLES[of.kind] ? of.title : undefined, {
        ...(session ? {} : optional),
        hint: session ? 'Of the session' : 'Only if the kind does not say it',
        max: 120,
      }),
      when,
      ...(session ? [text('place', 'Room or link', of?.place, optional)] : []),
      { name: 'status', label: 'How sure it is', kind: 'one', options: STATUSES, value: of?.status ?? 'confirmed' },
      text('source', 'Where it is announced', of?.source, {
        hint: 'The address of the page; nobody is to guess',
        max: 300,
      }),
    ],
  }
}

/** Many dates at once, as a table. */
export const importForm = (text?: string): Form => ({
  id: 'plan.import',
  title: 'Dates from a table',
  submit: SHOW,
  fields: [
    {
      name: 'csv',
      label: 'Lines of a CSV file',
      hint: 'First line: conference,edition,kind,title,when,zone,status,source',
      kind: 'paragraph',
      max: LIMITS.field.text,
      ...(text ? { value: text } : {}),
    },
  ],
})

/** The address of an organiser's calendar, which an edition follows from then on. */
export const calendarSourceForm = (edition: Pick<Edition, 'id'>): Form => ({
  id: `plan.calendar:${edition.id}`,
  title: 'A calendar to follow',
  submit: 'Read it',
  fields: [
    text('address', 'Address of the calendar', undefined, {
      hint: 'It begins with https:// or webcal://, and often ends in .ics',
      max: 500,
    }),
  ],
})

/** How long before each kind of date a space reminds, in days; before sessions in minutes. */
export const policyForm = (kind: string, leads: readonly number[]): Form => ({
  id: `plan.policy:${kind}`,
  title: 'Reminders',
  submit: SHOW,
  fields: [
    text('leads', kind === 'session' ? 'Minutes before a session' : 'Days before', leads.join(', '), {
      ...optional,
      hint: 'With commas, the longest first; empty for none',
      max: 60,
    }),
  ],
})

/** A follow: which kinds of date, how long before, when not to be disturbed. */
export const followForm = (
  follow: Follow,
  days: readonly number[],
  minutes: readonly number[],
  scope: string,
): Form => ({
  id: `follow:${'channel' in follow.to ? 'here:' : ''}${scope}`,
  title: 'Reminders',
  submit: 'Save',
  fields: [
    { name: 'kinds', label: 'Remind about', kind: 'many', options: kindOptions(), values: follow.kinds },
    text('days', 'Days before', (follow.days ?? days).join(', '), {
      ...optional,
      hint: 'With commas, for example 30, 7, 1; empty for changes alone',
      max: 60,
    }),
    text('minutes', 'Minutes before a session', (follow.minutes ?? minutes).join(', '), {
      ...optional,
      hint: 'For example 15; empty for none',
      max: 40,
    }),
    text('zone', 'Time zone', follow.zone, { hint: 'As in America/Chicago or Europe/Brussels', max: 60 }),
    text('quiet', 'Quiet hours', follow.quiet ? `${follow.quiet.from}-${follow.quiet.to}` : undefined, {
      ...optional,
      hint: 'As in 20:00-07:00. Without, nothing comes 20:00-08:00',
      max: 20,
    }),
  ],
})
