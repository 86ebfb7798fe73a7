import { apiSpeed } from './api.ts'
import { endpointSpeed } from './api-endpoints.ts'
import { claimSettle } from './claim-settle.ts'
import { conferenceYear } from './conference-year.ts'
import { digestTick } from './digest-tick.ts'
import { discordAcknowledged } from './discord.ts'
import { discordDeliveries } from './discord-deliveries.ts'
import { idleMemory } from './idle.ts'
import { ingestSpeed } from './ingest.ts'
import { type Measured, machine, print } from './measure.ts'
import { pageSpeed } from './pages.ts'
import { pollingSpeed } from './polling.ts'
import { pressSpeed } from './press.ts'
import { readerPatience } from './readers.ts'
import { reminderTick } from './reminders.ts'
import { searchSpeed } from './search.ts'
import { slackAnswers } from './slack.ts'
import { slackDeliveries } from './slack-deliveries.ts'

/** `pnpm bench`: every promise about speed and memory as a figure beside its bound, all in one run; exit code 1 when one is missed. */
const suites: Record<string, () => Promise<Measured[]>> = {
  digests: digestTick,
  reminders: reminderTick,
  'conference-year': conferenceYear,
  courier: claimSettle,
  api: async () => [...(await apiSpeed()), ...(await endpointSpeed())],
  readers: readerPatience,
  pages: pageSpeed,
  presses: pressSpeed,
  idle: idleMemory,
  search: searchSpeed,
  ingest: ingestSpeed,
  polling: pollingSpeed,
  slack: slackAnswers,
  'slack-deliveries': slackDeliveries,
  discord: discordAcknowledged,
  'discord-deliveries': discordDeliveries,
}
const wanted = process.argv.slice(2)
console.log(machine())
let kept = true
for (const [name, measure] of Object.entries(suites)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n${name}`)
  kept = print(await measure()) && kept
}
process.exit(kept ? 0 : 1)
