import type { Component, State } from './server.ts'

export type Answer = { status: number; body?: unknown }
type Call = { method: string; path: string; body: Record<string, unknown>; state: State; gatewayUrl: string }

const ok = (body?: unknown): Answer => ({ status: body === undefined ? 204 : 200, body })
const no = (status: number, code: number, message: string): Answer => ({ status, body: { code, message } })

/** The routes that the bot uses, with the errors that they document. */
export function api(call: Call): Answer {
  const { method, path, state, body } = call
  const route = `${method} ${path
    .replace(/\/\d{3,}/g, '/:id')
    .replace(/\/interactions\/:id\/[^/]+/, '/interactions/:id/:token')
    .replace(/\/webhooks\/:id\/[^/]+/, '/webhooks/:id/:token')}`
  const ids = path.match(/\d{3,}/g) ?? []
  const [first = '', second = '', third = ''] = ids
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
    case 'POST /users/@me/channels':
      return ok({ id: `7${String(body.recipient_id).padStart(5, '0')}`, type: 1 })
    case 'POST /channels/:id/messages':
      return message(first, body, state)
    case 'POST /channels/:id/threads':
    case 'POST /channels/:id/messages/:id/threads':
      return thread(first, route.includes('/messages/') ? second : undefined, body, state)
    case 'PUT /channels/:id/thread-members/:id': {
      state.threads.get(first)?.members.push(second)
      return ok()
    }
    case 'PUT /guilds/:id/members/:id/roles/:id':
    case 'DELETE /guilds/:id/members/:id/roles/:id': {
      const member = state.guilds.get(first)?.members.get(second)
      if (!member) return no(404, 10007, 'Unknown Member')
      member.roles = member.roles.filter((role) => role !== third)
      if (method === 'PUT') member.roles.push(third)
      return ok()
    }
    case 'POST /interactions/:id/:token/callback': {
      if (state.callbacks.has(first)) return no(400, 40060, 'Interaction has already been acknowledged.')
      state.callbacks.set(first, {
        type: Number(body.type),
        data: body.data as Record<string, unknown>,
        at: performance.now(),
      })
      return ok()
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

function message(channel: string, body: Record<string, unknown>, state: State): Answer {
  const guild = [...state.guilds.values()].find(({ channels }) => channels.has(channel))
  const closed = guild?.channels.get(channel)?.closed
  if (closed) return no(closed === 50001 || closed === 50013 ? 403 : 404, closed, 'Missing Access')
  const user = /^70*(\d+)$/.exec(channel)?.[1]
  if (user && channel.length === 6 && state.closed.has(user)) return no(403, 50007, 'Cannot send messages to this user')
  if (!guild && !user && !state.threads.has(channel)) return no(404, 10003, 'Unknown Channel')
  const known = body.enforce_nonce
    ? state.messages.find((one) => one.nonce === body.nonce && one.channel === channel)
    : undefined
  if (known) return ok({ id: known.id, channel_id: channel, nonce: known.nonce })
  if (!Array.isArray(body.components) || body.components.length === 0)
    return no(400, 50006, 'Cannot send an empty message')
  const id = state.id()
  state.messages.push({
    id,
    channel,
    flags: Number(body.flags ?? 0),
    components: body.components as Component[],
    ...(body.nonce ? { nonce: String(body.nonce) } : {}),
    allowed_mentions: body.allowed_mentions as { parse: string[] },
  })
  return ok({ id, channel_id: channel })
}

function thread(parent: string, message: string | undefined, body: Record<string, unknown>, state: State): Answer {
  if (message && state.threads.has(message))
    return no(400, 160004, 'A thread has already been created for this message')
  const id = message ?? state.id()
  state.threads.set(id, { parent, type: Number(body.type ?? 11), members: [], name: String(body.name) })
  return ok({ id, type: body.type ?? 11, parent_id: parent })
}
