import { type Filter, type Instant, type Knowledge, type Schedule, slotAfter } from '@cme-commons/core'
import { audiencesAhead, listWaiting, newestSeq, type Read, readersByCursor } from '@cme-commons/db'
import { channelsAhead } from './channels/ahead.ts'
import { remindersAhead } from './conferences/ahead.ts'
import { type IntroductionsAhead, introductionsAhead } from './conferences/introductions-due.ts'
import { recapsAhead } from './conferences/recap-due.ts'
import { choose, newsBetween } from './digest-maker.ts'
import { type CompanyAhead, companyAhead } from './onboarding/company-ahead.ts'

/**
 * One thing that will be sent. `readers` is to how many, `to` names the first and the last; `items` is how many items are known for it now,
 * and a digest without news is not sent.
 */
export type Coming = {
  at: Instant
  what:
    | 'digest'
    | 'nothing-new'
    | 'message'
    | 'role'
    | 'reminder'
    | 'date-news'
    | 'edition-news'
    | 'usual-dates'
    | 'webhook'
    | 'channel'
    | 'introduction'
    | 'did-you-meet'
    | 'question-note'
    | 'question'
    | 'question-votes'
    | 'recap-offer'
    | IntroductionsAhead['what']
    | CompanyAhead['what']
  space: string
  to: string[]
  readers: number
  items?: number
  /** How many members a moderators' list tells of. */
  names?: number
  key?: string
  /** What of a conference channel it is, in words; with a `decision` moderators hold it, or leave it out. */
  title?: string
  decision?: 'hold' | 'skip'
}

/** The soonest so many; a year of a large community is more than anybody reads. */
const MOST = 1000

/** Everything that will be sent from `now` until `until`, in all spaces or in one, soonest first, by the functions that send it. */
export async function upcoming(
  db: Read,
  now: Instant,
  until: Instant,
  content: Knowledge,
  space?: string,
): Promise<Coming[]> {
  const coming: Coming[] = []
  for (const { key, due, to, effect } of await listWaiting(db, until, MOST, space)) {
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
  coming.push(...(await channelsAhead(db, now, until)))
  coming.push(...(await introductionsAhead(db, now, until)))
  coming.push(...(await recapsAhead(db, now, until)))
  coming.push(...(await remindersAhead(db, now, until, MOST)))
  const upto = await newestSeq(db)
  const audiences = (await audiencesAhead(db, until)).filter(
    (one) => (one.space ?? space) === space || space === undefined,
  )
  const turns = audiences.map((audience) => ({ audience, slot: audience.next_at, first: true }))
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
  return coming.filter((one) => space === undefined || one.space === space).sort((a, b) => a.at.localeCompare(b.at))
}
