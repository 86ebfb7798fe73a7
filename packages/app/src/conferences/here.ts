import {
  type Edition,
  type FormReply,
  hereCard,
  noEditionCard,
  notHereCard,
  type Press,
  plus,
  type Reply,
  trackName,
  whichEditionCard,
} from '@cme-commons/core'
import { attendeesAt, conferenceChannelAt, dropAttendee, editionsOf, putAttendee } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { conferencesIn, editionHere, gone, namedConference } from './catalog.ts'
import { editionOf } from './rows.ts'

const QUARTER = 90 * 86_400_000

/** Which edition a press is about: named by a button, typed, or by nothing at all. */
export type Meant = { edition?: string; name?: string }

/** The editions of a space that are on, or were not long ago, the soonest first. */
export async function editionsNow(ctx: Ctx): Promise<Edition[]> {
  const from = Number(plus(ctx.now, -QUARTER).slice(0, 4))
  const rows = await editionsOf(ctx.tx, ctx.actor.space)
  return rows
    .filter(({ year, status }) => year >= from && status === 'planned')
    .map(editionOf)
    .reverse()
}

/**
 * The editions that may be meant: the one that was named, the one whose channel it was said in, else all that are on. Nothing where a name
 * or a button leads nowhere.
 */
export async function editionsMeant(ctx: Ctx, { edition, name }: Meant): Promise<Edition[] | undefined> {
  if (edition !== undefined) {
    const one = await editionHere(ctx, edition)
    return one && [one]
  }
  const all = await editionsNow(ctx)
  if (name !== undefined) {
    const said = name.trim().toLowerCase()
    const exact = all.filter((one) => one.name.toLowerCase() === said || one.id === said)
    const found = namedConference(await conferencesIn(ctx.tx, ctx.actor.space, ctx.content), name)
    const named = all.filter((one) => one.conference === found?.id)
    return exact.length > 0 ? exact : named.length > 0 ? named : undefined
  }
  const { channel, space } = ctx.actor
  const here = channel ? await conferenceChannelAt(ctx.tx, space, channel) : undefined
  const of = here && (await editionHere(ctx, here.edition))
  return of ? [of] : all
}

/** Answers about the one edition that is meant, or asks which. */
export async function aboutEdition(
  ctx: Ctx,
  meant: Meant,
  go: (edition: string) => Press,
  then: (edition: Edition) => Promise<Reply>,
): Promise<Reply> {
  const editions = await editionsMeant(ctx, meant)
  if (editions?.length === 1) return then(editions[0]!)
  if (!editions) return meant.edition ? gone('This meeting') : noneNamed(ctx, go)
  if (editions.length === 0) return { refuse: 'nothing-yet', say: noEditionCard(ctx.actor.moderator === true) }
  return { say: whichEditionCard(editions, go), private: true }
}

/** What a person typed names no edition that is on: those that are on are offered. */
async function noneNamed(ctx: Ctx, go: (edition: string) => Press): Promise<Reply> {
  const all = await editionsNow(ctx)
  const say = all.length > 0 ? whichEditionCard(all, go) : noEditionCard(ctx.actor.moderator === true)
  return { refuse: 'unknown-name', say }
}

/** Who else is here: names for those who let theirs be shown, a number for everybody else. */
export const showHereNow = (ctx: Ctx, meant: Meant, from = 0): Promise<Reply> =>
  aboutEdition(
    ctx,
    meant,
    (edition) => ({ do: 'present', edition }),
    async (edition) => shown(ctx, edition, from),
  )

async function shown(ctx: Ctx, edition: Edition, from = 0, update = false): Promise<FormReply> {
  const { id } = await memberOf(ctx)
  const all = await attendeesAt(ctx.tx, edition.id)
  const own = all.some(({ member }) => member === id)
  const others = all.filter(({ member }) => member !== id)
  const groups = [...Map.groupBy(others, ({ track }) => track ?? '')]
    .map(([track, list]) => ({
      ...(track ? { track: trackName(ctx.content, track) } : {}),
      names: list.map(({ name }) => name ?? 'A member'),
    }))
    .sort((a, b) => (a.track ?? '~').localeCompare(b.track ?? '~', 'en'))
  const first = from > 0 && from < others.length ? from : 0
  return { say: hereCard(edition, others.length, own ? groups : undefined, first), private: true, update }
}

/** Lets others see that she is here, and shows her who they are. */
export async function joinHere(ctx: Ctx, id: string): Promise<Reply> {
  const edition = await editionHere(ctx, id)
  if (!edition) return gone('This meeting')
  const { id: member } = await memberOf(ctx)
  await putAttendee(ctx.tx, { edition: id, space: ctx.actor.space, member, at: ctx.now })
  return shown(ctx, edition, 0, true)
}

export async function leaveHere(ctx: Ctx, id: string): Promise<Reply> {
  const edition = await editionHere(ctx, id)
  if (!edition) return gone('This meeting')
  await dropAttendee(ctx.tx, id, (await memberOf(ctx)).id)
  return { say: notHereCard(edition), private: true, update: true }
}
