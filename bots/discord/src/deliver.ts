import type { Deliver, Edge, Outcome, Parcel } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { Routes } from 'discord-api-types/v10'
import { makeAside } from './aside.ts'
import { openChannel, setTopic } from './channel.ts'
import { channelOutcome } from './channel-outcome.ts'
import { type Classified, classify, outcomeOf } from './errors.ts'
import { hostEvent } from './event.ts'
import { watchInvalid } from './invalid.ts'
import { archive } from './lock.ts'
import { changeRoles } from './roles.ts'
import { makeSend } from './send.ts'
import type { Letter } from './standing.ts'

/** `invalid` counts what Discord refused, of every client of this process. */
export type DeliverParts = { edge: Edge; rest: REST; invalid?: ReturnType<typeof watchInvalid> }
type Chore = Exclude<Parcel, { card: unknown } | { role: unknown }>
type Person = { space: string; user: string }

const WAIT_MS = 10 * 60_000
/** Discord says that it knows a nonce for some minutes. */
const NONCE_MS = 90_000

/** One attempt at one parcel: never tries again by itself, and tells what became of it. */
export function makeDeliver({ edge, rest, invalid = watchInvalid([rest]) }: DeliverParts): Deliver {
  const aside = makeAside(edge, rest)
  const send = makeSend(edge, rest)
  let told = -Infinity

  const doubts = new Map<string, number>()

  return async (parcel) => {
    if (invalid.tooMany())
      return { later: WAIT_MS, why: 'Discord refused too many requests; we wait before it shuts us out.' }
    return remembered(parcel, await attempt(parcel))
  }

  async function attempt(parcel: Parcel): Promise<Outcome> {
    const { to } = parcel
    try {
      if ('role' in parcel)
        return 'user' in to ? await changeRoles({ edge, rest, noted }, to, parcel.role) : { done: true }
      if (!('card' in parcel)) return await chore(parcel)
      return 'user' in to ? await toPerson(to, parcel) : await toChannel(to, parcel)
    } catch (error) {
      return outcomeOf(noted(error))
    }
  }

  /** What is done about a channel or an event. */
  async function chore(parcel: Chore): Promise<Outcome> {
    const { to, now } = parcel
    const parts = { edge, rest, space: to.space }
    try {
      if ('open' in parcel) return await openChannel(parts, parcel.open)
      if ('event' in parcel) return await hostEvent(rest, to.space, parcel.event, now)
      // A direct channel has neither topic nor end, and Discord has no bookmarks.
      if ('user' in to || 'bookmark' in parcel) return { done: true }
      return 'topic' in parcel
        ? await setTopic(parts, to.channel, parcel.topic)
        : await archive(rest, to.channel, to.space)
    } catch (error) {
      const what = classify(error)
      const outcome = channelOutcome(parcel, what)
      if ('channel' in to && 'gone' in outcome && what.code === '10003')
        await edge.amiss(to.space, { channel: to.channel, say: what.say, gone: true })
      return 'later' in outcome ? outcomeOf(noted(error)) : outcome
    }
  }

  /** A doubt of a moment ago is no doubt any more: Discord still knows the nonce, and would have answered with the message that is there. */
  function remembered({ id }: Parcel, outcome: Outcome): Outcome {
    const since = doubts.get(id)
    doubts.delete(id)
    if ('failed' in outcome && outcome.doubt && doubts.size < 10_000) doubts.set(id, performance.now())
    const fresh = since !== undefined && performance.now() - since < NONCE_MS
    return fresh && 'done' in outcome && outcome.twice ? { ...outcome, twice: 'looked-up' } : outcome
  }

  async function toChannel(to: { space: string; channel: string }, parcel: Letter): Promise<Outcome> {
    try {
      return await send(to.channel, parcel)
    } catch (error) {
      const what = noted(error)
      if (what.code === '10003') await edge.amiss(to.space, { channel: to.channel, say: what.say, gone: true })
      return outcomeOf(what)
    }
  }

  /** Her private thread if she has one, else her direct channel; one that is not there any more is found anew. */
  async function toPerson(to: Person, parcel: Letter): Promise<Outcome> {
    const thread = await aside.known(to)
    if (thread) {
      try {
        return await send(thread, parcel)
      } catch (error) {
        const what = noted(error)
        if (what.fate !== 'channel') return outcomeOf(what)
        await aside.forget(to)
      }
    }
    try {
      return await directly(to, parcel)
    } catch (error) {
      const what = noted(error)
      return what.fate === 'closed' ? besides(to, parcel, what) : outcomeOf(what)
    }
  }

  async function directly(to: Person, parcel: Letter): Promise<Outcome> {
    const note = `dm/${to.user}`
    const known = await edge.recall(note)
    if (known) {
      try {
        return await send(known, parcel)
      } catch (error) {
        if (classify(error).fate !== 'channel') throw error
      }
    }
    const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: to.user } })) as { id: string }
    await edge.remember(note, id, to)
    return send(id, parcel)
  }

  /** Her direct messages are closed: a private thread, where moderators named a channel for it. */
  async function besides(to: Person, parcel: Letter, closed: Classified): Promise<Outcome> {
    const thread = await aside.open(to)
    if (thread) return send(thread, parcel)
    const say = `${closed.say} No channel for private threads is set: /cme-admin setup. (${closed.code})`
    return { never: say, gone: 'address' }
  }

  function noted(error: unknown): Classified {
    const what = classify(error)
    if (what.fate === 'halt' && performance.now() - told > WAIT_MS / 2) {
      told = performance.now()
      edge.log.error({ code: what.code }, `${what.say} Nothing is sent to Discord until then.`)
    }
    return what
  }
}
