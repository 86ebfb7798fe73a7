import { randomUUID } from 'node:crypto'
import { amiss, complete, enterSpace, leaveSpace, perform } from '@cme-commons/app'
import type { Action, Edge } from '@cme-commons/core'
import {
  allSpaces,
  arrived,
  dropNote,
  dropNotesAbout,
  findMember,
  inTx,
  noteOf,
  putNote,
  releaseLease,
  settingsOf,
  takeLease,
} from '@cme-commons/db'
import { ConfigError } from '../config.ts'
import { type House, inHouse } from '../house.ts'
import { linkCode } from '../secrets.ts'
import { makeSeal } from './seal.ts'

/** The product as a bot is handed it. `holder` names this process; leases are real time, whatever the try-out clock says. */
export function makeEdge(house: House, platform: Edge['platform'], holder: string): Edge {
  const { db, content, clock, site, log, config } = house
  const seen = new Map<string, string>()
  const seal = config.secretKey ? makeSeal(config.secretKey) : undefined
  const sealing = () => {
    if (!seal) throw new ConfigError('SECRET_KEY: set it, so that tokens can be kept sealed (docs/operating.md)')
    return seal
  }
  const now = () => new Date().toISOString()

  const edge: Edge = {
    platform,
    content,
    site,
    now: clock.now,
    perform: async (actor, action, once) => {
      let nobody = false
      const reply = await inHouse(house, async (tx) => {
        if (once !== undefined && !(await arrived(tx, `${platform}/${once}`, now()))) return undefined
        if (seen.get(actor.user) !== actor.space)
          await putNote(tx, { platform, name: `space/${actor.user}`, value: actor.space, ...about(actor), at: now() })
        const reply = await perform({ tx, now: clock.now(), content, actor, site, random: linkCode }, action)
        // Who asks what is kept about her and is nobody, or has just become so, leaves no note either.
        nobody = isMyData(action) && !(await findMember(tx, actor.space, actor.user))
        if (nobody) await dropNotesAbout(tx, { user: actor.user })
        return reply
      })
      if (seen.size >= 10_000) seen.clear()
      if (nobody) seen.delete(actor.user)
      else seen.set(actor.user, actor.space)
      return reply
    },
    complete: ({ space }, what, typed) => complete(db.read, content, { what, typed, space }),
    enter: (space) => inHouse(house, (tx) => enterSpace(tx, { ...space, platform }, clock.now())),
    leave: async (space, why) => {
      await inTx(db, (tx) => leaveSpace(tx, space, why, clock.now()))
      seen.clear()
    },
    spaces: async () => {
      const ours = (await allSpaces(db.read)).filter((space) => space.platform === platform)
      return ours.map(({ id }) => id)
    },
    amiss: (space, what) => inHouse(house, (tx) => amiss(tx, space, what, clock.now())),
    settings: (space) => settingsOf(db.read, space),
    spaceOf: (user) => noteOf(db.read, platform, `space/${user}`),
    recall: (name) => noteOf(db.read, platform, `bot/${name}`),
    remember: (name, value, of = {}) => keep(`bot/${name}`, value, of),
    sealed: {
      async get(name) {
        const kept = await noteOf(db.read, platform, `sealed/${name}`)
        return kept === undefined ? undefined : sealing().open(`${platform}/${name}`, kept)
      },
      put: (name, value, of = {}) =>
        keep(`sealed/${name}`, value === undefined ? undefined : sealing().close(`${platform}/${name}`, value), of),
    },
    hold: (name, ms) =>
      inTx(
        db,
        async (tx) => (await takeLease(tx, { name: `${platform}/${name}`, holder, now: now(), ms })) !== undefined,
      ),
    letGo: (name) => inTx(db, (tx) => releaseLease(tx, `${platform}/${name}`, holder)),
    log: {
      debug: (facts, say) => log.debug(facts, say),
      info: (facts, say) => log.info(facts, say),
      warn: (facts, say) => log.warn(facts, say),
      error: (facts, say) => log.error(facts, say),
    },
    apology(error, what) {
      const id = randomUUID().slice(0, 8)
      log.error({ err: error, id, platform }, `${what} failed`)
      return id
    },
  }

  const about = ({ space, user }: { space?: string; user?: string }) => ({
    space: space ?? null,
    member_user: user ?? null,
  })
  const keep = (name: string, value: string | undefined, of: { space?: string; user?: string }) =>
    inTx(db, (tx) =>
      value === undefined
        ? dropNote(tx, platform, name)
        : putNote(tx, { platform, name, value, ...about(of), at: now() }),
    )
  return edge
}

const isMyData = (action: Action): boolean =>
  (action.do === 'form.submit' ? action.form : action.do).startsWith('my-data')
