import { cut, dayInWords, type Knowledge, plainMoment } from '@cme-commons/core'
import { html } from 'hono/html'
import { type Html, safeHref } from '../html/html.ts'

/** Words of others inside a line: what they do to the direction of writing ends with them. */
export const others = (words: string, most = 300): Html => html`<bdi>${cut(words, most)}</bdi>`

/** A link to somebody else's page, or its words alone when its address may not be followed. */
export function outward(words: string, href: string | null | undefined, most = 200): Html {
  const to = href ? safeHref(href) : undefined
  return to ? html`<a href="${to}" rel="noreferrer"><bdi>${cut(words, most)}</bdi></a>` : others(words, most)
}

/** The day of a moment, in UTC. */
export const dayHtml = (at: string): Html => html`<time datetime="${at}">${dayInWords(at.slice(0, 10))}</time>`

/** A moment, in UTC. */
export const momentHtml = (at: string): Html => html`<time datetime="${at}">${plainMoment(at, 'moment', 'UTC')}</time>`

/** Sends a reader to LinkedIn with the address of a page of ours; nothing is loaded from there. */
export const shareLink = (site: string, path: string): Html =>
  html`<a class="button" rel="noreferrer" href="https://www.linkedin.com/sharing/share-offsite/?${new URLSearchParams({ url: `${site}${path}` }).toString()}">Share on LinkedIn</a>`

/** An address of ours that a calendar program opens as a subscription. */
export const webcal = (site: string, path: string): string => `${site.replace(/^https?:/, 'webcal:')}${path}`

/** What everybody who has to choose a topic is shown, in the order of digests; never what does not belong to the field. */
export const topicsInOrder = ({ topics }: Knowledge) =>
  topics.filter(({ id }) => id !== 'off-topic').sort((a, b) => a.order - b.order)

/** Where a fact comes from and when somebody last looked. */
export const provenance = ({ source, checked }: { source: string; checked: string }): Html =>
  html`<p class="from">Source: ${/^https?:\/\//.test(source) ? outward(source, source) : others(source)}, checked on ${dayHtml(checked)}.</p>`
