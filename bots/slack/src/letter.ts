import { hash } from 'node:crypto'
import { setImmediate as breath, setTimeout as sleep } from 'node:timers/promises'
import type { Card, Edge, Outcome, Parcel } from '@cme-commons/core'
import type { WebClient } from '@slack/web-api'
import { classify } from './errors.ts'
import type { Install } from './installs.ts'
import { lookUp } from './look-up.ts'
import type { makePace } from './pace.ts'
import { drawCard, drawParts, type Message } from './render/card.ts'

export type Letter = Parcel & { card: Card; thread?: readonly Card[]; pin?: true; edit?: string }
/** The workspace something is done in, and with what. */
export type Desk = { slack: WebClient; install: Install }

/** How far a message of several parts has come: the time stamp of the first, and how many are there. */
type Sent = { ts: string; parts: number }

/** So long a message waits for its channel's turn in line; longer than that it goes back to the ledger. */
const LINE_MS = 2_000

export const METADATA = 'cme_delivery'

/** A message with these cannot be changed any more, so the card is sent anew. */
const LOST = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed'])

/** Sends a card and what goes below it to a channel, or puts it in the place of the one before; pins it where that is asked. */
export function makeLetters(edge: Edge, pace: ReturnType<typeof makePace>) {
  return async function letter(desk: Desk, channel: string, parcel: Letter): Promise<Outcome> {
    // Many are begun at once, and each is drawn: nobody's press waits for all of them.
    await breath()
    const { to } = parcel
    // Notifications and screen readers do not know each reader's zone: in a channel it is that of the community.
    const zone = 'channel' in to ? (await edge.settings(to.space)).zone : undefined
    const parts = partsOf(parcel, zone)
    const ref = await changed(desk, parcel, parts[0]!)
    return ref ? { done: true, ref } : sent(desk, channel, parcel, parts)
  }

  /** The ref of the message that the card took the place of; nothing when there is none any more. */
  async function changed(desk: Desk, parcel: Letter, message: Message): Promise<string | undefined> {
    const [channel, ts] = parcel.edit?.split('/') ?? []
    if (!channel || !ts) return undefined
    try {
      await desk.slack.chat.update({ channel, ts, ...(message as Message & { blocks: never[] }) })
    } catch (error) {
      if (LOST.has(classify(error).code)) return undefined
      throw error
    }
    if (parcel.pin) await pin(desk, channel, ts)
    return parcel.edit
  }

  async function sent(desk: Desk, channel: string, parcel: Letter, parts: readonly Message[]): Promise<Outcome> {
    const { slack, install } = desk
    const note = `sent/${parcel.id}`
    const noted = parts.length > 1 || parcel.pin === true
    const remember = (value?: string) => edge.remember(note, value, { space: install.team })
    let sent = noted ? parsed(await edge.recall(note)) : undefined
    let found = sent !== undefined && sent.parts >= parts.length
    if (parcel.doubt && !found) {
      const seen = await lookUp(slack, install, channel, parcel.id)
      if (seen && (!sent || seen.parts > sent.parts)) {
        sent = seen
        found = true
      }
    }
    for (let i = sent?.parts ?? 0; i < parts.length; i++) {
      const wait = pace.wait(install.team, channel)
      if (wait > LINE_MS) return { later: wait, only: 'address' }
      if (wait > 0) await sleep(wait)
      const { ts } = await slack.chat
        .postMessage({
          channel,
          ...(parts[i] as { text: string; blocks: never[] }),
          ...(sent ? { thread_ts: sent.ts } : {}),
          metadata: { event_type: METADATA, event_payload: { id: parcel.id, part: i } },
          client_msg_id: uuidOf(`${parcel.id}/${i}`),
          unfurl_links: false,
          unfurl_media: false,
        } as never)
        .finally(() => pace.took(install.team, channel))
      sent = { ts: sent?.ts ?? ts!, parts: i + 1 }
      if (noted) await remember(JSON.stringify(sent))
    }
    if (parcel.pin) await pin(desk, channel, sent!.ts)
    if (noted) await remember()
    const twice = parcel.doubt ? (found ? 'looked-up' : 'sent-blind') : undefined
    return { done: true, ref: `${channel}/${sent!.ts}`, ...(twice ? { twice } : {}) }
  }

  /** The message stands there whether it can be pinned or not: who can mend that is told. */
  async function pin({ slack, install }: Desk, channel: string, timestamp: string): Promise<void> {
    try {
      await slack.pins.add({ channel, timestamp })
    } catch (error) {
      const { code, fate, say } = classify(error)
      // Somebody may have deleted it at this very moment.
      if (code === 'already_pinned' || code === 'message_not_found') return
      if (fate !== 'refused' && fate !== 'channel' && fate !== 'ours') throw error
      const why =
        code === 'restricted_action' ? 'The app may not pin messages there: let it, or pin them yourself.' : say
      await edge.amiss(install.team, { channel, say: why })
    }
  }
}

/** A card that stands in a channel is one message, so that the next one can take its place as a whole. */
const partsOf = ({ card, thread = [], pin, edit }: Letter, zone?: string): Message[] => {
  const how = zone ? { zone } : {}
  return pin || edit !== undefined ? [drawCard(card, how)] : [card, ...thread].flatMap((one) => drawParts(one, how))
}

const parsed = (text: string | undefined): Sent | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as Sent)

/** The same identifier for the same part of the same parcel, in the shape that Slack's own clients use. */
function uuidOf(name: string): string {
  const hex = hash('sha256', name)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
