import { DAY, type Instant, plus, type Scope } from '@cme-commons/core'
import {
  addConferenceChannel,
  addDigest,
  addSuggestion,
  type Db,
  inTx,
  post,
  putConference,
  revokeToken,
} from '@cme-commons/db'
import type { ApiHouse } from '../../server/src/api/house.ts'
import { makeWebhook } from '../../server/src/webhooks/manage.ts'
import { apiHouse, NOW, store } from './api-house.ts'
import { calendarFor, calendarIn } from './calendar-house.ts'
import { tokenFor } from './tokens.ts'
import { moderator, sara, worldOn } from './world.ts'

export { NOW }

/** Everybody who may knock: with what they show, and what they are. */
export const CALLERS = [
  'nobody',
  'stranger',
  'expired',
  'revoked',
  'calendar',
  'read',
  'member',
  'other member',
  'other moderator',
  'space moderator',
  'moderator',
  'admin',
] as const
export type CallerName = (typeof CALLERS)[number]

/** The community `try` of which the examples of the document speak, another one beside it, and a token for everybody. */
export async function apiWorld(db: Db, rest: Partial<ApiHouse> = {}) {
  const house = await apiHouse(db, rest)
  await store(db, [{}, {}])
  const world = await worldOn(db, NOW)
  await world.press(sara, { do: 'form.submit', form: 'needs.practice', answers: { learners: 'Forty physicians' } }, NOW)
  await world.press({ ...sara, user: 'ines', name: 'Ines' }, { do: 'home' }, NOW)
  await world.press(moderator, { do: 'digest.start', here: 'yes' }, NOW)
  await calendarIn(db, NOW, [
    {},
    {
      kind: 'session',
      title: 'Opening',
      when: { kind: 'at', at: '2027-03-22T13:00:00.000Z', until: '2027-03-22T14:00:00.000Z', zone: 'America/New_York' },
    },
  ])
  await inTx(db, (tx) => fill(tx))
  await inTx(db, (tx) =>
    makeWebhook(
      { tx, now: NOW, actor: 'm3', ...house.webhooks },
      { space: 'try', url: 'https://www.example.org/hooks/cme', events: ['item.added'] },
    ),
  )
  await world.press({ ...moderator, space: 'elsewhere', user: 'eve', name: 'Eve' }, { do: 'home' }, NOW)
  return { house, tokens: await tokens(db) }
}

async function fill(tx: Parameters<Parameters<typeof inTx>[1]>[0]) {
  const made = { space: 'try', made_at: NOW }
  await tx
    .insertInto('spaces')
    .values({
      id: 'elsewhere',
      platform: 'try',
      name: 'Elsewhere',
      zone: 'UTC',
      moderators: null,
      made_at: NOW,
      left_at: null,
    })
    .execute()
  await putConference(tx, {
    ...made,
    name: 'Forum',
    short: 'Forum',
    organiser: 'A society',
    href: 'https://example.org/forum',
    tracks: ',academic,',
    region: 'us',
    month: null,
    format: 'varies',
    about: 'Added by moderators.',
    source: 'https://example.org/forum',
    checked: '2026-11-20',
  })
  const page = (name: string) => ({
    href: `https://example.org/${name}`,
    link: `example.org/${name}`,
    title: name,
    why: 'Figures',
  })
  for (const name of ['report', 'study'])
    await addSuggestion(tx, { space: 'try', member: 'm1', at: NOW, ...page(name) })
  const filter = JSON.stringify({ bodies: [], topics: [], regions: [], tracks: [], muted: [], max: 8 })
  await addDigest(tx, { id: 'd1', filter, since: 0, upto: 2, items: '["i1","i2"]', at: NOW, space: null })
  await post(tx, NOW, [
    {
      key: 'role/r1',
      lane: 'try/try',
      to: { space: 'try', user: 'sara' },
      effect: { kind: 'message', card: { title: 'You are a mentor', blocks: [] } },
      due: NOW,
    },
    {
      key: 'digest/s1/2026-11-23',
      lane: 'try/try',
      to: { space: 'try', channel: 'standards-news' },
      effect: { kind: 'digest', digest: 'd1', subscription: 's1' },
      due: NOW,
    },
  ])
  await tx
    .updateTable('deliveries')
    .set({ state: 'dead', attempts: 5, settled_at: NOW, trouble: 'Closed' })
    .where('key', '=', 'role/r1')
    .execute()
  const empty = {
    channel: 'C1',
    forum: null,
    adopt: null,
    category: null,
    with_forum: 0,
    welcome_ref: null,
    schedule_ref: null,
    schedule_face: null,
    schedule_no: 0,
    morning: 0,
    rota: null,
    archive_on: '2027-04-30',
    attempt: 0,
    opened_by: null,
    trouble: null,
    look_at: NOW,
    opened_at: NOW,
    ended_at: null,
  }
  await addConferenceChannel(
    tx,
    { ...made, ...empty, edition: 'e1', name: 'sacme-2027', topic: 'SACME 2027', state: 'open', changed_at: NOW },
    (id) => `mark-${id}`,
  )
}

async function tokens(db: Db): Promise<Record<CallerName, Record<string, string>>> {
  const of = async (wanted: { space?: string; member?: string; scope?: Scope; days?: number }) =>
    (await tokenFor(db, NOW, wanted)).headers
  const ended = await tokenFor(db, NOW, { member: 'm1', scope: 'admin' })
  await inTx(db, (tx) => revokeToken(tx, ended.id, NOW))
  const secret = 'bcdfgh'.repeat(8)
  await calendarFor(db, NOW, 'm1', secret)
  return {
    nobody: {},
    stranger: { authorization: `Bearer cme_${'x'.repeat(43)}` },
    expired: await of({ member: 'm1', scope: 'admin', days: -1 }),
    revoked: ended.headers,
    calendar: { authorization: `Bearer cme_${secret.slice(0, 43)}` },
    read: await of({ scope: 'read' }),
    member: await of({ member: 'm1' }),
    'other member': await of({ member: 'm2' }),
    'other moderator': await of({ space: 'elsewhere', member: 'm4', scope: 'moderate' }),
    'space moderator': await of({ scope: 'moderate' }),
    moderator: await of({ member: 'm3', scope: 'moderate' }),
    admin: await of({ member: 'm3', scope: 'admin' }),
  }
}

/** So many days after the world's beginning. */
export const later = (days: number): Instant => plus(NOW, days * DAY)
