import { code, em, link, strong, t, when } from '@cme-commons/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyHref, anyText, anyWords } from '../../../../test/support/discord-any.ts'
import { readDiscord } from '../../../../test/support/discord-markdown.ts'
import { clean } from './clean.ts'
import { safeUrl } from './link.ts'
import { drawText } from './text.ts'

const nothing = { links: [], mentions: [], stamps: [], channels: [], marks: [], blocks: [] }

test('a paragraph of ours as it looks in Discord', () => {
  expect(drawText(t`The ${strong('2027')} rules of ${em('EACCME')}: say ${code('/cme what <letters>')}.`)).toBe(
    'The **2027** rules of *EACCME*: say `/cme what <letters>`.',
  )
  expect(
    drawText(t`${link('Standards', 'https://accme.org/standards')} by ${when('2027-03-15T09:00:00.000Z', 'day')}`),
  ).toBe('[Standards](<https://accme.org/standards>) by <t:1805101200:D>')
  expect(drawText([{ channel: '123456789012345678', name: 'news' }, ' or ', { channel: 'news' }])).toBe(
    '<#123456789012345678> or #news',
  )
})

test('times are drawn in the reader’s own zone, by what is asked for', () => {
  const at = '2027-03-15T09:00:00.000Z'
  expect(drawText([when(at, 'time'), ' ', when(at), ' ', when(at, 'ago')])).toBe(
    '<t:1805101200:t> <t:1805101200:F> <t:1805101200:R>',
  )
})

test.each([
  '@everyone',
  '<@123456789012345678> <#1> <@&1> <:e:1> </cme:1> <t:1:R> <id:guide>',
  ':smile: :100: 08:30',
  '[accme.org](https://evil.example) https://evil.example/x',
  '# Heading\n- item\n1. one\n> quote\n-# small\n>>> all',
  '```js\ncode``` `code` **b** *i* __u__ _i_ ~~s~~ ||x||',
  'discord.gg/abc',
])('%j shows as it is and does nothing', (hostile) => {
  expect(readDiscord(drawText([hostile]))).toEqual({ ...nothing, text: hostile })
})

test('no text from outside formats, links, mentions or stands as a block, and every character of it shows', () => {
  fc.assert(
    fc.property(anyWords(), (words) => {
      expect(readDiscord(drawText([words]))).toEqual({ ...nothing, text: clean(words) })
    }),
    { numRuns: 1000 },
  )
})

test('what is spread over spans does not join into markup', () => {
  fc.assert(
    fc.property(fc.array(anyWords(1), { maxLength: 6 }), (pieces) => {
      expect(readDiscord(drawText(pieces))).toMatchObject({ ...nothing })
      const shown = readDiscord(drawText(pieces.map((piece, i) => (i % 2 ? strong(piece) : piece))))
      expect({ ...shown, marks: [] }).toMatchObject(nothing)
      expect(shown.marks.every(({ mark }) => mark === '**')).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('a text has the links and channels of its spans and no others, and mentions nobody', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const shown = readDiscord(drawText(text))
      const hrefs = text.flatMap((span) => (typeof span === 'object' && 'link' in span ? [safeUrl(span.href)] : []))
      expect(shown.mentions).toEqual([])
      expect(shown.blocks).toEqual([])
      expect(shown.links.map(({ href }) => href)).toEqual(hrefs.filter((href) => href && href.length <= 1000))
      expect(shown.channels).toEqual(
        text.flatMap((span) =>
          typeof span === 'object' && 'channel' in span && /^\d+$/.test(span.channel) ? [`<#${span.channel}>`] : [],
        ),
      )
      expect(shown.stamps).toHaveLength(text.filter((span) => typeof span === 'object' && 'when' in span).length)
    }),
    { numRuns: 1000 },
  )
})

test('an address becomes a link only over http(s), and leads where it led', () => {
  expect(safeUrl('javascript:alert(1)')).toBeUndefined()
  expect(safeUrl('/digests/d1')).toBeUndefined()
  expect(safeUrl('https://accme.org@evil.example/x')).toBe('https://evil.example/x')
  expect(safeUrl('https://en.wikipedia.org/wiki/Outcome_(probability)')).toBe(
    'https://en.wikipedia.org/wiki/Outcome_%28probability%29',
  )
  fc.assert(
    fc.property(anyHref, (href) => {
      const safe = safeUrl(href)
      if (safe === undefined) return
      expect(safe).toMatch(/^https?:\/\/[^\s<>()[\]\\`|*"']+$/)
      const [before, after] = [new URL(href), new URL(safe)]
      expect(after.host).toBe(before.host)
      expect(decodeURIComponent(after.pathname)).toBe(decodeURIComponent(before.pathname))
    }),
  )
})

test('words that name another host than the link leads to are not the link', () => {
  expect(drawText([link('accme.org/login', 'https://evil.example/x')])).toBe(
    'accme.org/login ([evil.example](<https://evil.example/x>))',
  )
  expect(drawText([link('See https://accme.org now', 'https://www.accme.org/news')])).toBe(
    '[See accme.org now](<https://www.accme.org/news>)',
  )
})

test('emoji and scripts that join their letters stay whole', () => {
  for (const text of ['👩‍⚕️', '🏳️‍🌈', 'می‌خواهم', 'क्‍ष']) expect(clean(text)).toBe(text)
  expect(clean('ac\u200dcme\u202e.org\u200b\u{e0041}')).toBe('accme.org')
})
