const TRACKING =
  /^(utm_\w+|mtm_\w+|mc_(cid|eid)|fbclid|gclid|dclid|msclkid|yclid|igshid|_hsenc|_hsmi|hsCtaTracking|mkt_tok|ref|ref_src|source|cmpid|trk|sc_cid|wt_mc|oly_(anon|enc)_id|vero_\w+|s_cid|at_\w+)$/i

/**
 * The part of an address that names the page, for telling whether two links are the same: no scheme, `www.`, fragment, tracking
 * parameters, default port or closing slash. Not for display. Nothing for what is not http(s).
 */
export function cleanLink(href: string): string | undefined {
  let url: URL
  try {
    url = new URL(href)
  } catch {
    return undefined
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name))
  const query = kept.map(([name, value]) => `${name}=${value}`).join('&')
  const path = url.pathname.replace(/\/(index\.(html?|php|aspx))?$/i, '')
  return `${url.host.replace(/^www\./, '')}${path}${query && `?${query}`}`
}

/** The host a link leads to, shown beside it so that nobody is surprised. */
export const hostOf = (href: string): string => URL.parse(href)?.host.replace(/^www\./, '') ?? ''

/** An address for telling whether two sources read the same: its host in lower case, without fragment and closing slash. As it is when it is none. */
export function plainAddress(address: string): string {
  const url = URL.parse(address.trim())
  return url ? `${url.protocol}//${url.host}${url.pathname.replace(/\/$/, '')}${url.search}` : address
}
