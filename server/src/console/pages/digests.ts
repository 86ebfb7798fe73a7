import { previewItems, subscriptionOf } from '@cme-commons/app'
import { DAY, digestCard, type Filter, filterFacts, plus, scheduleInWords } from '@cme-commons/core'
import { channelDigests, countReaders } from '@cme-commons/db'
import { html } from 'hono/html'
import { cardHtml } from '../../html/card.ts'
import type { Html } from '../../html/html.ts'
import { timeHtml } from '../../html/text.ts'
import { actButtons } from '../card.ts'
import type { ConsoleHouse } from '../house.ts'
import type { Visitor } from '../session.ts'
import { finder, select } from '../table.ts'
import type { PageMaker } from './index.ts'
import { PERSONAS } from './personas.ts'

const WEEKS = [1, 2, 4, 8, 26] as const

/** The digests of channels, with send now and hold, and what a digest would bring to somebody else. */
export const digestsPage: PageMaker = async (house, visitor, query) => ({
  title: 'Digests',
  section: '/console/digests',
  body: html`<p>${await readers(house, visitor)} Only members themselves change their own.</p>
<section aria-labelledby="channels"><h2 id="channels">Digests of channels</h2>
${await channelsHtml(house, visitor)}</section>
<section aria-labelledby="preview"><h2 id="preview">What would somebody get?</h2>
${await previewHtml(house, visitor, query)}</section>`,
})

async function readers({ db }: ConsoleHouse, { space }: Visitor): Promise<string> {
  const count = await countReaders(db.read, space.id)
  return count === 1 ? 'One member has a digest of their own.' : `${count || 'No'} members have a digest of their own.`
}

async function channelsHtml({ db, content }: ConsoleHouse, visitor: Visitor): Promise<Html> {
  const rows = await channelDigests(db.read, visitor.space.id)
  if (rows.length === 0)
    return html`<p class="empty">No channel has a digest yet. Say <code>/cme digest here</code> in the channel that should get one, or name a channel for news in the <a href="/console/settings">settings</a>.</p>`
  return html`${rows.map(subscriptionOf).map((one) => {
    const subscription = one.id
    const held = one.paused
    return html`<article class="card"><h3 class="card-title">#${'channel' in one.to ? one.to.channel : ''}${held ? html` <span class="mark is-wait">held</span>` : ''}</h3>
<dl class="facts"><div><dt>When</dt><dd>${scheduleInWords(one.schedule)}</dd></div><div><dt>Next</dt><dd>${held ? 'nothing until you resume it' : timeHtml(one.next, 'moment', visitor.zone)}</dd></div>${filterFacts(
      content,
      one.filter,
    ).map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value[0]}</dd></div>`)}</dl>
${actButtons(visitor, [
  { label: 'Send now', style: 'primary', act: { do: 'digest.now', subscription } },
  held
    ? { label: 'Resume', act: { do: 'digest.resume', subscription } }
    : { label: 'Hold', act: { do: 'digest.pause', subscription } },
  { label: 'Preview', act: { do: 'digest.preview', subscription } },
  { label: 'Change when', act: { do: 'digest.when', subscription } },
  { label: 'Change what is in it', act: { do: 'digest.what', subscription } },
])}</article>`
  })}`
}

async function previewHtml(
  { db, content, now }: ConsoleHouse,
  visitor: Visitor,
  query: URLSearchParams,
): Promise<Html> {
  const persona = PERSONAS.find(({ id }) => id === query.get('as')) ?? PERSONAS[0]!
  const weeks = WEEKS.find((one) => String(one) === query.get('weeks')) ?? 2
  const filter: Filter = { bodies: [], topics: [], regions: [], tracks: [], muted: [], max: 8, ...persona.filter }
  const items = await previewItems(db.read, filter, content, now(), plus(now(), -weeks * 7 * DAY), visitor.space.id)
  const fields = html`${select(
    'as',
    'Whose digest',
    persona.id,
    PERSONAS.map(({ id, name }) => [id, name]),
  )}${select(
    'weeks',
    'News of the last',
    String(weeks),
    WEEKS.map((one) => [String(one), one === 1 ? 'week' : `${one} weeks`]),
  )}`
  const card = digestCard({ id: '', filter, items: items.map(({ id }) => id), at: now() }, items, content)
  return html`${finder('/console/digests#preview', fields)}
<p class="soft">Made-up readers: ${persona.about}</p>
${items.length === 0 ? html`<p class="empty">Nothing of that time passes this filter.</p>` : cardHtml({ ...card, buttons: [], more: undefined } as typeof card, visitor.zone)}`
}
