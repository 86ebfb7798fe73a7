import type { Actor, Edge } from '@cme-commons/core'
import type { WebClient } from '@slack/web-api'
import { classify } from '../errors.ts'
import { type From, isDirect } from './payload.ts'

/** What Slack tells about a person, kept for a day. */
type Known = { name?: string; zone?: string; locale?: string; admin: boolean; at: string }

const DAY = 24 * 3_600_000
const PATIENCE = 800

export type Who = (client: WebClient, from: From) => Promise<Actor>

/**
 * Who acts. Name, zone and whether she administers the workspace come from `users.info`; while Slack is slow she is not kept waiting:
 * what is not known yet is told the next time.
 */
export function whoIs(edge: Edge): Who {
  const asking = new Map<string, Promise<Known | undefined>>()
  const kept = new Map<string, Known>()

  async function known(client: WebClient, from: From): Promise<Known | undefined> {
    const key = `user/${from.team}/${from.user}`
    const found = kept.get(key) ?? parsed(await edge.recall(key))
    if (found) keep(key, found)
    if (found && Date.now() - Date.parse(found.at) < DAY) return found
    const answer = asking.get(key) ?? ask(client, from, key)
    asking.set(key, answer)
    return found ?? within(answer)
  }
  async function ask(client: WebClient, { team, user }: From, key: string): Promise<Known | undefined> {
    try {
      const { user: told } = await client.users.info({ user, include_locale: true })
      const name = told?.profile?.display_name || told?.profile?.real_name || told?.real_name || told?.name
      const now: Known = {
        ...(name ? { name } : {}),
        ...(told?.tz ? { zone: told.tz } : {}),
        ...(told?.locale ? { locale: told.locale } : {}),
        admin: Boolean(told?.is_admin || told?.is_owner) && belongs(told, team),
        at: new Date().toISOString(),
      }
      keep(key, now)
      await edge.remember(key, JSON.stringify(now), { space: team, user })
      return now
    } catch (error) {
      edge.log.debug({ code: classify(error).code }, 'a person could not be looked up')
      return undefined
    } finally {
      asking.delete(key)
    }
  }
  function keep(key: string, value: Known): void {
    if (kept.size >= 10_000) kept.clear()
    kept.set(key, value)
  }

  return async (client, from) => {
    const told = await known(client, from)
    const name = told?.name ?? from.name
    return {
      space: from.team,
      user: from.user,
      moderator: told?.admin ?? false,
      ...(name ? { name } : {}),
      ...(told?.zone ? { zone: told.zone } : {}),
      ...(told?.locale ? { locale: told.locale } : {}),
      ...(from.channel && !isDirect(from.channel) ? { channel: from.channel } : {}),
    }
  }
}

/** Whether somebody administers a workspace at this moment, as Slack says when it is asked; nothing while it does not answer. */
export async function moderatesNow(
  client: WebClient,
  { space, user }: { space: string; user: string },
): Promise<boolean | undefined> {
  try {
    const { user: told } = await client.users.info({ user })
    if (!told) return undefined
    return !told.deleted && Boolean(told.is_admin || told.is_owner) && belongs(told, space)
  } catch (error) {
    return /^(?:user_not_found|user_not_visible|account_inactive)$/.test(String(classify(error).code))
      ? false
      : undefined
  }
}

type Told = { team_id?: string; is_stranger?: boolean; enterprise_user?: { teams?: string[] } }

/** Who comes from another organisation through a shared channel may administer hers, and not this one. */
const belongs = (told: Told | undefined, team: string): boolean =>
  told?.is_stranger !== true &&
  (!told?.team_id || told.team_id === team || (told.enterprise_user?.teams?.includes(team) ?? false))

const parsed = (text: string | undefined): Known | undefined => (text === undefined ? undefined : JSON.parse(text))

async function within<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE)
  })
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
