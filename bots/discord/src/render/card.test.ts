import type { Block, Card, Text } from '@cme-commons/core'
import { decodeAction, t } from '@cme-commons/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCard, textsOf } from '../../../../test/support/discord-any.ts'
import { overMessage } from '../../../../test/support/discord-limits.ts'
import { readDiscord } from '../../../../test/support/discord-markdown.ts'
import type { Body } from './body.ts'
import { plainId } from './button.ts'
import { drawCard, drawParts } from './card.ts'
import { clean } from './clean.ts'
import { safeUrl } from './link.ts'
import { merged } from './text.ts'

type Part = {
  type: number
  content?: string
  components?: Part[]
  accessory?: Part
  label?: string
  custom_id?: string
  url?: string
  disabled?: boolean
}
const parts = (body: Body): Part[] => {
  const under = (part: Part): Part[] => [
    part,
    ...[...(part.components ?? []), ...(part.accessory ? [part.accessory] : [])].flatMap(under),
  ]
  return under(body.components[0] as Part)
}
const markdown = (body: Body): string =>
  parts(body)
    .flatMap(({ content }) => (content ? [content] : []))
    .join('\n')
const pressed = (id: string) => decodeAction(plainId(id))
const buttons = (body: Body): Part[] => parts(body).filter(({ type }) => type === 2)
/** Letters and digits alone: what is left when a text is cut, wrapped and marked differently. */
const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '')

/** The words that a text says, of whatever kind; a channel and a moment are drawn by Discord. */
const wordsOf = (text: Text): string[] =>
  merged(text)
    .map((span) => {
      if (typeof span === 'string') return span
      if ('when' in span || 'channel' in span || 'role' in span) return ''
      if (!('link' in span)) return Object.values(span)[0]!
      return safeUrl(span.href) ? span.link.replace(/(https?|discord|steam):\/\//gi, ' ') : span.link
    })
    .flatMap((words) => clean(words).split(/\s+/))
const hrefsOf = (text: Text): string[] =>
  text.flatMap((span) => (typeof span === 'object' && 'link' in span ? [safeUrl(span.href) ?? ''] : []))

test('a short card is one message: title, blocks, buttons in rows of five, small print', () => {
  const card: Card = {
    title: 'My pathway',
    blocks: [
      { kind: 'text', text: t`Next is the needs assessment.` },
      { kind: 'heading', text: 'Steps' },
      { kind: 'list', items: [t`Fundamentals`, t`Needs`], ordered: true },
      { kind: 'divider' },
      { kind: 'facts', facts: [{ name: 'Takes', value: t`1 hour` }] },
      { kind: 'quote', text: t`Is it accredited?`, by: 'a newcomer' },
      { kind: 'progress', done: 1, total: 4, label: 'Shared steps' },
      { kind: 'moment', at: '2027-03-15T09:00:00.000Z', label: 'Opens' },
    ],
    buttons: [
      { label: 'Next', style: 'primary', act: { do: 'step', step: 'needs' } },
      { label: 'Standards', href: 'https://accme.org/standards' },
      { label: 'Home', act: { do: 'home' } },
      { label: 'News', act: { do: 'news' } },
      { label: 'Help', act: { do: 'help' } },
      { label: 'Home', act: { do: 'home' } },
    ],
    footer: t`Checked 23 November 2026.`,
  }
  const body = drawCard(card)
  expect(overMessage(body)).toEqual([])
  expect(body).toMatchObject({ flags: 1 << 15, allowed_mentions: { parse: [] } })
  expect(body.components[0].components).toMatchObject([
    {
      content: '## My pathway\nNext is the needs assessment.\n\n### Steps\n1. Fundamentals\n2. Needs',
    },
    { type: 14 },
    {
      content:
        '**Takes:** 1 hour\n\n> Is it accredited?\n> — a newcomer\n\nShared steps ▰▱▱▱ 1 of 4\n\n**Opens:** <t:1805101200:F> (<t:1805101200:R>)',
    },
    {
      components: [
        { style: 1, custom_id: 'cme1:step:needs' },
        { style: 5, url: 'https://accme.org/standards' },
        { custom_id: 'cme1:home' },
        {},
        {},
      ],
    },
    { components: [{ custom_id: 'cme1:home#1' }] },
    { content: '-# Checked 23 November 2026.' },
  ])
  expect(pressed('cme1:home#1')).toEqual({ do: 'home' })
})

const long = (n: number, keep?: number): Block => ({
  kind: 'text',
  text: [`Item ${n}. ${'Outcomes are measured before and after. '.repeat(20)}`],
  ...(keep === undefined ? {} : { keep }),
})

test('what has no room goes by what may be spared, and the card says how much more there is, with the way to it', () => {
  const more = { label: 'Show the rest', act: { do: 'digest.rest' as const, digest: 'd1', from: 3 } }
  const body = drawCard({
    title: 'News',
    blocks: [long(1), long(2, 3), long(3, 1), long(4), long(5, 2), long(6, 9)],
    more,
  })
  const text = markdown(body)
  expect(overMessage(body)).toEqual([])
  expect([1, 2, 3, 4, 5, 6].filter((n) => text.includes(`Item ${n}`))).toEqual([1, 2, 3, 4, 5])
  expect(text).toContain('and 1 more')
  expect(buttons(body)).toMatchObject([{ label: 'Show the rest', custom_id: 'cme1:digest.rest:d1:3' }])
})

test('a text is cut between words, and a list between items', () => {
  const items = Array.from(
    { length: 90 },
    (_, i) => t`Item ${i} about the evaluation of an activity, with its baseline`,
  )
  const list = markdown(drawCard({ title: 'All', blocks: [{ kind: 'list', items }] }))
  expect(list).toMatch(/with its baseline\n-# … and \d+ more$/)
  const cut = markdown(drawCard({ title: 'All', blocks: [{ kind: 'text', text: ['measured outcomes '.repeat(400)] }] }))
  expect(cut).toMatch(/(measured|outcomes) ?…\n-# … and 1 more$/)
})

test('in parts, a digest of forty items is all there: in one message, and in its thread', () => {
  const items = Array.from({ length: 40 }, (_, i) => long(i + 1, i))
  const [first, ...thread] = drawParts({
    title: 'News',
    blocks: items,
    buttons: [{ label: 'Snooze', act: { do: 'digest.snooze' } }],
  })
  expect(thread.length).toBeGreaterThan(7)
  expect(markdown(first)).toContain(`Continues below: 1 of ${thread.length + 1}`)
  expect(buttons(first)).toHaveLength(1)
  const text = [first, ...thread].map(markdown).join('\n')
  for (let n = 1; n <= 40; n++) expect(text).toContain(`Item ${n}\\.`.replace('\\', ''))
})

test('any card draws within the limits, leaks no mention or markup, and says so when it leaves something out', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const body = drawCard(card)
      expect(overMessage(body)).toEqual([])
      const shown = readDiscord(markdown(body))
      expect(shown.mentions).toEqual([])
      const ours = new Set([
        ...textsOf(card).flatMap(hrefsOf),
        ...(card.buttons ?? []).flatMap((b) => ('href' in b ? [safeUrl(b.href)] : [])),
      ])
      for (const { href, masked } of shown.links) expect([masked, ours.has(href)]).toEqual([true, true])
      if (drawParts(card).length > 1) expect(markdown(body)).toMatch(/… and \d+ more/)
    }),
    { numRuns: 150 },
  )
})

test('in parts, any card keeps every word, link and button, each part within the limits', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const bodies = drawParts(card)
      for (const body of bodies) expect(overMessage(body)).toEqual([])
      const shown = readDiscord(bodies.map(markdown).join('\n'))
      expect(shown.mentions).toEqual([])
      const drawn = letters(clean(shown.text))
      for (const word of textsOf(card).flatMap(wordsOf)) if (word.length <= 60) expect(drawn).toContain(letters(word))
      const links = shown.links.map(({ href }) => href)
      for (const href of textsOf(card).flatMap(hrefsOf)) if (href && href.length <= 1000) expect(links).toContain(href)
      const pressable = bodies.flatMap(buttons)
      for (const button of card.buttons ?? []) {
        const found =
          'act' in button
            ? pressable.some(
                ({ custom_id, disabled }) =>
                  disabled || JSON.stringify(pressed(custom_id ?? '')) === JSON.stringify(button.act),
              )
            : pressable.some(({ url }) => url && url === URL.parse(safeUrl(button.href) ?? '')?.href) ||
              drawn.includes(letters(clean(button.label)).slice(0, 40))
        expect(found).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})
