import {
  afterChange,
  type ConferenceDate,
  calendarDay,
  dayIn,
  type Edition,
  faceOf,
  KIND_NAMES,
  leadsFor,
  newsOf,
  overAt,
  statusMark,
  strong,
  type Text,
  t,
  whenInWords,
  windowsOf,
} from '@cme-commons/core'
import { countFollowers, countWaiting, type DateTable, findDate, findEdition, findSpace } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { audiencesOf, policyBook } from './audience.ts'
import type { Proposed } from './proposed.ts'
import { dateOf, pendingOf } from './rows.ts'
import type { DateSaid } from './save.ts'

type Lines = { what: Text[]; does: Text[] }

/** What a proposed change is and what it will do: send, move, withdraw. */
export async function previewOf(ctx: Ctx, proposed: Proposed): Promise<Lines> {
  switch (proposed.what) {
    case 'conference':
      return {
        what: [
          t`${proposed.id ? 'Changes' : 'Adds'} the conference ${strong(proposed.said.name)} of ${proposed.said.organiser}.`,
        ],
        does: [t`Nothing is sent. Members of this community find it in the list and can follow it.`],
      }
    case 'edition': {
      const { edition, days } = proposed
      const before = edition.id ? await findEdition(ctx.tx, edition.id) : undefined
      if (before && before.status !== edition.status) return turnLines(edition)
      const what = [
        t`${edition.id ? 'Changes' : 'Adds'} ${strong(edition.name)}${edition.place ? `, ${edition.place}` : ''} (${edition.zone}).`,
      ]
      if (!days) return { what, does: [t`Nothing is sent.`] }
      const lines = await dateLines(ctx, eventDate(edition, days, ctx.now), edition.name)
      return { what: [...what, ...lines.what], does: lines.does }
    }
    case 'date':
      return dateLines(ctx, proposed.date)
    case 'dates':
      return tableLines(ctx, proposed.rows)
    case 'policy': {
      const { kind, leads } = proposed
      const unit = kind === 'session' ? 'minutes' : 'days'
      return {
        what: [
          t`${strong(KIND_NAMES[kind])}: ${leads.length > 0 ? `${leads.join(', ')} ${unit} before` : 'no reminders'}.`,
        ],
        does: [
          t`It holds for reminders that come due from now on, and for those who chose no days of their own. What is moved or cancelled is told all the same.`,
        ],
      }
    }
  }
}

/** A whole edition that is called off, or is on again. */
const turnLines = ({ name, status }: Pick<Edition, 'name' | 'status'>): Lines =>
  status === 'cancelled'
    ? {
        what: [t`${strong(name)} is cancelled, with all its dates and sessions.`],
        does: [
          t`Whoever follows it, or one of its dates, is told once: members and channels.`,
          t`No more reminders of its dates go out, and what waits is taken back. In calendars they show as cancelled.`,
        ],
      }
    : {
        what: [t`${strong(name)} is on again, with the dates that were cancelled with it.`],
        does: [
          t`Whoever follows it, or one of its dates, is told once: members and channels.`,
          t`Reminders of its dates come again.`,
        ],
      }

/** The meeting itself, as an edition's form names its days. */
export const eventDate = (
  edition: Omit<Edition, 'id'> & { id?: string },
  when: ConferenceDate['when'],
  now: string,
): DateSaid => ({
  space: edition.space,
  ...(edition.id ? { edition: edition.id } : {}),
  conference: edition.conference,
  kind: 'event',
  title: 'The meeting',
  when,
  status: 'confirmed',
  source: edition.href ?? '',
  checked: dayIn(now, edition.zone),
  ...(edition.href ? { href: edition.href } : {}),
  ...(edition.place ? { place: edition.place } : {}),
})

/** `12 members and 1 channel`; nothing where nobody follows it yet. */
const readers = ({ members, channels }: { members: number; channels: number }): string =>
  [
    ...(members > 0 ? [`${members} ${members === 1 ? 'member' : 'members'}`] : []),
    ...(channels > 0 ? [`${channels} ${channels === 1 ? 'channel' : 'channels'}`] : []),
  ].join(' and ')

async function dateLines(ctx: Ctx, said: DateSaid, name?: string): Promise<Lines> {
  const row = said.id ? await findDate(ctx.tx, said.id) : undefined
  const title = name ? `${name}: ${said.title}` : said.title
  const mark = statusMark(said.status)
  const before = row && dateOf(row)
  const what = [
    before && JSON.stringify(before.when) !== JSON.stringify(said.when)
      ? t`${strong(title)}: ${whenInWords(before.when)} becomes ${whenInWords(said.when)}${mark}.`
      : t`${strong(title)}: ${whenInWords(said.when)}${said.gone ? ' is taken out' : mark}.`,
  ]
  return { what, does: await whatFollows(ctx, said, row) }
}

async function whatFollows(ctx: Ctx, said: DateSaid, row: DateTable | undefined): Promise<Text[]> {
  const { tx, now } = ctx
  if (overAt(said) <= now) return [t`It is over: nothing is sent.`]
  const face = faceOf(said)
  const waiting = row ? await countWaiting(tx, `conference/${row.id}/`) : 0
  const withdrawn = waiting > 0 ? [t`${String(waiting)} that wait to go out are taken back.`] : []
  if (!face)
    return [
      ...withdrawn,
      t`${said.gone ? 'Nobody is told; in calendars it shows as cancelled.' : 'Nobody is reminded of a typical date.'}`,
    ]
  const to = await readersOf(ctx, said)
  const before = row && dateOf(row)
  const pending = afterChange(before && row && { ...before, ...pendingOf(row) }, { ...said }, now)
  const known = row ? pendingOf(row).told : undefined
  const news = pending.announce && known ? newsOf(known, face) : undefined
  const changed = before !== undefined && news !== undefined
  const told = news
    ? [
        t`${readers(to) ? `${readers(to)} (and whoever was reminded of it) are` : 'Whoever was reminded of it is'} told once that it is ${{ moved: 'moved, with the old and the new date', cancelled: 'cancelled', postponed: 'postponed', 'on-again': 'on again' }[news]}.`,
      ]
    : []
  if (face.state !== 'on') return [...(changed ? withdrawn : []), ...told, t`No more reminders of it go out.`]
  return [...(changed ? withdrawn : []), ...told, ...(await ahead(ctx, said, readers(to), pending.announce))]
}

/** The reminders that will come, by the policy and in the zone of the space. */
async function ahead(ctx: Ctx, said: DateSaid, to: string, announced: boolean): Promise<Text[]> {
  const { tx, now, actor } = ctx
  const zone = (await findSpace(tx, actor.space))?.zone ?? 'UTC'
  const leads = leadsFor(said.kind, {}, await policyBook(tx)(actor.space, said.kind))
  const windows = windowsOf(said, leads, zone)
  const open = windows.find(({ opens, until }) => opens <= now && now < until)
  const next = windows.filter(({ opens }) => opens > now)
  const days = next.map(({ opens }) => calendarDay(dayIn(opens, zone)))
  return [
    ...(open && !announced && to ? [t`One reminder goes out now: to ${to}.`] : []),
    days.length > 0
      ? t`Reminders to ${to || 'whoever follows it by then (nobody yet)'}: ${said.kind === 'session' ? next.map(({ lead }) => `${lead.slice(0, -1)} minutes before`).join(', ') : days.join(', ')}, for those who chose no days of their own.`
      : t`No further reminders.`,
  ]
}

async function readersOf(ctx: Ctx, said: DateSaid): Promise<{ members: number; channels: number }> {
  const all = { members: 0, channels: 0 }
  const about = { edition: said.edition ?? null, conference: said.conference, space: said.space ?? '' }
  for (const audience of audiencesOf(about)) {
    const { members, channels } = await countFollowers(ctx.tx, audience, said.kind)
    all.members += members
    all.channels += channels
  }
  return all
}

const SHOWN = 10

async function tableLines(ctx: Ctx, rows: Extract<Proposed, { what: 'dates' }>['rows']): Promise<Lines> {
  const what: Text[] = []
  const count = { fresh: 0, changed: 0, told: 0 }
  for (const { edition, date } of rows) {
    const row = date.id ? await findDate(ctx.tx, date.id) : undefined
    if (what.length < SHOWN) what.push(...(await dateLines(ctx, date, edition.name)).what)
    if (!row) count.fresh++
    else {
      count.changed++
      const pending = afterChange({ ...dateOf(row), ...pendingOf(row) }, date, ctx.now)
      if (pending.announce && overAt(date) > ctx.now) count.told++
    }
  }
  if (rows.length > SHOWN) what.push(t`and ${String(rows.length - SHOWN)} more`)
  return {
    what,
    does: [
      t`${String(count.fresh)} new, ${String(count.changed)} changed.`,
      ...(count.told > 0 ? [t`Of ${String(count.told)} whoever follows them is told once what became of them.`] : []),
      t`Reminders go by the dates as they are then.`,
    ],
  }
}
