import type { FeedItem } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { atomEntry, readText } from '../test/read.ts'

const fields =
  <K extends keyof FeedItem>(name: K) =>
  (cases: [string, FeedItem[K]][]) =>
    test.each(cases)(`${name} of %s`, async (xml, want) => {
      expect((await atomEntry(xml))?.[name]).toEqual(want)
    })

fields('title')([
  ['<title>CME news</title>', 'CME news'],
  ['<title type="text">CME &amp; news</title>', 'CME & news'],
  ['<title type="html">CME &amp;amp; &lt;b&gt;news&lt;/b&gt;</title>', 'CME & news'],
  ['<title type="html"><![CDATA[CME &amp; <b>news</b>]]></title>', 'CME & news'],
  [
    '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">CME <b>news</b> &amp; views</div></title>',
    'CME news & views',
  ],
  ['<title type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml">CME <x:b>news</x:b></x:div></title>', 'CME news'],
  ['<title type="text">&lt;b&gt;CME&lt;/b&gt; news</title>', 'CME news'],
  ['<title mode="escaped" type="text/html">CME &lt;b&gt;news&lt;/b&gt;</title>', 'CME news'],
  ['<title mode="xml" type="application/xhtml+xml"><div>CME <b>news</b></div></title>', 'CME news'],
  ['<title mode="base64" type="text/html">Q01FIDxiPm5ld3M8L2I+</title>', 'CME news'],
  ['<title>1 &lt; 2</title>', '1 < 2'],
  ['<title type="html">History of the &amp;lt;blink&amp;gt; tag</title>', 'History of the tag'],
  ['<title/><summary>Said instead</summary>', 'Said instead'],
  ['<title type="html">&lt;img src=x&gt;</title><link href="https://a.example/1"/>', 'https://a.example/1'],
  ['<source><title>Origin</title></source><id>urn:1</id>', 'urn:1'],
])

fields('link')([
  ['<link href="https://a.example/1"/>', 'https://a.example/1'],
  ['<link rel="alternate" href="https://a.example/1"/>', 'https://a.example/1'],
  [
    '<link rel="self" href="https://a.example/s"/><link rel="alternate" href="https://a.example/1"/>',
    'https://a.example/1',
  ],
  ['<link rel="enclosure" href="https://a.example/1.mp3"/><link href="https://a.example/1"/>', 'https://a.example/1'],
  [
    '<link rel="related" href="https://b.example/"/><link rel="alternate" href="https://a.example/1"/>',
    'https://a.example/1',
  ],
  ['<link>https://a.example/1</link>', 'https://a.example/1'],
  ['<link/><id>https://a.example/1</id>', 'https://a.example/1'],
  ['<id>https://a.example/1</id>', 'https://a.example/1'],
  ['<id>tag:a.example,2026:1</id><content src="https://a.example/1"/>', 'https://a.example/1'],
  ['<id>tag:a.example,2026:1</id><link rel="via" href="https://a.example/1"/>', 'https://a.example/1'],
  ['<id>tag:a.example,2026:1</id><link rel="enclosure" href="https://a.example/1.mp3"/>', undefined],
  ['<id>tag:a.example,2026:1</id><link href="javascript:x"/>', undefined],
  ['<link rel="ALTERNATE" href="https://a.example/?a=1&b=2"/>', 'https://a.example/?a=1&b=2'],
])

fields('id')([
  ['<id> tag:a.example,2026:1 </id>', 'tag:a.example,2026:1'],
  ['<source><id>other</id></source><title>t</title>', undefined],
])

const noon = '2026-03-03T12:00:00.000Z'
const never = '<title>t</title>'
fields('published')([
  ['<published>2026-03-03T12:00:00Z</published>', noon],
  ['<issued>2026-03-03T12:00:00Z</issued>', noon],
  ['<created>2026-03-03T12:00:00Z</created>', noon],
  ['<dc:date>2026-03-03T12:00:00Z</dc:date>', noon],
  [`${never}<published>some day</published>`, undefined],
  [`${never}<published/>`, undefined],
  [`${never}<updated>2026-03-03T12:00:00Z</updated>`, undefined],
])
fields('updated')([
  ['<updated>2026-03-03T12:00:00Z</updated>', noon],
  ['<modified>2026-03-03T12:00:00Z</modified>', noon],
  ['<updated type="x">2026-03-03T12:00:00Z</updated>', noon],
  [`${never}<updated>Invalid Date</updated>`, undefined],
])

fields('text')([
  ['<summary>Short</summary>', 'Short'],
  ['<summary>Short</summary><content>Long</content>', 'Long'],
  ['<content type="html">&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</content>', 'One\n\nTwo'],
  [
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two &amp; three</p></div></content>',
    'One\n\nTwo & three',
  ],
  ['<content type="image/png">iVBORw0KGgo=</content><summary>Short</summary>', 'Short'],
  ['<content type="text/plain" src="x"/><summary>Short</summary>', 'Short'],
  ['<content type="application/xml"><entry><title>inner</title></entry></content>', 'inner'],
  ['<content type="text">a\n\nb</content>', 'a\n\nb'],
  ['<content type="html"><![CDATA[<script>alert(1)</script>Words]]></content>', 'Words'],
])

fields('categories')([
  [`${never}<category term="cme"/><category term="cpd" label="CPD"/>`, ['cme', 'CPD']],
  [`${never}<category>CME</category>`, ['CME']],
])

test('relative links are completed by xml:base, else by the link of the feed', async () => {
  const feed =
    await readText(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/"><title>t</title>
    <entry><title>1</title><link href="1"/></entry>
    <entry xml:base="y/"><title>2</title><link href="2"/></entry>
    <entry><title>3</title><link xml:base="/z/" href="3"/></entry></feed>`)
  expect(feed.items.map(({ link }) => link)).toEqual([
    'https://a.example/x/1',
    'https://a.example/x/y/2',
    'https://a.example/z/3',
  ])
  expect((await atomEntry('<link href="/1"/>', '<link href="https://b.example/blog"/>'))?.link).toBe(
    'https://b.example/1',
  )
  expect((await atomEntry('<link href="/1"/>', '<link rel="self" href="https://c.example/feed"/>'))?.link).toBe(
    'https://c.example/1',
  )
})

test('the link of the feed is its page, not the feed', async () => {
  const feed =
    await readText(`<feed><link rel="self" href="https://a.example/feed"/><link rel="hub" href="https://h.example/"/>
    <link rel="alternate" href="https://a.example/"/><title type="html">A &amp;amp; B</title><entry><title>x</title></entry></feed>`)
  expect(feed).toMatchObject({ format: 'atom', title: 'A & B', link: 'https://a.example/' })
})

test.each([
  ['Atom 1.0', '<feed xmlns="http://www.w3.org/2005/Atom">', '</feed>', ''],
  ['Atom 0.3', '<feed version="0.3" xmlns="http://purl.org/atom/ns#">', '</feed>', ''],
  ['Atom with a prefix', '<a:feed xmlns:a="http://www.w3.org/2005/Atom">', '</a:feed>', 'a:'],
  ['Atom with an undeclared prefix', '<atom:feed>', '</atom:feed>', 'atom:'],
  ['Atom without a namespace', '<feed>', '</feed>', ''],
  ['shouted Atom', '<FEED>', '</FEED>', ''],
])('%s is read', async (_name, open, close, p) => {
  const feed = await readText(
    `${open}<${p}title>Feed</${p}title><${p}entry><${p}title>a</${p}title><${p}id>1</${p}id></${p}entry>${close}`,
  )
  expect(feed).toMatchObject({ format: 'atom', title: 'Feed', items: [{ title: 'a', id: '1' }] })
})

test('a single entry is a feed of one', async () => {
  expect((await readText('<entry xmlns="http://www.w3.org/2005/Atom"><title>a</title></entry>')).items).toMatchObject([
    { title: 'a' },
  ])
})

test.each([
  ['0.3', 'mode="base64" type="text/html"'],
  ['1.0', 'type="application/octet-stream"'],
])('words that Atom %s packed in base64 are unpacked', async (_version, how) => {
  const packed = Buffer.from('Kurse <b>für</b> Ärzte').toString('base64')
  for (const name of ['summary', 'content'])
    expect(await atomEntry(`<title ${how}>\n ${packed}\n</title><${name} ${how}>${packed}</${name}>`)).toMatchObject({
      title: 'Kurse für Ärzte',
      text: 'Kurse für Ärzte',
    })
})

test.each([
  ['a\nb\n\nc &amp;amp; &amp;copy; &amp;lt;tag&amp;gt; p&lt;0.05', 'a\nb\n\nc &amp; &copy; &lt;tag&gt; p<0.05'],
  ['<![CDATA[a &amp; b &lt;i&gt;\nc]]>', 'a &amp; b &lt;i&gt;\nc'],
  ['&lt;p&gt;One\n&amp;amp; two&lt;/p&gt;&lt;p&gt;Three&lt;/p&gt;', 'One & two\n\nThree'],
  ['&lt;script&gt;alert(1)&lt;/script&gt;Words', 'Words'],
  ['Don&amp;#8217;t', 'Don’t'],
])('what an entry calls plain text is read as that, unless it shows HTML: %j', async (said, text) => {
  const fields = ['content', 'summary', 'title'].map((name) => `<${name} type="text">${said}</${name}>`)
  expect(await atomEntry(fields[0]!)).toMatchObject({ text })
  expect(await atomEntry(fields[1]!)).toMatchObject({ text })
  expect(await atomEntry(fields[2]!)).toMatchObject({ title: text.replace(/\n+/g, ' ') })
})

test('what an entry calls nothing is cleaned as HTML would be', async () => {
  expect(
    await atomEntry('<summary>a\nb &amp;amp; &amp;copy; &amp;lt;b&amp;gt;c&amp;lt;/b&amp;gt;</summary>'),
  ).toMatchObject({
    text: 'a b & © c',
  })
})

test('of two links to an item the one for people counts', async () => {
  const json = '<link rel="alternate" type="application/json" href="https://a.example/1.json"/>'
  const page = '<link rel="alternate" type="text/html" href="https://a.example/1"/>'
  expect((await atomEntry(json + page, json + page))?.link).toBe('https://a.example/1')
  expect((await atomEntry(json))?.link).toBe('https://a.example/1.json')
})
