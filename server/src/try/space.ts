import type { Actor, Instant, Knowledge } from '@cme-commons/core'
import {
  conferenceChannelsOf,
  findMember,
  heldRoles,
  makeMember,
  makeSpace,
  membersOf,
  type Read,
  type Tx,
} from '@cme-commons/db'

export const TRY_SPACE = 'try'

/** The channels of the try-out space; a moderator sees them all. */
export const channels = [
  { id: 'standards-news', about: 'What changed in the standards, for everybody', moderators: false },
  { id: 'moderators', about: 'Where the bot tells moderators what needs them', moderators: true },
] as const

type Persona = {
  user: string
  name: string
  about: string
  zone: string
  track?: string
  region?: string
  moderator?: boolean
}

/** Made-up members who are there from the start, labelled as samples wherever they show. */
const personas: readonly Persona[] = [
  {
    user: 'sara',
    name: 'Sara',
    about: 'Program manager at a large urban hospital',
    zone: 'America/New_York',
    track: 'program',
    region: 'us',
  },
  {
    user: 'moderator',
    name: 'Moderator',
    about: 'Runs the channels of an association',
    zone: 'America/Chicago',
    moderator: true,
  },
]

/** A member of the try-out space as the page shows her. */
export type Person = {
  id: string
  name: string
  about: string
  zone: string
  track?: string
  region?: string
  sample: boolean
  moderator: boolean
}

/** Makes the space and its sample members, once; what was set for it since stays. */
export async function settle(tx: Tx, content: Knowledge, now: Instant): Promise<void> {
  const made_at = now
  await makeSpace(tx, {
    id: TRY_SPACE,
    platform: 'try',
    name: 'Try-out space',
    zone: 'America/New_York',
    moderators: 'channel:moderators',
    made_at,
  })
  for (const { user, name, zone, track, region } of personas) {
    await makeMember(tx, TRY_SPACE, user, {
      name,
      zone,
      track: known(content.tracks, track),
      region: known(content.regions, region),
      made_at,
    })
  }
}

const known = (list: readonly { id: string }[], id?: string): string | null =>
  list.find((entry) => entry.id === id)?.id ?? null

/** Every member, the samples first. */
export async function everybody(read: Read): Promise<Person[]> {
  const members = await membersOf(read, TRY_SPACE)
  const kept = await keptModerators(read)
  const place = (id: string) => personas.findIndex((persona) => persona.user === id) >>> 0
  return members
    .map((member) => person(member.user, member, kept.has(member.id)))
    .sort((a, b) => place(a.id) - place(b.id))
}

export async function somebody(read: Read, user: string): Promise<Person | undefined> {
  const member = await findMember(read, TRY_SPACE, user)
  return member && person(user, member, (await keptModerators(read)).has(member.id))
}

/** The platform of the try-out names its sample moderator; others have the role from her. */
const isSampleModerator = (user: string): boolean => personas.some((one) => one.user === user && one.moderator === true)

type Member = { name: string | null; track: string | null; region: string | null; zone: string | null }

/** Who moderates here by a role that is kept, and not by being a sample moderator. */
const keptModerators = async (read: Read): Promise<Set<string>> =>
  new Set((await heldRoles(read, TRY_SPACE)).flatMap(({ member, role }) => (role === 'moderator' ? [member] : [])))

function person(id: string, { name, track, region, zone }: Member, kept = false): Person {
  const persona = personas.find((one) => one.user === id)
  return {
    id,
    name: name ?? id,
    about: persona?.about ?? '',
    zone: zone ?? 'UTC',
    ...(track ? { track } : {}),
    ...(region ? { region } : {}),
    sample: persona !== undefined,
    moderator: kept || isSampleModerator(id),
  }
}

/** A newcomer's id: her name in plain letters, numbered when somebody has it already. */
export async function makePerson(
  tx: Tx,
  who: { name: string; zone: string; track?: string; region?: string },
  now: Instant,
): Promise<Person> {
  const plain =
    who.name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 30) || 'member'
  let id = plain
  for (let n = 2; await findMember(tx, TRY_SPACE, id); n++) id = `${plain}-${n}`
  const member = { name: who.name, zone: who.zone, track: who.track ?? null, region: who.region ?? null, made_at: now }
  return person(id, await makeMember(tx, TRY_SPACE, id, member))
}

export type TryChannel = { id: string; about: string; moderators: boolean; closed?: boolean }

/** The channels that were opened for conferences, and their forums; plain channels here. */
export async function openedChannels(read: Read): Promise<(TryChannel & { mark: string })[]> {
  const rows = await conferenceChannelsOf(read, TRY_SPACE)
  return rows.reverse().flatMap(({ channel, forum, topic, mark, state }) => {
    const kept = { moderators: false, closed: state === 'archived' }
    return [
      ...(channel && state !== 'lost' ? [{ id: channel, about: topic, mark, ...kept }] : []),
      ...(forum && state !== 'lost' ? [{ id: forum, about: `Questions. ${topic}`, mark: `${mark}-q`, ...kept }] : []),
    ]
  })
}

export async function channelsOf(read: Read, who: Person): Promise<TryChannel[]> {
  const opened = await openedChannels(read)
  const fixed = channels.filter((channel) => who.moderator || !channel.moderators)
  return [...fixed, ...opened.filter(({ id }) => !channels.some((one) => one.id === id))]
}

export const actorOf = (who: Person, channel?: string): Actor => ({
  space: TRY_SPACE,
  user: who.id,
  name: who.name,
  zone: who.zone,
  locale: 'en',
  moderator: isSampleModerator(who.id),
  ...(channel ? { channel } : {}),
})
