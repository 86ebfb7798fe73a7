import {
  type Answers,
  type FormReply,
  HISTORY_ON_CARD,
  type ItemEdit,
  itemHistoryCard,
  plainMoment,
  type Reply,
  t,
  WHY_EDIT_MAX,
  whyForm,
  withoutChange,
} from '@cme-commons/core'
import { editHistory, editLine, editOf, findItem, type ItemHistoryTable, sayWhy } from '@cme-commons/db'
import { words, wrong } from './change.ts'
import { asEditor, change, desk, type Editor, editorsOnly, lineOf, noItem, splitOff } from './desk.ts'

/** Who changed what about an item, or without one about all news of the space, the latest first. */
export async function history(ctx: Editor, item?: string, before?: number): Promise<Reply> {
  const { tx, actor, content } = ctx
  if (!actor.moderator) return editorsOnly
  const row = item === undefined ? undefined : await findItem(tx, item, actor.space)
  if (item !== undefined && !row) return noItem
  const lines = await editHistory(tx, { space: actor.space, item, before, limit: HISTORY_ON_CARD + 1 })
  const shown = lines.slice(0, HISTORY_ON_CARD)
  const next = lines.length > shown.length ? shown.at(-1)?.seq : undefined
  return {
    say: itemHistoryCard(shown.map(lineOf), content, {
      ...(row ? { item: { id: row.id, title: row.title } } : {}),
      ...(next === undefined ? {} : { next }),
    }),
    private: true,
  }
}

/** Runs `then` with a line of history of this space, for its moderators. */
async function withLine(ctx: Editor, id: string, then: (line: ItemHistoryTable) => Promise<Reply>): Promise<Reply> {
  const line = /^\d{1,10}$/.test(id) ? await editLine(ctx.tx, Number(id)) : undefined
  if (!ctx.actor.moderator) return editorsOnly
  if (line?.space !== ctx.actor.space) return noItem
  return asEditor<Reply>(ctx, line.item, () => then(line))
}

/** Takes one change back; what was changed besides stays. */
export const undo = (ctx: Editor, id: string): Promise<Reply> =>
  withLine(ctx, id, async (line) => {
    const { tx, actor } = ctx
    const [before, after]: ItemEdit[] = [JSON.parse(line.before), JSON.parse(line.after)]
    const edit = withoutChange(await editOf(tx, actor.space, line.item), { before: before!, after: after! })
    const of = `takes back the change of ${plainMoment(line.at, 'moment', 'UTC')}`
    const done = await change(ctx, line.item, edit, 'undo', of)
    if (done) await regroup(ctx, line.item, before!, after!)
    return desk(ctx, line.item, done ? t`Undone.` : t`It is as it was before that already.`)
  })

/** An item that a split made is shown under the one that it was split off, and by itself once that undoing is undone. */
async function regroup(ctx: Editor, item: string, to: ItemEdit, from: ItemEdit): Promise<void> {
  const [now, was] = [splitOff(to), splitOff(from)]
  for (const [source, own] of was) if (!now.has(source)) await change(ctx, own, { shown_in: item }, 'undo')
  for (const [source, own] of now) if (!was.has(source)) await change(ctx, own, { shown_in: null }, 'undo')
}

export const askWhy = (ctx: Editor, id: string): Promise<Reply> => withLine(ctx, id, async () => ({ ask: whyForm(id) }))

/** The form `item.why:<change>`. */
export const submitWhy = async (ctx: Editor, id: string, answers: Answers): Promise<FormReply> => {
  const reply = await withLine(ctx, id, async (line) => {
    const why = words(answers.why, WHY_EDIT_MAX)
    if (why === '') return wrong(line.item, { why: 'Say in a few words why.' })
    await sayWhy(ctx.tx, line.seq, why)
    return desk(ctx, line.item, t`Noted.`)
  })
  return reply as FormReply
}
