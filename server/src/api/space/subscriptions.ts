import { subscriptionOf } from '@cme-commons/app'
import type { Answers, Subscription } from '@cme-commons/core'
import {
  channelsSubscribed,
  findSubscription,
  type Read,
  type SubscriptionRow,
  subscriptionAt,
  subscriptionsOf,
} from '@cme-commons/db'
import { z } from '@hono/zod-openapi'
import { actingFor, type Pointers, press } from '../acting.ts'
import { beyondScopeDetail, type Caller } from '../caller.ts'
import type { ApiHouse } from '../house.ts'
import { isId } from '../news.ts'
import { type Operation, ok, reading, writing } from '../operation.ts'
import { isRefused, refused, strangers, told } from '../told.ts'
import { newSubscription, subscription, subscriptionChange } from './subscription-schemas.ts'

const subscriptionJson = ({ id, space, to, schedule, filter, paused, snoozedUntil, next }: Subscription) => ({
  ...{ id, space, to, schedule, filter, paused, next },
  snoozedUntil: snoozedUntil ?? null,
})

/** What a caller may see and change: her own, and as a moderator those of her space's channels. */
const mayReach = (caller: Caller, row: SubscriptionRow): boolean =>
  (row.member !== null && row.member === caller.member) ||
  (row.space === caller.space && row.address.startsWith('channel:') && caller.may('moderate'))

async function find(db: Read, caller: Caller, id: string): Promise<Subscription | undefined> {
  const row = isId(id) ? await findSubscription(db, id) : undefined
  return row && mayReach(caller, row) ? subscriptionOf(row) : undefined
}

async function all(db: Read, caller: Caller): Promise<Subscription[]> {
  const own = caller.member === undefined ? [] : await subscriptionsOf(db, caller.member)
  const channels = caller.may('moderate') ? await channelsSubscribed(db, caller.space) : []
  const theirs: SubscriptionRow[] = []
  for (const channel of channels) {
    const row = await subscriptionAt(db, caller.space, `channel:${channel}`)
    if (row) theirs.push(row)
  }
  return [...own, ...theirs].map(subscriptionOf)
}

const WHEN: Pointers = {
  rhythm: '#/schedule/day',
  at: '#/schedule/at',
  zone: '#/schedule/zone',
  quiet: '#/schedule/quiet',
}
const WHAT: Pointers = {
  topics: '#/filter/muted',
  bodies: '#/filter/bodies',
  regions: '#/filter/regions',
  tracks: '#/filter/tracks',
  max: '#/filter/max',
}
const tag = 'community'
const params = { id: 's1' }
const list = z.strictObject({ subscriptions: z.array(subscription) })

/** Standing orders for digests: a member's own, and those of channels. */
export function subscriptionOperations(house: ApiHouse): Operation[] {
  const NOTHING = refused(404, 'This token reaches no such subscription: GET /v1/subscriptions lists those it does.')
  const current = async (db: Read, caller: Caller, id: string) => {
    const found = await find(db, caller, id)
    return found && subscriptionJson(found)
  }
  return [
    reading(house, {
      path: '/v1/subscriptions',
      operationId: 'listSubscriptions',
      summary: 'Standing orders for digests',
      description: 'A member’s own; with `moderate`, those of the community’s channels as well.',
      access: 'reach',
      answers: { 200: ok(list, 'All of them.') },
      tag,
      handle: async ({ caller, db }) => told({ subscriptions: (await all(db, caller!)).map(subscriptionJson) }),
    }),
    reading(house, {
      path: '/v1/subscriptions/{id}',
      operationId: 'getSubscription',
      summary: 'One subscription',
      access: 'reach',
      answers: { 200: ok(subscription, 'The subscription.') },
      ...{ tag, params },
      async handle({ caller, db, id }) {
        const found = await current(db, caller!, id)
        return found ? told(found) : NOTHING
      },
    }),
    writing(house, {
      method: 'post',
      path: '/v1/subscriptions',
      operationId: 'addSubscription',
      summary: 'Order a digest, for oneself or for a channel',
      description: 'It begins with the defaults of the chat: Mondays at eight. A channel’s needs `moderate`.',
      access: 'own',
      answers: { 201: ok(subscription, 'It is ordered; `Location` is where it is from now on.') },
      body: newSubscription,
      tag,
      async handle({ tx, caller, body: { channel } }) {
        if (channel !== undefined && !caller.may('moderate')) return refused(403, beyondScopeDetail('moderate'))
        const ctx = await actingFor(house, caller, tx)
        if (isRefused(ctx)) return ctx
        const before = (await all(tx, caller)).map(({ id }) => id)
        const actor = { ...ctx.actor, ...(channel === undefined ? {} : { channel }) }
        const done = await press(
          { ...ctx, actor },
          { do: 'digest.start', ...(channel === undefined ? {} : { here: 'yes' }) },
        )
        if (isRefused(done)) return done
        const made = (await all(tx, caller)).find(({ id }) => !before.includes(id))
        if (!made) return refused(409, 'There is a subscription already: GET /v1/subscriptions has it.')
        return { status: 201, json: subscriptionJson(made), headers: { Location: `/v1/subscriptions/${made.id}` } }
      },
    }),
    writing(house, {
      method: 'patch',
      path: '/v1/subscriptions/{id}',
      operationId: 'changeSubscription',
      summary: 'Change when a digest comes and what is in it; pause or snooze it',
      description: 'A merge patch (RFC 7396): what is left out stays, `null` empties. A list is given whole.',
      access: 'own',
      answers: { 200: ok(subscription, 'As it is now.') },
      body: subscriptionChange,
      current,
      ...{ tag, params },
      async handle({ tx, caller, body, id, current }) {
        const strange = strangers('#/filter/muted', body.filter?.muted ?? [], house.content.topics)
        if (strange) return strange
        const ctx = await actingFor(house, caller, tx)
        if (isRefused(ctx)) return ctx
        const now = current as ReturnType<typeof subscriptionJson>
        const submit = (form: string, answers: Answers, pointers: Pointers) =>
          press(ctx, { do: 'form.submit', form: `${form}:${id}`, answers }, pointers)
        const { schedule, filter, paused, snoozedUntil } = body
        const steps = [
          ...(schedule ? [() => submit('digest.when', whenAnswers({ ...now.schedule, ...schedule }), WHEN)] : []),
          ...(filter ? [() => submit('digest.what', whatAnswers({ ...now.filter, ...filter }, house), WHAT)] : []),
          ...(paused === undefined && snoozedUntil !== null
            ? []
            : [() => press(ctx, { do: paused ? 'digest.pause' : 'digest.resume', subscription: id })]),
          ...(snoozedUntil ? [() => press(ctx, { do: 'digest.snooze', subscription: id, until: snoozedUntil })] : []),
        ]
        for (const step of steps) {
          const done = await step()
          if (isRefused(done)) return done
        }
        return told(subscriptionJson((await find(tx, caller, id))!))
      },
    }),
    writing(house, {
      method: 'delete',
      path: '/v1/subscriptions/{id}',
      operationId: 'endSubscription',
      summary: 'End a subscription',
      access: 'own',
      answers: { 204: { description: 'It is ended.' } },
      current,
      ...{ tag, params },
      async handle({ tx, caller, id }) {
        const ctx = await actingFor(house, caller, tx)
        if (isRefused(ctx)) return ctx
        const done = await press(ctx, { do: 'digest.stop', subscription: id })
        return isRefused(done) ? done : { status: 204 }
      },
    }),
  ]
}

type ScheduleSaid = {
  cadence: string
  day?: number | null
  at: string
  zone: string
  quiet?: { from: string; to: string } | null
}

/** A schedule as the form of the chat has it. A day that its cadence has not is left out, or is its first. */
function whenAnswers({ cadence, day, at, zone, quiet }: ScheduleSaid): Answers {
  const most = cadence === 'weekly' ? 7 : cadence === 'monthly' ? 31 : 0
  const rhythm = most === 0 ? cadence : `${cadence}-${day && day <= most ? day : 1}`
  return { rhythm, at, zone, quiet: quiet ? `${quiet.from}-${quiet.to}` : '' }
}

function whatAnswers(
  { bodies, regions, tracks, muted, max }: Omit<Subscription['filter'], 'topics'>,
  { content }: ApiHouse,
): Answers {
  const topics = content.topics.map(({ id }) => id).filter((id) => id !== 'off-topic' && !muted.includes(id))
  return { bodies, regions, tracks, topics, max: String(max) }
}
