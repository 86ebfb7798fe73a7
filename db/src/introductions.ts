import type { Instant } from '@cme-commons/core'
import type { IntroducedTable, IntroductionTable } from './tables/conference-people.ts'
import type { Read, Tx } from './tx.ts'

/** Joins introductions at an edition, or changes what is shown; the day she joined stays. */
export async function putIntroduction(tx: Tx, row: Omit<IntroductionTable, 'closed_at'>): Promise<void> {
  const { edition, member, at, ...rest } = row
  await tx
    .insertInto('introductions')
    .values({ ...row, closed_at: null })
    .onConflict((c) => c.columns(['edition', 'member']).doUpdateSet({ ...rest, closed_at: null }))
    .execute()
}

/** Her own opt-in, while it holds. */
export const introductionOf = (db: Read, edition: string, member: string): Promise<IntroductionTable | undefined> =>
  db
    .selectFrom('introductions')
    .selectAll()
    .where('edition', '=', edition)
    .where('member', '=', member)
    .where('closed_at', 'is', null)
    .executeTakeFirst()

/** Deletes what she filled in; who was introduced to whom stays, so that nobody is introduced twice. */
export async function dropIntroduction(tx: Tx, edition: string, member: string): Promise<boolean> {
  const done = await tx
    .deleteFrom('introductions')
    .where('edition', '=', edition)
    .where('member', '=', member)
    .executeTakeFirst()
  return done.numDeletedRows > 0n
}

export type Willing = IntroductionTable & { track: string | null; zone: string | null }

/** Everybody who wants to be introduced at an edition, with the track, by id. */
export const introductionsAt = (db: Read, edition: string): Promise<Willing[]> =>
  db
    .selectFrom('introductions')
    .innerJoin('members', 'members.id', 'introductions.member')
    .selectAll('introductions')
    .select(['members.track', 'members.zone'])
    .where('introductions.edition', '=', edition)
    .where('introductions.closed_at', 'is', null)
    .orderBy('introductions.member')
    .execute()

/** An edition at which somebody wants to be introduced, with how many do and the days of its meeting that are known (`moment` as JSON). */
export type Introducing = { edition: string; space: string; zone: string; people: number; moments: string[] }

/** Every edition at which somebody wants to be introduced, and that is not cancelled: few, in one question. */
export async function editionsIntroducing(db: Read): Promise<Introducing[]> {
  const rows = await db
    .selectFrom((e) =>
      e
        .selectFrom('introductions')
        .select((i) => ['edition as of', i.fn.countAll<number | string>().as('people')])
        .where('closed_at', 'is', null)
        .groupBy('edition')
        .as('willing'),
    )
    .innerJoin('editions', 'editions.id', 'willing.of')
    .innerJoin('spaces', 'spaces.id', 'editions.space')
    .leftJoin('conference_dates', (join) =>
      join
        .onRef('conference_dates.edition', '=', 'willing.of')
        .on('conference_dates.kind', '=', 'event')
        .on('conference_dates.remind', '=', 1),
    )
    .select(['willing.of', 'willing.people', 'editions.space', 'editions.zone', 'conference_dates.moment'])
    .where('editions.status', '=', 'planned')
    .where('spaces.left_at', 'is', null)
    .orderBy('willing.of')
    .execute()
  return [...Map.groupBy(rows, ({ of }) => of)].map(([edition, some]) => ({
    edition,
    space: some[0]!.space,
    zone: some[0]!.zone,
    people: Number(some[0]!.people),
    moments: some.flatMap(({ moment }) => (moment === null ? [] : [moment])),
  }))
}

/** Ends introductions at an edition whose meeting is long over. */
export async function closeIntroductions(tx: Tx, edition: string, now: Instant): Promise<void> {
  await tx
    .updateTable('introductions')
    .set({ closed_at: now })
    .where('edition', '=', edition)
    .where('closed_at', 'is', null)
    .execute()
}

/** Notes that a round is held: false when it was before, by this process or another. */
export async function beginRound(
  tx: Tx,
  row: { edition: string; space: string; round: string; at: Instant },
): Promise<boolean> {
  const done = await tx
    .insertInto('introduction_rounds')
    .values({ ...row, people: 0 })
    .onConflict((c) => c.columns(['edition', 'round']).doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Notes how many a round has placed. */
export async function roundHeld(tx: Tx, edition: string, round: string, people: number): Promise<void> {
  await tx
    .updateTable('introduction_rounds')
    .set({ people })
    .where('edition', '=', edition)
    .where('round', '=', round)
    .execute()
}

/** The rounds of an edition that were held, in order. */
export const roundsHeld = (db: Read, edition: string) =>
  db
    .selectFrom('introduction_rounds')
    .selectAll()
    .where('edition', '=', edition)
    .orderBy('at')
    .orderBy('round')
    .execute()

export async function addIntroduced(
  tx: Tx,
  rows: readonly Omit<IntroducedTable, 'answer' | 'answered_at'>[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += 100)
    await tx
      .insertInto('introduced')
      .values(rows.slice(i, i + 100).map((row) => ({ ...row, answer: null, answered_at: null })))
      .execute()
}

/** Every introduction of an edition, in the order of time. */
export const introducedAt = (db: Read, edition: string): Promise<IntroducedTable[]> =>
  db
    .selectFrom('introduced')
    .selectAll()
    .where('edition', '=', edition)
    .orderBy('at')
    .orderBy('round')
    .orderBy('party')
    .orderBy('member')
    .execute()

/** One round of an edition. */
export const introducedIn = (db: Read, edition: string, round: string): Promise<IntroducedTable[]> =>
  db
    .selectFrom('introduced')
    .selectAll()
    .where('edition', '=', edition)
    .where('round', '=', round)
    .orderBy('member')
    .execute()

/** Keeps what she answered to "did you meet?"; false when she was not introduced in this round. */
export async function answerMet(
  tx: Tx,
  {
    edition,
    round,
    member,
    answer,
    now,
  }: { edition: string; round: string; member: string; answer: string; now: Instant },
): Promise<boolean> {
  const done = await tx
    .updateTable('introduced')
    .set({ answer, answered_at: now })
    .where('edition', '=', edition)
    .where('round', '=', round)
    .where('member', '=', member)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Everything of a member's own about meeting people, in whatever space. */
export const meetingsOf = async (db: Read, member: string) => ({
  introductions: await db
    .selectFrom('introductions')
    .selectAll()
    .where('member', '=', member)
    .orderBy('at')
    .orderBy('edition')
    .execute(),
  introduced: await db
    .selectFrom('introduced')
    .selectAll()
    .where('member', '=', member)
    .orderBy('at')
    .orderBy('edition')
    .execute(),
})

/** The platform's ids of members in a space, by member: of who has several there, the one that is written to. */
export async function usersIn(db: Read, space: string, members: readonly string[]): Promise<Map<string, string>> {
  if (members.length === 0) return new Map()
  const rows = await db
    .selectFrom('identities')
    .leftJoin('linked', (join) =>
      join.onRef('linked.space', '=', 'identities.space').onRef('linked.user_id', '=', 'identities.user'),
    )
    .select(['identities.member', 'identities.user'])
    .where('identities.space', '=', space)
    .where('identities.member', 'in', members)
    .orderBy('linked.home')
    .orderBy('identities.user', 'desc')
    .execute()
  return new Map(rows.map(({ member, user }) => [member, user]))
}

/** The quiet hours that members of a space set for what they follow of an edition, by address: `20:00-07:00 America/Chicago`. */
export async function quietAtEdition(db: Read, space: string, edition: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('follows')
    .select(['address', 'quiet', 'zone'])
    .where('scope', '=', `edition/${edition}`)
    .where('space', '=', space)
    .where('quiet', 'is not', null)
    .execute()
  return new Map(rows.map(({ address, quiet, zone }) => [address, `${quiet} ${zone}`]))
}
