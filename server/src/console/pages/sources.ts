import { deskOf, ownsSources } from '@cme-commons/app'
import { cut, type SourceDesk, SUGGESTED, sourceState } from '@cme-commons/core'
import { allSources } from '@cme-commons/db'
import { html } from 'hono/html'
import type { Html } from '../../html/html.ts'
import { timeHtml } from '../../html/text.ts'
import { answerHtml } from '../ask.ts'
import type { Visitor } from '../session.ts'
import { mark, moment, table } from '../table.ts'
import type { PageMaker } from './index.ts'

const GRAVE = ['gone', 'failing', 'not read yet', 'well', 'off']
const tone = (state: string) =>
  state === 'well' ? 'good' : state === 'gone' || state === 'failing' ? 'bad' : state === 'off' ? 'idle' : 'wait'

/** Where the news comes from: what fails first, then what is read, then what is off. */
export const sourcesPage: PageMaker = async ({ db }, visitor) => {
  const theirs = await ownsSources(db.read, visitor.space.id)
  const all = (await allSources(db.read)).filter(({ id }) => id !== SUGGESTED.id).map((row) => deskOf(row, theirs))
  const rows = all.sort(
    (a, b) => GRAVE.indexOf(sourceState(a)) - GRAVE.indexOf(sourceState(b)) || a.name.localeCompare(b.name, 'en'),
  )
  return {
    title: 'Sources',
    section: '/console/sources',
    body: html`${theirs ? lookForm(visitor) : html`<p>Several communities share these sources, so your operator changes them. You see how each is doing.</p>`}
${listed(
  visitor,
  'What is read',
  rows.filter(({ enabled }) => enabled),
  'No source is on yet.',
)}
${listed(
  visitor,
  'What is off',
  rows.filter(({ enabled }) => !enabled),
  'No source is off.',
)}`,
  }
}

const listed = (
  { zone }: Visitor,
  name: string,
  rows: readonly SourceDesk[],
  empty: string,
): Html => html`<h2>${name}</h2>
${table(
  name,
  ['Name', 'State', 'Last read', 'Last new item', 'What to know'],
  rows.map((one) => [
    html`<a href="/console/source?id=${encodeURIComponent(one.id)}">${cut(one.name, 100)}</a>`,
    mark(tone(sourceState(one)), sourceState(one)),
    one.lastRead ? moment(one.lastRead, zone) : '',
    one.lastItem ? timeHtml(one.lastItem, 'day', zone) : '',
    one.enabled ? (one.trouble ?? '') : cut(one.reason ?? '', 120),
  ]),
  empty,
)}`

/** Asks for an address: of a new source, or the new one of a source that moved. */
export const lookForm = ({ session }: Visitor, source?: { id: string; url?: string }): Html =>
  html`<form class="finder" method="post" action="/console/sources/look"><input type="hidden" name="csrf" value="${session.csrf}">${
    source ? html`<input type="hidden" name="source" value="${source.id}">` : ''
  }<label><span>${source ? 'Its new address, or the page that names it' : 'Add a source: its address, or that of its site'}</span><input name="url" inputmode="url" placeholder="https://" value="${source?.url ?? ''}" autocomplete="off" maxlength="1000"></label><button class="button">Look there</button></form>`

/** One source: how it is doing, a dry run that explains each item, and what can be changed. */
export const sourcePage: PageMaker = async (house, visitor, query) => {
  const id = (query.get('id') ?? '').replaceAll('\0', '')
  const row = (await allSources(house.db.read)).find((one) => one.id === id)
  if (!row || row.id === SUGGESTED.id) return undefined
  const theirs = (await ownsSources(house.db.read, visitor.space.id)) && row.sample === 0
  const { csrf } = visitor.session
  return {
    title: 'Sources',
    section: '/console/sources',
    body: html`${answerHtml(visitor, await house.perform(visitor.actor, { do: 'source', source: id }))}
${
  row.url && theirs
    ? html`<h2>What would it bring now?</h2>
<form method="post" action="/console/sources/try"><input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="source" value="${id}"><p>Reads it, and says of each item what would become of it and why. Nothing is stored or sent.</p><button class="button">Show what it would bring</button></form>`
    : ''
}
${theirs ? html`<h2>It has moved?</h2>\n${lookForm(visitor, { id, ...(row.url ? { url: row.url } : {}) })}` : ''}`,
  }
}
