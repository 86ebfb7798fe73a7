import type { Card, Edge, Parcel } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import { Routes } from 'discord-api-types/v10'
import { classify } from './errors.ts'
import { drawCard } from './render/card.ts'

/** A card on its way; one that is pinned, or takes the place of the one before, stands in its channel as one message. */
export type Letter = Parcel & { card: Card; thread?: readonly Card[]; pin?: true; edit?: string }
export const stands = ({ pin, edit }: Letter): boolean => pin === true || edit !== undefined

const PIN = 'The bot may not pin messages there: give its role "Pin Messages", or pin them yourself.'

/** Changes and pins the messages that stand in a channel. */
export function makeStanding(edge: Edge, rest: REST) {
  /** The ref of the message that the card took the place of; nothing when there is none any more. */
  async function changed(parcel: Letter): Promise<string | undefined> {
    const [channel, message] = parcel.edit?.split('/') ?? []
    if (!channel || !message) return undefined
    const change = () => rest.patch(Routes.channelMessage(channel, message), { body: drawCard(parcel.card) })
    try {
      await change().catch(async (error) => {
        if (classify(error).code !== '50083') throw error
        // A post of a forum that was quiet for long: it is opened again.
        await rest.patch(Routes.channel(channel), { body: { archived: false } })
        await change()
      })
    } catch (error) {
      const { code } = classify(error)
      const elsewhere = !('channel' in parcel.to) || parcel.to.channel !== channel
      if (code === '10008' || code === '50005' || (code === '10003' && elsewhere)) return undefined
      throw error
    }
    if (parcel.pin) await pin(parcel, channel, message)
    return parcel.edit
  }

  /** Pinning twice is pinning once. The message stands there whether it can be pinned or not: who can mend that is told. */
  async function pin({ to }: Letter, channel: string, message: string): Promise<void> {
    // A post of a forum is a thread of its own, in which it is the first message anyway.
    if (channel === message) return
    try {
      await rest.put(Routes.channelMessagesPin(channel, message))
    } catch (error) {
      const { fate, code, say } = classify(error)
      // Somebody has deleted it at this very moment.
      if (code === '10008') return
      if (fate !== 'channel' && fate !== 'refused' && fate !== 'ours') throw error
      await edge.amiss(to.space, { channel, say: code === '50013' || code === '403' ? PIN : say })
    }
  }
  return { changed, pin }
}
