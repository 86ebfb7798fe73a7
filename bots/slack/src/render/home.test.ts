import { type Card, t } from '@cme-commons/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCard } from '../../../../test/support/any-card.ts'
import { overSlack } from '../../../../test/support/slack-limits.ts'
import { textsOf } from '../../../../test/support/slack-reader.ts'
import { drawHome } from './home.ts'

const small = (title: string, blocks = 2): Card => ({
  title,
  blocks: Array.from({ length: blocks }, (_, i) => ({ kind: 'text', text: t`${title}-${i}` })),
  buttons: [{ label: 'Change', act: { do: 'digest' } }],
})
const words = (cards: Card[]): string[] => textsOf(drawHome(cards)).map(({ text }) => text)

test('cards stand one below the other; buttons of two cards have ids of their own', () => {
  const view = drawHome([small('Progress'), small('Digest')])
  expect(view.type).toBe('home')
  expect(view.blocks.filter(({ type }) => type === 'divider')).toHaveLength(1)
  expect(JSON.stringify(view)).toContain('"cme1:digest#2"')
  expect(overSlack(view)).toEqual([])
})

test('a long card leaves room for those below it', () => {
  const shown = words([small('Long', 150), small('Second', 5), small('Third', 5)])
  expect(shown).toContain('Third-4')
  expect(shown.find((text) => text.startsWith('…and'))).toMatch(/^…and \d+ more\.$/)
})

test('more cards than a tab can hold are counted', () => {
  expect(words(Array.from({ length: 14 }, (_, i) => small(`Card ${i}`))).at(-1)).toBe('…and 4 more.')
})

test('any cards make a Home tab that Slack takes', () => {
  fc.assert(
    fc.property(fc.array(anyCard, { minLength: 1, maxLength: 12 }), (cards) => {
      expect(overSlack(drawHome(cards))).toEqual([])
    }),
    { numRuns: 12 },
  )
})
