import { classify, type Knowledge, type Labels, type Source, SUGGESTED, type Why } from '@cme-commons/core'
import {
  addItems,
  addLinks,
  addNames,
  findItem,
  holdItems,
  type ItemRow,
  itemsNamed,
  ownScope,
  putSource,
  type SuggestionTable,
} from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { hashOf } from './digest-maker.ts'
import { classifierOf, labelColumns } from './labels.ts'
import { unread } from './sources.ts'
import { tellOfItems } from './webhook-events.ts'

const nameOf = (link: string): string => hashOf(`link ${link}`)

/** The item that a page is to the readers of this space, as that has it: everybody's, or one that was suggested here before. */
export async function itemOnPage({ tx, actor }: Ctx, link: string): Promise<ItemRow | undefined> {
  const name = nameOf(link)
  for (const scope of ['', ownScope(actor.space)]) {
    const found = (await itemsNamed(tx, scope, '', [name])).get(name)
    const item = found && (await findItem(tx, found.item, actor.space))
    if (item && item.topic !== 'off-topic') return item
  }
  return undefined
}

/** What moderators publish of a suggestion. */
export type Published = { title: string; summary: string; topic?: string }

/** Makes an item of a suggestion, for the readers of its space alone, and answers its id; or that of the item which the page is by now. */
export async function addSuggested(
  ctx: Ctx,
  { space, href, link }: SuggestionTable,
  published: Published,
): Promise<string> {
  const { tx, now, content } = ctx
  await holdItems(tx)
  const known = await itemOnPage(ctx, link)
  if (known) return known.id
  const reason =
    'Members suggest with /cme suggest; moderators decide with /cme suggestions. Nothing is read by itself.'
  await putSource(tx, { ...unread(SUGGESTED.id, now), name: SUGGESTED.name, kind: 'manual', reason })
  const { title, summary: text } = published
  const labels = labelsOfSuggested(content, published, now.slice(0, 10))
  const [item] = await addItems(tx, [
    { title, text, link: href, published: now, seen: now, old: 0, sample: 0, ...labelColumns(labels), space },
  ])
  await addNames(tx, [{ source: ownScope(space), name: nameOf(link), item: item!.id }])
  await addLinks(tx, [{ item: item!.id, source: SUGGESTED.id, href }])
  await tellOfItems(tx, [item!], now)
  return item!.id
}

/** The labels of a suggestion by its own words, its topic by the moderator's choice; it belongs to the field, since she approved it. */
export function labelsOfSuggested(content: Knowledge, { title, summary, topic }: Published, today: string): Labels {
  const wanted = topic ?? content.signals.otherwise
  const labels = classify(classifierOf(content), { title, text: summary, source: sourceFor(wanted) }, today)
  if (labels.topic === topic || (!topic && labels.topic !== 'off-topic')) return labels
  const chosen = content.topics.find(({ id }) => id === wanted)
  const why = (label: Why['label'], value: string): Why => ({ label, value, cue: '', where: 'moderator' })
  const tracks = chosen?.tracks ?? []
  return {
    ...labels,
    topic: wanted,
    tracks,
    why: [
      why('topic', wanted),
      ...labels.why.filter(({ label }) => label !== 'topic' && label !== 'tracks'),
      ...tracks.map((track) => why('tracks', track)),
    ],
  }
}

const sourceFor = (topic: string): Source => ({
  ...SUGGESTED,
  kind: 'manual',
  enabled: true,
  topic,
  source: '',
  checked: '',
  confidence: 'uncertain',
})
