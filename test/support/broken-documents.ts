import { feedOf, pageOf, type Story } from './news-site.ts'

const at = '2026-11-20T10:00:00Z'
const stories: Story[] = Array.from({ length: 6 }, (_, i) => ({
  id: `urn:story:${i}`,
  title: `ACCME &amp; Friends explain <b>rule ${i}</b> of the Standards`,
  link: `https://society.example/news/${i}?a=1&b=2`,
  at,
  text: `<p>First <a href="/x">paragraph</a></p><script>alert(${i})</script><p>Second: 1 < 2</p>`,
}))
const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const atom = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://society.example/"><title type="html">News &amp;lt;b&amp;gt;</title><link rel="self" href="/atom"/>${stories
  .map(
    ({ id, title, link, text }) =>
      `<entry><id>${id}</id><title type="html">${xml(title)}</title><link href="${xml(link!)}"/><updated>${at}</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>${xml(text!)}</p></div></content></entry>`,
  )
  .join('')}</feed>`
const rdf = `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://society.example/"><title>News</title></channel>${stories
  .map(
    ({ title, link }) =>
      `<item rdf:about="${xml(link!)}"><title>${xml(title)}</title><link>${xml(link!)}</link><dc:date>${at}</dc:date><description><![CDATA[<i>x</i> ]]></description></item>`,
  )
  .join('')}</rdf:RDF>`
const json = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'News',
  items: stories.map(({ id, title, link, text }) => ({ id, title, url: link, content_html: text, date_published: at })),
})

/** Documents of every kind that are in order, to be broken. */
export const documents = {
  feeds: [feedOf(stories, '<ttl>60</ttl><skipHours><hour>3</hour></skipHours>'), atom, rdf, json],
  pages: [pageOf(stories), pageOf(stories).replaceAll('<li>', '<li><h3>').replaceAll('</time>', '</time></h3>')],
}

/** What does harm where it gets through: markup, mentions, entities, ends of things, characters that cannot be. */
const EVIL = [
  '<script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&amp;lt;img src=x onerror=alert(1)&amp;gt;',
  '<img src=x onerror=alert(1)>',
  '<!channel>',
  '&lt;!here|x&gt;',
  '<@U12345>',
  '<@&1234>',
  '@everyone',
  '&#64;here',
  '<#C123>',
  '[x](javascript:alert(1))',
  '*_~`|>',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
  '&b;',
  '&nbsp;',
  '&',
  '<',
  '>',
  '"',
  "'",
  '</item>',
  '<item>',
  '</channel>',
  '<entry>',
  '<li>',
  '</ul>',
  '\0',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\u{1f600}',
  'javascript:alert(1)',
  'http://[',
  '9999-99-99',
  'Thu, 32 Foo 2026 25:61:61 QQQ',
  '<h'.repeat(2000),
  '<d>'.repeat(300),
  'a'.repeat(3000),
  '{"a":'.repeat(200),
]

/** A document with one to eight wounds: cut, doubled, moved, overwritten, or with something evil put in. */
export function broken(document: string, roll: () => number): Uint8Array {
  let text = document
  const place = () => Math.floor(roll() * text.length)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!
  for (let wounds = 1 + Math.floor(roll() * 8); wounds > 0; wounds--) {
    const [from, to] = [place(), place()].sort((a, b) => a - b) as [number, number]
    const end = Math.min(to, from + 400)
    const part = text.slice(from, end)
    const kind = roll()
    if (kind < 0.5) text = text.slice(0, from) + pick(EVIL) + text.slice(from)
    else if (kind < 0.65) text = text.slice(0, from) + text.slice(end)
    else if (kind < 0.8) text = text.slice(0, to) + part + text.slice(to)
    else if (kind < 0.95) text = text.slice(0, from) + pick(EVIL) + text.slice(end)
    else text = text.slice(0, to)
  }
  const bytes = Buffer.from(text, roll() < 0.05 ? 'utf16le' : roll() < 0.05 ? 'latin1' : 'utf8')
  for (let flips = roll() < 0.2 ? 1 + Math.floor(roll() * 5) : 0; flips > 0 && bytes.length > 0; flips--)
    bytes[Math.floor(roll() * bytes.length)] = Math.floor(roll() * 256)
  return bytes
}
