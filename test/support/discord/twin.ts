import { Server } from 'node:http'
import { ChannelType } from 'discord-api-types/v10'
import { DigitalDiscord } from 'discord-digital-twin'
import { onTestFinished } from 'vitest'

/** Somebody else's Discord on loopback, with one server, its channel and a person; stopped with the test. */
export async function startTwin() {
  const discord = new DigitalDiscord({
    guild: { id: '900000000000000100', name: 'Association', ownerId: '900000000000000500' },
    channels: [{ id: '900000000000000300', name: 'standards-news', type: ChannelType.GuildText }],
    users: [
      { id: '900000000000000501', username: 'sara' },
      { id: '900000000000000500', username: 'owner' },
    ],
  })
  await onLoopback(() => discord.start())
  onTestFinished(() => discord.stop())
  return discord
}

/** It would listen on every address of the machine: here nobody else shall reach it. */
async function onLoopback(start: () => Promise<void>): Promise<void> {
  const { listen } = Server.prototype
  Server.prototype.listen = function (this: Server, port: number, ready: () => void) {
    return listen.apply(this, [port, '127.0.0.1', ready] as never)
  } as typeof listen
  try {
    await start()
  } finally {
    Server.prototype.listen = listen
  }
}
