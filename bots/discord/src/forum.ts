import type { REST } from '@discordjs/rest'
import { type APIThreadList, type APIUser, Routes } from 'discord-api-types/v10'
import type { Body } from './render/body.ts'

type Thread = {
  id: string
  parent_id?: string
  owner_id?: string
  name?: string
  thread_metadata?: { create_timestamp?: string }
}
/** A post that shall be in a forum. `doubt`: it may be there already. */
export type Post = { guild: string; forum: string; title: string; body: Body; doubt: boolean }

/** The ledger gives up after nine hours; nothing older can be in doubt. */
const BACK_MS = 12 * 3_600_000

/**
 * Posts in forums, where a message is a thread with a name. A post takes no nonce, so one in doubt is looked for by its name among our own
 * of today. Answers its id, which is that of its first
 * message as well.
 */
export function makeForum(rest: REST) {
  let me: string | undefined

  async function there({ guild, forum, title }: Post): Promise<string | undefined> {
    me ??= ((await rest.get(Routes.user())) as APIUser).id
    const { threads } = (await rest.get(Routes.guildActiveThreads(guild))) as APIThreadList
    return (threads as Thread[]).find(
      (one) => one.parent_id === forum && one.owner_id === me && one.name === nameOf(title) && isYoung(one),
    )?.id
  }

  return async (post: Post): Promise<{ id: string }> => {
    const before = post.doubt ? await there(post) : undefined
    if (before) return { id: before }
    const body = { name: nameOf(post.title), auto_archive_duration: 10_080, message: post.body }
    const { id } = (await rest.post(Routes.threads(post.forum), { body })) as { id: string }
    return { id }
  }
}

const nameOf = (title: string): string => title.trim().slice(0, 100) || 'CME Commons'

function isYoung({ thread_metadata }: Thread): boolean {
  const made = thread_metadata?.create_timestamp
  return made === undefined || Date.now() - Date.parse(made) < BACK_MS
}
