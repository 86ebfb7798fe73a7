import { oneLine } from './clean.ts'
import { escaped } from './escape.ts'

const LONGEST = 1000
const SAFE = /^https?:\/\/[\w\-./?=&%#+,;:!$~]+$/

/**
 * An address as it may stand inside `<…>` or in a button: http(s) only, without the name and password that make one host look like
 * another, and with everything encoded that Discord would read as markup. Nothing for any other address.
 */
export function safeUrl(href: string): string | undefined {
  const url = URL.parse(href.trim())
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.host.includes('[')) return undefined
  if (SAFE.test(href)) return href
  url.username = ''
  url.password = ''
  return url.href.replace(/[^\w\-./?=&%#+,;:!$~@]/g, hex).replace(/@(?=everyone|here)/gi, hex)
}

const hex = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

/**
 * A link as `[words](<address>)`; the `<…>` keeps Discord from unfolding it. Words that name another host than the link leads to stay
 * words, and the link shows its own host behind them. What is no http(s) address is drawn as its words alone.
 */
export function drawLink(words: string, href: string): string {
  const url = safeUrl(href)
  if (!url) return escaped(oneLine(words))
  // A link whose words are an address is none for Discord.
  const said = oneLine(words.replace(/(?:https?|discord|steam):\/\//gi, ' '))
    .replaceAll('[', '(')
    .replaceAll(']', ')')
  const host = new URL(url).host
  if (url.length > LONGEST) return escaped(`${said} (${host})`)
  if (!said) return masked(host, url)
  return namesAnother(said, host) ? `${escaped(said)} (${masked(host, url)})` : masked(said, url)
}

const masked = (words: string, url: string): string => `[${escaped(words)}](<${url}>)`

function namesAnother(words: string, host: string): boolean {
  const bare = (name: string) => name.toLowerCase().replace(/^www\./, '')
  const named = words.match(/\b(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w-])/gi) ?? []
  return named.some((name) => bare(name) !== bare(host) && !bare(host).endsWith(`.${bare(name)}`))
}
