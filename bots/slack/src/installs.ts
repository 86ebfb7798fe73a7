import { setTimeout as wait } from 'node:timers/promises'
import type { Edge } from '@cme-commons/core'
import { makeClient } from './client.ts'
import { classify } from './errors.ts'
import type { Own } from './own.ts'
import type { SlackSettings } from './settings.ts'

/** What Slack gave us for one workspace (or for a whole organisation: `team` is its id then). */
export type Install = {
  team: string
  name: string
  token: string
  botUser: string
  scopes: readonly string[]
  /** With token rotation: what the next token is asked with, and when this one ends (ISO). */
  refresh?: string
  expires?: string
  /** When it was installed (ISO). */
  at?: string
}

export type Installs = {
  /** The installation a team's requests are answered with; a token about to end is exchanged first. */
  find(team: string | undefined, enterprise?: string): Promise<Install | undefined>
  put(install: Install): Promise<void>
  drop(team: string): Promise<void>
}

/** Another process may have installed it anew, or taken it out. */
const KEPT_MS = 5_000
const EARLY_MS = 10 * 60_000
const REFRESH_MS = 30_000
const LAST_MS = 30_000
const nameOf = (team: string): string => `install/${team}`

/** Installations, sealed in the database; the workspace of SLACK_BOT_TOKEN, if any, comes from there alone. */
export function makeInstalls(edge: Edge, settings: SlackSettings, own?: Own): Installs {
  const exchanging = new Map<string, Promise<Install>>()
  const kept = new Map<string, { install: Install; until: number }>()
  const resting = new Map<string, number>()

  async function read(team: string, fresh = false): Promise<Install | undefined> {
    const ours = own?.known()
    if (ours?.team === team) return ours
    const known = kept.get(team)
    if (known && !fresh && known.until > performance.now()) return known.install
    const text = settings.clientId ? await edge.sealed.get(nameOf(team)) : undefined
    if (text === undefined) return void kept.delete(team)
    const install = JSON.parse(text) as Install
    kept.set(team, { install, until: performance.now() + KEPT_MS })
    return install
  }
  const left = ({ expires }: Install): number => (expires === undefined ? Infinity : Date.parse(expires) - Date.now())
  const ending = (install: Install): boolean =>
    install.refresh !== undefined &&
    left(install) < EARLY_MS &&
    !(left(install) > LAST_MS && (resting.get(install.team) ?? 0) > performance.now())

  /** A refresh token is good once, so one process at a time exchanges it; the others wait for what it got. */
  function exchanged(install: Install): Promise<Install> {
    const now = exchanging.get(install.team) ?? waitForTurn(install).finally(() => exchanging.delete(install.team))
    exchanging.set(install.team, now)
    return now
  }
  async function waitForTurn(install: Install): Promise<Install> {
    const lease = `refresh/${install.team}`
    for (let tries = 0; tries < REFRESH_MS / 250; tries++) {
      const now = (await read(install.team, true)) ?? install
      if (!ending(now)) return now
      if (await edge.hold(lease, REFRESH_MS)) {
        try {
          const held = (await read(install.team, true)) ?? now
          return ending(held) ? await exchange(held) : held
        } catch (error) {
          // Slack is away: the token that is about to end does until it has ended.
          if (left(now) < LAST_MS) throw error
          resting.set(now.team, performance.now() + REFRESH_MS)
          edge.log.warn({ code: classify(error).code, space: now.team }, 'a Slack token could not be exchanged yet')
          return now
        } finally {
          await edge.letGo(lease)
        }
      }
      await wait(250)
    }
    return install
  }
  async function exchange(install: Install): Promise<Install> {
    const answer = await makeClient(settings.api, edge.log).oauth.v2.access({
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: install.refresh!,
    })
    const fresh = {
      ...install,
      token: answer.access_token ?? install.token,
      refresh: answer.refresh_token ?? install.refresh!,
      expires: new Date(Date.now() + (answer.expires_in ?? 43_200) * 1000).toISOString(),
    }
    await put(fresh)
    return fresh
  }
  async function put(install: Install): Promise<void> {
    kept.set(install.team, { install, until: performance.now() + KEPT_MS })
    await edge.sealed.put(nameOf(install.team), JSON.stringify(install), { space: install.team })
  }
  return {
    async find(team, enterprise) {
      const look = async () => (team && (await read(team))) || (enterprise && (await read(enterprise))) || undefined
      let found = await look()
      if (!found && own?.waiting() && (await own.ask())) found = await look()
      return found && ending(found) ? exchanged(found) : found
    },
    put,
    async drop(team) {
      kept.delete(team)
      if (own?.known()?.team === team) own.forget()
      await edge.sealed.put(nameOf(team), undefined)
    },
  }
}
