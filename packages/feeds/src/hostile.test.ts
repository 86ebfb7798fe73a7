import { afterAll, expect, test } from 'vitest'
import { rss } from '../test/serve.ts'
import { createReader } from './reader.ts'

// The parser's own limits are the assertion: what takes more than linear time or too much memory comes back as
// `parser-stopped`. The time is generous for the sake of busy machines; quadratic work would take minutes.
const reader = createReader({ userAgent: 'x', parseMs: 15_000 })
afterAll(() => reader.close())

const text = (words: string) => rss(`<item><title>t</title><description>${words}</description></item>`)
const cdata = (words: string) => text(`<![CDATA[${words}]]>`)
const MB = 1_000_000
const deep = (tag: string) => `<${tag}>`.repeat(200_000) + `</${tag}>`.repeat(200_000)

test.each<[string, () => string | Uint8Array, string | number]>([
  ['240 KB of "<h"', () => cdata('<h'.repeat(120_000)), 1],
  ['240 KB of escaped "<h"', () => text('&lt;h'.repeat(120_000)), 1],
  ['240 KB of raw "<h"', () => text('<h'.repeat(120_000)), 1],
  ['14 MB of "<h"', () => cdata('<h'.repeat(7 * MB)), 1],
  ['200,000 times "<"', () => cdata('<'.repeat(200_000)), 1],
  ['one "<" and 14 MB without ">"', () => cdata(`<${'a'.repeat(14 * MB)}`), 1],
  ['one raw "<" and 14 MB without ">"', () => text(`<${'a'.repeat(14 * MB)}`), 1],
  ['20 MB', () => text('a'.repeat(20 * MB)), 'too-large'],
  ['a 14 MB title', () => rss(`<item><title>${'word '.repeat(2.8 * MB)}</title></item>`), 1],
  ['14 MB of blanks', () => rss(`<item><title>a${' '.repeat(14 * MB)}b</title></item>`), 1],
  ['14 MB of line ends', () => text(` a${' \n'.repeat(7 * MB)}b`), 1],
  ['200,000 nested tags in a text', () => text(deep('d')), 'bad-xml'],
  ['200,000 nested tags in an item', () => rss(`<item>${deep('d')}</item>`), 'bad-xml'],
  ['200,000 nested tags inside CDATA', () => cdata(deep('b').replaceAll('</b>', '</i>')), 1],
  ['a million empty items', () => rss('<item/>'.repeat(MB)), 0],
  [
    '90,000 items',
    () => rss('<item><title>t</title><link>http://a.example/</link><description>d</description></item>'.repeat(90_000)),
    5000,
  ],
  [
    '200,000 attributes',
    () => rss(`<item ${Array.from({ length: 200_000 }, (_, i) => `a${i}="x"`).join(' ')}><title>t</title></item>`),
    1,
  ],
  [
    'three million end tags that belong to nothing',
    () => rss(`<item><title>t</title>${'<q></x>'.repeat(900)}${'</x>'.repeat(3 * MB)}</item>`),
    1,
  ],
  ['300,000 categories', () => rss(`<item><title>t</title>${'<category>a</category>'.repeat(300_000)}</item>`), 1],
  ['14 MB of ampersands', () => text('&'.repeat(14 * MB)), 1],
  ['comments that never end', () => cdata('<!--'.repeat(3 * MB)), 1],
  [
    '14 MB of EBCDIC',
    () => Buffer.concat([Buffer.from('4c6fa79493', 'hex'), Buffer.alloc(14 * MB, 0x81)]),
    'not-a-feed',
  ],
  ['objects that never end', () => cdata('<object><svg>'.repeat(500_000)), 1],
  [
    'a million references to a defined entity',
    () => `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(500)}">]>${text('&a;'.repeat(MB))}`,
    1,
  ],
  ['CDATA that never ends behind an entity', () => `<!DOCTYPE r [<!ENTITY a "b">]>${text('<![CDATA['.repeat(MB))}`, 1],
  ['entity declarations without an end', () => `<!DOCTYPE r [${'<!ENTITY a '.repeat(500_000)}]>${text('a')}`, 1],
  [
    'a billion laughs',
    () =>
      `<!DOCTYPE r [<!ENTITY a "lol">${[...'bcdefghij'].map((c, i) => `<!ENTITY ${c} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]>${text('&j;')}`,
    1,
  ],
  [
    'an entity of 100 KB used 10,000 times',
    () => `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(100_000)}">]>${text('&a;'.repeat(10_000))}`,
    1,
  ],
  ['14 MB of zeros', () => '\0'.repeat(14 * MB), 'not-a-feed'],
  [
    'a deep JSON document',
    () => `{"version":"https://jsonfeed.org/version/1","items":${'['.repeat(14 * MB)}`,
    'not-a-feed',
  ],
  ['a date of 14 MB', () => rss(`<item><title>t</title><pubDate>${'1 '.repeat(7 * MB)}</pubDate></item>`), 1],
])('%s is no danger', async (_name, document, want) => {
  const found = await reader.parse(Buffer.from(document()))
  expect('trouble' in found ? found.trouble.kind : found.feed.items.length).toBe(want)
})
