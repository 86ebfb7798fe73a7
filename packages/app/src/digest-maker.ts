import { hash } from 'node:crypto'
import { type Day, type Filter, inOrder, judge, type Knowledge } from '@cme-commons/core'
import {
  addDigest,
  editsSince,
  itemsById,
  labelsSince,
  pinnedIn,
  type Read,
  relabelledBy,
  type Tx,
  twinsSince,
} from '@cme-commons/db'
import { labelsOf } from './rows.ts'

/**
 * An item's labels; `twins` are the spaces that have had it before, as a suggestion of their own; `edited` its labels in the spaces whose
 * moderators changed something about it, none where they don't show it.
 */
type Labelled = ReturnType<typeof labelsOf> & {
  twins?: readonly string[]
  edited?: ReadonlyMap<string, ReturnType<typeof labelsOf> | undefined>
}

/** How many labels are read at once. */
const PAGE = 2000

/** Short name of a value: the same everywhere and for ever. */
export const hashOf = (value: string, length = 20): string => hash('sha256', value, 'base64url').slice(0, length)

/** Whose news it is: a reader's filter and the space she reads in, null where readers of several share what they get. */
export type Reader = { filter: Filter; space: string | null }

/** The ids of what is new in (since, upto] for such a reader and passes her filter, in the order a digest shows them. */
export function choose(news: readonly Labelled[], reader: Reader, content: Knowledge, today: Day): string[] {
  const { filter, space } = reader
  const through = news
    .filter((labels) => isFor(space, labels))
    .flatMap((labels) => (space !== null && labels.edited?.has(space) ? (labels.edited.get(space) ?? []) : labels))
    .filter((labels) => judge(filter, labels).through)
  return inOrder(through, content, today).map((labels) => labels.id)
}

const isFor = (space: string | null, { space: of, twins }: Labelled): boolean =>
  (of === null || of === space) && !(space !== null && twins?.includes(space))

/** The labels of what is new in any space in (since, upto], newest first, read in pages. */
export async function newsBetween(db: Read, since: number, upto: number): Promise<Labelled[]> {
  const news: Labelled[] = []
  for (let top = upto; since < top; ) {
    const page = (await labelsSince(db, since, top, PAGE)).map(labelsOf)
    news.push(...page)
    if (page.length < PAGE) break
    top = page.at(-1)!.seq - 1
  }
  const twins = Map.groupBy(await twinsSince(db, since, upto), ({ item }) => item)
  const edits = Map.groupBy(await editsSince(db, since, upto), ({ item }) => item)
  if (twins.size === 0 && edits.size === 0) return news
  const known = new Set(news.map(({ id }) => id))
  const brought = [...edits].flatMap(([id, [edit]]) => (known.has(id) ? [] : [labelsOf(sourceLabels(edit!))]))
  return [...news, ...brought].map((labels) => ({
    ...labels,
    twins: twins.get(labels.id)?.map(({ space }) => space),
    edited: new Map(edits.get(labels.id)?.map((edit) => [edit.space, labelsIn(edit)])),
  }))
}

type Edit = Awaited<ReturnType<typeof editsSince>>[number]

/** The labels that an item has where nobody changed them. */
const sourceLabels = ({ id, seq, of_topic, of_body, of_region, of_tracks, of_action, of_date, of_space }: Edit) => ({
  id,
  seq,
  topic: of_topic,
  body: of_body,
  region: of_region,
  tracks: of_tracks,
  action: of_action,
  action_date: of_date,
  space: of_space,
})

const labelsIn = (edit: Edit) =>
  edit.hidden === 1 || edit.shown_in !== null ? undefined : labelsOf(relabelledBy(sourceLabels(edit), edit))

/** The spaces for which the news differs from what everybody has. */
const spacesIn = (news: readonly Labelled[]): Set<string> =>
  new Set(
    news.flatMap(({ space, twins, edited }) => [
      ...(space === null ? [] : [space]),
      ...(twins ?? []),
      ...(edited?.keys() ?? []),
    ]),
  )

/** What a space has pinned beyond `now` and was there by `upto`, in the order in which the pins end. */
async function pinsFor(tx: Tx, reader: Reader, upto: number, now: string): Promise<string[]> {
  if (reader.space === null) return []
  const rows = await itemsById(tx, await pinnedIn(tx, reader.space, now), reader.space)
  return rows.filter((row) => row.seq <= upto && judge(reader.filter, labelsOf(row)).through).map(({ id }) => id)
}

/**
 * Makes digests and keeps them, reading the news of each stretch of numbers once. Readers with the same filter and the same news
 * share one digest; nothing that passes, no digest.
 */
export function digestMaker(content: Knowledge) {
  const news = new Map<string, { labels: Labelled[]; spaces: Set<string> }>()
  const chosen = new Map<string, string[]>()
  return async (
    tx: Tx,
    reader: { filter: string; space: string | null },
    since: number,
    upto: number,
    now: string,
  ): Promise<string | undefined> => {
    const { filter } = reader
    const stretch = `${since}-${upto}`
    if (!news.has(stretch)) {
      if (news.size > 20) news.clear()
      const labels = await newsBetween(tx, since, upto)
      news.set(stretch, { labels, spaces: spacesIn(labels) })
    }
    const { labels, spaces } = news.get(stretch)!
    const parsed = { filter: JSON.parse(filter) as Filter, space: reader.space }
    const pins = await pinsFor(tx, parsed, upto, now)
    const own = reader.space !== null && (pins.length > 0 || spaces.has(reader.space))
    const space = own ? reader.space : null
    const id = `d${hashOf(`${filter} ${since} ${upto}${space === null ? '' : ` ${[space, ...pins].join(' ')}`}`)}`
    if (!chosen.has(id)) {
      if (chosen.size > 2000) chosen.clear()
      chosen.set(id, choose(labels, { ...parsed, space }, content, now.slice(0, 10)))
    }
    const fresh = chosen.get(id)!
    // What is pinned stands first, and brings no digest by itself.
    if (fresh.length === 0) return undefined
    const items = [...new Set([...pins, ...fresh])]
    await addDigest(tx, { id, filter, since, upto, items: JSON.stringify(items), at: now, space })
    return id
  }
}
