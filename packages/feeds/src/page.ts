import type { FeedItem, PageSelectors, Trouble } from '@cme-commons/core'
import { is, selectAll, selectOne } from 'css-select'
import type { AnyNode, Element } from 'domhandler'
import { readDate } from './dates/read-date.ts'
import type { Read } from './document.ts'
import { treeOf } from './dom.ts'
import { absoluteLink } from './links.ts'
import { newest } from './newest.ts'
import { plainLine, plainText } from './text.ts'
import { isTroubleError, trouble } from './trouble.ts'

type Part = Exclude<keyof PageSelectors, 'list'>

/** The most entries of a list that are looked at. */
const MOST_ENTRIES = 1000

/**
 * The news on a listing page, oldest first as far as the page tells. Trouble when the list, the titles, the links or the dates that the
 * selectors describe are nowhere on it: the page was rebuilt, or it is another one (a login, an error).
 */
export function readPage(html: string, selectors: PageSelectors, url: string | undefined, mostItems: number): Read {
  try {
    const document = treeOf(html)
    const base = absoluteLink(attribute(selectOne('base[href]', document.children), 'href'), [url])
    const entries = selectAll<AnyNode, Element>(selectors.list, document.children).slice(0, MOST_ENTRIES)
    const lost = lostPart(entries, selectors)
    if (lost) return { trouble: changed(selectors[lost]!, lost) }
    const source = { html, selectors, bases: [base, url] }
    const items = entries.map((entry) => itemOf(entry, source)).filter((item) => item !== undefined)
    if (items.length === 0) return { trouble: changed(selectors.list, 'list') }
    const title = plainLine(inner(selectOne<AnyNode, Element>('title', document.children), html))
    // Pages list their newest first; what has no date is chosen by that.
    const kept = newest(once(items), mostItems).reverse()
    return { feed: { format: 'page', title, ...(url ? { link: url } : {}), items: kept } }
  } catch (error) {
    if (isTroubleError(error)) return { trouble: error.trouble }
    return {
      trouble: trouble(
        'page-changed',
        `The selectors of this page cannot be used (${error instanceof Error ? error.message.slice(0, 100) : 'unknown error'}); correct them.`,
      ),
    }
  }
}

type Source = { html: string; selectors: PageSelectors; bases: readonly (string | undefined)[] }

/** The first part that nothing in the whole list shows any more; a summary may be missing. */
function lostPart(entries: readonly Element[], selectors: PageSelectors): keyof PageSelectors | undefined {
  if (entries.length === 0) return 'list'
  const parts = (['title', 'link', 'date'] as const).filter((part) => selectors[part] !== undefined)
  return parts.find((part) => !entries.some((entry) => found(entry, selectors[part])))
}

const changed = (selector: string, part: keyof PageSelectors): Trouble =>
  trouble(
    'page-changed',
    `The page has changed: nothing on it matches "${selector.slice(0, 100)}" (${part}) any more. Correct the selectors of this source.`,
  )

function itemOf(entry: Element, source: Source): FeedItem | undefined {
  const { selectors, bases, html } = source
  const anchor = selectors.link ? found(entry, selectors.link) : is(entry, 'a[href]') ? entry : found(entry, 'a[href]')
  const href = selectors.link?.includes('@') ? taken(entry, selectors.link) : attribute(anchor, 'href')
  const link = pageOf(href, bases)
  const title = plainLine(said(entry, 'title', source) ?? inner(anchor, html))
  if (!title) return undefined
  const day = selectors.date ? dateOf(entry, selectors.date, html) : undefined
  const text = plainText(said(entry, 'summary', source) ?? '')
  return { title, ...(link ? { link } : {}), ...(day ? { published: day } : {}), text }
}

/** Where an entry leads; nothing when that is a place on the listing page itself, as many entries share that. */
function pageOf(href: string | undefined, bases: Source['bases']): string | undefined {
  const link = absoluteLink(href, bases)
  const isHere = /^\s*#/.test(href ?? '') || bases.some((base) => base && link && whole(base) === whole(link))
  return isHere ? undefined : link
}

const whole = (address: string): string | undefined => URL.parse(address)?.href.replace(/#.*$/, '')

/** What a part of an entry says: the attribute it names, or the markup inside. */
function said(entry: Element, part: Part, { selectors, html }: Source): string | undefined {
  const selector = selectors[part]
  if (!selector) return undefined
  return selector.includes('@') ? taken(entry, selector) : inner(found(entry, selector), html)
}

function dateOf(entry: Element, selector: string, html: string) {
  const element = found(entry, selector)
  const named = selector.includes('@') ? taken(entry, selector) : attribute(element, 'datetime')
  return readDate(named ?? '') ?? readDate(plainLine(inner(element, html), 100))
}

/** `time@datetime` as its selector and its attribute. */
const parts = (selector: string): [string, string | undefined] => {
  const at = selector.lastIndexOf('@')
  return at < 0 ? [selector, undefined] : [selector.slice(0, at).trim(), selector.slice(at + 1).trim()]
}

/** The element of an entry that a selector means; the entry itself where that matches. */
function found(entry: Element, said: string | undefined): Element | null {
  if (said === undefined) return null
  const [selector, name] = parts(said)
  const element = !selector || is(entry, selector) ? entry : selectOne<AnyNode, Element>(selector, entry)
  return name !== undefined && attribute(element, name) === undefined ? null : element
}

const taken = (entry: Element, said: string): string | undefined => attribute(found(entry, said), parts(said)[1]!)

const attribute = (element: AnyNode | null, name: string): string | undefined =>
  element && 'attribs' in element && Object.hasOwn(element.attribs, name) ? element.attribs[name] : undefined

/** The markup inside an element, as the page has it. */
function inner(element: Element | null, html: string): string {
  const first = element?.children[0]?.startIndex
  const last = element?.children.at(-1)?.endIndex
  return typeof first === 'number' && typeof last === 'number' ? html.slice(first, last + 1) : ''
}

/** Each entry once: a list may show its newest above and again below. */
function once(items: readonly FeedItem[]): FeedItem[] {
  const seen = new Set<string>()
  return items.filter(({ link, title }) => {
    const key = `${link ?? ''} ${title}`
    return !seen.has(key) && seen.add(key)
  })
}
