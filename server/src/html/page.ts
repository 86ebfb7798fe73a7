import { html } from 'hono/html'
import type { Html } from './html.ts'

/** What a whole page is made of. `head` holds further elements (a script, a second stylesheet); `body` replaces nothing of the frame. */
export type Page = { title: string; description: string; body: Html; head?: Html; bodyClass?: string }

/**
 * What a browser may load for a page of ours: our own files, no inline script or style. `forms` lets it send forms to us, `framed` lets
 * anybody show it in a frame.
 */
export const policy = ({ forms, framed }: { forms?: boolean; framed?: boolean } = {}): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    `form-action ${forms ? "'self'" : "'none'"}`,
    `frame-ancestors ${framed ? '*' : "'none'"}`,
  ].join('; ')

export const contentSecurityPolicy = policy()

/** The headers that every HTML answer carries. */
export const pageHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const

/** A whole HTML document with the product's stylesheet; the frame around `body` is the caller's. */
export const document = ({ title, description, body, head, bodyClass = '' }: Page): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<title>${title}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
<link rel="preload" href="/assets/inter.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/assets/cme.css">
${head ?? ''}
</head>
<body class="${bodyClass}">
${body}
</body>
</html>
`

/** So that whatever reads feeds finds ours from any of our pages. */
const FEEDS = html`<link rel="alternate" type="application/atom+xml" title="CME standards news" href="/v1/news.atom">
<link rel="alternate" type="application/rss+xml" title="CME standards news" href="/v1/news.rss">
<link rel="alternate" type="application/feed+json" title="CME standards news" href="/v1/news.json">
`

/** A page that is read (a digest, a news item): masthead, the content in one column, a footer. */
export const page = ({ body, ...rest }: Page): Html =>
  document({
    ...rest,
    head: html`${FEEDS}${rest.head ?? ''}`,
    bodyClass: 'reading',
    body: html`<a class="skip" href="#content">Skip to the content</a>
<header class="masthead"><a href="/"><img src="/assets/mark.svg" alt="" width="28" height="28"><span>CME Commons</span></a></header>
<main id="content">
${body}
</main>
<footer class="colophon">CME Commons informs about standards; it does not decide what meets them. Check the linked source before you act.</footer>`,
  })
