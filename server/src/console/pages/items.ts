import { itemOf, itemStory, narrowed } from '@cme-commons/app'
import { cut, itemStoryCard, type Press, readSearch, sourceName, topicName } from '@cme-commons/core'
import { channelDigests, findItem, itemsNumbered, listItems, searchItems } from '@cme-commons/db'
import { html } from 'hono/html'
import { cardHtml } from '../../html/card.ts'
import { timeHtml } from '../../html/text.ts'
import { answerHtml } from '../ask.ts'
import { actButtons } from '../card.ts'
import type { ConsoleHouse } from '../house.ts'
import { finder, input, mark, select, table } from '../table.ts'
import type { PageMaker } from './index.ts'

const PAGE = 30

/** The news of this community, the latest first, by words or by topic. */
export const itemsPage: PageMaker = async (house, visitor, query) => {
  const { space, zone } = visitor
  const { db, content, now } = house
  const words = (query.get('q') ?? '').trim().replaceAll('\0', '').slice(0, 200)
  const topic = content.topics.find(({ id }) => id === query.get('topic'))?.id
  const said = Number(query.get('before'))
  const before = Number.isInteger(said) && said > 0 ? Math.min(said, 2 ** 31 - 1) : undefined
  const rows = words
    ? await foundItems(house, space.id, words, before)
    : await listItems(db.read, {
        ...(topic ? { topic } : {}),
        ...(before ? { before } : {}),
        limit: PAGE + 1,
        space: space.id,
      })
  const items = rows.slice(0, PAGE).map((row) => itemOf(row, now()))
  const last = rows.length > PAGE ? items.at(-1) : undefined
  const options = [['', 'Any topic'], ...content.topics.map(({ id, name }) => [id, name] as const)] as const
  const next = new URLSearchParams({ q: words, topic: topic ?? '', before: String(last?.seq ?? '') })
  return {
    title: 'Items',
    section: '/console/items',
    body: html`<p>News as the digests of this community have it. An item shows why it is labelled so, and in which digests it was.</p>
${finder('/console/items', html`${input('q', 'Words', words, 'disclosure, "needs assessment"')}${select('topic', 'Topic', topic ?? '', options)}`)}
${actButtons(visitor, [
  { label: 'What moderators changed', act: { do: 'item.history' } },
  { label: 'Dates read in the news', act: { do: 'found' } },
])}
${table(
  'Items',
  ['Title', 'Topic', 'From', 'Published', 'Marks'],
  items.map((item) => [
    html`<a href="/console/item?id=${item.id}">${cut(item.title, 140)}</a>`,
    topicName(content, item.topic),
    [...new Set(item.links.map(({ source }) => sourceName(content, source)))].join(', '),
    timeHtml(item.published, 'day', zone),
    html`${item.pinned ? mark('good', 'pinned') : ''}${item.actionRequired ? mark('wait', 'needs action') : ''}${item.sample ? mark('idle', 'sample') : ''}${item.old ? mark('idle', 'archive only') : ''}`,
  ]),
  words || topic ? 'Nothing like that is in the archive.' : 'Nothing is in the archive yet.',
)}
${last ? html`<p><a class="button" href="/console/items?${next.toString()}">Earlier ones</a></p>` : ''}`,
  }
}

async function foundItems({ db, content }: ConsoleHouse, space: string, words: string, before?: number) {
  const search = readSearch(words)
  const filters = narrowed(search, content)
  if ('unknown' in filters || search.terms.length === 0) return []
  const query = { terms: search.terms, order: 'newest' as const, ...filters, space, limit: PAGE + 1 }
  return itemsNumbered(db.read, await searchItems(db.read, { ...query, ...(before ? { before } : {}) }), space)
}

/** One item: what it says, why it is labelled so, where it went, and what moderators can do about it. */
export const itemPage: PageMaker = async (house, visitor, query) => {
  const item = (query.get('id') ?? '').replaceAll('\0', '')
  const { db, content } = house
  const row = await findItem(db.read, item, visitor.space.id)
  if (!row) return undefined
  const orders = (await channelDigests(db.read, visitor.space.id)).map((order) => ({
    whose: `#${order.address.slice('channel:'.length)}`,
    order,
  }))
  const story = itemStoryCard(await itemStory(db.read, row, orders, content), content)
  const shown = async (press: Press) => answerHtml(visitor, await house.perform(visitor.actor, press))
  return {
    title: 'Items',
    section: '/console/items',
    body: html`<div class="columns"><div>${await shown({ do: 'item.edit', item })}</div><div>${cardHtml(story, visitor.zone)}</div></div>
${await shown({ do: 'item.history', item })}
${actButtons(visitor, [{ label: 'All items', href: '/console/items' }])}`,
  }
}
