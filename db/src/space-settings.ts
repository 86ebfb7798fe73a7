import type { SpaceSettings } from '@cme-commons/core'
import { findSpace } from './people.ts'
import type { Read, Tx } from './tx.ts'

const KEPT = ['news', 'fallback', 'moderatorRole', 'mentorRole'] as const
const TRACKS = { trackChannels: 'trackChannel/', trackRoles: 'trackRole/' } as const

/** What moderators set for a space. Of a space that is not known, or was left, nothing is set and the zone is UTC. */
export async function settingsOf(read: Read, space: string): Promise<SpaceSettings> {
  const found = await findSpace(read, space)
  if (!found || found.left_at !== null) return { zone: 'UTC', trackChannels: {}, trackRoles: {} }
  const rows = await read.selectFrom('space_settings').select(['name', 'value']).where('space', '=', space).execute()
  const kept = new Map(rows.map(({ name, value }) => [name, value]))
  const under = (prefix: string) =>
    Object.fromEntries(
      rows.filter(({ name }) => name.startsWith(prefix)).map(({ name, value }) => [name.slice(prefix.length), value]),
    )
  return {
    zone: found.zone,
    ...(found.moderators?.startsWith('channel:') ? { moderators: found.moderators.slice('channel:'.length) } : {}),
    ...Object.fromEntries(KEPT.flatMap((name) => (kept.has(name) ? [[name, kept.get(name)]] : []))),
    trackChannels: under(TRACKS.trackChannels),
    trackRoles: under(TRACKS.trackRoles),
  }
}

/** Keeps all settings of a space as they are given; what is left out is unset. */
export async function putSettings(tx: Tx, space: string, settings: SpaceSettings): Promise<void> {
  const { zone, moderators } = settings
  const before = await findSpace(tx, space)
  // Until a channel is named, whoever installed the program is told things herself.
  const unset = before?.moderators?.startsWith('channel:') ? null : (before?.moderators ?? null)
  await tx
    .updateTable('spaces')
    .set({ zone, moderators: moderators ? `channel:${moderators}` : unset })
    .where('id', '=', space)
    .execute()
  const rows = [
    ...KEPT.flatMap((name) => (settings[name] ? [{ space, name: name as string, value: settings[name] }] : [])),
    ...(['trackChannels', 'trackRoles'] as const).flatMap((name) =>
      Object.entries(settings[name]).map(([track, value]) => ({ space, name: TRACKS[name] + track, value })),
    ),
  ]
  await dropSettings(tx, space)
  if (rows.length > 0) await tx.insertInto('space_settings').values(rows).execute()
}

export async function dropSettings(tx: Tx, space: string): Promise<void> {
  await tx.deleteFrom('space_settings').where('space', '=', space).execute()
}
