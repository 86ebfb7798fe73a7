import { cut, DAY, HOUR, type Instant, plus, SUGGESTED } from '@cme-commons/core'
import { allSources, type SourceTable } from '@cme-commons/db'
import { html } from 'hono/html'
import type { ApiHouse } from '../api/house.ts'
import type { Html } from '../html/html.ts'
import { publicPage } from './frame.ts'
import { dayHtml, momentHtml } from './parts.ts'
import { listTable } from './table.ts'

type State = 'fine' | 'new' | 'late' | 'failing' | 'off'

/** How each source is doing, so that a quiet digest can be told from a broken one. */
export async function sourcesPage({ db, site, now }: ApiHouse): Promise<Html> {
  const rows = (await allSources(db.read)).filter(({ id }) => id !== SUGGESTED.id)
  const at = now()
  const all = rows.map((row) => ({ row, state: stateOf(row, at) }))
  const on = all.filter(({ state }) => state !== 'off')
  const off = all.filter(({ state }) => state === 'off')
  return publicPage({
    title: 'How the sources are doing',
    description: 'When each source was read, whether it failed, and when it last had something new.',
    site,
    path: '/sources',
    room: '/sources',
    body: html`<header class="lead"><h1>How the sources are doing</h1>
<p>When a digest is quiet, this page tells whether nothing happened or something broke.</p></header>
${verdict(on, at)}
<div class="paper">${listTable('Sources that are read', ['Source', 'State', 'Last read', 'Last new item', 'Next reading'], on.map(line))}</div>
${
  off.length > 0
    ? html`<details class="paper"><summary>${off.length === 1 ? 'One more source is known, but off' : `${off.length} more sources are known, but off`}</summary>
<p>Nobody has proven their feeds yet, or an operator switched them off. Whoever runs this program switches one on, which reads it first.</p>
<ul class="columns">${off.map(({ row }) => html`<li><bdi>${cut(row.name, 120)}</bdi></li>`)}</ul></details>`
    : ''
}`,
  })
}

type Doing = { row: SourceTable; state: State }

function stateOf(row: SourceTable, now: Instant): State {
  if (row.enabled !== 1) return 'off'
  if (row.failing_since !== null || row.muted_at !== null) return 'failing'
  if (row.read_at === null) return row.kind === 'manual' ? 'fine' : 'new'
  return row.url !== null && row.next_at < plus(now, -6 * HOUR) ? 'late' : 'fine'
}

const STATES: Readonly<Record<State, [word: string, mark: string]>> = {
  fine: ['Read as planned', 'is-fine'],
  new: ['Not read yet', ''],
  late: ['Late', 'is-warm'],
  failing: ['Failing', 'is-danger'],
  off: ['Off', ''],
}

/** The answer to "is it broken, or was there nothing?" in a sentence or two. */
function verdict(on: readonly Doing[], now: Instant): Html {
  const bad = on.filter(({ state }) => state === 'failing' || state === 'late').length
  const read = on.filter(({ row }) => row.read_at !== null && row.read_at >= plus(now, -DAY)).length
  const last = on
    .flatMap(({ row }) => row.last_item_at ?? [])
    .sort()
    .at(-1)
  const told = last ? html` The last new item came ${momentHtml(last)}.` : ' None of them had a new item yet.'
  if (on.length === 0)
    return html`<p class="verdict is-bad" role="status">No source is switched on: nothing can come.</p>`
  return bad === 0
    ? html`<p class="verdict is-good" role="status"><strong>Nothing is broken.</strong> ${wereRead(read, on.length)} in the last 24 hours.${told} When it is quiet, it is because nothing happened.</p>`
    : html`<p class="verdict is-bad" role="status"><strong>${bad === 1 ? 'One source' : `${bad} sources`} of ${on.length} cannot be read as planned.</strong> ${on.length - bad === 0 ? 'News may be missing until that is mended.' : 'The others are read; news of these may be missing until that is mended.'}${told}</p>`
}

const wereRead = (read: number, all: number): string =>
  read < all
    ? `${read} of ${all} sources ${read === 1 ? 'was' : 'were'} read`
    : all === 1
      ? 'The one source was read'
      : `All ${all} sources were read`

function line({ row, state }: Doing): Html[] {
  const [word, mark] = STATES[state]
  const { name, sample, read_at, last_item_at, next_at, muted_at, failing_since } = row
  const trouble = state === 'failing' && row.trouble ? cut(row.trouble.replace(/\?\S+/g, '?…'), 160) : ''
  return [
    html`<bdi>${cut(name, 120)}</bdi>${sample === 1 ? html` <span class="soft">made-up samples</span>` : ''}`,
    html`<span class="tag ${mark}">${word}</span>${failing_since ? html` <span class="soft">since ${dayHtml(failing_since)}</span>` : ''}${trouble ? html`<span class="soft"><bdi>${trouble}</bdi></span>` : ''}`,
    read_at ? momentHtml(read_at) : html`–`,
    last_item_at ? dayHtml(last_item_at) : html`–`,
    muted_at || row.url === null ? html`–` : momentHtml(next_at),
  ]
}
