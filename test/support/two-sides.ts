import { planCompany, platformOf, settled, unpacker } from '@cme-commons/app'
import {
  type Actor,
  type Card,
  encodeAction,
  type Instant,
  overCard,
  type Press,
  plain,
  type Reply,
} from '@cme-commons/core'
import { type Db, findMember, inTx, lanesDue, putSpace } from '@cme-commons/db'
import { createCourier } from '@cme-commons/server'
import { expect } from 'vitest'
import { knowledge, worldOn } from './world.ts'

export const onSlack: Actor = { space: 'T1', user: 'USARA', name: 'Sara Kim', zone: 'America/New_York' }
export const onDiscord: Actor = { space: 'G1', user: '801', name: 'sara-k' }
export const onTry: Actor = { space: 'try', user: 'sara', name: 'Sara', zone: 'America/New_York' }

export type Arrived = { at: Instant; space: string; to: string; title: string; card: Card }

/** A Slack workspace, a Discord server and the try-out space on one installation, with ticks and a courier that notes what arrives. */
export async function threeSpaces(db: Db, start: Instant) {
  const world = await worldOn(db, start)
  for (const [id, platform, name] of [
    ['T1', 'slack', 'Northern society'],
    ['T2', 'slack', 'Southern society'],
    ['G1', 'discord', 'CME colleagues'],
  ] as const)
    await inTx(db, (tx) =>
      putSpace(tx, { id, platform, name, zone: 'UTC', moderators: 'channel:moderators', made_at: start }),
    )
  const arrived: Arrived[] = []
  let now = start
  const deliver = async (parcel: Parameters<Parameters<typeof createCourier>[0]['deliverers'][string]>[0]) => {
    const { to } = parcel
    if ('card' in parcel)
      arrived.push({
        at: parcel.now,
        space: to.space,
        to: 'user' in to ? to.user : to.channel,
        title: parcel.card.title,
        card: parcel.card,
      })
    return { done: true as const }
  }
  const courier = createCourier({
    db,
    now: () => now,
    holder: 'test',
    deliverers: { try: deliver, slack: deliver, discord: deliver },
    platformOf,
    unpack: unpacker(knowledge),
    settled,
    wake: async () => {},
    log: { warn() {}, error: (data: unknown, say: string) => console.error(say, data) },
    settleMs: 1,
  })
  const self = {
    ...world,
    arrived,
    /** Acts, and sees that the answer fits every platform and leads on. */
    async act(actor: Actor, action: Press, at: Instant): Promise<Reply> {
      const reply = await world.press(actor, action, at)
      if (!('ask' in reply)) {
        expect(overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])
        expect(reply.say.buttons?.some((button) => 'act' in button)).toBe(true)
      }
      return reply
    },
    /** One tick and all that it sends; answers what arrived. */
    async tick(at: Instant): Promise<Arrived[]> {
      const before = arrived.length
      now = at
      await world.plan(at)
      await planCompany(db, at, async () => {})
      for (let lanes = await lanesDue(db.read, at); lanes.length > 0; lanes = await lanesDue(db.read, at))
        for (const lane of lanes) await courier.work(lane)
      return arrived.slice(before)
    },
    async code(actor: Actor, at: Instant): Promise<string> {
      return /\/cme link (\S+)/.exec(words(await self.act(actor, { do: 'link.code' }, at)))![1]!
    },
    /** Makes a code on one side, types it on the other, and confirms it there. */
    async link(there: Actor, here: Actor, home: 'here' | 'there', at: Instant): Promise<Reply> {
      const preview = await self.act(here, { do: 'link', code: await self.code(there, at) }, at)
      return self.act(here, confirmOf(preview, home), at)
    },
    member: async ({ space, user }: Actor) => (await findMember(db.read, space, user))?.id,
  }
  return self
}

export const words = (reply: Reply): string => ('ask' in reply ? reply.ask.title : plain(reply.say))

/** The press that confirms what a preview shows. */
export function confirmOf(preview: Reply, home: 'here' | 'there'): Press {
  const buttons = 'ask' in preview ? [] : (preview.say.buttons ?? [])
  const found = buttons.find((one) => 'act' in one && one.act.do === 'link.confirm' && one.act.home === home)
  if (!found || !('act' in found)) throw new Error(`nothing to confirm on: ${words(preview)}`)
  return found.act
}
