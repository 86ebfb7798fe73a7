import type { Instant } from '@cme-commons/core'
import { nextValues } from './counters.ts'
import type { LinkCodeTable, LinkedTable } from './tables/links.ts'
import type { Read, Tx } from './tx.ts'

/** A person of a space, by the platform's id. */
export type Person = { space: string; user: string }

/** Keeps a code in the place of those that she made before; codes of others that are over are forgotten on the way. */
export async function putCode(
  tx: Tx,
  { space, user }: Person,
  hash: string,
  times: { now: Instant; expires: Instant },
): Promise<void> {
  await tx
    .deleteFrom('link_codes')
    .where((e) => e.or([e('expires_at', '<=', times.now), e.and([e('space', '=', space), e('user_id', '=', user)])]))
    .where((e) => e.or([e('done_at', 'is', null), e('expires_at', '<=', times.now)]))
    .execute()
  const id = `link${await nextValues(tx, 'links')}`
  const empty = { typed_space: null, typed_user: null, done_at: null }
  await tx
    .insertInto('link_codes')
    .values({ id, hash, space, user_id: user, made_at: times.now, expires_at: times.expires, ...empty })
    .execute()
}

/**
 * Takes the code for who typed it, who alone can confirm it until `expires`. Nothing when there is none of this hash, or it is over, or
 * somebody else typed it; her own is answered and stays as it is.
 */
export async function typeCode(
  tx: Tx,
  { space, user }: Person,
  hash: string,
  times: { now: Instant; expires: Instant },
): Promise<LinkCodeTable | undefined> {
  // The update locks the row, so that of two who type it at once one has it.
  const found = await tx
    .updateTable('link_codes')
    .set((e) => ({ hash: e.ref('hash') }))
    .where('hash', '=', hash)
    .where('done_at', 'is', null)
    .where('expires_at', '>', times.now)
    .returningAll()
    .executeTakeFirst()
  if (!found || (found.space === space && found.user_id === user)) return found
  if (found.typed_user !== null) return found.typed_space === space && found.typed_user === user ? found : undefined
  const typed = { typed_space: space, typed_user: user, expires_at: times.expires }
  await tx.updateTable('link_codes').set(typed).where('id', '=', found.id).execute()
  return { ...found, ...typed }
}

const typedBy = ({ space, user }: Person, id: string) => ({ id, typed_space: space, typed_user: user })

/** The code that she typed, and nobody else's to confirm until commit; `done_at` says whether it was. */
export const holdCode = (tx: Tx, person: Person, id: string): Promise<LinkCodeTable | undefined> =>
  tx
    .updateTable('link_codes')
    .set((e) => ({ hash: e.ref('hash') }))
    .where((e) => e.and(typedBy(person, id)))
    .returningAll()
    .executeTakeFirst()

export async function codeDone(tx: Tx, id: string, now: Instant): Promise<void> {
  await tx.updateTable('link_codes').set({ done_at: now }).where('id', '=', id).execute()
}

/** Gives up a code that she typed. */
export async function dropCode(tx: Tx, person: Person, id: string): Promise<void> {
  await tx
    .deleteFrom('link_codes')
    .where((e) => e.and(typedBy(person, id)))
    .where('done_at', 'is', null)
    .execute()
}

/** How many codes that opened nothing she typed since `since`. */
export async function triesSince(db: Read, { space, user }: Person, since: Instant): Promise<number> {
  const { tries } = await db
    .selectFrom('link_tries')
    .select((e) => e.fn.countAll<number | string>().as('tries'))
    .where('space', '=', space)
    .where('user_id', '=', user)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(tries)
}

/** Lets those who type codes take turns until commit, so that tries at the same moment are all counted. */
export const holdTries = (tx: Tx): Promise<number> => nextValues(tx, 'link-tries')

/** Counts a code that opened nothing under the number of `holdTries`; those that are long ago are forgotten. */
export async function addTry(
  tx: Tx,
  { space, user }: Person,
  n: number,
  times: { now: Instant; before: Instant },
): Promise<void> {
  await tx.deleteFrom('link_tries').where('at', '<=', times.before).execute()
  await tx
    .insertInto('link_tries')
    .values({ id: `try${n}`, space, user_id: user, at: times.now })
    .execute()
}

export type LinkedPerson = LinkedTable & { name: string; platform: string }

/** Every identity of a member who has several, with its space; the one that is written to first. */
export const linkedOf = (db: Read, member: string): Promise<LinkedPerson[]> =>
  db
    .selectFrom('linked')
    .innerJoin('spaces', 'spaces.id', 'linked.space')
    .selectAll('linked')
    .select(['spaces.name', 'spaces.platform'])
    .where('member', '=', member)
    .orderBy('linked.home', 'desc')
    .orderBy('linked.space')
    .orderBy('linked.user_id')
    .execute()

/** Where a person is written to: the side that she chose, while the program is in its space, else where she is. */
export async function homeOf(db: Read, person: Person): Promise<Person> {
  const row = await db
    .selectFrom('linked as me')
    .innerJoin('linked as home', 'home.member', 'me.member')
    .innerJoin('spaces', 'spaces.id', 'home.space')
    .select(['home.space', 'home.user_id'])
    .where('me.space', '=', person.space)
    .where('me.user_id', '=', person.user)
    .where('home.home', '=', 1)
    .where('spaces.left_at', 'is', null)
    .executeTakeFirst()
  return row ? { space: row.space, user: row.user_id } : person
}

export async function setHome(tx: Tx, member: string, { space, user }: Person): Promise<void> {
  await tx
    .updateTable('linked')
    .set((e) => ({
      home: e
        .case()
        .when(e.and([e('space', '=', space), e('user_id', '=', user)]))
        .then(1)
        .else(0)
        .end(),
    }))
    .where('member', '=', member)
    .execute()
}

/** Forgets what a clock that was ahead brought. Who was linked meanwhile stays so. */
export async function forgetCodesAfter(tx: Tx, now: Instant): Promise<void> {
  await tx.deleteFrom('link_codes').where('made_at', '>', now).execute()
  await tx.deleteFrom('link_tries').where('at', '>', now).execute()
}

/** Forgets the codes and the tries of a person who is erased. */
export async function forgetCodesOf(tx: Tx, { space, user }: Person): Promise<void> {
  await tx
    .deleteFrom('link_codes')
    .where((e) =>
      e.or([
        e.and([e('space', '=', space), e('user_id', '=', user)]),
        e.and([e('typed_space', '=', space), e('typed_user', '=', user)]),
      ]),
    )
    .execute()
  await tx.deleteFrom('link_tries').where('space', '=', space).where('user_id', '=', user).execute()
}
