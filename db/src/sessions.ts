import type { Instant } from '@cme-commons/core'
import { nextValues } from './counters.ts'
import type { Person } from './links.ts'
import type { ConsoleLinkTable, ConsoleSessionTable } from './tables/console.ts'
import type { Read, Tx } from './tx.ts'

/** Keeps a link in the place of those that she did not use; those of others that are over are forgotten on the way. */
export async function putConsoleLink(tx: Tx, link: ConsoleLinkTable): Promise<void> {
  await tx
    .deleteFrom('console_links')
    .where((e) =>
      e.or([
        e('expires_at', '<=', link.made_at),
        e.and([e('space', '=', link.space), e('user_id', '=', link.user_id)]),
      ]),
    )
    .execute()
  await tx.insertInto('console_links').values(link).execute()
}

/** The link with this hash while it can be used. The index compares hashes, never secrets, so that time tells nothing of them. */
export const consoleLink = (read: Read, hash: string, now: Instant): Promise<ConsoleLinkTable | undefined> =>
  read.selectFrom('console_links').selectAll().where('hash', '=', hash).where('expires_at', '>', now).executeTakeFirst()

/** Spends a link: of two who use it at once, one gets it. */
export const spendConsoleLink = (tx: Tx, hash: string, now: Instant): Promise<ConsoleLinkTable | undefined> =>
  tx
    .deleteFrom('console_links')
    .where('hash', '=', hash)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()

export async function addConsoleSession(
  tx: Tx,
  session: Omit<ConsoleSessionTable, 'id' | 'before' | 'proven'>,
): Promise<string> {
  const id = `con${await nextValues(tx, 'console')}`
  await tx.deleteFrom('console_sessions').where('expires_at', '<=', session.made_at).execute()
  await tx
    .insertInto('console_sessions')
    .values({ id, before: null, proven: 0, ...session })
    .execute()
  return id
}

/** The session whose secret, or the one before it, has this hash. */
export const consoleSession = (read: Read, hash: string): Promise<ConsoleSessionTable | undefined> =>
  read
    .selectFrom('console_sessions')
    .selectAll()
    .where((e) => e.or([e('hash', '=', hash), e('before', '=', hash)]))
    .executeTakeFirst()

/** Changes a session whose secret is still the one with this hash; false when somebody was faster. */
export async function changeConsoleSession(
  tx: Tx,
  { id, hash }: Pick<ConsoleSessionTable, 'id' | 'hash'>,
  change: Partial<Pick<ConsoleSessionTable, 'hash' | 'before' | 'proven' | 'seen_at' | 'turned_at'>>,
): Promise<boolean> {
  const done = await tx
    .updateTable('console_sessions')
    .set(change)
    .where('id', '=', id)
    .where('hash', '=', hash)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Where a person is signed in, the last used first; what is over is left out. */
export const consoleSessionsOf = (
  read: Read,
  { space, user }: Person,
  since: { now: Instant; idle: Instant },
): Promise<ConsoleSessionTable[]> =>
  read
    .selectFrom('console_sessions')
    .selectAll()
    .where('space', '=', space)
    .where('user_id', '=', user)
    .where('expires_at', '>', since.now)
    .where('seen_at', '>', since.idle)
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute()

/** Every session that is kept of a person, also one that is over. */
export const allConsoleSessions = (read: Read, { space, user }: Person): Promise<ConsoleSessionTable[]> =>
  read
    .selectFrom('console_sessions')
    .selectAll()
    .where('space', '=', space)
    .where('user_id', '=', user)
    .orderBy('made_at')
    .execute()

/** Signs a person out where she was let in by what her platform said. */
export async function endByPlatform(tx: Tx, { space, user }: Person): Promise<void> {
  await tx
    .deleteFrom('console_sessions')
    .where('space', '=', space)
    .where('user_id', '=', user)
    .where('platform', '=', 1)
    .execute()
}

/** Signs a person out, in one browser or in all, and ends the links that she did not use; answers of how many browsers. */
export async function endConsole(tx: Tx, { space, user }: Person, session?: string): Promise<number> {
  await tx.deleteFrom('console_links').where('space', '=', space).where('user_id', '=', user).execute()
  const ended = await tx
    .deleteFrom('console_sessions')
    .where('space', '=', space)
    .where('user_id', '=', user)
    .$if(session !== undefined, (query) => query.where('id', '=', session!))
    .executeTakeFirst()
  return Number(ended.numDeletedRows)
}

/** Signs everybody out of the console of a space. */
export async function closeConsole(tx: Tx, space: string): Promise<void> {
  await tx.deleteFrom('console_links').where('space', '=', space).execute()
  await tx.deleteFrom('console_sessions').where('space', '=', space).execute()
}
