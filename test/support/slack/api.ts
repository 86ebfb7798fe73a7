import { randomUUID } from 'node:crypto'
import { channelApi } from './channels.ts'
import type { Block, State, Team, View } from './server.ts'

export type Answer = { ok: boolean; error?: string; status?: number; [name: string]: unknown }
type Call = { method: string; args: Record<string, unknown>; team: Team | undefined; state: State; socketUrl: string }

const no = (error: string): Answer => ({ ok: false, error })

/** The methods of the Web API that the bot uses, with the errors that they document. */
export function api({ method, args, team, state, socketUrl }: Call): Answer {
  if (method === 'apps.connections.open') return { ok: true, url: socketUrl }
  if (method === 'oauth.v2.access') return oauth(args, state)
  if (!team) return no('invalid_auth')
  const channels = channelApi({ method, args, team, state })
  if (channels) return channels
  switch (method) {
    case 'auth.test':
      return { ok: true, team: team.name, team_id: team.id, user_id: 'UBOT', bot_id: 'B1', url: 'https://example.org/' }
    case 'users.info': {
      const user = team.users.get(String(args.user))
      if (!user) return no('user_not_found')
      const profile = { display_name: user.name }
      const { name, tz, admin = false, of } = user
      const from = of ? { team_id: of, is_stranger: false } : { team_id: team.id }
      return { ok: true, user: { id: args.user, name, tz, is_admin: admin, profile, ...from } }
    }
    case 'conversations.open':
      return team.users.has(String(args.users))
        ? { ok: true, channel: { id: `D${String(args.users)}` } }
        : no('user_not_found')
    case 'conversations.info': {
      const channel = team.channels.get(String(args.channel))
      const scope = channel?.private ? 'groups:read' : 'channels:read'
      if (!team.scopes.includes(scope)) return { ...no('missing_scope'), needed: scope }
      if (!channel) return no('channel_not_found')
      return {
        ok: true,
        channel: {
          id: args.channel,
          name: channel.name,
          is_archived: channel.archived ?? false,
          is_member: channel.member ?? false,
        },
      }
    }
    case 'chat.postMessage':
    case 'chat.postEphemeral':
      return postMessage(method, args, team, state)
    case 'conversations.history':
    case 'conversations.replies':
      return history(method, args, team, state)
    case 'views.open':
    case 'views.push':
      return keepView({ ...(args.view as View), id: `V${randomUUID()}` }, state)
    case 'views.update': {
      const before = state.views.get(String(args.view_id))
      if (!before) return no('not_found')
      return keepView({ ...(args.view as View), id: before.id }, state)
    }
    case 'views.publish': {
      const key = `${team.id}/${String(args.user_id)}`
      const before = state.homes.get(key)
      if (args.hash && before && before.hash !== args.hash) return no('hash_conflict')
      const view = { ...(args.view as View), id: before?.id ?? `V${randomUUID()}`, hash: randomUUID() }
      const wrong = wrongBlocks(view.blocks)
      if (wrong) return no(wrong)
      state.homes.set(key, view)
      return { ok: true, view }
    }
    default:
      return no('unknown_method')
  }
}

function postMessage(method: string, args: Record<string, unknown>, team: Team, state: State): Answer {
  const channel = String(args.channel).replace(/^U/, 'DU')
  const known = team.channels.get(channel)
  if (!known && !channel.startsWith('D')) return no('channel_not_found')
  if (known?.archived) return no('is_archived')
  if (known && known.member === false) return no('not_in_channel')
  if (!args.text && !args.blocks) return no('no_text')
  const blocks = (args.blocks ?? []) as Block[]
  const wrong = wrongBlocks(blocks)
  if (wrong) return no(wrong)
  const ts = state.stamp()
  state.messages.push({
    team: team.id,
    channel,
    ts,
    user: 'UBOT',
    text: String(args.text ?? ''),
    blocks,
    ...(args.thread_ts ? { thread_ts: String(args.thread_ts) } : {}),
    ...(args.metadata ? { metadata: args.metadata as never } : {}),
    ...(args.client_msg_id ? { client_msg_id: String(args.client_msg_id) } : {}),
    ...(method === 'chat.postEphemeral' ? { to: String(args.user) } : {}),
    unfurl_links: args.unfurl_links === true || args.unfurl_links === 'true',
  })
  return { ok: true, channel, ts, message_ts: ts }
}

function history(method: string, args: Record<string, unknown>, team: Team, state: State): Answer {
  const channel = String(args.channel)
  const known = team.channels.get(channel)
  const scope = channel.startsWith('D') ? 'im:history' : known?.private ? 'groups:history' : 'channels:history'
  if (!team.scopes.includes(scope)) return { ...no('missing_scope'), needed: scope }
  const there = state.messages.filter((one) => one.team === team.id && one.channel === channel && !one.to)
  const messages =
    method === 'conversations.replies'
      ? there.filter((one) => one.ts === args.ts || one.thread_ts === args.ts)
      : there.filter((one) => !one.thread_ts).reverse()
  const begin = Number(args.cursor ?? 0)
  const end = begin + Math.min(Number(args.limit ?? 100), state.page ?? 999)
  const more = end < messages.length ? { response_metadata: { next_cursor: String(end) } } : {}
  return { ok: true, messages: messages.slice(begin, end), ...more }
}

function keepView(view: View, state: State): Answer {
  const wrong = wrongBlocks(view.blocks, 100)
  if (wrong) return no(wrong)
  const kept = { ...view, hash: randomUUID() }
  state.views.set(view.id, kept)
  return { ok: true, view: kept }
}

/** The few rules that every message and view has to keep; `slack-limits` holds them all. */
function wrongBlocks(blocks: Block[] | undefined, most = 50): string | undefined {
  if (!Array.isArray(blocks)) return 'invalid_arguments'
  if (blocks.length > most) return 'invalid_blocks'
  const ids = blocks.flatMap((block) => ((block.elements ?? []) as { action_id?: string }[]).map((e) => e.action_id))
  const given = ids.filter((id) => id !== undefined)
  return new Set(given).size === given.length ? undefined : 'invalid_blocks'
}

function oauth(args: Record<string, unknown>, state: State): Answer {
  if (args.grant_type === 'refresh_token') {
    const team = [...state.teams.values()].find((one) => `xoxe-${one.id}-${one.token}` === args.refresh_token)
    if (!team) return no('invalid_refresh_token')
    team.token = `xoxe.xoxb-${team.id}-${randomUUID().slice(0, 8)}`
    return granted(team, { refresh_token: `xoxe-${team.id}-${team.token}`, expires_in: 43_200 })
  }
  const code = state.codes.get(String(args.code))
  if (!code) return no('invalid_code')
  state.codes.delete(String(args.code))
  if (args.redirect_uri !== code.redirect) return no('bad_redirect_uri')
  return granted(state.teams.get(code.team)!, { authed_user: { id: code.user } })
}

const granted = (team: Team, more: object): Answer => ({
  ok: true,
  access_token: team.token,
  token_type: 'bot',
  scope: team.scopes.join(','),
  bot_user_id: 'UBOT',
  app_id: 'A1',
  team: { id: team.id, name: team.name },
  enterprise: null,
  is_enterprise_install: false,
  ...more,
})
