import {
  type Conference,
  type ConferenceDate,
  closesAt,
  type DateTime,
  type Edition,
  type Face,
  type Follow,
  type FollowScope,
  isDateKind,
  isGoing,
  type Knowledge,
  labelDay,
  overAt,
  type Pending,
  type Policy,
  remindable,
  whenKey,
} from '@cme-commons/core'
import type { ConferenceTable, DateTable, EditionTable, FollowTable, PolicyTable } from '@cme-commons/db'
import { toOf } from '../rows.ts'

/** Lists in a column: `,a,b,`, so that one of them is found by `like`. */
export const listed = (list: readonly string[]): string => (list.length > 0 ? `,${list.join(',')},` : '')
export const listOf = (text: string): string[] => text.split(',').filter(Boolean)

export const leadsText = (leads: readonly number[] | undefined): string =>
  leads === undefined ? '' : leads.length === 0 ? 'none' : leads.join(',')
export const leadsOf = (text: string): number[] | undefined =>
  text === '' ? undefined : text === 'none' ? [] : text.split(',').map(Number)

export const conferenceOf = (row: ConferenceTable): Conference => ({
  id: row.id,
  space: row.space,
  name: row.name,
  short: row.short,
  organiser: row.organiser,
  ...(row.href ? { href: row.href } : {}),
  tracks: listOf(row.tracks),
  region: row.region,
  ...(row.month ? { month: row.month } : {}),
  format: row.format as Conference['format'],
  about: row.about,
  usual: [],
  past: [],
  source: row.source,
  checked: row.checked,
  confidence: 'verified',
})

export const editionOf = (row: EditionTable): Edition => ({
  id: row.id,
  conference: row.conference,
  name: row.name,
  year: row.year,
  space: row.space,
  ...(row.place ? { place: row.place } : {}),
  ...(row.href ? { href: row.href } : {}),
  zone: row.zone,
  status: row.status as Edition['status'],
})

export const dateOf = (row: DateTable): ConferenceDate => ({
  id: row.id,
  ...(row.space ? { space: row.space } : {}),
  ...(row.edition ? { edition: row.edition } : {}),
  conference: row.conference,
  kind: row.kind as ConferenceDate['kind'],
  title: row.title,
  when: JSON.parse(row.moment) as DateTime,
  status: row.status as ConferenceDate['status'],
  source: row.source,
  checked: row.checked,
  ...(row.href ? { href: row.href } : {}),
  ...(row.place ? { place: row.place } : {}),
  sequence: row.sequence,
  changed: row.changed_at,
  ...(row.gone_at ? { gone: row.gone_at } : {}),
})

export const toldOf = ({ told }: Pick<DateTable, 'told'>): Face | undefined =>
  told ? (JSON.parse(told) as Face) : undefined

export const pendingOf = (row: DateTable): Pending => {
  const told = toldOf(row)
  return { known: row.known_at, ...(told ? { told } : {}), fresh: row.fresh === 1, announce: row.announce === 1 }
}

/** A date as it is stored, with what makes it found by index. */
export function rowOf(
  date: ConferenceDate,
  pending: Pending,
  kept: Pick<DateTable, 'made_at' | 'moved_at'>,
): DateTable {
  return {
    id: date.id,
    space: date.space ?? '',
    edition: date.edition ?? null,
    conference: date.conference,
    kind: date.kind,
    title: date.title,
    moment: JSON.stringify(date.when),
    status: date.status,
    source: date.source,
    checked: date.checked,
    href: date.href ?? null,
    place: date.place ?? null,
    sequence: date.sequence,
    made_at: kept.made_at,
    changed_at: date.changed,
    gone_at: date.gone ?? null,
    day: date.kind === 'session' ? null : (labelDay(date) ?? null),
    closes_at: closesAt(date),
    over_at: overAt(date),
    known_at: pending.known,
    moved_at: kept.moved_at,
    told: pending.told ? JSON.stringify(pending.told) : null,
    remind: Number(remindable(date)),
    fresh: Number(pending.fresh),
    announce: Number(pending.announce),
  }
}

export const scopeText = (scope: FollowScope): string =>
  scope === 'all' ? 'all' : 'edition' in scope ? `edition/${scope.edition}` : `conference/${scope.conference}`
export function scopeOf(text: string): FollowScope | undefined {
  const [, kind, id] = /^(edition|conference)\/(\S+)$/.exec(text) ?? []
  if (text === 'all') return 'all'
  return kind && id ? (kind === 'edition' ? { edition: id } : { conference: id }) : undefined
}

export const quietText = (quiet: Follow['quiet']): string | null => (quiet ? `${quiet.from}-${quiet.to}` : null)

/** Quiet hours as a column has them, `20:00-07:00`. */
export function quietOfText(text: string | null): Pick<Follow, 'quiet'> {
  const [from, to] = text?.split('-') ?? []
  return from && to ? { quiet: { from, to } } : {}
}

export function followOf(row: FollowTable): Follow {
  const days = leadsOf(row.days)
  const minutes = leadsOf(row.minutes)
  return {
    id: row.id,
    space: row.space,
    to: toOf(row.address),
    scope: scopeOf(row.scope) ?? 'all',
    kinds: listOf(row.kinds).filter(isDateKind),
    tracks: listOf(row.tracks),
    ...(days ? { days } : {}),
    ...(minutes ? { minutes } : {}),
    ...(row.answer && isGoing(row.answer) ? { answer: row.answer } : {}),
    zone: row.zone,
    ...quietOfText(row.quiet),
  }
}

export const policyOf = ({ kind, leads, since }: PolicyTable): Policy => ({
  kind: kind as Policy['kind'],
  leads: leadsOf(leads) ?? [],
  since,
})

/** The key of everything that is promised to an address about a date. */
export const keyUnder = (date: string, space: string, address: string): string =>
  `conference/${date}/${space}/${address}/`

/** A reminder's key: once for a date as it stands, a lead and an address. */
export const reminderKey = (
  date: Pick<ConferenceDate, 'id' | 'kind' | 'when'>,
  lead: string,
  to: { space: string; address: string },
): string => `${keyUnder(date.id, to.space, to.address)}${whenKey(date)}/${lead}`

/** The tracks of a date, by its conference; none where nobody knows. */
export const tracksOfDate = (
  { conference }: Pick<ConferenceDate, 'conference'>,
  content: Knowledge,
  own: readonly Conference[] = [],
): readonly string[] =>
  [...content.conferences.catalog, ...content.conferences.deadlines, ...own].find(({ id }) => id === conference)
    ?.tracks ?? []
