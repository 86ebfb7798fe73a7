import type { html } from 'hono/html'

/** Markup made by the `html` template, in which every interpolated string was escaped. */
export type Html = ReturnType<typeof html>

/** An address that may become a link: http(s), or a path of our own. Anything else (`javascript:`, `//host`) is nothing. */
export function safeHref(href: string): string | undefined {
  if (/^\/(?![/\\])/.test(href)) return href
  return /^https?:\/\/[^\s]+$/i.test(href) && URL.canParse(href) ? href : undefined
}
