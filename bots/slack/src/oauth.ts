import { randomBytes } from 'node:crypto'
import type { Edge } from '@cme-commons/core'
import { makeClient } from './client.ts'
import type { Installs } from './installs.ts'
import { BOT_SCOPES } from './manifest.ts'
import type { SlackSettings } from './settings.ts'

const STATE_MS = 10 * 60_000
const COOKIE = 'cme_slack_state'

/** What became of an installation, for the page that tells the person. */
export type Installed = { ok: true; name: string } | { ok: false; why: string }

/** Installing by the person's own hand: Slack asks her, and sends her back with a code that is good once. */
export type Oauth = {
  /** Sends her to Slack. */
  begin(): Promise<Response>
  /** She comes back. */
  end(request: Request, page: (result: Installed) => Promise<string>): Promise<Response>
}

export function makeOauth(edge: Edge, settings: SlackSettings, installs: Installs): Oauth {
  const back = `${edge.site}/slack/oauth_redirect`
  const secure = edge.site.startsWith('https:') ? '; Secure' : ''

  async function begin(): Promise<Response> {
    const state = randomBytes(24).toString('base64url')
    await edge.remember(`state/${state}`, new Date(Date.now() + STATE_MS).toISOString())
    const to = new URL(settings.authorize)
    to.search = new URLSearchParams({
      client_id: settings.clientId,
      scope: BOT_SCOPES.join(','),
      redirect_uri: back,
      state,
    }).toString()
    return new Response(null, {
      status: 302,
      headers: {
        Location: to.href,
        'Cache-Control': 'no-store',
        'Set-Cookie': `${COOKIE}=${state}; HttpOnly; SameSite=Lax; Path=/slack; Max-Age=${STATE_MS / 1000}${secure}`,
      },
    })
  }

  /** The state is ours, this browser's, younger than ten minutes, and used now. */
  async function known(request: Request, state: string): Promise<boolean> {
    const cookies = request.headers.get('cookie') ?? ''
    if (!/^[\w-]{20,60}$/.test(state) || !cookies.split(/;\s*/).includes(`${COOKIE}=${state}`)) return false
    const until = await edge.recall(`state/${state}`)
    await edge.remember(`state/${state}`, undefined)
    return until !== undefined && until > new Date().toISOString()
  }

  async function install(code: string): Promise<Installed> {
    const answer = await makeClient(settings.api, edge.log).oauth.v2.access({
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      code,
      redirect_uri: back,
    })
    if (answer.is_enterprise_install)
      return {
        ok: false,
        why: 'Install it in each workspace by itself: a whole organisation at once is not supported.',
      }
    const team = answer.team?.id
    if (!team || !answer.access_token) return { ok: false, why: 'Slack gave no token for this workspace.' }
    const name = answer.team?.name ?? team
    await installs.put({
      team,
      name,
      token: answer.access_token,
      botUser: answer.bot_user_id ?? '',
      scopes: (answer.scope ?? '').split(',').filter(Boolean),
      at: new Date().toISOString(),
      ...(answer.refresh_token ? { refresh: answer.refresh_token } : {}),
      ...(answer.expires_in ? { expires: new Date(Date.now() + answer.expires_in * 1000).toISOString() } : {}),
    })
    const installer = answer.authed_user?.id
    const zone = installer && (await zoneOf(answer.access_token, installer))
    await edge.enter({ id: team, name, ...(installer ? { installer } : {}), ...(zone ? { zone } : {}) })
    return { ok: true, name }
  }

  /** The workspace has no time zone of its own; that of who installs it is the likeliest. */
  async function zoneOf(token: string, user: string): Promise<string | undefined> {
    const told = await makeClient(settings.api, edge.log, token)
      .users.info({ user })
      .catch(() => undefined)
    return told?.user?.tz
  }

  async function end(request: Request, page: (result: Installed) => Promise<string>): Promise<Response> {
    const query = new URL(request.url).searchParams
    const result = await outcome(request, query)
    const headers = {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Set-Cookie': `${COOKIE}=; HttpOnly; SameSite=Lax; Path=/slack; Max-Age=0${secure}`,
    }
    return new Response(await page(result), { status: result.ok ? 200 : 400, headers })
  }

  async function outcome(request: Request, query: URLSearchParams): Promise<Installed> {
    if (!(await known(request, query.get('state') ?? '')))
      return { ok: false, why: 'This link is too old, was used already, or was begun in another browser.' }
    if (query.get('error') === 'access_denied') return { ok: false, why: 'The installation was cancelled in Slack.' }
    const code = query.get('code')
    if (!code) return { ok: false, why: 'Slack sent no code.' }
    try {
      return await install(code)
    } catch (error) {
      return {
        ok: false,
        why: `Slack did not accept it; the operator finds it under ${edge.apology(error, 'install')}.`,
      }
    }
  }
  return { begin, end }
}
