import type { Deliver, Edge, Outcome, Parcel } from '@cme-commons/core'
import type { WebClient } from '@slack/web-api'
import { openChannel } from './channel.ts'
import { archive, channelOutcome, setBookmark, setTopic } from './channel-work.ts'
import { classify } from './errors.ts'
import type { Install, Installs } from './installs.ts'
import { type Desk, makeLetters } from './letter.ts'
import { makePace } from './pace.ts'

export type DeliverParts = { edge: Edge; installs: Installs; clientOf: (token: string) => WebClient }

/** One attempt at one parcel: never tries again by itself, and tells what became of it. */
export function makeDeliver({ edge, installs, clientOf }: DeliverParts): Deliver {
  const pace = makePace()
  const letter = makeLetters(edge, pace)
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
    // Slack has no roles that an app could give, and no calendar of its own.
    if ('role' in parcel || 'event' in parcel) return { done: true }
    let install: Install | undefined
    try {
      install = await installs.find(to.space)
      if (!install)
        return { never: 'The app is not installed in this workspace any more: install it again.', gone: 'address' }
      return await work({ slack: client(install), install }, parcel)
    } catch (error) {
      return await failed(error, to.space, install, parcel)
    }
  }

  async function work(desk: Desk, parcel: Exclude<Parcel, { role: unknown } | { event: unknown }>): Promise<Outcome> {
    const { to } = parcel
    if ('open' in parcel) return openChannel({ ...desk, edge, wanted: parcel.open })
    const channel = 'user' in to ? await direct(desk.slack, to.space, to.user) : to.channel
    if ('card' in parcel) return letter(desk, channel, parcel)
    const at = { ...desk, edge, channel }
    if ('topic' in parcel) return setTopic(at, parcel.topic)
    if ('bookmark' in parcel) return setBookmark(at, parcel.bookmark)
    return archive(at)
  }

  /** Whether nobody has installed the app anew meanwhile: only then is what we used the end of it. */
  async function stands(team: string, used: Install | undefined): Promise<boolean> {
    const now = await installs.find(team).catch(() => used)
    return now?.token === used?.token
  }

  async function failed(error: unknown, team: string, used: Install | undefined, parcel: Parcel): Promise<Outcome> {
    const { to } = parcel
    const what = classify(error)
    const outcome = channelOutcome(parcel, error)
    if (what.fate === 'slow') return pace.slowed(team, what.after ?? 1, outcome)
    if (what.code === 'channel_not_found' && 'user' in to) await edge.remember(`dm/${to.space}/${to.user}`, undefined)
    if (what.fate === 'workspace') edge.log.error({ space: team, code: what.code }, 'a Slack workspace refuses us')
    if (
      ['token_revoked', 'account_inactive', 'invalid_refresh_token'].includes(what.code) &&
      (await stands(team, used))
    ) {
      await edge.leave(team, what.say)
      await installs.drop(team)
    }
    return outcome
  }
}
