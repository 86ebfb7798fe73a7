import {
  goneCard,
  itemCard,
  newsCard,
  type Reply,
  SUGGESTED,
  sourcesCard,
  strong,
  t,
  unknownNameCard,
} from '@cme-commons/core'
import { allSources, findItem, itemsById, listItems, pinnedIn } from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { desk, linesOf, takenOut } from './items/desk.ts'
import { topOf } from './items/stories.ts'
import { findAbout } from './names.ts'
import { healthOf, itemOf } from './rows.ts'

const PAGE = 5
/** So many of the pinned items stand before the latest. */
const PINNED = 3
/** Changes by moderators that they see on the card of an item. */
const CHANGES = 3

/** The latest news, about everything or about one topic, body, region or track; what moderators pinned first. */
export async function latestNews(
  { tx, now, content, actor: { space } }: Ctx,
  said?: string,
  before?: number,
): Promise<Reply> {
  const about = said ? findAbout(content, said) : undefined
  if (said && !about)
    return { refuse: 'unknown-name', say: unknownNameCard(said, 'topic, body, region or track', { do: 'news' }) }
  const rows = await listItems(tx, { ...(about ? { [about.kind]: about.id } : {}), before, limit: PAGE + 1, space })
  const older = rows.length > PAGE ? rows[PAGE - 1]?.seq : undefined
  const pinned = about ? [] : await itemsById(tx, await pinnedIn(tx, space, now), space)
  const first = before === undefined ? pinned.slice(0, PINNED) : []
  const rest = rows.slice(0, PAGE).filter(({ id }) => !first.some((one) => one.id === id))
  const items = [...first, ...rest].map((row) => itemOf(row, now))
  return {
    say: newsCard(items, content, about && { asked: about.id, name: about.name }, older),
    private: true,
  }
}

/** One item with its labels and where each came from; another one where it is shown as the same story. Moderators see what was changed. */
export async function oneItem(ctx: Ctx, id: string): Promise<Reply> {
  const { tx, now, content, actor } = ctx
  const row = await findItem(tx, id, actor.space)
  if (!row) return { refuse: 'gone', say: goneCard('This item is not in the archive.') }
  if (row.edit?.hidden === 1) return actor.moderator ? desk(ctx, id) : takenOut
  const shown = row.edit?.shown_in ? ((await topOf(ctx, id)) ?? row) : row
  const lines = actor.moderator ? await linesOf(ctx, id, CHANGES) : undefined
  const card = itemCard(itemOf(shown, now), content, lines)
  if (shown === row) return { say: card, private: true }
  const word = t`“${strong(row.title)}” is shown here as the same story as this one.`
  return { say: { ...card, blocks: [{ kind: 'text', text: word }, ...card.blocks] }, private: true }
}

/** How each source is doing. */
export async function sources({ tx }: Ctx): Promise<Reply> {
  return {
    say: sourcesCard((await allSources(tx)).filter(({ id }) => id !== SUGGESTED.id).map(healthOf)),
    private: true,
  }
}
