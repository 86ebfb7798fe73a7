import type { Answer } from './api.ts'
import type { State, Team } from './server.ts'

type Call = { method: string; args: Record<string, unknown>; team: Team; state: State }

const no = (error: string): Answer => ({ ok: false, error })
const NEEDS: Record<string, string> = {
  'conversations.list': 'channels:read',
  'conversations.create': 'channels:manage',
  'conversations.setTopic': 'channels:manage',
  'conversations.archive': 'channels:manage',
  'conversations.unarchive': 'channels:manage',
  'conversations.join': 'channels:join',
  'pins.add': 'pins:write',
  'bookmarks.list': 'bookmarks:read',
  'bookmarks.add': 'bookmarks:write',
  'bookmarks.edit': 'bookmarks:write',
}

/** The methods that make and run a channel, with the errors that they document; nothing for any other method. */
export function channelApi({ method, args, team, state }: Call): Answer | undefined {
  const scope = NEEDS[method]
  if (!scope && method !== 'chat.update') return undefined
  if (scope && !team.scopes.includes(scope)) return { ...no('missing_scope'), needed: `${scope},groups:write` }
  if (method === 'conversations.list') return list(args, team, state)
  if (method === 'conversations.create') return create(String(args.name), team, state)
  const id = String(args.channel ?? args.channel_id)
  const channel = team.channels.get(id)
  if (method === 'chat.update') {
    const message = state.messages.find((one) => one.channel === id && one.ts === args.ts && one.team === team.id)
    if (channel?.archived) return no('is_inactive')
    if (!channel && !id.startsWith('D')) return no('channel_not_found')
    if (!message) return no('message_not_found')
    Object.assign(message, { text: String(args.text ?? ''), blocks: args.blocks, edits: (message.edits ?? 0) + 1 })
    return { ok: true, channel: id, ts: args.ts, text: message.text }
  }
  if (!channel) return no('channel_not_found')
  switch (method) {
    case 'conversations.join':
      if (channel.private) return no('method_not_supported_for_channel_type')
      if (channel.archived) return no('is_archived')
      channel.member = true
      return { ok: true, channel: { id } }
    case 'conversations.unarchive':
      if (!channel.archived) return no('not_archived')
      channel.archived = false
      channel.member = true
      return { ok: true }
    case 'conversations.setTopic':
      if (channel.archived) return no('is_archived')
      if (!channel.member) return no('not_in_channel')
      if (String(args.topic).length > 250) return no('too_long')
      channel.topic = String(args.topic)
      return { ok: true, channel: { id } }
    case 'conversations.archive':
      if (channel.archived) return no('already_archived')
      if (!channel.member) return no('not_in_channel')
      channel.archived = true
      channel.member = false
      return { ok: true }
    case 'pins.add': {
      const ts = String(args.timestamp)
      if (!state.messages.some((one) => one.channel === id && one.ts === ts)) return no('message_not_found')
      channel.pins ??= []
      if (channel.pins.includes(ts)) return no('already_pinned')
      channel.pins.push(ts)
      return { ok: true }
    }
    default:
      channel.bookmarks ??= []
      return bookmark(method, args, channel.bookmarks)
  }
}

function list(args: Record<string, unknown>, team: Team, state: State): Answer {
  const types = String(args.types ?? 'public_channel').split(',')
  const all = [...team.channels].filter(([, one]) => types.includes(one.private ? 'private_channel' : 'public_channel'))
  const begin = Number(args.cursor ?? 0)
  const end = begin + Math.min(Number(args.limit ?? 100), state.page ?? 999)
  const more = end < all.length ? { response_metadata: { next_cursor: String(end) } } : {}
  const channels = all.slice(begin, end).map(([id, one]) => ({
    id,
    name: one.name,
    creator: one.creator ?? 'U0',
    is_archived: one.archived ?? false,
    is_member: one.member ?? false,
    topic: { value: one.topic ?? '' },
    purpose: { value: '' },
  }))
  return { ok: true, channels, ...more }
}

function create(name: string, team: Team, state: State): Answer {
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u.test(name)) return no('invalid_name_specials')
  if ([...team.channels.values()].some((one) => one.name === name)) return no('name_taken')
  const id = `C${state.stamp().replace('.', '')}`
  team.channels.set(id, { name, member: true, creator: 'UBOT' })
  return { ok: true, channel: { id, name, is_member: true } }
}

function bookmark(method: string, args: Record<string, unknown>, all: { id: string; title: string; link: string }[]) {
  if (method === 'bookmarks.list') return { ok: true, bookmarks: all }
  if (!/^https?:/.test(String(args.link))) return no('invalid_link')
  if (method === 'bookmarks.add') {
    const one = { id: `Bk${all.length + 1}`, title: String(args.title), link: String(args.link) }
    all.push(one)
    return { ok: true, bookmark: one }
  }
  const there = all.find(({ id }) => id === args.bookmark_id)
  if (!there) return no('not_found')
  there.link = String(args.link)
  return { ok: true, bookmark: there }
}
