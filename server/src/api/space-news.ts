import { itemOf } from '@cme-commons/app'
import {
  allSources,
  findItem,
  type ItemRow,
  isShown,
  itemsNumbered,
  type NewsQuery,
  type NewsRow,
  numbersIn,
  PAGE_TEXT,
  type Read,
} from '@cme-commons/db'
import type { Context } from 'hono'
import { admitted } from './access.ts'
import { type Answer, send } from './answer.ts'
import { privateHeaders } from './caller.ts'
import type { ApiHouse } from './house.ts'
import type { Kept } from './kept.ts'

/** What an answer carries that is another one with a token: nothing between us and the reader takes one for the other. */
export const VARIES = { Vary: 'Authorization' } as const

/**
 * Answers who comes without a token with what is kept for everybody, and who has one with the news as the community of her token has it:
 * with what belongs to that alone, and with what its moderators changed.
 */
export function forReader(
  c: Context,
  house: ApiHouse,
  kept: Kept,
  make: (space?: string) => Promise<Answer | Response>,
): Response | Promise<Response> {
  if (c.req.header('authorization') === undefined) return house.gate?.count(c) ?? kept(c, () => make())
  return forCaller(c, house, make)
}

async function forCaller(c: Context, house: ApiHouse, make: (space?: string) => Promise<Answer | Response>) {
  const caller = await admitted(c, house, 'wider')
  if (caller instanceof Response) return caller
  const made = await make(caller?.space)
  if (made instanceof Response) return made
  return send(c, { ...made, headers: { ...made.headers, ...privateHeaders } })
}

/** The latest news of a space, as `newsPage` has that of everybody. */
export const spacePage = async (read: Read, space: string, query: NewsQuery): Promise<NewsRow[]> =>
  spaceNumbered(read, space, await numbersIn(read, space, query))

/** News of a space by number, as `newsNumbered` has that of everybody. */
export async function spaceNumbered(
  read: Read,
  space: string,
  numbers: readonly number[],
  whole?: 'whole',
): Promise<NewsRow[]> {
  const names = await namesOf(read)
  return (await itemsNumbered(read, numbers, space)).map((row) => rowOf(row, names, whole))
}

/** One item as a space shows it. */
export async function spaceItem(read: Read, space: string, id: string): Promise<NewsRow | undefined> {
  const row = await findItem(read, id, space)
  return row && row.topic !== 'off-topic' && isShown(row) ? rowOf(row, await namesOf(read), 'whole') : undefined
}

const namesOf = async (read: Read): Promise<Map<string, string>> =>
  new Map((await allSources(read)).map(({ id, name }) => [id, name]))

function rowOf(row: ItemRow, names: ReadonlyMap<string, string>, whole?: 'whole'): NewsRow {
  const { links, before, edit, unedited: _, old: __, space: ___, ...columns } = row
  const text = edit?.summary ?? row.text
  return {
    ...columns,
    text: whole ? text : [...text].slice(0, PAGE_TEXT).join(''),
    why: JSON.stringify(itemOf(row).why),
    updated: before?.at ?? null,
    sources: links.map(({ source, href }) => ({ id: source, name: names.get(source) ?? source, href })),
  }
}
