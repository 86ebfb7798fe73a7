import type { FeedItem } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { readText, rssItem } from '../test/read.ts'

const fields =
  <K extends keyof FeedItem>(name: K) =>
  (cases: [string, FeedItem[K]][]) =>
    test.each(cases)(`${name} of %s`, async (xml, want) => {
      expect((await rssItem(xml))?.[name]).toEqual(want)
    })

fields('title')([
  ['<title>CME news</title>', 'CME news'],
  ['<title>  CME\n news  </title>', 'CME news'],
  ['<title><![CDATA[CME & news]]></title>', 'CME & news'],
  ['<title>CME &amp; news</title>', 'CME & news'],
  ['<title>CME &amp;amp; news</title>', 'CME & news'],
  ['<title>CME &#38; news</title>', 'CME & news'],
  ['<title><![CDATA[CME &amp; news]]></title>', 'CME & news'],
  ['<title>1 &lt; 2 and 3 &gt; 2</title>', '1 < 2 and 3 > 2'],
  ['<title>Vec&lt;T&gt; explained</title>', 'Vec<T> explained'],
  ['<title>&lt;b&gt;Bold&lt;/b&gt; news</title>', 'Bold news'],
  ['<title>A <b>bold</b> claim</title>', 'A bold claim'],
  ['<title><b>All</b> in <i>markup</i></title>', 'All in markup'],
  ['<title>Before <![CDATA[<em>inside</em>]]> after</title>', 'Before inside after'],
  ['<title>&lt;script&gt;alert(1)&lt;/script&gt;Safe</title>', 'Safe'],
  ['<title>&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;Safe</title>', 'Safe'],
  ['<title>caf&eacute; &ndash; d&#233;j&#xe0;</title>', 'café – déjà'],
  ['<title>a&nbsp;b</title>', 'a b'],
  ['<title>a & b &c; &unknown; AT&T</title>', 'a & b &c; &unknown; AT&T'],
  ['<title>a<!-- hidden -->b</title>', 'ab'],
  ['<TITLE>Upper</TITLE>', 'Upper'],
  ['<title></title><title>Second</title>', 'Second'],
  ['<dc:title>Dublin</dc:title>', 'Dublin'],
  ['<dc:title>Dublin</dc:title><title>Own</title>', 'Own'],
  ['<media:content><media:title>Picture</media:title></media:content><title>Own</title>', 'Own'],
  ['<media:group><media:title>Film</media:title></media:group>', 'Film'],
  ['<image><title>Logo</title></image><title>Own</title>', 'Own'],
  ['<source><title>Origin</title></source><link>http://a.example/1</link>', 'http://a.example/1'],
  ['<description>Only &lt;i&gt;text&lt;/i&gt;</description>', 'Only text'],
  [`<description>${'word '.repeat(40)}</description>`, `${'word '.repeat(19)}word…`],
  ['<guid isPermaLink="false">x-1</guid>', 'x-1'],
  ['<pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate>', 'Untitled'],
  ['<title>\u202egnp.exe\u200b\u0000\u0007</title>', 'gnp.exe'],
  ['<title>a\u00adb\ufeffc</title>', 'abc'],
])

fields('link')([
  ['<link>https://a.example/1</link>', 'https://a.example/1'],
  ['<link> \n https://a.example/1?a=1&amp;b=2 \n</link>', 'https://a.example/1?a=1&b=2'],
  ['<link>https://a.example/1?a=1&copy=2</link>', 'https://a.example/1?a=1&copy=2'],
  ['<link><![CDATA[https://a.example/1]]></link>', 'https://a.example/1'],
  ['<link href="https://a.example/1"/>', 'https://a.example/1'],
  ['<link/><guid>https://a.example/1</guid>', 'https://a.example/1'],
  ['<guid isPermaLink="TRUE">https://a.example/1</guid>', 'https://a.example/1'],
  ['<title>t</title><guid isPermaLink="false">https://a.example/1</guid>', undefined],
  ['<title>t</title><guid>a.example/1</guid>', undefined],
  ['<atom:link href="https://a.example/1"/>', 'https://a.example/1'],
  [
    '<atom:link rel="self" href="https://a.example/s"/><atom:link rel="alternate" href="https://a.example/1"/>',
    'https://a.example/1',
  ],
  ['<atom:link rel="self" href="https://a.example/s"/><link>https://a.example/1</link>', 'https://a.example/1'],
  ['<title>t</title><link>javascript:alert(1)</link>', undefined],
  ['<title>t</title><link>data:text/html,x</link>', undefined],
  ['<title>t</title><link>mailto:a@a.example</link>', undefined],
  ['<link>HTTP://a.example/1</link>', 'HTTP://a.example/1'],
  ['<link>https://a.example/a b</link>', 'https://a.example/a%20b'],
  ['<link>https://a.example/ü</link>', 'https://a.example/%C3%BC'],
  ['<link>https://user:word@a.example/1</link>', 'https://a.example/1'],
  ['<link>https://a.example/"&gt;x</link>', 'https://a.example/%22%3Ex'],
  ['<title>t</title><link>https://</link>', undefined],
  ['<title>t</title><link>https://a"b.example/</link>', undefined],
  [`<title>t</title><link>https://a.example/${'x'.repeat(5000)}</link>`, undefined],
  ['<link>javascript:x</link><guid>https://a.example/1</guid>', 'https://a.example/1'],
])

test.each([
  ['/1', 'https://a.example/1'],
  ['1', 'https://a.example/blog/1'],
  ['//b.example/1', 'https://b.example/1'],
  ['?p=1', 'https://a.example/blog/?p=1'],
])('a relative link %s is completed by the link of the feed', async (link, want) => {
  const item = await rssItem(`<link>${link}</link>`, '<link>https://a.example/blog/</link>')
  expect(item?.link).toBe(want)
})

test('xml:base completes links, the nearest first', async () => {
  const feed = await readText(`<rss xml:base="https://a.example/"><channel xml:base="blog/"><title>t</title>
    <item><title>a</title><link>1</link></item>
    <item xml:base="deep/"><title>b</title><link>2</link></item>
    <item><title>c</title><link xml:base="https://b.example/x/">3</link></item></channel></rss>`)
  expect(feed.items.map(({ link }) => link)).toEqual([
    'https://a.example/blog/1',
    'https://a.example/blog/deep/2',
    'https://b.example/x/3',
  ])
})

fields('id')([
  ['<guid>  g-1\n</guid>', 'g-1'],
  ['<guid isPermaLink="false"><![CDATA[g-1]]></guid>', 'g-1'],
  ['<guid></guid><guid>g-2</guid>', 'g-2'],
  ['<guid>g-1</guid><guid>g-2</guid>', 'g-1'],
  ['<atom:id>a-1</atom:id>', 'a-1'],
  ['<title>none</title>', undefined],
  ['<title>t</title><guid> </guid>', undefined],
])

const noon = '2026-03-03T12:00:00.000Z'
fields('published')([
  ['<pubDate>Tue, 03 Mar 2026 12:00:00 GMT</pubDate>', noon],
  ['<pubdate>Tue, 03 Mar 2026 12:00:00 GMT</pubdate>', noon],
  ['<dc:date>2026-03-03T13:00:00+01:00</dc:date>', noon],
  ['<dcterms:issued>2026-03-03T12:00:00Z</dcterms:issued>', noon],
  ['<dcterms:created>2026-03-03T12:00:00Z</dcterms:created>', noon],
  ['<atom:published>2026-03-03T12:00:00Z</atom:published>', noon],
  ['<a10:published xmlns:a10="http://www.w3.org/2005/Atom">2026-03-03T12:00:00Z</a10:published>', noon],
  ['<pubDate>soon</pubDate><dc:date>2026-03-03T12:00:00Z</dc:date>', noon],
  ['<dc:date>2020-01-01</dc:date><pubDate>Tue, 03 Mar 2026 12:00:00 GMT</pubDate>', noon],
  ['<title>t</title><pubDate>soon</pubDate>', undefined],
  ['<title>t</title><atom:updated>2026-03-03T12:00:00Z</atom:updated>', undefined],
])
fields('updated')([
  ['<atom:updated>2026-03-03T12:00:00Z</atom:updated>', noon],
  ['<dcterms:modified>2026-03-03T12:00:00Z</dcterms:modified>', noon],
  ['<title>t</title><pubDate>Tue, 03 Mar 2026 12:00:00 GMT</pubDate>', undefined],
])

fields('text')([
  ['<description>Plain words</description>', 'Plain words'],
  ['<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</description>', 'One\n\nTwo'],
  ['<description><![CDATA[<p>One<br>line</p>]]></description>', 'One\nline'],
  ['<description><p>Raw <b>markup</b></p><p>here</p></description>', 'Raw markup\n\nhere'],
  ['<description>Short</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded>', 'Long'],
  ['<content:encoded> </content:encoded><description>Short</description>', 'Short'],
  ['<content:encoded><![CDATA[<img src="x">]]></content:encoded><description>Short</description>', 'Short'],
  [
    '<xhtml:body xmlns:xhtml="http://www.w3.org/1999/xhtml"><xhtml:p>Body</xhtml:p></xhtml:body><description>Short</description>',
    'Body',
  ],
  ['<body xmlns="http://www.w3.org/1999/xhtml"><p>Body</p></body>', 'Body'],
  ['<dc:description>Dublin</dc:description>', 'Dublin'],
  ['<itunes:summary>Heard</itunes:summary>', 'Heard'],
  ['<media:group><media:description>Seen</media:description></media:group>', 'Seen'],
  [
    '<e:encoded xmlns:e="http://purl.org/rss/1.0/modules/content/">Long</e:encoded><description>Short</description>',
    'Long',
  ],
  [
    '<description><![CDATA[<style>p{}</style><script>x()</script>Words<iframe src="x">y</iframe>]]></description>',
    'Words',
  ],
  ['<description>a <![CDATA[b]]> c <![CDATA[d]]></description>', 'a b c d'],
  ['<description>first\n\nsecond\nline</description>', 'first\n\nsecond line'],
  ['<description>Tom &amp;amp; Jerry &amp;lt;3</description>', 'Tom & Jerry <3'],
  ['<title>t</title>', ''],
])

fields('categories')(
  [
    ['<category>CME</category><category domain="x">CPD</category>', ['CME', 'CPD']],
    ['<category> CME </category><category>CME</category><category/>', ['CME']],
    ['<category><![CDATA[<b>CME</b> &amp; CPD]]></category>', ['CME & CPD']],
    ['<dc:subject>CME</dc:subject>', ['CME']],
    ['<itunes:category text="Medicine"/>', ['Medicine']],
    ['<title>t</title>', undefined],
  ].map(([xml, want]) => [`<title>t</title>${xml}`, want]) as [string, string[] | undefined][],
)

test('the feed itself is read, whatever else the channel holds', async () => {
  const feed = await readText(`<rss version="2.0"><channel>
    <image><title>Logo</title><link>https://a.example/logo</link></image>
    <atom:link rel="self" href="https://a.example/feed"/>
    <title>News &amp;amp; <![CDATA[<i>views</i>]]></title><link>https://a.example/</link>
    <textInput><title>Search</title></textInput></channel></rss>`)
  expect(feed).toEqual({ format: 'rss', title: 'News & views', link: 'https://a.example/', items: [] })
})

test.each([
  ['0.90', 'http://my.netscape.com/rdf/simple/0.9/'],
  ['1.0', 'http://purl.org/rss/1.0/'],
])('RSS %s keeps its items beside the channel', async (_version, namespace) => {
  const feed = await readText(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="${namespace}"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>News</title><link>https://a.example/</link>
    <items><rdf:Seq><rdf:li rdf:resource="https://a.example/1"/></rdf:Seq></items></channel>
    <image rdf:about="i"><title>Logo</title></image>
    <item rdf:about="https://a.example/1"><title>One</title><dc:date>2026-03-03T12:00Z</dc:date></item></rdf:RDF>`)
  expect(feed).toEqual({
    format: 'rdf',
    title: 'News',
    link: 'https://a.example/',
    items: [{ id: 'https://a.example/1', title: 'One', link: 'https://a.example/1', published: noon, text: '' }],
  })
})

test.each([
  '<rss>',
  '<rss version="0.91">',
  '<rss version="0.92">',
  '<rss version="3.0">',
  '<rss version="2.0 "  >',
  '<RSS VERSION="2.0">',
])('a document that begins %s is read', async (root) => {
  const end = root.startsWith('<RSS') ? '</RSS>' : '</rss>'
  const feed = await readText(`${root}<channel><title>t</title><item><title>a</title></item></channel>${end}`)
  expect(feed.items).toHaveLength(1)
})

test.each([
  'http://backend.userland.com/rss2',
  'http://blogs.law.harvard.edu/tech/rss',
  'http://www.w3.org/2005/Atom',
  'http://unknown.example/',
])('RSS whose default namespace is %s is read all the same', async (uri) => {
  const feed = await readText(
    `<rss xmlns="${uri}"><channel><title>t</title><item><title>a</title><link>http://a.example/</link></item></channel></rss>`,
  )
  expect(feed.items).toMatchObject([{ title: 'a', link: 'http://a.example/' }])
})

test('a feed whose own elements have a prefix is read', async () => {
  const feed = await readText(`<r:rss xmlns:r="http://backend.userland.com/rss2"><r:channel><r:title>t</r:title>
    <r:item><r:title>a</r:title></r:item></r:channel></r:rss>`)
  expect(feed).toMatchObject({ title: 't', items: [{ title: 'a' }] })
})

test('items outside the channel count in every kind of RSS', async () => {
  const feed = await readText(
    '<rss version="0.91"><channel><title>t</title></channel><item><title>a</title></item></rss>',
  )
  expect(feed.items).toHaveLength(1)
})

test('a channel of the Channel Definition Format is read', async () => {
  const feed = await readText(
    '<CHANNEL HREF="http://a.example/"><TITLE>Feed</TITLE><ITEM HREF="http://a.example/1" LASTMOD="2026-03-03T10:00:00-05:00"><TITLE>One</TITLE><ABSTRACT>Words</ABSTRACT></ITEM></CHANNEL>',
  )
  expect(feed).toEqual({
    format: 'rss',
    title: 'Feed',
    link: 'http://a.example/',
    items: [{ title: 'One', link: 'http://a.example/1', updated: '2026-03-03T15:00:00.000Z', text: 'Words' }],
  })
})

fields('link')([
  [
    '<link>http://count.example/~r/1</link><feedburner:origLink>http://a.example/1</feedburner:origLink>',
    'http://a.example/1',
  ],
  [
    '<link rel="enclosure">http://a.example/1.mp3</link><link rel="alternate">http://a.example/1</link>',
    'http://a.example/1',
  ],
  [
    '<atom:link rel="payment" href="http://pay.example/"/><atom:link rel="http://a.example/rel/page" href="http://a.example/1"/>',
    'http://a.example/1',
  ],
  ['<atom:link rel="replies" href="http://a.example/1#comments"/>', undefined],
  ['<link>www.a.example/1?b=c</link>', 'http://www.a.example/1?b=c'],
  ['<link>http://a.example/?a=1&copy=2&b</link>', 'http://a.example/?a=1&copy=2&b'],
])

fields('text')([
  ['<itunes:subtitle>Short</itunes:subtitle>', 'Short'],
  ['<itunes:subtitle>Short</itunes:subtitle><googleplay:description>Long</googleplay:description>', 'Long'],
])

test.each([
  ['<guid isPermaLink="true">/n/1</guid>', 'https://a.example/n/1'],
  ['<guid isPermaLink="true">1</guid>', undefined],
  ['<guid>/n/1</guid>', undefined],
])('%s is an address only if it says so and looks like one', async (guid, link) => {
  expect((await rssItem(`<title>t</title>${guid}`, '<link>https://a.example/news</link>'))?.link).toBe(link)
})

test('the address of an item in RDF is found under any prefix', async () => {
  const feed = await readText(
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/><item r:about="https://a.example/1"><title>t</title></item></r:RDF>',
  )
  expect(feed.items).toEqual([{ id: 'https://a.example/1', title: 't', link: 'https://a.example/1', text: '' }])
})
