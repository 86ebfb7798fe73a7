import { type Answer, guildOf, no, ok } from './api.ts'
import { BOT_ROLE } from './gateway.ts'
import type { Channel, Component, Guild, State } from './server.ts'

type Body = Record<string, unknown>

/** A channel as Discord describes it. */
const channelJson = (id: string, guild: Guild, channel: Channel) => ({
  id,
  guild_id: guild.id,
  type: channel.type ?? 0,
  name: channel.name,
  topic: channel.topic ?? null,
  parent_id: channel.parent ?? null,
  permission_overwrites: [
    { id: BOT_ROLE, type: 0, allow: '0', deny: channel.closed === 50013 ? String(1n << 11n) : '0' },
    ...(channel.overwrites ?? []),
  ],
})

/** The routes that make and run a channel, its messages and the events of a server; nothing for any other route. */
export function channelApi(route: string, ids: readonly string[], body: Body, state: State): Answer | undefined {
  const [first = '', second = ''] = ids
  switch (route) {
    case 'GET /guilds/:id/channels':
    case 'POST /guilds/:id/channels': {
      const guild = state.guilds.get(first)
      if (!guild) return no(404, 10004, 'Unknown Guild')
      if (route.startsWith('GET')) return ok([...guild.channels].map(([id, one]) => channelJson(id, guild, one)))
      return create(guild, body, state)
    }
    case 'GET /channels/:id':
    case 'PATCH /channels/:id': {
      const guild = guildOf(first, state)
      const channel = guild?.channels.get(first)
      if (!guild || !channel) return state.threads.has(first) ? ok({ id: first }) : no(404, 10003, 'Unknown Channel')
      if (channel.closed === 50001) return no(403, 50001, 'Missing Access')
      if (route.startsWith('PATCH')) channel.topic = String(body.topic)
      return ok(channelJson(first, guild, channel))
    }
    case 'PUT /channels/:id/permissions/:id': {
      const channel = guildOf(first, state)?.channels.get(first)
      if (!channel) return no(404, 10003, 'Unknown Channel')
      const { type, allow, deny } = body as { type: number; allow: string; deny: string }
      const others = (channel.overwrites ?? []).filter(({ id }) => id !== second)
      channel.overwrites = [...others, { id: second, type, allow, deny }]
      return ok()
    }
    case 'PATCH /channels/:id/messages/:id': {
      if (!guildOf(first, state) && !state.threads.has(first)) return no(404, 10003, 'Unknown Channel')
      const message = state.messages.find(({ id, channel }) => id === second && channel === first)
      if (!message) return no(404, 10008, 'Unknown Message')
      Object.assign(message, { components: body.components as Component[], edits: (message.edits ?? 0) + 1 })
      return ok({ id: second, channel_id: first })
    }
    case 'PUT /channels/:id/messages/pins/:id': {
      const channel = guildOf(first, state)?.channels.get(first)
      if (!channel) return no(404, 10003, 'Unknown Channel')
      if (!state.messages.some(({ id }) => id === second)) return no(404, 10008, 'Unknown Message')
      channel.pins = [...new Set([...(channel.pins ?? []), second])]
      return ok()
    }
    default:
      return route.includes('/scheduled-events') ? events(route, first, second, body, state) : undefined
  }
}

function create(guild: Guild, body: Body, state: State): Answer {
  const type = Number(body.type ?? 0)
  const parent = body.parent_id as string | undefined
  if (parent && guild.channels.get(parent)?.type !== 4) return no(400, 50035, 'Invalid Form Body')
  const id = state.id()
  const name = type === 4 ? String(body.name) : String(body.name).toLowerCase().replace(/\s+/g, '-')
  const channel: Channel = {
    name,
    type,
    ...(body.topic ? { topic: String(body.topic) } : {}),
    ...(parent ? { parent } : {}),
  }
  guild.channels.set(id, channel)
  return ok(channelJson(id, guild, channel))
}

function events(route: string, guildId: string, id: string, body: Body, state: State): Answer | undefined {
  const guild = state.guilds.get(guildId)
  if (!guild) return no(404, 10004, 'Unknown Guild')
  const method = route.split(' ')[0]
  const early = body.scheduled_start_time && Date.parse(String(body.scheduled_start_time)) <= Date.now()
  if (early) return no(400, 50035, 'Cannot schedule event in the past.')
  if (method === 'GET') return ok([...guild.events.values()].filter(({ status }) => status === 1 || status === 2))
  if (method === 'POST') {
    const made = { ...body, id: state.id(), status: 1 }
    guild.events.set(made.id, made)
    return ok(made)
  }
  const there = guild.events.get(id)
  if (!there) return no(404, 10070, 'Unknown Guild Scheduled Event')
  return ok(Object.assign(there, body))
}
