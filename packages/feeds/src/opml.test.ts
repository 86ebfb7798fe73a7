import { expect, test } from 'vitest'
import { readOpml, writeOpml } from './opml.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const feeds = [
  { url: 'https://a.example/feed?x=1&y=2', title: 'A "quoted" & <b>bold</b>', folder: [] },
  {
    url: 'https://b.example/feed',
    title: 'B',
    folder: ['Journals'],
    categories: '/Research,/CPD/Europe',
    html: 'https://b.example/',
  },
  { url: 'https://c.example/feed', title: 'C', folder: ['Journals', 'Europe & UK'] },
  { url: 'https://d.example/feed', title: 'D', folder: ['Bodies'] },
]

test('a reading list comes back with its folders and categories as it was written', () => {
  expect(readOpml(bytes(writeOpml('CME <news>', feeds)))).toEqual(feeds)
})

test('what other programs write is understood', () => {
  const text = `\ufeff<?xml version="1.0"?><!-- mine --><OPML version="1.0"><head><title>x</title></head><body>
    <outline text="Journals"><outline text="JCEHP" xmlURL=" https://j.example/feed "/>
    <outline text="No address"/></outline><outline xmlUrl="https://k.example/feed" title="K"></outline>
    </body></OPML>`
  expect(readOpml(bytes(text))).toEqual([
    { url: 'https://j.example/feed', title: 'JCEHP', folder: ['Journals'] },
    { url: 'https://k.example/feed', title: 'K', folder: [] },
  ])
})

test('what is no reading list is none', () => {
  for (const text of ['', 'hello', '<rss version="2.0"/>', '<html><outline xmlUrl="https://a.example"/></html>'])
    expect(readOpml(bytes(text))).toBeUndefined()
})

test('a hostile list ends soon and stays small', () => {
  expect(readOpml(bytes(`<opml>${'<outline text="x">'.repeat(200_000)}`))).toEqual([])
  const many = readOpml(bytes(`<opml>${'<outline xmlUrl="https://a.example"/>'.repeat(100_000)}`))
  expect(many).toHaveLength(5000)
})
