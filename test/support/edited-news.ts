import { unpacker } from '@cme-commons/app'
import {
  type Action,
  type Actor,
  encodeAction,
  overCard,
  overForm,
  type Press,
  plain,
  type Reply,
} from '@cme-commons/core'
import { inTx, listItems, putSpace, searchItems } from '@cme-commons/db'
import { expect } from 'vitest'
import type { TestDatabase } from './databases.ts'
import { entry, knowledge, moderator, sara, worldOn } from './world.ts'

export const SUNDAY = '2026-11-22T12:00:00.000Z'

export const words = (reply: Reply): string => ('say' in reply ? plain(reply.say) : '')
const fits = (reply: Reply) =>
  expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])

/** Two communities that follow the same news, of which one has moderators who edit it. */
export async function editedNews(fresh: () => Promise<TestDatabase>, items = 4) {
  const world = await worldOn(await (await fresh()).open(), SUNDAY)
  await inTx(world.db, (tx) =>
    putSpace(tx, { id: 'other', platform: 'try', name: 'Other', zone: 'UTC', moderators: null, made_at: SUNDAY }),
  )
  await world.publish([entry(100, { title: 'ACCME opened its archive a long time ago' })], SUNDAY)
  const there: Actor = { ...sara, space: 'other', user: 'ola', name: 'Ola' }
  await world.say(sara, 'digest start', SUNDAY)
  await world.say(there, 'digest start', SUNDAY)
  await world.publish(
    Array.from({ length: items }, (_, i) => entry(i + 1)),
    SUNDAY,
  )
  const edit = async (action: Action, now = SUNDAY, who = moderator): Promise<Reply> => {
    const reply = await world.press(who, action, now)
    fits(reply)
    return reply
  }
  const submit = (form: string, answers: Record<string, string | string[]>, now = SUNDAY) =>
    edit({ do: 'form.submit', form, answers }, now)
  const ids = async (space?: string) =>
    (await listItems(world.db.read, { limit: 20, ...(space ? { space } : {}) })).map(({ id }) => id)
  const found = (space?: string, order: 'newest' | 'relevance' = 'newest', topics?: string[]) =>
    searchItems(world.db.read, {
      terms: [{ words: ['standard'] }],
      order,
      limit: 20,
      ...(space ? { space } : {}),
      ...(topics ? { topics } : {}),
    })
  /** What each reader's latest digest shows, by the title's number. */
  const shown = async (space: string, now: string) => {
    await world.plan(now)
    const all = (
      await world.db.read
        .selectFrom('deliveries')
        .selectAll()
        .where('space', '=', space)
        .orderBy('due_at', 'desc')
        .execute()
    ).filter(({ effect }) => effect.includes('"digest"'))
    const last = all.find(({ due_at }) => due_at === all[0]?.due_at)
    if (!last) return undefined
    const work = await inTx(world.db, (tx) =>
      unpacker(knowledge)(tx, { effect: JSON.parse(last.effect), to: { space, user: 'x' }, made: now }, now),
    )
    return 'card' in work ? plain(work.card) : JSON.stringify(work)
  }
  return { world, edit, submit, ids, found, shown, there }
}
