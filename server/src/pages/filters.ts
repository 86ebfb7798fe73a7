import { bodyName, type Knowledge, regionName, topicName, trackName } from '@cme-commons/core'
import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import { topicsInOrder } from './parts.ts'

type Named = { id: string; name: string }

const KINDS = [
  ['topic', 'Topic', 'Every topic', topicName],
  ['body', 'Organisation', 'Every organisation', bodyName],
  ['region', 'Region', 'Every region', regionName],
  ['track', 'Track', 'Every track', trackName],
] as const

/** The form that filters the archive; it is a plain GET form, so that every view of the archive has an address. */
export function filterForm(content: Knowledge, asked: URLSearchParams): Html {
  const options: Record<string, readonly Named[]> = {
    topic: topicsInOrder(content),
    body: content.bodies,
    region: content.regions,
    track: content.tracks,
  }
  return html`<form class="filters" method="get" action="/news" role="search" aria-label="The archive">
<div class="field is-long"><label for="q">Words <span class="hint">all of them; “a phrase”, beginn*, -without</span></label><input id="q" name="q" type="search" maxlength="200" value="${asked.get('q') ?? ''}" autocomplete="off"></div>
<div class="field"><label for="order">Order</label><select id="order" name="order"><option value="">Newest first</option><option value="relevance"${asked.get('order') === 'relevance' ? html` selected` : ''}>Best match first</option></select></div>
${KINDS.map(([name, label, all]) => field(name, label, all, options[name]!, asked.get(name) ?? ''))}
<div class="field"><label for="since">Published since</label><input id="since" name="since" type="date" value="${(asked.get('since') ?? '').slice(0, 10)}"></div>
<div class="field is-press"><button class="button primary" type="submit">Show</button></div>
</form>
${chosen(content, asked)}`
}

function field(name: string, label: string, all: string, options: readonly Named[], chosen: string): Html {
  const several = chosen !== '' && !options.some(({ id }) => id === chosen)
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${all}</option>${
    several ? html`<option value="${chosen}" selected>As in the address</option>` : ''
  }${options.map(
    ({ id, name: says }) => html`<option value="${id}"${id === chosen ? html` selected` : ''}>${says}</option>`,
  )}</select></div>`
}

/** What is filtered by now, each with a way to leave it out. */
function chosen(content: Knowledge, asked: URLSearchParams): Html {
  const without = (name: string) => {
    const rest = new URLSearchParams(asked)
    for (const gone of [name, 'cursor', ...(name === 'q' ? ['order'] : [])]) rest.delete(gone)
    return `/news${rest.size > 0 ? `?${rest}` : ''}`
  }
  const chips = [
    ...KINDS.flatMap(([name, label, , nameOf]) => {
      const ids = asked.get(name)?.split(',') ?? []
      return ids.length > 0 ? [{ name, says: `${label}: ${ids.map((id) => nameOf(content, id)).join(' or ')}` }] : []
    }),
    ...(asked.get('q') ? [{ name: 'q', says: `Words: ${asked.get('q')}` }] : []),
    ...(asked.get('since') ? [{ name: 'since', says: `Since ${asked.get('since')}` }] : []),
  ]
  if (chips.length === 0) return html``
  return html`<ul class="chips" aria-label="Filtered by">${chips.map(
    ({ name, says }) =>
      html`<li><a href="${without(name)}"><bdi>${says}</bdi><span class="only-heard">: leave it out</span><span aria-hidden="true"> ×</span></a></li>`,
  )}</ul>`
}
