import { planConferences } from '@cme-commons/app'
import { closesAt, type DateTime, type Instant, labelDay, overAt, plus } from '@cme-commons/core'
import { type Db, inTx, migrate, open, putSpace } from '@cme-commons/db'
import { type RawBuilder, sql } from 'kysely'
import { startPostgres } from '../support/postgres.ts'
import { knowledge } from '../support/world.ts'
import { folder, type Measured, seconds } from './measure.ts'

const START = '2026-12-01T00:00:00.000Z'
const DATES = 10_000
const FOLLOWERS = 100_000
const EDITIONS = 1_000
/** So many of the editions have an open channel, of which nothing is due before next year. */
const CHANNELS = 500
const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Europe/London',
  'Europe/Brussels',
  'Europe/Athens',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
  'UTC',
]

/**
 * What a tick costs over 10,000 dates and 100,000 followers: when nothing is due (in any minute, at a minute in which somebody's morning
 * begins, after three days of outage), and when one date is due to its hundred followers against ten of them.
 */
export async function reminderTick(): Promise<Measured[]> {
  const postgres = await startPostgres([])
  try {
    return [...(await measured(`${folder()}/reminders.db`, 'SQLite')), ...(await measured(postgres.url, 'PostgreSQL'))]
  } finally {
    await postgres.stop()
  }
}

async function measured(url: string, where: string): Promise<Measured[]> {
  const db = await open(url)
  try {
    await migrate(db, START)
    await fill(db)
    const plan = (now: Instant) => seconds(() => planConferences(db, now, knowledge, async () => {}))
    await plan('2026-12-10T11:00:00.000Z')
    await plan('2026-12-10T12:00:00.000Z')
    const best = async (from: Instant, step: number, rounds = 9) => {
      let least = Number.POSITIVE_INFINITY
      for (let i = 0; i < rounds; i++) least = Math.min(least, await plan(plus(from, i * step)))
      return least * 1000
    }
    const plainMinute = await best('2026-12-10T12:01:00.000Z', 60_000)
    // 09:00 in Chicago: each lead is looked up, and nothing is due on those days.
    const morning = (await plan('2026-12-10T15:00:00.000Z')) * 1000
    const outage = (await plan('2026-12-13T14:59:00.000Z')) * 1000
    const none = await sent(db)
    if (none !== 0) throw new Error(`${none} reminders where none were due`)
    const one = await dueAt(db, '2026-12-14T08:00:00.000Z', 1)
    const ten = await dueAt(db, '2026-12-15T08:00:00.000Z', 10)
    return [
      {
        what: `${where}: a tick with nothing due, ${DATES} dates, ${FOLLOWERS} followers and ${CHANNELS} open channels (ms)`,
        value: plainMinute,
        atMost: 100,
      },
      { what: `${where}: the same at nine in the morning of a zone (ms)`, value: morning, atMost: 100 },
      { what: `${where}: the same after three days of outage (ms)`, value: outage, atMost: 100 },
      {
        what: `${where}: ten times as much due, times the cost (${one.toFixed(0)} against ${ten.toFixed(0)} ms)`,
        value: ten / one,
        atMost: 20,
      },
    ]
  } finally {
    await db.close()
  }
}

/** Lets so many dates fall due in Brussels at nine, and answers how long the tick takes that sends their reminders, in milliseconds. */
async function dueAt(db: Db, now: Instant, dates: number): Promise<number> {
  const day = plus(now, 7 * 86_400_000).slice(0, 10)
  const before = await sent(db)
  await inTx(db, (tx) =>
    sql`update conference_dates set day = ${day}, moment = ${JSON.stringify({ kind: 'day', day, zone: 'UTC' })}, closes_at = ${plus(`${day}T00:00:00.000Z`, 86_400_000)}
      where id in (select id from conference_dates where edition is not null order by id limit ${dates})`.execute(tx),
  )
  await seconds(() => planConferences(db, plus(now, -60_000), knowledge, async () => {}))
  const least = (await seconds(() => planConferences(db, now, knowledge, async () => {}))) * 1000
  if ((await sent(db)) <= before) throw new Error('nothing was due')
  return least
}

const sent = async (db: Db): Promise<number> => {
  const { count } = await db.read
    .selectFrom('deliveries')
    .select((e) => e.fn.countAll<number | string>().as('count'))
    .where('key', 'like', 'conference/cd%')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Dates from a year ahead, so that none is due; followers of a thousand editions in twelve zones, a tenth with days of their own. */
async function fill(db: Db): Promise<void> {
  await inTx(db, (tx) =>
    putSpace(tx, { id: 'try', platform: 'try', name: 'Try', zone: 'UTC', moderators: null, made_at: START }),
  )
  await inTx(db, (tx) =>
    rows(
      tx,
      sql`insert into editions (id, space, conference, name, year, place, href, zone, status, announce, made_at, changed_at)
    select 'e' || i, 'try', 'c' || i, 'Edition ' || i, 2027, null, null, 'UTC', 'planned', 0, ${START}, ${START} from n`,
      EDITIONS,
    ),
  )
  await inTx(db, async (tx) => {
    for (let i = 0; i < DATES; i++) {
      const day = plus('2027-11-01T00:00:00.000Z', (i % 300) * 86_400_000).slice(0, 10)
      const when: DateTime =
        i % 4 === 0 ? { kind: 'at', at: `${day}T17:00:00.000Z`, zone: 'UTC' } : { kind: 'day', day, zone: 'UTC' }
      const date = { kind: 'abstracts' as const, when }
      await tx
        .insertInto('conference_dates')
        .values({
          id: `cd${String(i).padStart(5, '0')}`,
          space: 'try',
          edition: `e${i % EDITIONS}`,
          conference: `c${i % EDITIONS}`,
          kind: 'abstracts',
          title: 'Abstracts close',
          moment: JSON.stringify(when),
          status: 'confirmed',
          source: 'made up',
          checked: '2026-12-01',
          href: null,
          place: null,
          sequence: 0,
          made_at: START,
          changed_at: START,
          gone_at: null,
          day: labelDay(date) ?? null,
          closes_at: closesAt(date),
          over_at: overAt(date),
          known_at: START,
          moved_at: null,
          told: JSON.stringify({ state: 'on', when }),
          remind: 1,
          fresh: 0,
          announce: 0,
        })
        .execute()
    }
  })
  await inTx(db, (tx) =>
    rows(
      tx,
      sql`insert into conference_channels (id, space, edition, channel, name, topic, mark, with_forum, state, schedule_no, morning, attempt, look_at, made_at, changed_at, opened_at)
        select 'cc' || i, 'try', 'e' || i, 'C' || i, 'edition-' || i, '', 'cme-cc' || i, 0, 'open', 1, 1, 1, '2027-10-01T12:00:00.000Z', ${START}, ${START}, ${START} from n`,
      CHANNELS,
    ),
  )
  const zone = sql.raw(`case i % 12 ${ZONES.map((name, i) => `when ${i} then '${name}'`).join(' ')} end`)
  await inTx(db, (tx) =>
    rows(
      tx,
      sql`insert into follows (id, space, address, member, scope, kinds, tracks, days, minutes, answer, zone, quiet, clock, sessions, muted, made_at, since)
        select 'f' || i, 'try', 'user:u' || i, null, 'edition/e' || (i % ${sql.lit(EDITIONS)}), ',abstracts,hotel,', '', case when i % 10 = 0 then '30,7' else '' end, '', 'going', ${zone}, null,
          ${zone} || ' ' || case when i % 10 = 0 then '30,7' else '' end, 0, 0, ${START}, ${START} from n`,
      FOLLOWERS,
    ),
  )
  if (db.dialect === 'postgres') await sql`analyze`.execute(db.write)
}

async function rows(
  tx: Parameters<Parameters<typeof inTx>[1]>[0],
  insert: RawBuilder<unknown>,
  count: number,
): Promise<void> {
  const series = sql`n(i) as (select 0 union all select i + 1 from n where i + 1 < ${sql.lit(count)})`
  // The insert comes first in the text of both dialects; the series stands in a subquery.
  await sql`with recursive ${series} ${insert}`.execute(tx)
}
