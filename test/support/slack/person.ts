import { createHmac, randomUUID } from 'node:crypto'
import type { Block, FakeSlack, Posted, View } from './server.ts'

/** How Slack reaches the app: through its open socket, or with signed requests to an address. */
export type Reach = { socket: true } | { events: string; secret: string }

type Payload = Record<string, unknown>
/** What the app answered within three seconds; `body` is what it said. */
export type Acked = { ms: number; body: unknown; status?: number }

let counter = 0
const unique = (prefix: string) => `${prefix}${Date.now()}.${++counter}`

/** Sends one thing to the app as Slack would, and waits for the acknowledgement. */
export async function send(slack: FakeSlack, reach: Reach, kind: string, payload: Payload): Promise<Acked> {
  const begun = performance.now()
  if ('socket' in reach) {
    const [socket] = slack.sockets
    if (!socket) throw new Error('no socket is open')
    const envelope_id = randomUUID()
    const acked = new Promise<unknown>((resolve) => slack.acks.set(envelope_id, resolve))
    socket.send(JSON.stringify({ envelope_id, type: kind, payload, accepts_response_payload: true }))
    return { body: await acked, ms: performance.now() - begun }
  }
  const [type, body] = encoded(kind, payload)
  const answer = await fetch(reach.events, {
    method: 'POST',
    body,
    headers: { 'Content-Type': type, ...signed(reach.secret, body) },
  })
  const text = await answer.text()
  const json = answer.headers.get('content-type')?.includes('json')
  return { body: json ? JSON.parse(text) : text || undefined, ms: performance.now() - begun, status: answer.status }
}

export function signed(secret: string, body: string, at = Math.floor(Date.now() / 1000)): Record<string, string> {
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`
  return { 'X-Slack-Request-Timestamp': String(at), 'X-Slack-Signature': signature }
}

export function encoded(kind: string, payload: Payload): [type: string, body: string] {
  if (kind === 'events_api') return ['application/json', JSON.stringify(payload)]
  const form = kind === 'slash_commands' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) }
  return ['application/x-www-form-urlencoded', new URLSearchParams(form).toString()]
}

/** What a person sees: a message with its buttons, or a view. */
export type Seen = {
  text: string
  blocks: Block[]
  view?: View
  private?: boolean
  replaced?: boolean
  channel?: string
  ts?: string
}

const settle = (ms = 15) => new Promise((resolve) => setTimeout(resolve, ms))

/** A person of a workspace, who types, presses and fills in, and sees what comes of it. */
export function person(slack: FakeSlack, reach: Reach, team: string, user = 'U1', patience = 6_000) {
  const base = { team_id: team, team: { id: team }, api_app_id: 'A1', token: 'legacy' }
  const who = { user: { id: user, username: 'sara', team_id: team }, user_id: user, user_name: 'sara' }

  /** Waits until something new is there to be seen. */
  async function see(responses: string, view: View | undefined, before: number): Promise<Seen> {
    for (let i = 0; i < patience / 15; i++) {
      const said = slack.state.responses.get(responses)?.[0]
      if (said)
        return {
          text: String(said.text ?? ''),
          blocks: (said.blocks ?? []) as Block[],
          private: said.response_type !== 'in_channel',
          replaced: said.replace_original === true,
        }
      const views = [...slack.state.views.values()]
      const opened = views.find(
        (one) => !known.has(one.hash) && (view === undefined || one.id === view.id || !seenIds.has(one.id)),
      )
      if (opened) {
        known.add(opened.hash)
        seenIds.add(opened.id)
        return { text: '', blocks: opened.blocks, view: opened }
      }
      // What comes unasked at the same moment is no answer.
      const posted = slack.state.messages.slice(before).find((one) => one.team === team && !one.metadata)
      if (posted) return fromMessage(posted)
      await settle()
    }
    throw new Error(`nothing came of it within ${patience} ms`)
  }
  const known = new Set<string>()
  const seenIds = new Set<string>()
  const fromMessage = (m: Posted): Seen => ({
    text: m.text,
    blocks: m.blocks,
    private: m.to !== undefined,
    channel: m.channel,
    ts: m.ts,
  })
  const responseUrl = (): { id: string; response_url: string } => {
    const id = unique('R')
    slack.state.responses.set(id, [])
    return { id, response_url: `${slack.url}/respond/${id}` }
  }
  async function interact(payload: Payload, view?: View): Promise<Seen & { acked: Acked }> {
    for (const one of slack.state.views.values()) known.add(one.hash)
    const before = slack.state.messages.length
    const { id, response_url } = responseUrl()
    const acked = await send(slack, reach, payload.command ? 'slash_commands' : 'interactive', {
      ...payload,
      response_url,
    })
    return { ...(await see(id, view, before)), acked }
  }

  return {
    /** `/cme …` in a channel. */
    types: (text: string, channel = 'C1', trigger = unique('T')) =>
      interact({
        ...base,
        ...who,
        command: '/cme',
        text,
        channel_id: channel,
        channel_name: 'standards-news',
        trigger_id: trigger,
      }),
    /** Presses a button by its label, or by its id when that is known. */
    presses(on: Seen, label: string, how: { channel?: string; trigger?: string } = {}) {
      const button = buttonsOf(on.blocks).find((one) => one.text === label || one.id === label)
      if (!button)
        throw new Error(
          `no button "${label}" among ${buttonsOf(on.blocks)
            .map(({ text }) => text)
            .join(', ')}`,
        )
      const channel = how.channel ?? on.channel ?? 'C1'
      const container = on.view
        ? { type: 'view', view_id: on.view.id }
        : { type: 'message', message_ts: on.ts ?? '1.1', channel_id: channel, is_ephemeral: on.private ?? false }
      const payload = {
        ...base,
        ...who,
        type: 'block_actions',
        trigger_id: how.trigger ?? unique('T'),
        container,
        ...(on.view
          ? { view: on.view }
          : { channel: { id: channel, name: 'standards-news' }, message: { ts: on.ts ?? '1.1' } }),
        actions: [{ type: 'button', action_id: button.id, block_id: 'b', value: button.id, action_ts: '1' }],
      }
      return interact(payload, on.view)
    },
    /** Fills in an open modal: values by block id, in the shape of `view.state.values`. */
    async submits(view: View, values: Record<string, Record<string, unknown>>, trigger = unique('T')): Promise<Acked> {
      return send(slack, reach, 'interactive', {
        ...base,
        ...who,
        type: 'view_submission',
        trigger_id: trigger,
        view: { ...view, state: { values } },
        response_urls: [],
      })
    },
    /** Uses a message shortcut. */
    shortcut: (callback_id: string, text: string) =>
      interact({
        ...base,
        ...who,
        type: 'message_action',
        callback_id,
        trigger_id: unique('T'),
        channel: { id: 'C1', name: 'standards-news' },
        message: { type: 'message', ts: '1.1', text, user: 'U2' },
      }),
    /** Sends an event of the Events API, such as a direct message; `id` is the event's own. */
    event: (event: Payload, id = unique('Ev')) =>
      send(slack, reach, 'events_api', {
        ...base,
        type: 'event_callback',
        event_id: id,
        event_time: 1,
        event: { user, ...event },
      }),
    /** The next message that is posted after `before`. */
    async hears(before: number): Promise<Seen> {
      for (let i = 0; i < 400; i++) {
        const posted = slack.state.messages.slice(before).find((one) => one.team === team)
        if (posted) return fromMessage(posted)
        await settle()
      }
      throw new Error('nothing was said within six seconds')
    },
    home: () => slack.state.homes.get(`${team}/${user}`),
  }
}

/** Every button in these blocks. */
export const buttonsOf = (blocks: readonly Block[]): { text: string; id: string; url?: string }[] =>
  blocks.flatMap((block) => {
    const elements = [
      ...((block.elements ?? []) as Payload[]),
      ...(block.accessory ? [block.accessory as Payload] : []),
    ]
    return elements
      .filter((one) => one.type === 'button')
      .map((one) => ({
        text: String((one.text as Payload | undefined)?.text ?? ''),
        id: String(one.action_id ?? ''),
        ...(one.url ? { url: String(one.url) } : {}),
      }))
  })
