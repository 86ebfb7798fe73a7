import { type Card, em, link, strong, t, when } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { cardHtml } from './card.ts'
import { page } from './page.ts'

const every: Card = {
  title: 'CME standards news, 30 November 2026',
  blocks: [
    {
      kind: 'text',
      text: t`${strong('2 new items')} for Program Developers, ${em('one')} of them from ${link('the ACCME', 'https://accme.org/news')}.`,
    },
    { kind: 'heading', text: 'Needs action first' },
    {
      kind: 'list',
      items: [
        t`Close the 2026 data in PARS by ${when('2027-03-31T16:00:00.000Z', 'day')}`,
        t`Ask with ${{ code: '/cme news' }}`,
      ],
    },
    { kind: 'list', ordered: true, items: [t`Gap`, t`Need`] },
    {
      kind: 'facts',
      facts: [
        { name: 'Track', value: t`Program Developers` },
        { name: 'At', value: t`${when('2026-11-30T13:00:00.000Z', 'time')}` },
      ],
    },
    { kind: 'quote', text: t`Needs assessment first!`, by: 'A program developer' },
    { kind: 'moment', at: '2026-11-30T13:00:00.000Z', label: 'Next digest' },
    { kind: 'progress', done: 2, total: 5, label: 'Pathway' },
    { kind: 'divider' },
  ],
  buttons: [
    { label: 'Start my digest', style: 'primary', act: { do: 'digest.start' } },
    { label: 'Read on', href: 'https://example.org/news?a=1&b=2' },
    { label: 'A digest', style: 'primary', href: '/digests/d1' },
  ],
  footer: t`News for information.`,
  more: { label: 'Show 3 more', href: '/digests/d1#rest' },
}

test('a card with every kind of block is semantic HTML, times in the zone that is asked for', async () => {
  await expect(`${await cardHtml(every, 'America/New_York')}\n`).toMatchFileSnapshot('golden/card.html')
})

test('a page frames its content without inline script or style', async () => {
  const made = `${await page({ title: 'Digest', description: 'What is new', body: cardHtml(every) })}`
  await expect(made).toMatchFileSnapshot('golden/page.html')
  expect(made).not.toMatch(/ style=| on[a-z]+=|<style|<script/)
})

const HOSTILE = `</h2><script>alert(1)</script><img src=x onerror=alert(1)> "quoted" 'single' & <!channel> @everyone <@U1>`

test('hostile text anywhere in a card stays text', async () => {
  const text = [
    HOSTILE,
    strong(HOSTILE),
    em(HOSTILE),
    { code: HOSTILE },
    link(HOSTILE, `https://example.org/"><script>`),
  ]
  const hostile: Card = {
    title: HOSTILE,
    blocks: [
      { kind: 'text', text },
      { kind: 'heading', text: HOSTILE },
      { kind: 'list', items: [text] },
      { kind: 'facts', facts: [{ name: HOSTILE, value: text }] },
      { kind: 'quote', text, by: HOSTILE },
      { kind: 'moment', at: '2026-11-30T13:00:00.000Z', label: HOSTILE },
      { kind: 'progress', done: 1, total: 2, label: HOSTILE },
    ],
    buttons: [{ label: HOSTILE, href: 'https://example.org/' }],
    footer: text,
    more: { label: HOSTILE, href: '/digests/d1' },
  }
  const drawn = `${await cardHtml(hostile)}`
  expect(drawn.match(/<[a-z]+/g)!.filter((tag) => !KNOWN.has(tag.slice(1)))).toEqual([])
  expect(drawn.replace(/<(\/?[a-z0-9]+)( (class|href|rel|datetime|aria-hidden)="[^"<>]*")*>/g, '')).not.toMatch(/[<>]/)
  expect(drawn).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})

const KNOWN = new Set('article h p strong em code a ul li dl div dt dd blockquote footer span time'.split(' '))

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  '//evil.example/',
  '/\\evil.example',
  'https://',
  ' https://x.example',
  'vbscript:x',
])('an address like %s is never followed', async (href) => {
  const card: Card = {
    title: 'x',
    blocks: [{ kind: 'text', text: [link('words', href)] }],
    buttons: [{ label: 'press', href }],
  }
  const drawn = `${await cardHtml(card)}`
  expect(drawn).toContain('<p>words</p>')
  expect(drawn).not.toContain('href')
  expect(drawn).not.toContain('press')
})
