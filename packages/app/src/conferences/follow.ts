import {
  type Answers,
  channelFollowsCard,
  type DateKind,
  DEFAULT_DAYS,
  DEFAULT_MINUTES,
  type FormReply,
  followCard,
  followForm,
  isDateKind,
  isGoing,
  isZone,
  KIND_NAMES,
  MOST_DAYS,
  MOST_MINUTES,
  parseLeads,
  type Reply,
  type Text,
  t,
} from '@cme-commons/core'
import {
  dropFollow,
  type FollowTable,
  findSpace,
  followAt,
  followsAt,
  policiesOf,
  putFollow,
  subscriptionAt,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf, userAddress, zoneOf } from '../people.ts'
import { quietHoursOf, unknownZone } from '../schedule-form.ts'
import { editionHere, findIn, gone, showEdition } from './catalog.ts'
import { notHere, plannersOnly } from './refusals.ts'
import { followOf, leadsText, listed, listOf, policyOf, quietText, scopeOf } from './rows.ts'

/** What a follow is about when nobody chose: all deadlines and the meeting, but not every session of it. */
const USUAL: readonly DateKind[] = [
  'event',
  'abstracts',
  'early-bird',
  'hotel',
  'grant',
  'registration',
  'notification',
  'comment',
  'report',
  'other',
]

type Place = { address: string; member: string | null; zone: string; quiet: string | null }

/** Whose follow is meant: the actor's own, or that of the channel in which it was said, which moderators alone decide. */
async function placeOf(ctx: Ctx, here: string | undefined): Promise<Place | FormReply> {
  const { tx, actor } = ctx
  if (here === undefined) {
    const member = await memberOf(ctx)
    const address = userAddress(actor)
    const quiet = (await subscriptionAt(tx, actor.space, address))?.quiet?.split(' ')[0] ?? null
    return { address, member: member.id, zone: await zoneOf(ctx, member), quiet }
  }
  if (!actor.moderator) return plannersOnly
  if (!actor.channel) return notHere
  const zone = (await findSpace(tx, actor.space))?.zone ?? 'UTC'
  return { address: `channel:${actor.channel}`, member: null, zone, quiet: null }
}

/** What a scope is called, if it is there for this space. */
async function aboutOf(ctx: Ctx, text: string): Promise<string | undefined> {
  const scope = scopeOf(text)
  if (scope === undefined) return undefined
  if (scope === 'all') return 'all conferences'
  if ('edition' in scope) return (await editionHere(ctx, scope.edition))?.name
  const standing = ctx.content.conferences.deadlines.find(({ id }) => id === scope.conference)
  return standing?.name ?? (await findIn(ctx, scope.conference))?.short
}

const fresh = (ctx: Ctx, place: Place, scope: string): Omit<FollowTable, 'id' | 'clock' | 'sessions' | 'muted'> => ({
  space: ctx.actor.space,
  address: place.address,
  member: place.member,
  scope,
  kinds: listed(USUAL),
  tracks: '',
  days: '',
  minutes: '',
  answer: null,
  zone: place.zone,
  quiet: place.quiet,
  made_at: ctx.now,
  since: ctx.now,
})

async function shown(ctx: Ctx, row: FollowTable, about: string, said: Text): Promise<FormReply> {
  const policies = (await policiesOf(ctx.tx, ctx.actor.space)).map(policyOf)
  const days = policies.find(({ kind }) => kind !== 'session' && row.kinds.includes(`,${kind},`))?.leads ?? DEFAULT_DAYS
  const minutes = policies.find(({ kind }) => kind === 'session')?.leads ?? DEFAULT_MINUTES
  return { say: followCard({ follow: followOf(row), about, days, minutes }, row.scope, said), private: true }
}

/** Follows a scope: all of it, or one kind of date more. */
export async function follow(ctx: Ctx, scope: string, kind?: string, here?: string): Promise<Reply> {
  const place = await placeOf(ctx, here)
  if ('refuse' in place || 'say' in place) return place
  const about = await aboutOf(ctx, scope)
  if (!about) return gone('This conference')
  const before = await followAt(ctx.tx, ctx.actor.space, place.address, scope)
  const wanted = kind && isDateKind(kind) ? [kind] : USUAL
  const had = before && before.muted === 0 ? listOf(before.kinds) : []
  const kinds = listed([...new Set([...had, ...wanted])])
  const row = await putFollow(ctx.tx, {
    ...(before ?? fresh(ctx, place, scope)),
    kinds,
    answer: before?.muted ? null : (before?.answer ?? null),
    since: ctx.now,
  })
  const what = kind && isDateKind(kind) ? KIND_NAMES[kind].toLowerCase() : 'its dates'
  return shown(
    ctx,
    row,
    about,
    t`${here ? 'This channel is' : 'You are'} reminded of ${what} once they are known, and told when one is moved or cancelled.`,
  )
}

/** "I'm going", "maybe", "not this year". */
export async function answer(ctx: Ctx, edition: string, said: string): Promise<Reply> {
  const place = await placeOf(ctx, undefined)
  if ('refuse' in place || 'say' in place || !isGoing(said)) return gone('This button')
  if (!(await editionHere(ctx, edition))) return gone('This edition')
  const scope = `edition/${edition}`
  const before = await followAt(ctx.tx, ctx.actor.space, place.address, scope)
  const woken = before?.muted === 1 || !before
  await putFollow(ctx.tx, {
    ...(before ?? fresh(ctx, place, scope)),
    answer: said,
    ...(woken ? { since: ctx.now } : {}),
  })
  return showEdition(ctx, edition, 0, true)
}

/** The form of a follow, filled with what it is, or would be. */
export async function askFollow(ctx: Ctx, scope: string, here?: string): Promise<Reply> {
  const place = await placeOf(ctx, here)
  if ('refuse' in place || 'say' in place) return place
  if (!(await aboutOf(ctx, scope))) return gone('This conference')
  const row = await followAt(ctx.tx, ctx.actor.space, place.address, scope)
  const own = followOf(row ?? { id: '', clock: '', sessions: 0, muted: 0, ...fresh(ctx, place, scope) })
  return { ask: followForm(own, DEFAULT_DAYS, DEFAULT_MINUTES, scope) }
}

/** The submitted form of a follow, `follow:edition/e1` or `follow:here:edition/e1`. */
export async function submitFollow(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  const [, channel, scope = ''] = /^follow:(here:)?(.+)$/.exec(form) ?? []
  const place = await placeOf(ctx, channel ? 'yes' : undefined)
  if ('refuse' in place || 'say' in place) return place
  const about = await aboutOf(ctx, scope)
  if (!about) return gone('This conference')
  const read = readFollow(answers)
  if ('fields' in read) return wrong(read.fields, scope, channel ? { here: 'yes' } : {})
  const before = await followAt(ctx.tx, ctx.actor.space, place.address, scope)
  const row = await putFollow(ctx.tx, { ...(before ?? fresh(ctx, place, scope)), ...read.value, since: ctx.now })
  return shown(ctx, row, about, t`Saved. It holds for what comes due from now on.`)
}

type Read = Pick<FollowTable, 'kinds' | 'days' | 'minutes' | 'zone' | 'quiet'>

/** The answers of the form as columns, or what is wrong at which field. Leads that are the usual ones stay those of the space. */
function readFollow(answers: Answers): { value: Read } | { fields: Record<string, string> } {
  const one = (name: string) => String(answers[name] ?? '').trim()
  const many = answers.kinds
  const kinds = (typeof many === 'string' ? many.split(',') : [...(many ?? [])]).filter(isDateKind)
  const days = parseLeads(one('days'), MOST_DAYS)
  const minutes = parseLeads(one('minutes'), MOST_MINUTES)
  const quiet = quietHoursOf(one('quiet'))
  const fields: Record<string, string> = {}
  if (kinds.length === 0) fields.kinds = 'Tick at least one kind of date; to hear of none, press Stop it.'
  if (!days) fields.days = `Write days from 1 to ${MOST_DAYS}, at most ten, as in 30, 7, 1.`
  if (!minutes) fields.minutes = `Write minutes from 1 to ${MOST_MINUTES}, as in 15.`
  if (!isZone(one('zone'))) fields.zone = unknownZone(one('zone'))
  if (quiet === undefined) fields.quiet = 'Write quiet hours as in 20:00-07:00, or leave the field empty.'
  if (!days || !minutes || quiet === undefined || Object.keys(fields).length > 0) return { fields }
  const same = (a: readonly number[], b: readonly number[]) => a.join() === b.join()
  return {
    value: {
      kinds: listed(kinds),
      days: same(days, DEFAULT_DAYS) ? '' : leadsText(days),
      minutes: same(minutes, DEFAULT_MINUTES) ? '' : leadsText(minutes),
      zone: one('zone'),
      quiet: quietText(quiet ?? undefined),
    },
  }
}

const wrong = (fields: Record<string, string>, scope: string, place: { here?: string }): FormReply => ({
  refuse: 'bad-answer',
  fields,
  say: {
    title: 'Nothing is changed yet',
    blocks: [{ kind: 'list', items: Object.values(fields).map((say) => t`${say}`) }],
    buttons: [{ label: 'Try again', style: 'primary', act: { do: 'follow.form', scope, ...place } }],
  },
})

export async function stopFollow(ctx: Ctx, scope: string, here?: string): Promise<Reply> {
  const place = await placeOf(ctx, here)
  if ('refuse' in place || 'say' in place) return place
  await dropFollow(ctx.tx, ctx.actor.space, place.address, scope, ctx.now)
  return {
    say: {
      title: 'Stopped',
      blocks: [
        {
          kind: 'text',
          text: t`Nothing more comes of ${(await aboutOf(ctx, scope)) ?? 'it'}${here ? ' here' : ' to you'}.`,
        },
      ],
      buttons: [{ label: 'My dates', style: 'primary', act: { do: 'dates' } }],
    },
    private: true,
    update: true,
  }
}

/** What the channel follows in which it was asked. */
export async function showHere(ctx: Ctx): Promise<Reply> {
  const place = await placeOf(ctx, 'yes')
  if ('refuse' in place || 'say' in place) return place
  const list: { about: string; scope: string }[] = []
  for (const { scope } of await followsAt(ctx.tx, ctx.actor.space, place.address)) {
    const about = await aboutOf(ctx, scope)
    if (about) list.push({ about, scope })
  }
  return { say: channelFollowsCard(list), private: true }
}
