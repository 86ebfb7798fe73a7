import {
  type Amiss,
  amissCard,
  changeSettings,
  type Instant,
  namedSettings,
  type SettingChange,
} from '@cme-commons/core'
import {
  audit,
  changeSpace,
  conferenceChannelAt,
  dropSubscription,
  holdSpace,
  post,
  putSettings,
  settingsOf,
  subscriptionAt,
  type Tx,
  withdrawAt,
} from '@cme-commons/db'
import { loseChannel } from './channels/lost.ts'
import { laneOf } from './lanes.ts'
import { firstModerator, whoMends } from './who-mends.ts'

export { whoMends } from './who-mends.ts'

/**
 * A channel or role of a space does not work. Of one that is gone, settings and digest end, and what waits for it is taken back. Whoever
 * can mend it hears of it: once of what is gone, and once a month of what stays in the way.
 */
export async function amiss(tx: Tx, id: string, what: Amiss, now: Instant): Promise<void> {
  const space = await holdSpace(tx, id)
  if (!space || space.left_at !== null) return
  const lost = what.gone && 'channel' in what ? await conferenceChannelAt(tx, id, what.channel) : undefined
  if (lost && 'channel' in what) await loseChannel(tx, lost, what.channel, now)
  const value = 'channel' in what ? what.channel : what.role
  const named = await namedHere(tx, id, what)
  const digest = what.gone && 'channel' in what ? await endAt(tx, id, what.channel, now) : false
  if (what.gone) await unset(tx, id, space.platform, named, value, now)
  if (what.gone && named.length === 0 && !digest) return
  const to = await whoMends(tx, id, 'channel' in what ? what.channel : undefined)
  if (!to) return
  const key = `amiss/${id}/${value}/${what.gone ? 'gone' : now.slice(0, 7)}`
  const card = amissCard(what, named, digest)
  await post(tx, now, [{ key, lane: laneOf(space), to, effect: { kind: 'message', card }, due: now }])
}

/** The settings that name it. A channel and a role may have the same id, as the role of everybody has that of its server. */
async function namedHere(tx: Tx, space: string, what: Amiss): Promise<string[]> {
  const isRole = (name: string) => /^(?:trackRoles\.|moderatorRole$|mentorRole$)/.test(name)
  return [...namedSettings(await settingsOf(tx, space))].flatMap(([name, value]) =>
    name !== 'zone' && isRole(name) === 'role' in what && value === ('role' in what ? what.role : what.channel)
      ? [name]
      : [],
  )
}

async function unset(tx: Tx, space: string, actor: string, names: readonly string[], from: string, now: Instant) {
  if (names.length === 0) return
  const changes = names.map((name): SettingChange => ({ name, from }))
  await putSettings(tx, space, changeSettings(await settingsOf(tx, space), changes))
  for (const change of changes)
    await audit(tx, { at: now, space, actor, what: `setup.${change.name}`, detail: JSON.stringify(change) })
  const first = names.includes('moderators') ? await firstModerator(tx, space) : undefined
  if (first) await changeSpace(tx, space, { moderators: `user:${first}` })
}

/** Ends the digest of a channel and takes back what waits for it; whether there was one. */
async function endAt(tx: Tx, space: string, channel: string, now: Instant): Promise<boolean> {
  const subscription = await subscriptionAt(tx, space, `channel:${channel}`)
  if (subscription) await dropSubscription(tx, subscription.id)
  await withdrawAt(tx, { space, channel }, now)
  return subscription !== undefined
}
