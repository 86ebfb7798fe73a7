import type { Instant } from '../time.ts'
import { cleanLink } from './link.ts'

/** What a member and the moderators do about pages that she suggests. `text` is a message whose first link is meant; it is not kept. */
export type SuggestionAction =
  | { do: 'suggest'; text?: string; href?: string }
  | { do: 'suggestions' }
  | { do: 'suggestions.open'; suggestion: string }
  | { do: 'suggestions.approve'; suggestion: string }
  | { do: 'suggestions.edit'; suggestion: string }
  | { do: 'suggestions.decline'; suggestion: string }

/** A suggestion as its views need it; `by` is a name. */
export type Suggestion = {
  id: string
  href: string
  title: string
  why: string
  by: string
  at: Instant
  state: 'open' | 'approved' | 'declined'
  reason?: string
  item?: string
}

/** The source of what members suggested and moderators approved. */
export const SUGGESTED = { id: 'suggested', name: 'Suggested in this community' } as const

/** How many suggestions of one member may wait in one community. */
export const MOST_OPEN = 5

const LONGEST = 500

/** The first web address in a text, as people and chats write them. */
export const firstLink = (text: string): string | undefined =>
  /https?:\/\/[^\s<>|"'`\\^{}]+/i.exec(text)?.[0].replace(/[.,;:!?)\]*_~]+$/, '')

/** The address of a page that anybody can open, and the `link` that duplicates are told by; or what to do about it. */
export function readLink(said: string): { href: string; link: string } | { error: string } {
  const typed = said.trim()
  const whole = /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/.test(typed) ? `https://${typed}` : typed
  const url = /\s/.test(whole) ? null : URL.parse(whole)
  if (!url) return { error: 'Paste the whole address of one page, as in https://www.example.org/news.' }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return { error: 'Only pages of the web can be suggested: an address that begins with https:// or http://.' }
  if (url.username || url.password) return { error: 'The address holds a user name or password; paste it without.' }
  if (isPrivate(url.hostname))
    return { error: 'Nobody outside that network can open this address; paste the one of the public page.' }
  if (isChat(url)) return { error: 'That leads into a chat, which others cannot open; paste the page it is about.' }
  if (url.href.length > LONGEST)
    return { error: `The address has over ${LONGEST} characters; try it without what follows the question mark.` }
  return { href: url.href, link: cleanLink(url.href)! }
}

/** Names that only a local network knows, and addresses in numbers, public or not: news has a name. */
const isPrivate = (host: string): boolean =>
  !host.includes('.') ||
  /^[\d.]+$/.test(host) ||
  host.startsWith('[') ||
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|onion|home\.arpa|in-addr\.arpa|ip6\.arpa)\.?$/.test(
    host,
  )

const isChat = ({ hostname, pathname }: URL): boolean =>
  (/(?:^|\.)slack\.com$/.test(hostname) && /^\/(?:archives|app_redirect|files)/.test(pathname)) ||
  hostname === 'app.slack.com' ||
  hostname === 'files.slack.com' ||
  (/(?:^|\.)discord(?:app)?\.com$/.test(hostname) && /^\/(?:channels|attachments)/.test(pathname))
