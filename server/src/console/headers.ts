import { pageHeaders, policy } from '../html/page.ts'

/**
 * What every answer of the console carries. Nothing is kept; it is not compressed, as it holds a secret beside what others wrote; forms go to us
 * alone. The referrer policy lets a browser say to us, and to nobody else, which page a form came from.
 */
export const consoleHeaders = (site: string): Readonly<Record<string, string>> => ({
  ...pageHeaders,
  'Content-Security-Policy': policy({ forms: true }).replace("script-src 'self'", "script-src 'none'"),
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store, no-transform',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
  ...(site.startsWith('https://') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
})
