import { type ArrivedSpace, type Instant, welcomeInstaller } from '@cme-commons/core'
import {
  audit,
  changeSpace,
  dropNotesAbout,
  emptySpace,
  giveRole,
  holdSpace,
  makeMember,
  makeSpace,
  post,
  settingsOf,
  type Tx,
} from '@cme-commons/db'
import { laneOf } from './lanes.ts'

/**
 * Makes a space on first sight, opens it anew after it was left, and keeps its name up to date. Whoever installed the program is its
 * first moderator, is asked once where things shall go, and gets its notices until a channel is named.
 */
export async function enterSpace(tx: Tx, arrived: ArrivedSpace & { platform: string }, now: Instant): Promise<void> {
  const { id, platform, name, zone, installer } = arrived
  await makeSpace(tx, { id, platform, name, zone: zone ?? 'UTC', moderators: null, made_at: now })
  const known = (await holdSpace(tx, id))!
  const anew = known.left_at !== null
  if (anew) await changeSpace(tx, id, { name, zone: zone ?? known.zone, left_at: null, made_at: now })
  else if (known.name !== name) await changeSpace(tx, id, { name })
  if (!installer) return
  const card = welcomeInstaller({ name, settings: await settingsOf(tx, id) })
  const key = `welcome/${id}/${anew ? now : known.made_at}`
  const to = { space: id, user: installer }
  const lane = laneOf({ platform, id })
  if ((await post(tx, now, [{ key, lane, to, effect: { kind: 'message', card }, due: now }])) === 0) return
  const fresh = { name: null, track: null, region: null, zone: null, made_at: now }
  const member = await makeMember(tx, id, installer, fresh)
  await giveRole(tx, { space: id, member: member.id, role: 'moderator' }, now)
  if (anew || known.moderators === null) await changeSpace(tx, id, { moderators: `user:${installer}` })
}

/**
 * The program was taken out of a space: its subscriptions end, what waits for it is taken back, and its settings, suggestions and what
 * the bots keep about it (tokens too) are deleted. Members keep their progress. Twice is as once.
 */
export async function leaveSpace(tx: Tx, space: string, why: string, now: Instant): Promise<void> {
  const known = await holdSpace(tx, space)
  if (!known || known.left_at !== null) return
  await changeSpace(tx, space, { left_at: now, moderators: null })
  await emptySpace(tx, space, now)
  await dropNotesAbout(tx, { space })
  await audit(tx, { at: now, space, actor: known.platform, what: 'space.left', detail: why })
}
