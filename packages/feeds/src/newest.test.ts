import { expect, test } from 'vitest'
import { readText } from '../test/read.ts'
import { newest } from './newest.ts'

const day = (n: number) => new Date(Date.UTC(2010, 0, n)).toISOString()
const item = (title: string | number, date?: string) =>
  `<item><title>${title}</title>${date ? `<pubDate>${date}</pubDate>` : ''}</item>`
const many = <T>(length: number, each: (i: number) => T) => Array.from({ length }, (_, i) => each(i))
const titles = async (items: readonly string[], most = 200) =>
  (await readText(`<rss><channel>${items.join('')}</channel></rss>`, {}, most)).items.map(({ title }) => title)

const dates = (text: string) => [...text].map((letter) => (letter === '-' ? {} : { published: day(Number(letter)) }))
test.each([
  ['9876', 2, '98'],
  ['1234', 2, '34'],
  ['----', 2, '--'],
  ['98--', 3, '98-'],
  ['--98', 3, '-98'],
  ['12--98-3', 4, '-98-'],
  ['9---8', 3, '9-8'],
  ['4-----------9', 4, '4--9'],
])('of %s the newest %i are %s', (all, most, want) => {
  const kept = newest(dates(all), most)
  expect(kept.map(({ published }) => (published ? String(new Date(published).getUTCDate()) : '-')).join('')).toBe(want)
})

test('a block of items whose dates say nothing does not push out the news, wherever it stands', async () => {
  const news = many(30, (i) => item(`news ${i}`, day(3000 - i)))
  const block = many(250, (i) => item(`page ${i}`, '0000-00-00 00:00:00'))
  for (const items of [news.concat(block), block.concat(news)]) {
    const kept = await titles(items)
    expect(kept).toHaveLength(200)
    expect(kept.filter((title) => title.startsWith('news'))).toHaveLength(30)
  }
})

test('without dates the first ones are kept', async () => {
  expect(await titles(many(6_000, (i) => item(i)))).toEqual(many(200, String))
})

test('items that say nothing take no place', async () => {
  for (const blank of ['<item/>', '<item><title><![CDATA[ ]]></title></item>', '<item><category>a</category></item>'])
    for (const count of [210, 12_000])
      expect(await titles([item('first', day(1)), ...many(count, () => blank), ...many(30, (i) => item(i))])).toEqual([
        'first',
        ...many(30, String),
      ])
})

test('of a list of any length the newest are kept, whichever way it runs', async () => {
  const rising = many(12_345, (i) => item(i, day(i)))
  const want = many(200, (i) => String(12_145 + i))
  expect(await titles(rising)).toEqual(want)
  expect(await titles(rising.toReversed())).toEqual(want.toReversed())
  expect(await titles(rising, 6_000)).toHaveLength(6_000)
})

test('a long list that ends too soon loses only the item that is cut', async () => {
  const feed = await readText(`<rss><channel>${many(10_001, (i) => item(i, day(i))).join('')}<item><title>cu`, {}, 3)
  expect(feed.items.map(({ title }) => title)).toEqual(['9998', '9999', '10000'])
})
