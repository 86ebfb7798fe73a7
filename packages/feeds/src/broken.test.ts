import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readAny, readText } from '../test/read.ts'

const good =
  '<rss version="2.0"><channel><title>Feed</title><item><title>One</title></item><item><title>Two</title></item></channel></rss>'
const titles = async (document: string) => (await readText(document)).items.map(({ title }) => title)

test.each([
  ['blank lines', `\n\n  <?xml version="1.0"?>${good}`],
  ['a byte order mark after blanks', `\n\ufeff${good}`],
  [
    'a PHP warning',
    `<br />\n<b>Warning</b>: foo() in <b>/x.php</b> on line <b>3</b><br />\n<?xml version="1.0"?>${good}`,
  ],
  ['plain words', `Notice: Undefined index\n${good}`],
  ['comments and instructions', `<!-- <rss> --><?xml-stylesheet href="x"?>${good}<!-- end -->`],
  ['a DOCTYPE', `<!DOCTYPE rss SYSTEM "http://my.netscape.com/rss-0.91.dtd">${good}`],
  [
    'a DOCTYPE with entities',
    `<!DOCTYPE rss [<!ENTITY x "<item>"> <!ENTITY % y SYSTEM "file:///etc/passwd"> ]>${good}`,
  ],
  ['rubbish after the end', `${good}<script>x</script></rss><rss>`],
  ['control characters', `\u0001${good.replace('One', 'O\u0002n\u001fe')}`],
  ['a second feed behind it', `${good}${good}`],
  ['a proxy that wrapped it in HTML', `<html><body>${good}</body></html>`],
])('%s around or in a feed does no harm', async (_name, document) => {
  expect(await titles(document)).toEqual(['One', 'Two'])
})

test.each([
  [
    'a bare ampersand',
    '<item><title>One</title><link>http://a.example/?a&b</link></item><item><title>Two</title></item>',
  ],
  [
    'an unknown entity',
    '<item><title>One</title><description>&foo; &#xZZ; &</description></item><item><title>Two</title></item>',
  ],
  ['capital letters', '<ITEM><Title>One</TITLE></Item><item><TITLE>Two</TITLE></item>'],
  ['a forgotten end tag of an item', '<item><title>One</title><item><title>Two</title></item>'],
  ['a forgotten end tag of a field', '<item><title>One</item><item><title>Two</item>'],
  [
    'a forgotten end tag of a link',
    '<item><title>One</title><link>http://a.example/</item><item><title>Two</title></item>',
  ],
  [
    'unclosed markup in a text',
    '<item><description><p>a<br>b</description><title>One</title></item><item><title>Two</title></item>',
  ],
  [
    'tags closed in the wrong order',
    '<item><title>One</title><description><b><i>x</b></i></description></item><item><title>Two</title></item>',
  ],
  ['attributes without quotes', '<item x=y z><title type=text>One</title></item><item><title>Two</title></item>'],
  ['an end tag too many', '</foo></item><item><title>One</title></b></item><item><title>Two</title></item>'],
  ['undeclared prefixes', '<item><foo:bar>x</foo:bar><title>One</title></item><item><dc:title>Two</dc:title></item>'],
  ['a field that never ends', '<item><title>One</title></item><item><title>Two</title><description>x</item>'],
  [
    'dangerous names',
    '<item><__proto__ a="1">x</__proto__><constructor/><title toString="1">One</title></item><item><title>Two</title></item>',
  ],
])('%s does not lose the feed', async (_name, items) => {
  expect(await titles(`<rss version="2.0"><channel><title>Feed</title>${items}</channel></rss>`)).toEqual([
    'One',
    'Two',
  ])
})

test.each([
  ['between items', 'Two</title></item>', ['One', 'Two']],
  ['in a title', '<title>Tw', ['One']],
  ['in a tag', '</item><item><tit', ['One']],
  ['after a complete title', 'Two</title>', ['One']],
])('a download cut off %s keeps the complete items', async (_name, last, want) => {
  expect(await titles(good.slice(0, good.indexOf(last) + last.length))).toEqual(want)
})

test('a download cut off in its only item keeps what it said', async () => {
  const feed = await readText(
    '<rss><channel><title>t</title><item><title>One</title><description><![CDATA[The first wor',
  )
  expect(feed.items).toMatchObject([{ title: 'One', text: 'The first wor' }])
})

test('an entity that stands for words is put in, but not in CDATA', async () => {
  const feed = await readText(
    `<!DOCTYPE rss [<!ENTITY org "The Society"> <!ENTITY copyright '&#169; 2026'> <!ENTITY org "Another"> <!ENTITY amp "x">]>
    <rss><channel><title>News of &org; &copyright; &amp; more</title><item><title><![CDATA[&org;]]> of &org;</title></item></channel></rss>`,
  )
  expect(feed).toMatchObject({ title: 'News of The Society © 2026 & more', items: [{ title: '&org; of The Society' }] })
})

test('an empty item inside another says nothing and ends nothing', async () => {
  const feed = await readText(
    '<rss><channel><item><title>One</title><item/><link>http://a.example/1</link></item><item><title>Two</title></item></channel></rss>',
  )
  expect(feed.items).toMatchObject([{ title: 'One', link: 'http://a.example/1' }, { title: 'Two' }])
})

test.each([
  'p<0.05 in a trial',
  'I <3 this',
  'Adults <18 years',
  'a<<5',
  '<5 and <10 > 3',
  'Courses <€50 <“new”> <🙂',
  '3 < 4 <',
])('the bare `<` of %j is a part of the text and ends nothing', async (words) => {
  const rest = '<link>https://a.example/1</link><pubDate>Sun, 22 Nov 2026 10:00:00 GMT</pubDate>'
  const want = { title: words, text: words, link: 'https://a.example/1', published: '2026-11-22T10:00:00.000Z' }
  const escaped = words.replaceAll('<', '&lt;')
  for (const said of [words, `<![CDATA[${words}]]>`, escaped, `<![CDATA[${escaped}]]>`]) {
    const item = `<item><title>${said}</title><description>${said}</description>${rest}</item>`
    expect((await readText(`<rss><channel>${item}</channel></rss>`)).items, said).toEqual([want])
  }
})

test('a bare `<` before markup and the names of other scripts are told apart', async () => {
  const feed = await readText(
    '<rss><channel><item><médecin>x</médecin><_x/><:y/><title>p<0.05 <b>bold</b></title><description>1<2<p>new</p></description></item></channel></rss>',
  )
  expect(feed.items).toEqual([{ title: 'p<0.05 bold', text: '1<2\n\nnew' }])
})

test('a crowd of categories leaves room for what comes after', async () => {
  const feed = await readText(
    `<feed><entry>${'<category term="a"/>'.repeat(300)}<title>One</title><link href="http://a.example/1"/></entry></feed>`,
  )
  expect(feed.items).toEqual([{ title: 'One', link: 'http://a.example/1', text: '', categories: ['a'] }])
})

const own =
  '<title>One</title><description>Own</description><link>https://a.example/1</link><pubDate>2026-11-22</pubDate>'
const picture = '<media:content><media:title>pic</media:title><media:description>d</media:description></media:content>'
test.each([
  ['pictures', picture],
  ['related links', '<atom:link rel="related" href="https://a.example/r"/>'],
  ['replies', '<atom:link rel="replies" href="https://a.example/r"/>'],
  ['descriptions of another kind', '<dc:description>d</dc:description>'],
])('a crowd of %s hides nothing of an item, before it and after it', async (_what, field) => {
  const want = { title: 'One', text: 'Own', link: 'https://a.example/1', published: '2026-11-22T00:00:00.000Z' }
  for (const fields of [field.repeat(400) + own, own + field.repeat(400)])
    expect((await readText(`<rss><channel><item>${fields}</item></channel></rss>`)).items).toEqual([want])
})

test('a crowd of links leaves room for the one to the page', async () => {
  const links = ['replies', 'related', 'enclosure'].map((rel) => `<link rel="${rel}" href="https://a.example/x"/>`)
  const feed = await readText(
    `<feed><entry>${links.join('').repeat(300)}<link href="https://a.example/1"/><title>One</title></entry></feed>`,
  )
  expect(feed.items).toEqual([{ title: 'One', link: 'https://a.example/1', text: '' }])
})

test('an entity that names others or a file is never expanded', async () => {
  const feed = await readText(
    `<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><rss><channel><title>&b;|&c;</title></channel></rss>`,
  )
  expect(feed.title).toBe('&b;|&c;')
})

test('nothing in a document reaches the prototypes', async () => {
  await readText(
    '<rss __proto__="x"><channel><title>t</title><__proto__><polluted>1</polluted></__proto__></channel></rss>',
  )
  await readText(
    '{"version":"https://jsonfeed.org/version/1","title":"t","items":[{"__proto__":{"polluted":1},"id":"1"}]}',
  )
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test.each([
  ['', /empty/],
  ['   \n', /empty/],
  ['\0\0\0\0', /empty/],
  ['<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>x</p></body></html>', /web page/],
  ['<HTML><BODY>404</BODY></HTML>', /web page/],
  ['<h1>Not found</h1>', /web page/],
  ['<opml version="2.0"><body><outline xmlUrl="https://a.example/feed"/></body></opml>', /list of feeds/],
  ['<urlset><url><loc>https://a.example/</loc></url></urlset>', /site map/],
  ['just words', /not a feed/],
  ['<foo><bar/></foo>', /not a feed/],
  ['<rss version="2.0"></rss>', /not a feed/],
  ['<rss/>', /not a feed/],
  ['<rdf:RDF xmlns:rdf="x"><foaf:Person/></rdf:RDF>', /not a feed/],
  ['%PDF-1.7 …', /not a feed/],
  ['{"a":1}', /not a JSON Feed/],
  ['[1,2]', /cannot be read|JSON/],
  ['{"version":', /JSON/],
])('%j is told as what it is', async (document, say) => {
  expect(await readAny(document)).toEqual({ kind: 'not-a-feed', say: expect.stringMatching(say) })
})

test('an empty channel is a feed without items', async () => {
  expect(await readText('<rss version="2.0"><channel/></rss>')).toEqual({ format: 'rss', title: '', items: [] })
  expect(await readText('<feed xmlns="http://www.w3.org/2005/Atom"/>')).toEqual({
    format: 'atom',
    title: '',
    items: [],
  })
})

test('a gzip file is unpacked, a bomb or a broken one is no feed', async () => {
  expect((await readText(gzipSync('<rss><channel><title>Packed</title></channel></rss>'))).title).toBe('Packed')
  for (const bytes of [gzipSync(Buffer.alloc(20_000_000, ' ')), Buffer.from([0x1f, 0x8b, 1, 2, 3])])
    expect(await readAny(bytes)).toMatchObject({ kind: 'not-a-feed' })
})
