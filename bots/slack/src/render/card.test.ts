import { type Card, encodeAction, plainText, type Text, t } from '@cme-commons/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyButton, anyCard, anyText } from '../../../../test/support/any-card.ts'
import { overSlack } from '../../../../test/support/slack-limits.ts'
import { leaksOf, linksOf, textsOf } from '../../../../test/support/slack-reader.ts'
import { cardView, drawCard, drawParts, type Message } from './card.ts'
import { drawHome } from './home.ts'
import { pressOf } from './ids.ts'
import { linkTo } from './text.ts'

const card: Card = {
  title: 'CME standards news',
  blocks: [
    { kind: 'text', text: t`Three new items.` },
    { kind: 'heading', text: 'Needs action first' },
    { kind: 'list', items: [t`first`, t`second`] },
    { kind: 'divider' },
    { kind: 'facts', facts: [{ name: 'Track', value: t`Academic` }] },
    { kind: 'quote', text: t`a\nb`, by: 'ACCME' },
    { kind: 'moment', at: '2026-11-23T14:00:00.000Z', label: 'Next digest' },
    { kind: 'progress', done: 1, total: 4, label: 'Fundamentals' },
  ],
  buttons: [
    { label: 'Less of this', act: { do: 'help' } },
    { label: 'Read', href: 'https://example.org/d', style: 'primary' },
  ],
  footer: t`News for information.`,
}
const drawnTexts = ({ blocks }: Message) => textsOf(blocks).map(({ text }) => text)

test('each kind of block', () => {
  const drawn = drawCard(card)
  expect(drawn.blocks.map(({ type }) => type)).toEqual([
    'header',
    'section',
    'section',
    'section',
    'divider',
    'section',
    'section',
    'section',
    'section',
    'actions',
    'context',
  ])
  expect(drawnTexts(drawn)).toEqual([
    'CME standards news',
    'Three new items.',
    '*Needs action first*',
    '• first\n• second',
    '*Track:* Academic',
    '> a\n> b\n> _ACCME_',
    '*Next digest:* <!date^1795442400^{date_short_pretty} {time}|Mon 23 Nov 2026, 14:00 UTC>',
    '*Fundamentals* ▰▱▱▱ 1 of 4',
    'Less of this',
    'Read',
    'News for information.',
  ])
  expect(drawn.text).toMatch(/^CME standards news\n\nThree new items\.[\s\S]*News for information\.$/)
  expect(JSON.stringify(drawn.blocks)).not.toContain('"verbatim":false')
  expect(overSlack(drawn)).toEqual([])
})

test('a button tells its action; the second of the same kind as well', () => {
  const drawn = drawCard({ ...card, buttons: [1, 2].map(() => ({ label: 'Help', act: { do: 'help' } })) })
  const [row] = drawn.blocks.filter(({ type }) => type === 'actions') as { elements: { action_id: string }[] }[]
  expect(row!.elements.map(({ action_id }) => action_id)).toEqual(['cme1:help', 'cme1:help#2'])
  for (const element of row!.elements) expect(pressOf(element)).toEqual({ do: 'help' })
})

test('thirty buttons flow over two rows', () => {
  const buttons = Array.from({ length: 30 }, (_, i) => ({
    label: `${i}`,
    act: { do: 'check' as const, step: `s${i}` },
  }))
  const rows = drawCard({ ...card, buttons }).blocks.filter(({ type }) => type === 'actions') as {
    elements: object[]
  }[]
  expect(rows.map(({ elements }) => elements.length)).toEqual([25, 5])
})

const long = (count: number): Card => ({
  title: 'Everything',
  blocks: Array.from({ length: count }, (_, i) => ({ kind: 'text', text: t`item-${i}.`, keep: i < 5 ? 0 : 1 })),
  buttons: [{ label: 'Help', act: { do: 'help' } }],
  more: { label: 'Show all', act: { do: 'news' } },
})

test('what does not fit is counted and one press away, the least important first', () => {
  const drawn = drawCard(long(60))
  const texts = drawnTexts(drawn)
  expect(drawn.blocks).toHaveLength(45)
  expect(texts.slice(1, 6)).toEqual([0, 1, 2, 3, 4].map((i) => `item-${i}.`))
  expect(texts.slice(-4)).toEqual(['item-41.', '…and 18 more.', 'Help', 'Show all'])
  expect(drawnTexts(drawCard(long(10)))).not.toContain('Show all')
})

test('in a channel the rest goes into the thread, under its heading', () => {
  const blocks = [0, 1].flatMap((part): Card['blocks'] => [
    { kind: 'heading', text: `Part ${part}` },
    { kind: 'list', items: Array.from({ length: 30 }, (_, i) => t`item-${part}-${i} ${'word '.repeat(60)}`) },
  ])
  const [parent, ...thread] = drawParts({ title: 'Digest', blocks })
  expect(drawnTexts(parent).at(-1)).toMatch(/^…and \d+ more in the thread\.$/)
  expect(thread).toHaveLength(1)
  expect(drawnTexts(thread[0]!)[0]).toBe('*Part 1*')
  const found = [parent, ...thread]
    .flatMap(drawnTexts)
    .join('\n')
    .match(/item-\d+-\d+/g)
  expect(found).toEqual([0, 1].flatMap((part) => Array.from({ length: 30 }, (_, i) => `item-${part}-${i}`)))
})

test('any card is a message that Slack takes, calls nobody and leads nowhere else', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      for (const drawn of [drawCard(card), ...drawParts(card), cardView(card), drawHome([card, card])]) {
        expect(overSlack(drawn)).toEqual([])
        expect(leaksOf(drawn)).toEqual([])
        const known = new Set(hrefsOf(card))
        expect(linksOf(drawn).filter((to) => !known.has(to))).toEqual([])
      }
    }),
    { numRuns: 80 },
  )
})

const buttonsOf = ({ buttons = [], more }: Card) => [...buttons, ...(more ? [more] : [])]
function hrefsOf(card: Card): string[] {
  const inText = (text: Text) => text.flatMap((span) => (typeof span === 'object' && 'link' in span ? [span.href] : []))
  const texts = card.blocks.flatMap((block): readonly Text[] => {
    if (block.kind === 'text' || block.kind === 'quote') return [block.text]
    if (block.kind === 'list') return block.items
    return block.kind === 'facts' ? block.facts.map(({ value }) => value) : []
  })
  const hrefs = [
    ...[...texts, card.footer ?? []].flatMap(inText),
    ...buttonsOf(card).flatMap((button) => ('href' in button ? [button.href] : [])),
  ]
  return hrefs.flatMap((href) => linkTo(href) ?? [])
}

test('nothing of any card is lost between a message and its thread: every link and every button is there', () => {
  fc.assert(
    fc.property(anyCard, ({ more, ...card }) => {
      const parts = drawParts(card)
      const links = new Set(parts.flatMap(linksOf))
      for (const href of hrefsOf(card)) if (href.length < 1000) expect(links).toContain(href)
      const elements = parts.flatMap(({ blocks }) =>
        blocks.flatMap((block) =>
          block.type === 'actions' ? (block.elements as { action_id?: string; value?: string }[]) : [],
        ),
      )
      const presses = elements.map((element) => JSON.stringify(pressOf(element)))
      for (const button of card.buttons ?? [])
        if ('act' in button && encodeAction(button.act).length <= 2000)
          expect(presses).toContain(JSON.stringify(pressOf({ action_id: encodeAction(button.act) })))
    }),
    { numRuns: 80 },
  )
})

test('what is shown and what is announced add up to what there is', () => {
  const counted = fc.record({
    title: fc.constant('Title'),
    blocks: fc.array(
      fc
        .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.nat(3), fc.boolean())
        .map(([items, words, keep, heading]) => ({ items, words, keep, heading })),
      { maxLength: 12 },
    ),
    footer: anyText,
    more: anyButton,
  })
  fc.assert(
    fc.property(counted, ({ blocks, ...rest }) => {
      let total = 0
      const card: Card = {
        ...rest,
        blocks: blocks.flatMap(({ items, words, keep, heading }): Card['blocks'] => [
          ...(heading ? [{ kind: 'heading' as const, text: 'Heading' }] : []),
          {
            kind: 'list',
            keep,
            items: Array.from({ length: items }, () => t`item-${total++}! ${'word '.repeat(words)}`),
          },
        ]),
      }
      const shownIn = (drawn: object): string[] =>
        textsOf((drawn as Message).blocks).flatMap(({ text }) => text.match(/item-\d+!/g) ?? [])
      const drawn = drawCard(card)
      const told = /^…and (\d+) more\.$/m.exec(drawnTexts(drawn).join('\n'))
      const sum = shownIn(drawn).length + Number(told?.[1] ?? 0)
      // A footer too long for its place is counted as well.
      if (plainText(rest.footer).length < 900) expect(sum).toBe(total)
      else expect(sum).toBeGreaterThanOrEqual(total)
      expect(drawParts(card).flatMap(shownIn).sort()).toEqual(
        Array.from({ length: total }, (_, i) => `item-${i}!`).sort(),
      )
    }),
    { numRuns: 50 },
  )
})

test('drawing the same card twice gives the same', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      expect(drawParts(card)).toEqual(drawParts(card))
    }),
    { numRuns: 15 },
  )
})
