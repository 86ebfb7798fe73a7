import { setImmediate as turn } from 'node:timers/promises'
import type { keptDigest } from '@cme-commons/app'
import {
  type Block,
  cut,
  type Day,
  digestCard,
  filterFacts,
  type Item,
  type Knowledge,
  partBlocks,
  summary,
} from '@cme-commons/core'
import { html } from 'hono/html'
import { cardHtml } from '../html/card.ts'
import type { Html } from '../html/html.ts'
import { publicPage } from './frame.ts'
import { shareLink } from './parts.ts'

type Kept = NonNullable<Awaited<ReturnType<typeof keptDigest>>>

/** The permanent page of a digest: all of its items, also those that its message had no room for, and the filter that chose them. */
export async function digestPage({ digest, items }: Kept, content: Knowledge, site: string): Promise<Html> {
  const frame = digestCard({ ...digest, page: undefined, filter: { ...digest.filter, max: 0 } }, items, content)
  const { title, footer } = frame
  const blocks = [...frame.blocks, ...(await itemBlocks(items, content, digest.at.slice(0, 10)))]
  const gone = digest.items.length - items.length
  const path = `/digests/${digest.id}`
  return publicPage({
    title,
    description: items[0] ? cut(`${items[0].title}. ${summary(items[0])}`, 200) : title,
    site,
    path,
    room: '/news',
    hidden: true,
    body: html`<header class="lead"><h1>${title}</h1>
<p class="buttons">${shareLink(site, path)}</p></header>
${cardHtml({ title: 'What is new', blocks, footer })}
${gone > 0 ? html`<p>${gone === 1 ? 'One item is' : `${gone} items are`} no longer in the archive.</p>` : ''}
${cardHtml({ title: 'How it was chosen', blocks: chosenBy(digest.filter, content) })}`,
  })
}

const chosenBy = (filter: Kept['digest']['filter'], content: Knowledge): Block[] => [
  { kind: 'text', text: ['Everything new since the digest before that passes this filter is on this page.'] },
  { kind: 'facts', facts: filterFacts(content, filter).filter(({ name }) => name !== 'At most') },
]

const AT_ONCE = 20

/** All items under the headings of their parts, some at a time: a digest of a month may hold hundreds, and others wait for answers. */
async function itemBlocks(items: readonly Item[], content: Knowledge, today: Day): Promise<Block[]> {
  const blocks: Block[] = []
  let heading = ''
  for (let from = 0; from < items.length; from += AT_ONCE) {
    if (from > 0) await turn()
    for (const block of partBlocks(items.slice(from, from + AT_ONCE), content, today)) {
      if (block.kind === 'heading' && block.text === heading) continue
      if (block.kind === 'heading') heading = block.text
      blocks.push(block)
    }
  }
  return blocks
}
