import { channelApi } from './channels.ts'
import { BOT_ROLE, guildJson } from './gateway.ts'
import type { Component, Posted, State } from './server.ts'

export type Answer = { status: number; body?: unknown }
type Call = { method: string; path: string; body: Record<string, unknown>; state: State; gatewayUrl: string }

export const ok = (body?: unknown): Answer => ({ status: body === undefined ? 204 : 200, body })
export const no = (status: number, code: number, message: string): Answer => ({ status, body: { code, message } })

/** The routes that the bot uses, with the errors that they document. */
export function api(call: Call): Answer {
  const { method, path, state, body } = call
  const route = `${method} ${path
    .replace(/\/\d{3,}/g, '/:id')
    .replace(/\/interactions\/:id\/[^/]+/, '/interactions/:id/:token')
    .replace(/\/webhooks\/:id\/[^/]+/, '/webhooks/:id/:token')}`
  const ids = path.match(/\d{3,}/g) ?? []
  const [first = '', second = '', third = ''] = ids
  const channels = channelApi(route, ids, body, state)
  if (channels) return channels
  switch (route) {
    case 'GET /gateway/bot':
      return ok({
        url: call.gatewayUrl,
        shards: 1,
        session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
      })
    case 'GET /users/@me':
      return ok({ id: state.application, username: 'cme', discriminator: '0000', bot: true })
    case 'GET /applications/@me':
      return ok({ id: state.application, name: 'CME Commons' })
    case 'POST /users/@me/channels': {
      const user = String(body.recipient_id)
      const id = dmOf(user)
      state.dms.set(id, user)
      return ok({ id, type: 1 })
    }
    case 'POST /channels/:id/messages':
      return message(first, body, state)
    case 'POST /channels/:id/threads':
    case 'POST /channels/:id/messages/:id/threads':
      return thread(first, route.includes('/messages/') ? second : undefined, body, state)
    case 'PUT /channels/:id/thread-members/:id': {
      const found = state.threads.get(first)
      if (!found) return no(404, 10003, 'Unknown Channel')
      if (!state.guilds.get(found.guild)?.members.has(second)) return no(404, 10007, 'Unknown Member')
      if (!found.members.includes(second)) found.members.push(second)
      return ok()
    }
    case 'GET /guilds/:id/threads/active':
      return ok({
        threads: [...state.threads]
          .filter(([, { guild }]) => guild === first)
          .map(([id, { parent, type, name, made }]) => ({
            id,
            type,
            name,
            parent_id: parent,
            owner_id: state.application,
            thread_metadata: { create_timestamp: made },
          })),
        members: [],
      })
    case 'GET /guilds/:id': {
      const guild = state.guilds.get(first)
      return guild ? ok(guildJson(guild)) : no(404, 10004, 'Unknown Guild')
    }
    case 'GET /guilds/:id/members/:id': {
      const member = state.guilds.get(first)?.members.get(second)
      if (second === state.application) return ok({ user: { id: second }, roles: [BOT_ROLE] })
      return member ? ok({ user: { id: second }, roles: member.roles }) : no(404, 10007, 'Unknown Member')
    }
    case 'PUT /guilds/:id/members/:id/roles/:id':
    case 'DELETE /guilds/:id/members/:id/roles/:id':
      return changeRole(method, { guild: first, user: second, role: third }, state)
    case 'POST /interactions/:id/:token/callback': {
      if (state.callbacks.has(first)) return no(400, 40060, 'Interaction has already been acknowledged.')
      state.callbacks.set(first, {
        type: Number(body.type),
        data: body.data as Record<string, unknown>,
        at: performance.now(),
      })
      return ok()
    }
    case 'POST /webhooks/:id/:token': {
      const token = path.split('/')[3]!
      const acknowledged = [...state.callbacks.keys()].some((id) => token === `token-${id}`)
      if (!acknowledged) return no(404, 10015, 'Unknown Webhook')
      state.followups.set(token, [...(state.followups.get(token) ?? []), body])
      return ok({ id: state.id() })
    }
    case 'PATCH /webhooks/:id/:token/messages/@original': {
      const token = path.split('/')[3]!
      state.edits.set(token, [...(state.edits.get(token) ?? []), body])
      return ok({ id: state.id() })
    }
    case 'GET /applications/:id/commands':
    case 'GET /applications/:id/guilds/:id/commands':
      return ok(state.commands.get(path) ?? [])
    case 'PUT /applications/:id/commands':
    case 'PUT /applications/:id/guilds/:id/commands': {
      const list = (body as unknown as object[]).map((one) => ({
        ...one,
        id: state.id(),
        application_id: first,
        version: '1',
      }))
      state.commands.set(path, list)
      return ok(list)
    }
    default:
      return no(404, 0, `404: Not Found (${route})`)
  }
}

export const guildOf = (channel: string, state: State) =>
  [...state.guilds.values()].find(({ channels }) => channels.has(channel))

/** The direct channel of a person. */
export const dmOf = (user: string): string => `7${user.padStart(5, '0')}`

function changeRole(
  method: string,
  { guild, user, role }: { guild: string; user: string; role: string },
  state: State,
): Answer {
  const there = state.guilds.get(guild)
  const member = there?.members.get(user)
  if (!there) return no(404, 10004, 'Unknown Guild')
  if (!member) return no(404, 10007, 'Unknown Member')
  if (!there.roles.has(role)) return no(404, 10011, 'Unknown Role')
  if (there.roles.get(role)!.above) return no(403, 50013, 'Missing Permissions')
  member.roles = member.roles.filter((one) => one !== role)
  if (method === 'PUT') member.roles.push(role)
  return ok()
}

function message(channel: string, body: Record<string, unknown>, state: State): Answer {
  const known = body.enforce_nonce ? state.nonces.get(String(body.nonce)) : undefined
  if (known) return ok({ id: known.id, channel_id: known.channel, nonce: known.nonce })
  const guild = guildOf(channel, state)
  const closed = guild?.channels.get(channel)?.closed
  if (closed) return no(closed === 50001 || closed === 50013 ? 403 : 404, closed, 'Missing Access')
  if (guild?.channels.get(channel)?.type === 15) return no(400, 40058, 'Cannot send a message in a forum channel')
  const user = state.dms.get(channel)
  if (user && state.closed.has(user)) return no(403, 50007, 'Cannot send messages to this user')
  if (!guild && !user && !state.threads.has(channel)) return no(404, 10003, 'Unknown Channel')
  if (!Array.isArray(body.components) || body.components.length === 0)
    return no(400, 50006, 'Cannot send an empty message')
  const posted: Posted = {
    id: state.id(),
    channel,
    flags: Number(body.flags ?? 0),
    components: body.components as Component[],
    ...(body.nonce ? { nonce: String(body.nonce) } : {}),
    allowed_mentions: body.allowed_mentions as { parse: string[] },
  }
  state.messages.push(posted)
  if (posted.nonce) state.nonces.set(posted.nonce, posted)
  return ok({ id: posted.id, channel_id: channel })
}

function thread(parent: string, message: string | undefined, body: Record<string, unknown>, state: State): Answer {
  const guild = guildOf(parent, state)
  const closed = guild?.channels.get(parent)?.threads
  if (!guild) return no(404, 10003, 'Unknown Channel')
  if (closed) return no(closed === 160006 ? 400 : 403, closed, 'Missing Permissions')
  if (message && state.threads.has(message))
    return no(400, 160004, 'A thread has already been created for this message')
  const id = message ?? state.id()
  const type = Number(body.type ?? 11)
  state.threads.set(id, {
    parent,
    type,
    members: [],
    name: String(body.name),
    guild: guild.id,
    made: new Date().toISOString(),
  })
  const first = body.message as { components?: Component[]; flags?: number } | undefined
  if (first) state.messages.push({ id, channel: id, flags: first.flags ?? 0, components: first.components ?? [] })
  return ok({ id, type, parent_id: parent })
}
