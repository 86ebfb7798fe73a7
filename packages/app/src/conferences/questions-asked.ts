import type { Edition, MeetingQuestion } from '@cme-commons/core'
import { conferenceChannelOf, type QuestionRow, questionById } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { editionHere } from './catalog.ts'
import { promise } from './promise.ts'

export const meetingQuestionOf = (row: QuestionRow): MeetingQuestion => ({
  id: row.id,
  edition: row.edition,
  text: row.released ?? row.asked,
  ...(row.named === 1 ? { by: row.name ?? 'A member' } : {}),
  state: row.state,
  ...(row.reason ? { reason: row.reason } : {}),
  votes: row.votes,
  at: row.at,
})

export type Asked = { row: QuestionRow; edition: Edition }

/** A question of this space with its edition. */
export async function askedHere(ctx: Ctx, id: string): Promise<Asked | undefined> {
  const row = await questionById(ctx.tx, id)
  const edition = row && (await editionHere(ctx, row.edition))
  return edition && { row, edition }
}

/** Where questions of an edition stand: the forum of its channel, or the channel; nothing while it has none that is open. */
export async function channelFor({ tx }: Pick<Ctx, 'tx'>, edition: string): Promise<string | undefined> {
  const row = await conferenceChannelOf(tx, edition)
  return row?.state === 'open' ? (row.forum ?? row.channel ?? undefined) : undefined
}

/** The keys of what stands in the channel about a question begin so. */
export const questionKeys = (id: string): string => `question/${id}/channel/`

type QuestionEffect = { kind: 'question' | 'question-votes'; question: string }

/** Promises the card of a question to its channel, once under its key. */
export const promiseQuestion = (
  { tx, now, actor }: Ctx,
  key: string,
  channel: string,
  effect: QuestionEffect,
  due: string,
) => promise(tx, [{ key, space: actor.space, address: `channel:${channel}`, effect, due }], now, async () => {})
