import { setImmediate as breath } from 'node:timers/promises'
import type { Edge, Outcome } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { type APIMessage, Routes } from 'discord-api-types/v10'
import { classify } from './errors.ts'
import { makeForum } from './forum.ts'
import type { Body } from './render/body.ts'
import { drawCard, drawParts } from './render/card.ts'
import { type Letter, makeStanding, stands } from './standing.ts'

/** How far a message of several parts has come: the first message, where its thread is (or that there is none), and the parts there. */
type Sent = { first: string; thread?: string; forum?: true; parts: number }

const THREADS =
  'The bot may not open a thread there, so a long digest goes on in the channel: give it "Create Public Threads" and "Send Messages in Threads".'

/**
 * Sends a card and what goes below it to a channel, as a post where that is a forum; or puts it in the place of the one before. A part that
 * is there already, by its number or its nonce, is not sent again.
 */
export function makeSend(edge: Edge, rest: REST) {
  const forum = makeForum(rest)
  const { changed, pin } = makeStanding(edge, rest)

  return async function send(channel: string, parcel: Letter): Promise<Outcome> {
    // Many are begun at once, and each is drawn: nobody's press waits for all of them.
    await breath()
    const ref = await changed(parcel)
    if (ref) return { done: true, ref }
    const own: readonly Body[] = stands(parcel) ? [drawCard(parcel.card)] : drawParts(parcel.card)
    const parts = [...own, ...(parcel.thread ?? []).flatMap((card) => drawParts(card))]
    const note = `sent/${parcel.id}`
    const noted = parts.length > 1 || parcel.pin === true
    let sent = noted ? parsed(await edge.recall(note)) : undefined
    let was = sent !== undefined && sent.parts >= parts.length
    for (let i = sent?.parts ?? 0; i < parts.length; i++) {
      if (i > 0 && sent && !sent.thread) {
        const thread = await below(channel, sent.first, parcel)
        if (!thread) break
        sent = { ...sent, thread }
      }
      const at: string = sent?.thread ?? channel
      // Where no thread can be, what goes on below the message itself comes; the rest is a press away.
      if (sent && at === channel && 'channel' in parcel.to && i >= own.length) break
      const begun = Date.now()
      const id: string | Sent | undefined = await post(at, parts[i]!, nonceOf(parcel.id, i)).catch(async (error) => {
        if (i === 0 && isForum(error)) return begin(channel, parts[0]!, parcel)
        if (at === channel || sent?.forum || !(await noThread(parcel, channel, error))) throw error
        return undefined
      })
      if (id === undefined) {
        sent = { ...sent!, thread: channel }
        i--
        continue
      }
      if (i === 0) was = typeof id === 'string' ? madeAt(id) < begun - 1_000 : madeAt(id.first) < begun - 1_000
      sent = typeof id === 'string' ? { first: id, ...sent, parts: i + 1 } : id
      if (noted) await edge.remember(note, JSON.stringify(sent), { space: parcel.to.space })
    }
    const at = sent!.forum ? sent!.first : channel
    if (parcel.pin) await pin(parcel, at, sent!.first)
    if (noted) await edge.remember(note, undefined)
    return {
      done: true,
      ref: `${at}/${sent!.first}`,
      ...(parcel.doubt ? { twice: was ? 'looked-up' : 'sent-blind' } : {}),
    }
  }

  /** The first part as a post of a forum; what goes on is said in it. */
  async function begin(channel: string, body: Body, { to, card, doubt }: Letter): Promise<Sent> {
    const { id } = await forum({ guild: to.space, forum: channel, title: card.title, body, doubt })
    return { first: id, thread: id, forum: true, parts: 1 }
  }

  async function post(channel: string, body: Body, nonce: string): Promise<string> {
    const posted = await rest.post(Routes.channelMessages(channel), { body: { ...body, nonce, enforce_nonce: true } })
    return (posted as APIMessage).id
  }

  /**
   * Where the rest goes: the thread under the message. A direct channel has none, nor has one in which the bot may not open any. Nothing
   * when somebody has deleted the message.
   */
  async function below(channel: string, message: string, parcel: Letter): Promise<string | undefined> {
    if ('user' in parcel.to) return channel
    try {
      const body = { name: parcel.card.title.slice(0, 100) || 'More', auto_archive_duration: 1_440 }
      const { id } = (await rest.post(Routes.threads(channel, message), { body })) as { id: string }
      return id
    } catch (error) {
      const { code } = classify(error)
      // Made before a crash: a message's thread has the message's own id.
      if (code === '160004') return message
      if (code === '10008') return undefined
      if (await noThread(parcel, channel, error)) return channel
      throw error
    }
  }

  /** Whether it is the thread that cannot be; then the moderators hear of it. */
  async function noThread({ to }: Letter, channel: string, error: unknown): Promise<boolean> {
    const { fate, say } = classify(error)
    if ('user' in to || (fate !== 'channel' && fate !== 'server')) return false
    await edge.amiss(to.space, { channel, say: fate === 'channel' ? THREADS : say })
    return true
  }
}

/** Whether a channel takes posts only. */
const isForum = (error: unknown): boolean => ['40058', '50008'].includes(classify(error).code)

const parsed = (text: string | undefined): Sent | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as Sent)

/** At most 25 characters, the same for the same part of the same parcel. */
const nonceOf = (id: string, part: number): string => `${id.slice(0, 23)}${part.toString(36)}`

const DISCORD_EPOCH = 1_420_070_400_000
/** When something of Discord's was made, in milliseconds, as its id tells. */
const madeAt = (id: string): number => (/^\d{15,20}$/.test(id) ? Number(BigInt(id) >> 22n) + DISCORD_EPOCH : Infinity)
