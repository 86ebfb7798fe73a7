import type { Bot, Edge } from '@cme-commons/core'
import { makeDeliver } from './deliver.ts'
import { holdGateway } from './gateway.ts'
import { events } from './inbound/events.ts'
import { moderatesNow } from './inbound/moderates.ts'
import { watchInvalid } from './invalid.ts'
import { paced } from './pace.ts'
import { makeAnsweringRest, makeRest } from './rest.ts'
import type { DiscordSettings } from './settings.ts'

/** Connects to Discord; `hears`: what people do there is taken here. While it is away, or another process holds the gateway, it goes on trying. */
export function startDiscord(edge: Edge, settings: DiscordSettings, { hears }: { hears: boolean }): Bot {
  const pace = paced()
  const delivering = makeRest(settings, pace)
  const answering = makeAnsweringRest(settings, pace)
  const deliver = makeDeliver({ edge, rest: delivering, invalid: watchInvalid([delivering, answering]) })
  const moderates = (person: { space: string; user: string }) => moderatesNow(edge, answering, person)
  if (!hears) return { deliver, moderates, ready: () => true, stop: async () => {} }
  const gateway = holdGateway(edge, settings, events(edge, answering), pace)
  return { deliver, moderates, ready: gateway.ready, stop: gateway.stop }
}
export { checkDiscord } from './check.ts'
export { type CommandBodies, commandsOf } from './commands/bodies.ts'
export { decodeCommand } from './commands/decode.ts'
export { type Difference, difference, isSame } from './commands/difference.ts'
export { makeDeliver } from './deliver.ts'
export { CODES } from './errors.ts'
export { watchInvalid } from './invalid.ts'
export { inviteUrl, missingPermissions, type Permission, permissionBits, permissions } from './permissions.ts'
export { ownApplication, planCommands, registerCommands } from './register.ts'
export type { Body } from './render/body.ts'
export { plainId } from './render/button.ts'
export { drawCard, drawParts } from './render/card.ts'
export { answerWith, drawForm, formOf, readForm } from './render/form.ts'
export { drawText } from './render/text.ts'
export { makeAnsweringRest, makeRest } from './rest.ts'
export { type DiscordSettings, discordWanted } from './settings.ts'
