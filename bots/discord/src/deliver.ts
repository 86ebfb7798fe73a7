import type { Card, Deliver, Edge, Outcome, Parcel, RoleChange } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { type APIMessage, Routes } from 'discord-api-types/v10'
import { makeAside } from './aside.ts'
import { type Classified, classify, outcomeOf } from './errors.ts'
import { invalidCounter } from './invalid.ts'
import { drawParts } from './render/card.ts'

export type DeliverParts = { edge: Edge; rest: REST }

/** How far a message of several parts has come: where its thread is, the first message, and how many parts are there. */
type Sent = { first: string; thread?: string; parts: number }

/** One attempt at one parcel: never tries again by itself, and tells what became of it. */
export function makeDeliver({ edge, rest }: DeliverParts): Deliver {
  const invalid = invalidCounter()
  const aside = makeAside(edge, rest)

  async function direct(space: string, user: string): Promise<string> {
    const name = `dm/${user}`
    const known = await edge.recall(name)
    if (known) return known
    const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: user } })) as { id: string }
    await edge.remember(name, id, { space, user })
    return id
  }

  return async (parcel) => {
    if (invalid.tooMany())
      return { later: 10 * 60_000, why: 'Discord refused too many requests; we wait before it shuts us out.' }
    const { to } = parcel
    try {
      if ('role' in parcel) return 'user' in to ? await changeRoles(to.space, to.user, parcel.role) : { done: true }
      if (!('user' in to)) return await send(to.channel, parcel)
      const thread = await aside.known(to.space, to.user)
      return thread ? await send(thread, parcel) : await send(await direct(to.space, to.user), parcel)
    } catch (error) {
      const what = noted(error)
      if (what.fate === 'closed' && 'user' in to && 'card' in parcel) return besides(to, parcel, what)
      if (what.fate === 'channel' && 'user' in to) await aside.forget(to.space, to.user)
      return outcomeOf(what)
    }
  }

  /** Her direct messages are closed: a private thread, where moderators named a channel for it. */
  async function besides(
    to: { space: string; user: string },
    parcel: Parcel & { card: Card },
    closed: Classified,
  ): Promise<Outcome> {
    try {
      const thread = await aside.open(to.space, to.user)
      if (!thread)
        return {
          never: `${closed.say} No channel for private threads is set: /cme setup. (${closed.code})`,
          gone: 'address',
        }
      return await send(thread, parcel)
    } catch (error) {
      return outcomeOf(noted(error))
    }
  }

  function noted(error: unknown): Classified {
    const what = classify(error)
    invalid.note(what.code, (error as { status?: number }).status)
    if (what.fate === 'token') edge.log.error({ code: what.code }, what.say)
    return what
  }

  async function send(channel: string, parcel: Parcel & { card: Card }): Promise<Outcome> {
    const below = ('thread' in parcel && parcel.thread) || []
    const parts = [parcel.card, ...below].flatMap((card) => drawParts(card))
    const several = parts.length > 1
    let sent = several ? parsed(await edge.recall(`sent/${parcel.id}`)) : undefined
    for (let i = sent?.parts ?? 0; i < parts.length; i++) {
      if (i > 0 && sent && !sent.thread) sent = { ...sent, thread: await threadOn(channel, sent.first, parcel) }
      const message = (await rest.post(Routes.channelMessages(sent?.thread ?? channel), {
        body: { ...parts[i], nonce: nonceOf(parcel.id, i), enforce_nonce: true },
      })) as APIMessage
      sent = { first: message.id, ...sent, parts: i + 1 }
      if (several)
        await edge.remember(`sent/${parcel.id}`, i + 1 < parts.length ? JSON.stringify(sent) : undefined, {
          space: parcel.to.space,
        })
    }
    // Discord knows the nonce again for some minutes; what is older than that may be there twice.
    const twice = parcel.doubt ? { twice: 'looked-up' as const } : {}
    return { done: true, ref: `${channel}/${sent!.first}`, ...twice }
  }

  /** The thread under a message; a direct channel has none, and what is left goes below it. */
  async function threadOn(channel: string, message: string, { to, card }: Parcel & { card: Card }): Promise<string> {
    if ('user' in to) return channel
    try {
      const body = { name: card.title.slice(0, 100), auto_archive_duration: 1_440 }
      const { id } = (await rest.post(Routes.threads(channel, message), { body })) as { id: string }
      return id
    } catch (error) {
      // Made before a crash: a message's thread has the message's own id.
      if ((error as { code?: number }).code === 160004) return message
      throw error
    }
  }

  async function changeRoles(guild: string, user: string, { give, take }: RoleChange): Promise<Outcome> {
    for (const role of take)
      await rest.delete(Routes.guildMemberRole(guild, user, role), { reason: 'Another track was chosen' })
    if (give) await rest.put(Routes.guildMemberRole(guild, user, give), { reason: 'This track was chosen' })
    return { done: true }
  }
}

const parsed = (text: string | undefined): Sent | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as Sent)

/** At most 25 characters, the same for the same part of the same parcel. */
const nonceOf = (id: string, part: number): string => `${id.slice(0, 23)}${part.toString(36)}`
