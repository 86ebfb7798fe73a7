import { plainMoment, type Span, type Text } from '@cme-commons/core'
import { html } from 'hono/html'
import { type Html, safeHref } from './html.ts'

/** Running text as inline HTML, times in `zone`. A link that is not http(s) or our own path stays plain text. */
export const textHtml = (text: Text, zone: string): Html => html`${text.map((span) => spanHtml(span, zone))}`

function spanHtml(span: Span, zone: string): Html {
  if (typeof span === 'string') return html`${span}`
  if ('strong' in span) return html`<strong>${span.strong}</strong>`
  if ('em' in span) return html`<em>${span.em}</em>`
  if ('code' in span) return html`<code>${span.code}</code>`
  if ('link' in span) return linkHtml(span.link, span.href)
  if ('channel' in span) return html`#${span.name ?? span.channel}`
  if ('role' in span) return html`@${span.name ?? span.role}`
  return timeHtml(span.when, span.as, zone)
}

/** A link, or its words alone when its address may not be followed. */
export function linkHtml(label: string, href: string, as?: string): Html {
  const to = safeHref(href)
  if (!to) return html`${label}`
  return as
    ? html`<a class="${as}" href="${to}" rel="noreferrer">${label}</a>`
    : html`<a href="${to}" rel="noreferrer">${label}</a>`
}

export const timeHtml = (at: string, as: 'day' | 'time' | 'moment' | 'ago', zone: string): Html =>
  html`<time datetime="${at}">${plainMoment(at, as, zone)}</time>`
