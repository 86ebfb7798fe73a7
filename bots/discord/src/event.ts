import { bearsMark, cut, type HostedEvent, type Instant, type Outcome, withMark } from '@cme-commons/core'
import type { REST } from '@discordjs/rest'
import {
  type APIGuildScheduledEvent,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  Routes,
} from 'discord-api-types/v10'

const MOST = { name: 100, description: 1_000, location: 100 }

/**
 * Shows an event of ours among those of the server, changes it or cancels it; found again by its mark. Discord takes none that has begun,
 * so one that would have is not shown.
 */
export async function hostEvent(rest: REST, space: string, event: HostedEvent, now: Instant): Promise<Outcome> {
  const all = (await rest.get(Routes.guildScheduledEvents(space))) as APIGuildScheduledEvent[]
  const there = all.find(
    ({ description, status }) =>
      bearsMark(description, event.mark) &&
      (status === GuildScheduledEventStatus.Scheduled || status === GuildScheduledEventStatus.Active),
  )
  if (event.cancelled) return there ? ended(rest, space, there) : { done: true }
  const begun = Date.parse(event.start) <= Date.parse(now)
  if (!there) return begun ? { done: true } : made(rest, space, event)
  const body = changesOf(there, event, begun)
  if (Object.keys(body).length > 0) await rest.patch(Routes.guildScheduledEvent(space, there.id), { body })
  return { done: true, ref: there.id }
}

async function made(rest: REST, space: string, event: HostedEvent): Promise<Outcome> {
  const body = {
    ...bodyOf(event),
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    entity_type: GuildScheduledEventEntityType.External,
  }
  const { id } = (await rest.post(Routes.guildScheduledEvents(space), { body })) as APIGuildScheduledEvent
  return { done: true, ref: id }
}

/** One that is on at this moment can only be ended. */
async function ended(rest: REST, space: string, { id, status }: APIGuildScheduledEvent): Promise<Outcome> {
  const { Active, Canceled, Completed } = GuildScheduledEventStatus
  await rest.patch(Routes.guildScheduledEvent(space, id), {
    body: { status: status === Active ? Completed : Canceled },
  })
  return { done: true, ref: id }
}

const bodyOf = ({ title, about, mark, start, end, place }: HostedEvent) => ({
  name: cut(title, MOST.name),
  description: withMark(about, mark, MOST.description),
  scheduled_start_time: start,
  scheduled_end_time: end,
  entity_metadata: { location: cut(place.trim(), MOST.location) || 'To be announced' },
})

/** What differs from what Discord shows. A beginning that is over already stays as it was. */
function changesOf(there: APIGuildScheduledEvent, event: HostedEvent, begun: boolean): object {
  const body = bodyOf(event)
  const time = (at: string | null | undefined) => (at ? Date.parse(at) : undefined)
  const same: Record<keyof typeof body, boolean> = {
    name: there.name === body.name,
    description: there.description === body.description,
    scheduled_start_time: begun || time(there.scheduled_start_time) === time(body.scheduled_start_time),
    scheduled_end_time: time(there.scheduled_end_time) === time(body.scheduled_end_time),
    entity_metadata: there.entity_metadata?.location === body.entity_metadata.location,
  }
  return Object.fromEntries(Object.entries(body).filter(([name]) => !same[name as keyof typeof body]))
}
