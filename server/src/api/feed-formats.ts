import { bodyName, type Knowledge, regionName, topicName, trackName } from '@cme-commons/core'
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import type { newsJson } from './news.ts'

/** A page of news as a feed: `self` is its own address, `next` that of the page behind it. */
export type NewsFeed = {
  title: string
  site: string
  self: string
  next?: string
  items: readonly ReturnType<typeof newsJson>[]
}

export const FEED_TYPES = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json',
} as const
export type FeedFormat = keyof typeof FEED_TYPES

const ABOUT = 'News for information; confirm requirements with your accreditor.'
/** Since when our ids are made so: part of each, and never changed. */
const SINCE = '2026'

/** The feed in one format: the same items, ids, words, labels and sources in each. */
export function feedText(format: FeedFormat, feed: NewsFeed, content: Knowledge): string {
  const entries = feed.items.map((item) => entryOf(item, feed.site, content))
  const updated = new Date(Math.max(0, ...feed.items.map((item) => Date.parse(item.updated ?? item.seen))))
  if (format === 'atom') return atom(feed, entries, updated)
  return format === 'rss' ? rss(feed, entries, updated) : json(feed, entries)
}

const idOf = (site: string, what: string): string => `tag:${new URL(site).hostname},${SINCE}:${what}`

type Entry = ReturnType<typeof entryOf>

function entryOf(item: ReturnType<typeof newsJson>, site: string, content: Knowledge) {
  const label = (kind: string, id: string, name: string) => ({ kind, id, name: clean(name) })
  const { title, text, id, ...rest } = item
  return {
    ...rest,
    id: idOf(site, `news/${id}`),
    title: clean(title),
    text: clean(text),
    page: item.link ?? `${site}/news/${id}`,
    labels: [
      label('topic', item.topic, topicName(content, item.topic)),
      ...(item.body ? [label('body', item.body, bodyName(content, item.body))] : []),
      label('region', item.region, regionName(content, item.region)),
      ...item.tracks.map((track) => label('track', track, trackName(content, track))),
      ...(item.actionRequired ? [label('action', item.actionDate ?? 'asked', 'Needs action')] : []),
      ...(item.sample ? [label('sample', 'sample', 'Sample')] : []),
    ],
    sources: item.sources.map(({ name, ...source }) => ({ ...source, name: clean(name) })),
  }
}

const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
/** XML has no room for control characters, not even written as numbers. */
const clean = (text: string): string => text.toWellFormed().replace(FORBIDDEN, '')

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

function atom({ title, site, self, next }: NewsFeed, entries: readonly Entry[], updated: Date): string {
  return generateAtomFeed({
    id: idOf(site, `feed${new URL(self).search}`),
    title: { value: title, type: 'text' },
    subtitle: { value: ABOUT, type: 'text' },
    updated,
    authors: [{ name: 'CME Commons' }],
    generator: { text: 'CME Commons' },
    links: [
      { rel: 'self', href: self, type: 'application/atom+xml' },
      { rel: 'alternate', href: `${site}/`, type: 'text/html' },
      ...(next ? [{ rel: 'next', href: next, type: 'application/atom+xml' }] : []),
    ],
    entries: entries.map(({ id, title, text, page, published, updated: changed, labels, sources }) => ({
      id,
      title: { value: title, type: 'text' },
      content: { value: text, type: 'text' },
      published: new Date(published),
      updated: new Date(changed ?? published),
      links: [{ rel: 'alternate', href: page }, ...viaOf(sources)],
      authors: sources.map(({ name }) => ({ name })),
      categories: labels.map(({ kind, id, name }) => ({ term: id, scheme: idOf(site, kind), label: name })),
    })),
  })
}

/** Where an item was seen. */
const viaOf = (sources: Entry['sources']) =>
  sources.flatMap(({ name, link }) => (link ? [{ rel: 'via', href: link, title: name }] : []))

/** Titles and texts of this format are read as HTML: what looks like markup is written so that it is shown. */
function rss({ title, site, self, next }: NewsFeed, entries: readonly Entry[], updated: Date): string {
  return generateRssFeed({
    title: escaped(title),
    link: `${site}/`,
    description: ABOUT,
    language: 'en',
    generator: 'CME Commons',
    lastBuildDate: updated,
    atom: {
      links: [
        { rel: 'self', href: self, type: 'application/rss+xml' },
        ...(next ? [{ rel: 'next', href: next, type: 'application/rss+xml' }] : []),
      ],
    },
    items: entries.map(({ id, title, text, page, published, labels, sources }) => ({
      title: escaped(title),
      description: escaped(text).replace(/\n/g, '<br>\n'),
      link: page,
      guid: { value: id, isPermaLink: false },
      pubDate: new Date(published),
      categories: labels.map(({ kind, id, name }) => ({ name: escaped(name), domain: idOf(site, `${kind}/${id}`) })),
      dc: { creators: sources.map(({ name }) => escaped(name)) },
      atom: { links: viaOf(sources) },
    })),
  })
}

function json({ title, site, self, next }: NewsFeed, entries: readonly Entry[]): string {
  const made = generateJsonFeed({
    title,
    description: ABOUT,
    home_page_url: `${site}/`,
    feed_url: self,
    language: 'en',
    ...(next ? { next_url: next } : {}),
    items: entries.map(({ id, title, text, page, published, labels, sources, ...rest }) => ({
      id,
      title,
      url: page,
      content_text: text,
      date_published: new Date(published),
      ...(rest.updated ? { date_modified: new Date(rest.updated) } : {}),
      authors: sources.map(({ name, link }) => ({ name, ...(link ? { url: link } : {}) })),
      tags: labels.map(({ name }) => name),
      _cme: { ...rest, sources },
    })),
  })
  // The library leaves an empty list out, and without one it is no feed.
  return JSON.stringify({ items: [], ...(made as object) })
}
