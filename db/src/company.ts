import { DAY, HOUR, type Instant, plus } from '@cme-commons/core'
import { sql } from 'kysely'
import type { CompanyTable } from './tables/company.ts'
import type { Read, Tx } from './tx.ts'

/** Who is met: a member in a space, with her zone where it is known. */
export type Met = { member: string; space: string; user: string; zone: string | null }

const fresh = ({ member, space, user, zone }: Met, now: Instant): CompanyTable => ({
  member,
  space,
  address: `user:${user}`,
  clock: zone ?? `space/${space}`,
  since: now,
  begun_at: null,
  welcomed_at: null,
  did_at: null,
  nudged_at: null,
  snoozed_until: null,
  stopped_at: null,
})

export const companyOf = (db: Read, member: string): Promise<CompanyTable | undefined> =>
  db.selectFrom('company').selectAll().where('member', '=', member).executeTakeFirst()

/** Notes the first contact with somebody; `welcomed` when the answer to it welcomes her. The first time counts for each. */
export async function meet(tx: Tx, met: Met, now: Instant, welcomed = false): Promise<void> {
  await tx
    .insertInto('company')
    .values({ ...fresh(met, now), welcomed_at: welcomed ? now : null })
    .onConflict((c) =>
      welcomed
        ? c.column('member').doUpdateSet({ welcomed_at: now }).where('company.welcomed_at', 'is', null)
        : c.column('member').doNothing(),
    )
    .execute()
}

/** Notes that somebody begins her pathway: day 0 is now, in the space where she does it. The first time counts. */
export async function beginCompany(tx: Tx, who: Omit<Met, 'zone'>, now: Instant): Promise<void> {
  const met = { ...who, zone: null }
  const { space, address, clock: ofSpace } = fresh(met, now)
  const clock = sql<string>`coalesce((select zone from members where id = ${who.member}), cast(${ofSpace} as text))`
  const begun = { since: now, begun_at: now, did_at: null, nudged_at: null, snoozed_until: null }
  await tx
    .insertInto('company')
    .values({ ...fresh(met, now), clock, begun_at: now, welcomed_at: now })
    .onConflict((c) =>
      c
        .column('member')
        .doUpdateSet((e) => ({
          ...begun,
          space,
          address,
          clock,
          welcomed_at: e.fn.coalesce('company.welcomed_at', e.val(now)),
        }))
        .where('company.begun_at', 'is', null),
    )
    .execute()
}

/** Notes that a member did something; only the first time since day 0, or since her snooze, is kept. */
export async function noteDeed(tx: Tx, member: string, now: Instant): Promise<void> {
  await tx
    .updateTable('company')
    .set({ did_at: now })
    .where('member', '=', member)
    .where('did_at', 'is', null)
    .execute()
}

/** Lets her clock be that of her zone, now that it is known. */
export async function setClock(tx: Tx, member: string, zone: string): Promise<void> {
  await tx.updateTable('company').set({ clock: zone }).where('member', '=', member).execute()
}

/** Changes where a member is kept company. */
export async function changeCompany(
  tx: Tx,
  member: string,
  change: Pick<CompanyTable, 'space' | 'address' | 'clock'>,
): Promise<void> {
  await tx.updateTable('company').set(change).where('member', '=', member).execute()
}

/** Asks again at `until`, if nothing is done from now on. */
export async function snoozeNudges(tx: Tx, member: string, until: Instant): Promise<void> {
  await tx
    .updateTable('company')
    .set({ snoozed_until: until, did_at: null, nudged_at: null, stopped_at: null })
    .where('member', '=', member)
    .execute()
}

/** Stops every nudge, or takes that back; the first stop counts. Whoever was never met is noted, so that it holds. */
export async function stopNudges(tx: Tx, met: Met, now: Instant, stopped: boolean): Promise<void> {
  await meet(tx, met, now, true)
  await tx
    .updateTable('company')
    .set({ stopped_at: stopped ? now : null })
    .where('member', '=', met.member)
    .where('stopped_at', stopped ? 'is' : 'is not', null)
    .execute()
}

/** Undoes what a clock that was ahead brought; whoever began ahead of time is back at her first contact. */
export async function forgetCompanyAfter(tx: Tx, now: Instant): Promise<void> {
  const met = sql<Instant>`coalesce(
    case when welcomed_at <= ${now} then welcomed_at end,
    (select made_at from members where members.id = company.member and members.made_at <= ${now}))`
  const chosen = sql<Instant | null>`case when exists (
      select 1 from members where members.id = company.member and members.track is not null
    ) then ${met} end`
  await tx.deleteFrom('company').where('since', '>', now).where(sql<boolean>`${met} is null`).execute()
  await tx
    .updateTable('company')
    .set({ since: met, begun_at: null, did_at: chosen, snoozed_until: null })
    .where('since', '>', now)
    .execute()
  // A snooze ends at ten in the morning after seven days: one that ends later than that was begun ahead of time.
  await tx
    .updateTable('company')
    .set({ snoozed_until: null })
    .where('snoozed_until', '>', plus(now, 7 * DAY + 11 * HOUR))
    .execute()
  for (const fact of ['welcomed_at', 'did_at', 'nudged_at', 'stopped_at'] as const)
    await tx
      .updateTable('company')
      .set({ [fact]: null })
      .where(fact, '>', now)
      .execute()
}
