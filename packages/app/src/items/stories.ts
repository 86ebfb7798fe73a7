import {
  type Answers,
  cleanLink,
  cut,
  type FormReply,
  mergeCard,
  mergeForm,
  type Reply,
  searchWords,
  splitCard,
  t,
  WHY_EDIT_MAX,
  written,
} from '@cme-commons/core'
import { addItems, addLinks, findItem, holdItems, type ItemRow, titlesAround } from '@cme-commons/db'
import { itemOnPage } from '../suggested-item.ts'
import { tellOfItems } from '../webhook-events.ts'
import { words, wrong } from './change.ts'
import { asEditor, change, desk, type Editor, partsOf, splitOff } from './desk.ts'

/** How deep merged items are followed, and how alike titles must be to be offered. */
const DEEP = 5
const ALIKE = 0.25
const OFFERED = 5

/** Merges an item into another one; without one it offers those that read alike, with `other` it asks for one. */
export const merge = (ctx: Editor, id: string, into?: string): Promise<Reply> =>
  asEditor<Reply>(ctx, id, async (row) => {
    if (into === 'other') return { ask: mergeForm({ id }) }
    if (into !== undefined) return mergeInto(ctx, row, into)
    return { say: mergeCard(row, await alike(ctx, row)), private: true }
  })

/** The form `item.merge:<item>`: an id, or the link of an item. */
export const submitMerge = (ctx: Editor, id: string, answers: Answers): Promise<FormReply> =>
  asEditor<FormReply>(ctx, id, async (row) => {
    const said = words(answers.into, 500)
    const link = /^https?:/i.test(said) ? cleanLink(said) : undefined
    const into = link ? (await itemOnPage(ctx, link))?.id : said
    if (!into) return wrong(id, { into: 'No item has this link: give the id that stands on its card, as in i123.' })
    return mergeInto(ctx, row, into, words(answers.why, WHY_EDIT_MAX))
  })

async function mergeInto(ctx: Editor, row: ItemRow, said: string, why?: string): Promise<FormReply> {
  const target = await topOf(ctx, said)
  if (!target)
    return wrong(row.id, { into: `There is no item ${cut(said, 40)} here: its card shows its id, as in i123.` })
  if (target.id === row.id) return wrong(row.id, { into: 'These are shown as one story already.' })
  const done = await change(ctx, row.id, { shown_in: target.id }, 'merge', why)
  return desk(
    ctx,
    row.id,
    done
      ? t`Merged: “${cut(target.title, 100)}” is shown with the links of both, this one no more.`
      : t`It is shown under that one already.`,
  )
}

/** The item under which one is shown, itself if by itself. */
export async function topOf({ tx, actor }: Editor, id: string): Promise<ItemRow | undefined> {
  let row = await findItem(tx, id, actor.space)
  for (let deep = 0; row?.edit?.shown_in && deep < DEEP; deep++)
    row = await findItem(tx, row.edit.shown_in, actor.space)
  return row
}

/** Items seen about the same time whose titles share the most words with one. */
async function alike({ tx, actor }: Editor, row: ItemRow) {
  const wanted = new Set(searchWords(row.title, 60))
  const near = await titlesAround(tx, actor.space, row.seq)
  return near
    .map(({ id, title, published }) => {
      const has = new Set(searchWords(title, 60))
      const shared = [...has].filter((word) => wanted.has(word)).length
      return { id, title, at: published, score: shared / Math.max(1, wanted.size + has.size - shared) }
    })
    .filter(({ score }) => score >= ALIKE)
    .sort((a, b) => b.score - a.score)
    .slice(0, OFFERED)
}

/** Shows by itself again what stands under an item (`off`), or the item itself where it stands under another. */
export const split = (ctx: Editor, id: string, off?: string): Promise<Reply> =>
  asEditor<Reply>(ctx, id, async (row) => {
    if (off === undefined && row.edit?.shown_in) return standAlone(ctx, row.id)
    const parts = await partsOf(ctx, row)
    if (off === undefined) {
      if (parts.length === 0) return desk(ctx, id, t`Nothing else stands under this item.`)
      return { say: splitCard(row, parts), private: true }
    }
    const part = parts.find((one) => one.off === off)
    if (!part) return desk(ctx, id, t`That does not stand under this item any more.`)
    return part.merged ? standAlone(ctx, off) : splitSource(ctx, row, off)
  })

async function standAlone(ctx: Editor, id: string): Promise<FormReply> {
  await change(ctx, id, { shown_in: null }, 'split')
  return desk(ctx, id, t`It is shown by itself again.`)
}

/** The link of another source becomes an item of this space alone, under the same title, since its own words were not kept. */
async function splitSource(ctx: Editor, row: ItemRow, source: string): Promise<FormReply> {
  const { tx, now, actor } = ctx
  const link = row.links.find((one) => one.source === source)
  if (!link) return desk(ctx, row.id)
  await holdItems(tx)
  const { id: _, seq: __, ...of } = row.unedited ?? row
  const { links: ___, before: ____, edit: _____, unedited: ______, ...columns } = of as ItemRow
  const own = { ...columns, text: '', link: link.href, seen: now, old: 0, space: actor.space }
  const [item] = await addItems(tx, [own])
  await addLinks(tx, [{ item: item!.id, source, href: link.href }])
  const off = [...splitOff(row.edit ?? { split_off: '' }), [source, item!.id]].map(([one, as]) => `${one}=${as}`)
  await change(ctx, row.id, { split_off: written(off) }, 'split')
  await tellOfItems(tx, [item!], now)
  return desk(
    ctx,
    item!.id,
    t`Split: this one is an item of this community now. Give it a title and a summary of its own.`,
  )
}
