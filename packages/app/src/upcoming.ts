import { type Filter, type Instant, type Knowledge, type Schedule, slotAfter } from '@cme-commons/core'
import { audiencesAhead, listWaiting, newestSeq, type Read, readersByCursor } from '@cme-commons/db'
import { remindersAhead } from './conferences/ahead.ts'
import { choose, newsBetween } from './digest-maker.ts'
import { type CompanyAhead, companyAhead } from './onboarding/company-ahead.ts'

/**
 * One thing that will be sent. `readers` is to how many, `to` names the first and the last; `items` is how many items are known for it now,
 * and a digest without news is not sent.
 */
export type Coming = {
  at: Instant
  what: 'digest' | 'message' | 'role' | 'reminder' | 'date-news' | 'edition-news' | 'usual-dates' | CompanyAhead['what']
  space: string
  to: string[]
  readers: number
  items?: number
  /** How many members a moderators' list tells of. */
  names?: number
  key?: string
}

/** The soonest so many; a year of a large community is more than anybody reads. */
const MOST = 1000

/** Everything that will be sent from `now` until `until`, soonest first, by the functions that send it. */
export async function upcoming(db: Read, now: Instant, until: Instant, content: Knowledge): Promise<Coming[]> {
  const coming: Coming[] = []
  for (const { key, due, to, effect } of await listWaiting(db, until, MOST)) {
    coming.push({
      at: due < now ? now : due,
      what: effect.kind === 'company' ? effect.touch : effect.kind,
      space: to.space,
      to: ['user' in to ? `user:${to.user}` : `channel:${to.channel}`],
      readers: 1,
      key,
    })
  }
  coming.push(...(await companyAhead(db, now, until, MOST)))
  coming.push(...(await remindersAhead(db, now, until, MOST)))
  const upto = await newestSeq(db)
  const turns = (await audiencesAhead(db, until)).map((audience) => ({ audience, slot: audience.next_at, first: true }))
  while (coming.length < MOST) {
    const turn = turns.toSorted((a, b) => (a.slot < b.slot ? -1 : 1))[0]
    if (!turn || turn.slot > until) break
    const { audience, slot, first } = turn
    for (const group of await readersByCursor(db, audience.id, slot)) {
      const news = first ? await newsBetween(db, group.cursor ?? audience.cursor, upto) : []
      const reader = { filter: JSON.parse(audience.filter) as Filter, space: audience.space }
      const items = choose(news, reader, content, slot.slice(0, 10)).length
      coming.push({
        at: slot < now ? now : slot,
        what: 'digest',
        space: group.space,
        to: group.to,
        readers: group.readers,
        items,
      })
    }
    turn.slot = slotAfter(JSON.parse(audience.schedule) as Schedule, slot)
    turn.first = false
  }
  return coming.sort((a, b) => a.at.localeCompare(b.at))
}
