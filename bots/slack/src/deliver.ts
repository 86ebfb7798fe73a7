import { hash } from 'node:crypto'
import { setImmediate as breath, setTimeout as sleep } from 'node:timers/promises'
import type { Card, Deliver, Edge, Outcome, Parcel } from '@cme-commons/core'
import type { WebClient } from '@slack/web-api'
import { classify, outcomeOf } from './errors.ts'
import type { Install, Installs } from './installs.ts'
import { lookUp } from './look-up.ts'
import { makePace } from './pace.ts'
import { drawParts } from './render/card.ts'

export type DeliverParts = { edge: Edge; installs: Installs; clientOf: (token: string) => WebClient }

/** How far a message of several parts has come: the time stamp of the first, and how many are there. */
type Sent = { ts: string; parts: number }

/** So long a message waits for its channel's turn in line; longer than that it goes back to the ledger. */
const LINE_MS = 2_000

export const METADATA = 'cme_delivery'

/** One attempt at one parcel: never tries again by itself, and tells what became of it. */
export function makeDeliver({ edge, installs, clientOf }: DeliverParts): Deliver {
  const pace = makePace()
  const clients = new Map<string, WebClient>()

  function client({ token }: Install): WebClient {
    const found = clients.get(token) ?? clientOf(token)
    if (clients.size > 200) clients.clear()
    clients.set(token, found)
    return found
  }

  /** The direct channel with a person: opened once, then remembered. */
  async function direct(slack: WebClient, team: string, user: string): Promise<string> {
    const name = `dm/${team}/${user}`
    const known = await edge.recall(name)
    if (known) return known
    const { channel } = await slack.conversations.open({ users: user })
    await edge.remember(name, channel!.id!, { space: team, user })
    return channel!.id!
  }

  return async (parcel) => {
    const { to } = parcel
    // Slack has no roles that an app could give.
    if ('role' in parcel) return { done: true }
    if (!('card' in parcel)) return { never: 'Channels of conferences cannot be run on Slack.' }
    let install: Install | undefined
    try {
      install = await installs.find(to.space)
      if (!install)
        return { never: 'The app is not installed in this workspace any more: install it again.', gone: 'address' }
      const slack = client(install)
      const channel = 'user' in to ? await direct(slack, to.space, to.user) : to.channel
      return await send(slack, install, channel, parcel)
    } catch (error) {
      return await failed(error, to.space, install, parcel)
    }
  }

  async function send(
    slack: WebClient,
    install: Install,
    channel: string,
    parcel: Parcel & { card: Card },
  ): Promise<Outcome> {
    // Many are begun at once, and each is drawn: nobody's press waits for all of them.
    await breath()
    const parts = [parcel.card, ...(('thread' in parcel && parcel.thread) || [])].flatMap((card) => drawParts(card))
    const several = parts.length > 1
    let sent = several ? parsed(await edge.recall(`sent/${parcel.id}`)) : undefined
    let found = false
    if (parcel.doubt) {
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
      if (several)
        await edge.remember(`sent/${parcel.id}`, i + 1 < parts.length ? JSON.stringify(sent) : undefined, {
          space: install.team,
        })
    }
    const twice = parcel.doubt ? (found ? 'looked-up' : 'sent-blind') : undefined
    return { done: true, ref: `${channel}/${sent!.ts}`, ...(twice ? { twice } : {}) }
  }

  /** Whether nobody has installed the app anew meanwhile: only then is what we used the end of it. */
  async function stands(team: string, used: Install | undefined): Promise<boolean> {
    const now = await installs.find(team).catch(() => used)
    return now?.token === used?.token
  }

  async function failed(error: unknown, team: string, used: Install | undefined, { to }: Parcel): Promise<Outcome> {
    const what = classify(error)
    if (what.fate === 'slow') return pace.slowed(team, what.after ?? 1, outcomeOf(what))
    if (what.code === 'channel_not_found' && 'user' in to) await edge.remember(`dm/${to.space}/${to.user}`, undefined)
    if (what.fate === 'workspace') edge.log.error({ space: team, code: what.code }, 'a Slack workspace refuses us')
    if (
      ['token_revoked', 'account_inactive', 'invalid_refresh_token'].includes(what.code) &&
      (await stands(team, used))
    ) {
      await edge.leave(team, what.say)
      await installs.drop(team)
    }
    return outcomeOf(what)
  }
}

const parsed = (text: string | undefined): Sent | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as Sent)

/** The same identifier for the same part of the same parcel, in the shape that Slack's own clients use. */
function uuidOf(name: string): string {
  const hex = hash('sha256', name)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
