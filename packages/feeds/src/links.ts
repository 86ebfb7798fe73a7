/** Characters an address may consist of as it stands; anything else is written the way a browser would. */
const LEGAL = /^https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/i

/** Browsers let more through, a quote for one, but no host is called so. */
const HOST = /^[a-z0-9._-]+$|^\[[0-9a-f:.]+\]$/

/** The longest address that is taken for one. */
const LONGEST = 4000

/**
 * An absolute http(s) address, resolved against the first base that helps; nothing for other schemes and for what is no
 * address. A host that begins with `www` needs no scheme to be one. One that is absolute and legal stays as the feed wrote it.
 */
export function absoluteLink(href: string | undefined, bases: readonly (string | undefined)[]): string | undefined {
  const text = href?.replace(/[\t\n\r]/g, '').trim()
  if (!text || text.length > LONGEST) return undefined
  if (/^www\.[a-z\d-]+\.[a-z]/i.test(text)) return absoluteLink(`http://${text}`, [])
  const own = URL.parse(text)
  const base = own ? undefined : bases.find((each) => each && URL.canParse(text, each))
  const url = own ?? (base ? URL.parse(text, base) : null)
  if (!url || !/^https?:$/.test(url.protocol) || !HOST.test(url.hostname)) return undefined
  if (url.username || url.password) {
    url.username = ''
    url.password = ''
    return url.href
  }
  return own && LEGAL.test(text) ? text : url.href
}

/** True for a text that is by itself an http(s) address, as an id that doubles as a link is. */
export const isLink = (text: string | undefined): boolean => /^https?:\/\/[^\s/]/i.test(text?.trim() ?? '')
