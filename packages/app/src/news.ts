import { goneCard, itemCard, newsCard, type Reply, SUGGESTED, sourcesCard, unknownNameCard } from '@cme-commons/core'
import { allSources, findItem, listItems } from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { findAbout } from './names.ts'
import { healthOf, itemOf } from './rows.ts'

const PAGE = 5

/** The latest news, about everything or about one topic, body, region or track. */
export async function latestNews(
  { tx, content, actor: { space } }: Ctx,
  said?: string,
  before?: number,
): Promise<Reply> {
  const about = said ? findAbout(content, said) : undefined
  if (said && !about)
    return { refuse: 'unknown-name', say: unknownNameCard(said, 'topic, body, region or track', { do: 'news' }) }
  const rows = await listItems(tx, { ...(about ? { [about.kind]: about.id } : {}), before, limit: PAGE + 1, space })
  const older = rows.length > PAGE ? rows[PAGE - 1]?.seq : undefined
  return {
    say: newsCard(rows.slice(0, PAGE).map(itemOf), content, about && { asked: about.id, name: about.name }, older),
    private: true,
  }
}

/** One item with its labels and where each came from. */
export async function oneItem({ tx, content, actor }: Ctx, id: string): Promise<Reply> {
  const row = await findItem(tx, id, actor.space)
  if (!row) return { refuse: 'gone', say: goneCard('This item is not in the archive.') }
  return { say: itemCard(itemOf(row), content), private: true }
}

/** How each source is doing. */
export async function sources({ tx }: Ctx): Promise<Reply> {
  return {
    say: sourcesCard((await allSources(tx)).filter(({ id }) => id !== SUGGESTED.id).map(healthOf)),
    private: true,
  }
}
