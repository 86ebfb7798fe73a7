import { type Fate, knownBy, nameEntries, ownsSources, rehearse, sameSource, unread } from '@cme-commons/app'
import { cut, type Feed, type Press, topicName } from '@cme-commons/core'
import { allSources, findSource, type SourceTable } from '@cme-commons/db'
import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import { timeHtml } from '../html/text.ts'
import { readSource } from '../poll.ts'
import { actButtons } from './card.ts'
import type { Shown } from './frame.ts'
import type { ConsoleHouse } from './house.ts'
import { lookForm } from './pages/sources.ts'
import type { Visitor } from './session.ts'
import { mark, table } from './table.ts'

/** So many addresses are looked at at once, whoever asks. */
const AT_ONCE = 4
let looking = 0

const page = (body: Html): Shown => ({ title: 'Sources', section: '/console/sources', body })
const refusal = (visitor: Visitor, title: string, say: string, source?: { id: string }): Shown =>
  page(html`<div class="refused"><article class="card"><h2 class="card-title">${title}</h2><p>${say}</p></article></div>
<h2>Another address</h2>
${lookForm(visitor, source)}`)

async function inTurn(visitor: Visitor, work: () => Promise<Shown>): Promise<Shown> {
  if (looking >= AT_ONCE) return refusal(visitor, 'Others are looking right now', 'Try again in a minute.')
  looking++
  try {
    return await work()
  } finally {
    looking--
  }
}

/** Looks for feeds at an address and behind the page there, and says what each would bring. Stores nothing. */
export async function look(
  house: ConsoleHouse,
  visitor: Visitor,
  said: string,
  id: string,
): Promise<Shown | undefined> {
  if (!(await ownsSources(house.db.read, visitor.space.id))) return undefined
  const source = id ? await findSource(house.db.read, id) : undefined
  if (id && (!source || source.sample === 1)) return undefined
  const url = said.trim()
  const known = sameSource(await allSources(house.db.read), '', url)
  if (known && known.id !== id)
    return page(
      html`<div class="refused"><article class="card"><h2 class="card-title">It is there already</h2><p><a href="/console/source?id=${known.id}">${known.name}</a> has this address.</p></article></div>`,
    )
  return inTurn(visitor, async () => {
    const found = await house.reader.discover(url)
    if ('trouble' in found) return refusal(visitor, 'Nothing can be read there', found.trouble.say, source)
    const feeds: Html[] = []
    for (const { url: at, reading } of found.found) {
      const press: Press = source
        ? { do: 'source.move', source: source.id, url: at }
        : { do: 'source.add', url: at, name: cut(reading.feed.title || '', 150) }
      const tried = source ? { ...source, url: at } : { ...unread('new', house.now()), url: at, mixed: 1 }
      feeds.push(html`<section class="found"><h2>${reading.feed.title || '(no title)'}</h2><p class="soft">${at}</p>
${actButtons(visitor, [{ label: source ? 'Use this address' : 'Add this one', style: 'primary', act: press }])}
${await rehearsal(house, visitor, tried, reading.feed)}</section>`)
    }
    return page(
      html`<p>${feeds.length === 1 ? 'One feed is there.' : `${feeds.length} feeds are there.`} What a source has when it is first read is old news: it is kept, and told to nobody.</p>\n${feeds}`,
    )
  })
}

/** Reads a source and says of each item what would become of it. */
export async function tryOne(house: ConsoleHouse, visitor: Visitor, id: string): Promise<Shown | undefined> {
  if (!(await ownsSources(house.db.read, visitor.space.id))) return undefined
  const source = await findSource(house.db.read, id)
  if (!source?.url || source.sample === 1) return undefined
  return inTurn(visitor, async () => {
    const reading = await readSource(house.reader as never, source)
    if (reading.kind !== 'items')
      return refusal(
        visitor,
        `${source.name} cannot be read`,
        reading.kind === 'trouble' ? reading.trouble.say : 'Nothing came back; try again.',
        source,
      )
    return page(html`<h2>${source.name}: what it would bring now</h2>
${await rehearsal(house, visitor, source, reading.feed)}
${actButtons(visitor, [{ label: 'Back to the source', act: { do: 'source', source: id } }])}`)
  })
}

const FATES: Record<Fate, readonly ['good' | 'bad' | 'idle' | 'wait', string]> = {
  known: ['idle', 'left out'],
  revised: ['idle', 'change kept, not told'],
  retold: ['good', 'changed, told again'],
  archive: ['idle', 'kept, not told'],
  unwanted: ['wait', 'kept, nobody wants it'],
  digest: ['good', 'kept and told'],
}

async function rehearsal(house: ConsoleHouse, visitor: Visitor, source: SourceTable, feed: Feed): Promise<Html> {
  const lines = (
    await rehearse(house.db.read, source, await nameEntries(feed, knownBy(source)), house.now(), house.content)
  ).reverse()
  return table(
    'What would become of each item',
    ['Title', 'What becomes of it', 'Topic', 'Published', 'Why'],
    lines
      .slice(0, 50)
      .map(({ title, fate, topic, published, readers, of, why }) => [
        cut(title, 140),
        mark(...FATES[fate]),
        topic ? topicName(house.content, topic) : '',
        published ? timeHtml(published, 'day', visitor.zone) : '',
        fate === 'digest' || fate === 'retold' ? `In ${readers} of ${of} digests. ${why}` : why,
      ]),
    'There is no item in it.',
  )
}
