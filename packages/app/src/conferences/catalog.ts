import {
  CONFERENCES_SHOWN,
  type Conference,
  conferenceCard,
  conferencesCard,
  dateCard,
  type Edition,
  editionCard,
  type FormReply,
  goneCard,
  type Knowledge,
  type ListedConference,
  type Looker,
  noConferenceCard,
  type Reply,
} from '@cme-commons/core'
import {
  answersFor,
  conferencesOf,
  datesOfEdition,
  editionsOf,
  findDate,
  findEdition,
  followAt,
  type Read,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { findNamed } from '../names.ts'
import { userAddress } from '../people.ts'
import { conferenceOf, dateOf, editionOf, followOf } from './rows.ts'

/** Every conference that a space knows: those of the content and its own. */
export async function conferencesIn(db: Read, space: string, content: Knowledge): Promise<Conference[]> {
  const own = (await conferencesOf(db, space)).map(conferenceOf)
  return [...content.conferences.catalog, ...own].sort((a, b) => a.short.localeCompare(b.short, 'en'))
}

export const findIn = async (ctx: Ctx, id: string): Promise<Conference | undefined> =>
  (await conferencesIn(ctx.tx, ctx.actor.space, ctx.content)).find((one) => one.id === id)

/** The conference that a person means by its name, a part of it, or what its organiser is called for short. */
export function namedConference(all: readonly Conference[], said: string): Conference | undefined {
  const found = findNamed(
    all.map((one) => ({ id: one.id, name: one.name, names: [one.short, one.short.replace(/ annual .*$/i, '')] })),
    said,
  )
  const holding = conferencesHolding(all, said)
  return all.find(({ id }) => id === found?.id) ?? (holding.length === 1 ? holding[0] : undefined)
}

/** The conferences with these words in their name or their organiser's; nothing for fewer than three letters. */
function conferencesHolding(all: readonly Conference[], said: string): Conference[] {
  const wanted = said.trim().toLowerCase()
  if (wanted.length < 3) return []
  return all.filter(({ name, short, organiser }) =>
    [name, short, organiser].some((text) => text.toLowerCase().includes(wanted)),
  )
}

/** The editions of a conference that are not over, the soonest first. */
export async function editionsAhead(ctx: Ctx, conference?: string): Promise<Edition[]> {
  const year = Number(ctx.now.slice(0, 4))
  const rows = await editionsOf(ctx.tx, ctx.actor.space, conference)
  return rows
    .filter((row) => row.year >= year)
    .map(editionOf)
    .reverse()
}

/** Those of some editions whose meeting was, by its days; one without days is not over. */
async function overOf(ctx: Ctx, editions: readonly Edition[]): Promise<Edition[]> {
  const over: Edition[] = []
  for (const edition of editions) {
    const days = (await datesOfEdition(ctx.tx, edition.id)).filter(({ kind }) => kind === 'event')
    if (days.length > 0 && days.every(({ over_at }) => over_at <= ctx.now)) over.push(edition)
  }
  return over
}

/** All conferences, or the one that was named. */
export async function showConferences(ctx: Ctx, name?: string, from = 0): Promise<Reply> {
  const all = await conferencesIn(ctx.tx, ctx.actor.space, ctx.content)
  if (name !== undefined) {
    const found = namedConference(all, name)
    if (found) return showConference(ctx, found.id)
    return { refuse: 'unknown-name', say: noConferenceCard(name, conferencesHolding(all, name)) }
  }
  const ahead = await editionsAhead(ctx)
  const listed: ListedConference[] = []
  for (const [at, conference] of all.entries()) {
    const ours = ahead.filter((edition) => edition.conference === conference.id)
    const isShown = at >= from && at < from + CONFERENCES_SHOWN
    const over = isShown ? await overOf(ctx, ours) : []
    const next = ours.find((edition) => !over.includes(edition))
    const past = next ? undefined : over.at(-1)
    listed.push({ conference, ...(next ? { next } : {}), ...(past ? { past } : {}) })
  }
  return { say: conferencesCard(listed, from, ctx.actor.moderator === true), private: true }
}

const lookerOf = ({ actor }: Ctx): Looker => ({
  moderator: actor.moderator === true,
  inChannel: actor.channel !== undefined,
})

export async function showConference(ctx: Ctx, id: string): Promise<Reply> {
  const conference = await findIn(ctx, id)
  if (!conference) return gone('This conference')
  const follow = await followAt(ctx.tx, ctx.actor.space, userAddress(ctx.actor), `conference/${id}`)
  const editions = await editionsAhead(ctx, id)
  const shown = { conference, editions, follows: follow !== undefined }
  return { say: conferenceCard(shown, ctx.content, lookerOf(ctx)), private: true }
}

/** The refusal of what is not there any more, or belongs to another space. */
export const gone = (what: string): FormReply => ({ refuse: 'gone', say: goneCard(`${what} is not here any more.`) })

/** An edition of the space that asks; nothing of another one. */
export async function editionHere(ctx: Ctx, id: string): Promise<Edition | undefined> {
  const row = await findEdition(ctx.tx, id)
  return row && row.space === ctx.actor.space ? editionOf(row) : undefined
}

export async function showEdition(ctx: Ctx, id: string, from = 0, update = false): Promise<FormReply> {
  const edition = await editionHere(ctx, id)
  if (!edition) return gone('This edition')
  const row = await followAt(ctx.tx, ctx.actor.space, userAddress(ctx.actor), `edition/${id}`)
  const dates = (await datesOfEdition(ctx.tx, id)).map(dateOf)
  const answer = row && followOf(row).answer
  const shown = { edition, dates, ...(answer ? { answer } : {}), answers: await answersFor(ctx.tx, id), from }
  return { say: editionCard(shown, lookerOf(ctx)), private: true, ...(update ? { update } : {}) }
}

export async function showDate(ctx: Ctx, id: string): Promise<Reply> {
  const row = await findDate(ctx.tx, id)
  if (!row || row.gone_at !== null || (row.space !== '' && row.space !== ctx.actor.space)) return gone('This date')
  const edition = row.edition ? await editionHere(ctx, row.edition) : undefined
  return { say: dateCard(dateOf(row), edition, ctx.actor.moderator === true), private: true }
}
