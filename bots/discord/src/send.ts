import { setImmediate as breath } from 'node:timers/promises'
import type { Card, Edge, Outcome, Parcel } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { type APIMessage, Routes } from 'discord-api-types/v10'
import { classify } from './errors.ts'
import type { Body } from './render/body.ts'
import { drawParts } from './render/card.ts'

type Letter = Parcel & { card: Card; thread?: readonly Card[] }

/** How far a message of several parts has come: the first message, where its thread is (or that there is none), and the parts there. */
type Sent = { first: string; thread?: string; parts: number }

const THREADS =
  'The bot may not open a thread there, so a long digest goes on in the channel: give it "Create Public Threads" and "Send Messages in Threads".'

/** Sends a card and what goes below it to a channel. A part that is there already, by its number or its nonce, is not sent again. */
export function makeSend(edge: Edge, rest: REST) {
  return async function send(channel: string, parcel: Letter): Promise<Outcome> {
    // Many are begun at once, and each is drawn: nobody's press waits for all of them.
    await breath()
    const own = drawParts(parcel.card)
    const parts = [...own, ...(parcel.thread ?? []).flatMap((card) => drawParts(card))]
    const note = `sent/${parcel.id}`
    const several = parts.length > 1
    let sent = several ? parsed(await edge.recall(note)) : undefined
    let was = false
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
      const id = await post(at, parts[i]!, nonceOf(parcel.id, i)).catch(async (error) => {
        if (at === channel || !(await noThread(parcel, channel, error))) throw error
      })
      if (id === undefined) {
        sent = { ...sent!, thread: channel }
        i--
        continue
      }
      if (i === 0) was = madeAt(id) < begun - 1_000
      sent = { first: id, ...sent, parts: i + 1 }
      const left = i + 1 < parts.length
      if (several) await edge.remember(note, left ? JSON.stringify(sent) : undefined, { space: parcel.to.space })
    }
    if (several) await edge.remember(note, undefined)
    return {
      done: true,
      ref: `${channel}/${sent!.first}`,
      ...(parcel.doubt ? { twice: was ? 'looked-up' : 'sent-blind' } : {}),
    }
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

const parsed = (text: string | undefined): Sent | undefined =>
  text === undefined ? undefined : (JSON.parse(text) as Sent)

/** At most 25 characters, the same for the same part of the same parcel. */
const nonceOf = (id: string, part: number): string => `${id.slice(0, 23)}${part.toString(36)}`

const DISCORD_EPOCH = 1_420_070_400_000
/** When something of Discord's was made, in milliseconds, as its id tells. */
const madeAt = (id: string): number => (/^\d{15,20}$/.test(id) ? Number(BigInt(id) >> 22n) + DISCORD_EPOCH : Infinity)
