import { type Piece, pieces } from '@cme-commons/app'
import {
  bodyLetters,
  bodyName,
  cueOf,
  cut,
  type Knowledge,
  regionName,
  topicName,
  trackName,
  type Why,
} from '@cme-commons/core'
import { type ItemRevisionTable, type NewsRow, newsItem, type Read, revisionsOf } from '@cme-commons/db'
import { html } from 'hono/html'
import type { ApiHouse } from '../api/house.ts'
import { type Html, safeHref } from '../html/html.ts'
import { publicPage } from './frame.ts'
import { dayHtml, momentHtml, others, outward, shareLink } from './parts.ts'
import { listTable } from './table.ts'
import { asked, describedBy, sourceNames } from './teaser.ts'

/** Of a longer text the beginning: the whole is at its source. */
const MOST_TEXT = 6_000
const MOST_TITLE = 1_000
const MOST_REVISIONS = 10

/** The page of one item, if everybody may see it: what it says, where each of its labels comes from, and how it changed. */
export async function itemPage({ db, content, site }: ApiHouse, id: string): Promise<Html | undefined> {
  const row = await newsItem(db.read, id)
  return row && drawn(row, await revisionsShown(db.read, id), content, site)
}

const revisionsShown = async (db: Read, id: string): Promise<ItemRevisionTable[]> =>
  (await revisionsOf(db, id)).slice(0, MOST_REVISIONS)

function drawn(row: NewsRow, revisions: readonly ItemRevisionTable[], content: Knowledge, site: string): Html {
  const title = cut(row.title, MOST_TITLE) || 'Without a title'
  const by = asked(row)
  const path = `/news/${row.id}`
  return publicPage({
    title: cut(title, 160),
    description: describedBy(row),
    site,
    path,
    room: '/news',
    hidden: row.sample === 1,
    body: html`<article class="paper">
<h1><bdi>${title}</bdi></h1>
<p class="meta">${row.sample === 1 ? html`<strong class="tag">Sample</strong> ` : ''}${by ? html`<strong class="tag is-warm">${by}</strong> ` : ''}${others(sourceNames(row))} · ${dayHtml(row.published)}${row.updated ? html` · <a href="#changes">updated ${dayHtml(row.updated)}</a>` : ''}</p>
${row.text ? html`<p class="words">${cut(row.text, MOST_TEXT)}</p>` : html`<p class="soft">The source brought no more than the headline.</p>`}
<p class="buttons">${row.link && safeHref(row.link) ? html`<a class="button primary" href="${safeHref(row.link)}" rel="noreferrer">Read it at its source</a> ` : ''}${shareLink(site, path)}</p>
</article>
<section class="paper" aria-labelledby="labels"><h2 id="labels">What it is about, and why we think so</h2>
${labels(row, content)}</section>
${revisions.length > 0 ? changes(row, revisions) : ''}`,
    aside: html`${seenAt(row)}
${moreOf(row, content)}`,
  })
}

/** Each label with the words that gave it: whoever doubts one sees what decided. */
function labels(row: NewsRow, content: Knowledge): Html {
  const why: readonly Why[] = JSON.parse(row.why)
  const tracks = row.tracks.split(',').filter(Boolean)
  const lines: [label: Why['label'], name: string, value: string, query?: string][] = [
    ['topic', 'Topic', topicName(content, row.topic), `topic=${row.topic}`],
    [
      'body',
      'Organisation',
      row.body ? bodyName(content, row.body) : 'None named',
      row.body ? `body=${row.body}` : undefined,
    ],
    ['region', 'Region', regionName(content, row.region), `region=${row.region}`],
    ...tracks.map((id): [Why['label'], string, string, string] => [
      'tracks',
      'Track',
      trackName(content, id),
      `track=${id}`,
    ]),
    ['action', 'What it asks', asked(row) || 'Nothing found'],
  ]
  const cue = (label: Why['label'], value: string): string => {
    const found = why.filter((one) => one.label === label || (label === 'action' && one.label === 'date'))
    const own = label === 'tracks' ? found.filter((one) => trackName(content, one.value) === value) : found
    return [...new Set((own.length > 0 ? own : label === 'tracks' ? [] : found).map(cueOf))].join('; ')
  }
  const rows = lines.map(([label, name, value, query]) => [
    html`${name}`,
    query ? html`<a href="/news?${query}">${value}</a>` : html`${value}`,
    html`<bdi>${cue(label, value) || (label === 'tracks' ? 'its topic' : '–')}</bdi>`,
  ])
  return listTable('Labels', ['Label', 'Says', 'Because of'], rows)
}

const seenAt = ({
  sources,
  seen,
}: NewsRow): Html => html`<section class="paper" aria-labelledby="seen"><h2 id="seen">Where it was seen</h2>
${sources.length > 0 ? html`<ul class="plain">${sources.map(({ name, href }) => html`<li>${outward(name, href)}</li>`)}</ul>` : ''}
<p class="soft">First seen ${momentHtml(seen)}.</p></section>`

/** Where the news goes on from here. */
const moreOf = (
  row: NewsRow,
  content: Knowledge,
): Html => html`<section class="paper" aria-labelledby="more"><h2 id="more">More</h2>
<ul class="plain"><li><a href="/news?topic=${row.topic}">${topicName(content, row.topic)}</a></li>${row.body ? html`<li><a href="/news?body=${row.body}">${bodyLetters(content, row.body)}</a></li>` : ''}<li><a href="/v1/news.atom?topic=${row.topic}">This topic as a feed</a></li><li><a href="/news">All news</a></li></ul></section>`

/** Each change with what came and what went, the last one first. */
function changes(row: NewsRow, revisions: readonly ItemRevisionTable[]): Html {
  const after = [row, ...revisions]
  return html`<section class="paper" aria-labelledby="changes"><h2 id="changes">How it changed</h2>
<p class="soft">What is <del>struck out</del> was taken away, what is <ins>underlined</ins> was added.</p>
${revisions.map((before, i) => {
  const now = after[i]!
  return html`<section class="change"><h3>${momentHtml(before.at)}</h3>
${before.title === now.title ? '' : html`<p class="diff"><strong>Title:</strong> ${marked(pieces(before.title, now.title))}</p>`}
${before.text === now.text ? '' : html`<p class="diff">${marked(pieces(before.text, now.text))}</p>`}</section>`
})}</section>`
}

/** Characters of what stayed the same that are shown on each side of a change. */
const AROUND = 90

const marked = (parts: readonly Piece[]): Html =>
  html`${parts.map(({ is, text }, i) => {
    if (is === 'gone') return html`<del>${cut(text, 1_500)}</del>`
    if (is === 'new') return html`<ins>${cut(text, 1_500)}</ins>`
    if (text.length <= 2 * AROUND + 20) return text
    const before = i > 0 ? text.slice(0, AROUND).replace(/\S*$/, '') : ''
    const behind = i < parts.length - 1 ? text.slice(-AROUND).replace(/^\S*/, '') : ''
    return `${before}…${behind}`
  })}`
