import { Parser } from 'htmlparser2'
import { absoluteLink } from './links.ts'

const FEED_TYPE = /^(application|text)\/(rss|atom|rdf|feed)\+(xml|json)$|^application\/json$/i
const MOST = 20

/** Addresses of feeds that a page names in its head, in its order, those of comments last; interfaces of WordPress are none. */
export function feedLinksIn(html: string, url: string | undefined): string[] {
  const links: { href: string; title: string }[] = []
  let base: string | undefined
  const parser = new Parser({
    onopentag(name, { rel, type, href, title }) {
      if (name === 'base' && href) base ??= absoluteLink(href, [url])
      if (name !== 'link' || !href || !/\balternate\b/i.test(rel ?? '')) return
      if (FEED_TYPE.test((type ?? '').split(';')[0]!.trim())) links.push({ href, title: title ?? '' })
    },
  })
  parser.write(html.slice(0, MOST_HTML))
  parser.end()
  const isComments = ({ href, title }: { href: string; title: string }) => /comments?\b/i.test(`${href} ${title}`)
  const found = [...links.filter((link) => !isComments(link)), ...links.filter(isComments)]
    .map(({ href }) => absoluteLink(href, [base, url]))
    .filter((href) => href !== undefined && !/\/wp-json\/|\/oembed\b/i.test(href))
  return [...new Set(found as string[])].slice(0, MOST)
}

const MOST_HTML = 1_000_000

const PLACES = ['feed/', 'rss.xml', 'atom.xml', 'feed.xml', 'index.xml', 'rss/', 'feed.json', 'rss']

/** Where feeds usually are: in the folder of an address and at the root of its site. */
export function usualPlaces(url: string): string[] {
  const folders = [new URL('./', url).href, new URL(url.endsWith('/') ? './' : `${url.split(/[?#]/)[0]}/`, url).href]
  const all = [...folders, new URL('/', url).href].flatMap((folder) =>
    PLACES.map((place) => new URL(place, folder).href),
  )
  return [...new Set(all)].filter((place) => place !== url)
}
