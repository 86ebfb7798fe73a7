import {
  type EditDesk,
  type EditDone,
  type EditLine,
  type EditPart,
  editCard,
  type FormReply,
  goneCard,
  type ItemEdit,
  listed,
  type Reply,
  sameEdit,
  sourceName,
  type Text,
  t,
  UNEDITED,
} from '@cme-commons/core'
import {
  editHistory,
  editOf,
  findItem,
  type ItemHistoryRow,
  type ItemRow,
  nextValues,
  putEdit,
  shownIn,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { itemOf } from '../rows.ts'

/** Who edits: a moderator, or (`said`) what else it is, such as the command line. */
export type Editor = Ctx & { said?: string }

export const editorsOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'Moderators edit the news here',
    blocks: [
      {
        kind: 'text',
        text: t`If something is wrong with an item, tell a moderator of this community; you can suggest a page yourself.`,
      },
    ],
    buttons: [
      { label: 'Latest news', style: 'primary', act: { do: 'news' } },
      { label: 'Suggest a page', act: { do: 'suggest' } },
    ],
  },
}

export const noItem: FormReply = { refuse: 'gone', say: goneCard('This item is not in the archive.') }

export const takenOut: FormReply = {
  refuse: 'gone',
  say: goneCard('The moderators of this community took this item out of its news.'),
}

/** Runs `then` with an item of the space as it has it, for its moderators. Two who edit at once wait for each other. */
export async function asEditor<R extends Reply>(
  ctx: Editor,
  id: string,
  then: (row: ItemRow) => Promise<R>,
): Promise<R | FormReply> {
  if (!ctx.actor.moderator) return editorsOnly
  await nextValues(ctx.tx, 'item-history', 0)
  const row = await findItem(ctx.tx, id, ctx.actor.space)
  return row ? then(row) : noItem
}

export const lineOf = (row: ItemHistoryRow): EditLine => ({
  id: String(row.seq),
  item: row.item,
  title: row.title,
  at: row.at,
  by: row.name ?? row.said ?? 'a former member',
  what: row.what as EditDone,
  ...(row.why ? { why: row.why } : {}),
  before: JSON.parse(row.before),
  after: JSON.parse(row.after),
})

/** What was changed about an item in the space, the latest first. */
export const linesOf = async ({ tx, actor }: Ctx, item: string, limit: number): Promise<EditLine[]> =>
  (await editHistory(tx, { space: actor.space, item, limit })).map(lineOf)

/** Changes an item in the space and writes down who did; nothing when that changes nothing. Answers the number of the line. */
export async function change(
  ctx: Editor,
  item: string,
  to: Partial<ItemEdit>,
  what: EditDone,
  why?: string,
): Promise<number | undefined> {
  const { tx, now, actor } = ctx
  const { space: _, item: __, ...before } = { space: '', item: '', ...(await editOf(tx, actor.space, item)) }
  const after = { ...before, ...to }
  if (sameEdit(before, after)) return undefined
  const changed_by = ctx.said ? null : (await memberOf(ctx)).id
  return putEdit(
    tx,
    { space: actor.space, item, ...after },
    { at: now, changed_by, said: ctx.said ?? null, what, why: why || null, before },
  )
}

/** The sources whose links were split off an item, with the items that those became. */
export const splitOff = (edit: Pick<ItemEdit, 'split_off'>): Map<string, string> =>
  new Map(listed(edit.split_off).map((entry) => entry.split('=', 2) as [string, string]))

/** What stands under an item: others that were merged into it, and the links of other sources than the first. */
export async function partsOf({ tx, actor, content }: Ctx, row: ItemRow): Promise<EditPart[]> {
  const under = await shownIn(tx, actor.space, [row.id])
  const merged: EditPart[] = []
  for (const { item } of under) {
    const one = await findItem(tx, item, actor.space)
    if (one) merged.push({ off: one.id, title: one.title, merged: true })
  }
  const own = row.links.filter(({ item }) => item === row.id)
  const first = own.find(({ href }) => href === row.link) ?? own[0]
  const found = own
    .filter((link) => link !== first && link.href !== null && link.href !== row.link)
    .map(
      ({ source, href }): EditPart => ({
        off: source,
        title: `${sourceName(content, source)}: ${href}`,
        merged: false,
      }),
    )
  return [...merged, ...found]
}

/** The item on the moderators' desk, with a word on what was just done. */
export async function desk(ctx: Ctx, id: string, said?: Text): Promise<FormReply> {
  const { tx, now, actor, content } = ctx
  const row = await findItem(tx, id, actor.space)
  if (!row) return noItem
  const { space: _, item: __, ...edit } = row.edit ?? { space: '', item: '', ...UNEDITED }
  const into = edit.shown_in ? await findItem(tx, edit.shown_in, actor.space) : undefined
  const [last] = await linesOf(ctx, id, 1)
  const shown: EditDesk = {
    item: itemOf(row, now),
    source: itemOf({ ...row, ...row.unedited, edit: undefined }),
    edit,
    parts: await partsOf(ctx, row),
    ...(into ? { into: { id: into.id, title: into.title } } : {}),
    ...(last ? { last } : {}),
  }
  return { say: editCard(shown, content, said), private: true, ...(said ? { update: true } : {}) }
}
