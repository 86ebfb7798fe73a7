import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/** Served path to the files (as URLs) whose bytes, one after the other, are served under it. */
export type Files = Record<string, readonly URL[]>

/**
 * Routes for fixed files. A browser keeps them and asks each time whether they changed, so that a new version is seen at once;
 * each is read from disk once, at its first request.
 */
export function files(list: Files): Hono {
  const app = new Hono()
  for (const [path, parts] of Object.entries(list)) {
    const read = once(() => Buffer.concat(parts.map((part) => readFileSync(fileURLToPath(part)))))
    const tag = once(() => `"${createHash('sha256').update(read()).digest('base64url').slice(0, 22)}"`)
    app.get(path, (c) => {
      const headers = {
        'Content-Type': TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
        'Cache-Control': 'no-cache',
        'X-Content-Type-Options': 'nosniff',
        ETag: tag(),
      }
      if (c.req.header('if-none-match')?.includes(tag())) return c.body(null, 304, headers)
      return c.body(new Uint8Array(read()), 200, headers)
    })
  }
  return app
}

const here = (name: string): URL => new URL(name, import.meta.url)
const font = (name: string): URL => new URL(import.meta.resolve(`@fontsource-variable/inter/files/inter-${name}.woff2`))

/** The stylesheet, the typeface and the mark that every page uses, under `/assets`. */
export const assetRoutes = (): Hono =>
  files({
    '/assets/cme.css': ['style/tokens.css', 'style/card.css', 'style/page.css', 'style/chart.css'].map(here),
    '/assets/public.css': ['style/public.css', 'style/news.css', 'style/calendar.css', 'style/print.css'].map(here),
    '/assets/embed.css': [here('style/embed.css')],
    '/assets/mark.svg': [here('style/mark.svg')],
    '/assets/inter.woff2': [font('latin-wght-normal')],
    '/assets/inter-ext.woff2': [font('latin-ext-wght-normal')],
  })

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
