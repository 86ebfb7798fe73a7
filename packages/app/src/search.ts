import {
  howToSearchCard,
  type Knowledge,
  type Reply,
  readSearch,
  type Search,
  type SearchFilter,
  searchCard,
  unknownNameCard,
} from '@cme-commons/core'
import { itemsNumbered, type SearchQuery, searchItems } from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { findNamed } from './names.ts'
import { itemOf } from './rows.ts'

const PAGE = 5

type Narrowed = Pick<SearchQuery, 'topics' | 'bodies' | 'regions' | 'tracks' | 'since'>

/** The filters of a search by ids of the content, or the first that names nothing there is. */
export function narrowed({ filters }: Search, content: Knowledge): Narrowed | { unknown: SearchFilter } {
  const ids = { topics: [] as string[], bodies: [] as string[], regions: [] as string[], tracks: [] as string[] }
  const plural = { topic: 'topics', body: 'bodies', region: 'regions', track: 'tracks' } as const
  let since: string | undefined
  for (const filter of filters) {
    if (filter.name === 'since') {
      since = dayStart(filter.value)
      if (!since) return { unknown: filter }
      continue
    }
    const kind = plural[filter.name]
    const found = findNamed<{ id: string; name: string }>(content[kind], filter.value)
    if (!found || found.id === 'off-topic') return { unknown: filter }
    ids[kind].push(found.id)
  }
  return { ...ids, since }
}

function dayStart(day: string): string | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  const start = Number.isNaN(time) ? undefined : new Date(time).toISOString()
  return start?.startsWith(day) ? start : undefined
}

/** Looks in the archive for what was typed; `from` is where the page starts: before that item, or behind so many of the best. */
export async function search(
  { tx, now, content, actor: { space } }: Ctx,
  said?: string,
  from?: number,
): Promise<Reply> {
  const asked = readSearch(said ?? '')
  const { terms, order } = asked
  const filters = narrowed(asked, content)
  if ('unknown' in filters) return unknownFilter(filters.unknown)
  if (!said || terms.length === 0) return { say: howToSearchCard, private: true }
  const place = order === 'newest' ? { before: from } : { from: from ?? 0 }
  const numbers = await searchItems(tx, { terms, order, ...filters, ...place, space, limit: PAGE + 1 })
  const rows = await itemsNumbered(tx, numbers.slice(0, PAGE), space)
  const more = numbers.length > PAGE
  const next = order === 'newest' ? numbers[PAGE - 1] : (from ?? 0) + PAGE
  const found = {
    said,
    order,
    items: rows.map((row) => itemOf(row, now)),
    first: from === undefined,
    ...(more ? { next } : {}),
  }
  return { say: searchCard(found, content), private: true }
}

const unknownFilter = ({ name, value }: SearchFilter): Reply => ({
  refuse: 'unknown-name',
  say: unknownNameCard(value, name === 'since' ? 'day, as in 2026-01-31' : name, { do: 'search' }),
})
