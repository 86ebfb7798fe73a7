import type { Block, Button, Card, Field, Form, Option, Press, Span, Text } from '@cme-commons/core'
import fc from 'fast-check'

/** What a hostile source may write into a title, a name or an answer to format, mention or mislead on Discord. */
const HOSTILE = [
  ...['@everyone', '@here', '<@123456789012345678>', '<@&1>', '<#1>', '<:e:1>', '<a:e:1>', '</cme:1>', '<t:1:R>'],
  ...[
    '<id:guide>',
    ':smile:',
    '[click](https://evil.example)',
    '[accme.org](<https://evil.example>)',
    'discord.gg/abc',
  ],
  ...['https://evil.example/x', 'http://a.b', '# Heading', '### small', '-# print', '- item', '* item', '1. one'],
  ...['2) two', '> quote', '>>> all', '```js\ncode', '`', '``', '**bold**', '*em*', '__under__', '_em_', '~~gone~~'],
  ...['||spoiler||', '\\', '\\\\', '&lt;', '<', '>', '](', '\u202egro.emcca', '\u200b', '\u200d', '\u2066', '\ud800'],
  ...['\u0000', '\r\n', '\n', '\n\n', '\u2028', '👩‍⚕️', `e${'\u0301'.repeat(9)}`, 'æøå', 'ECMEC', 'x'.repeat(300)],
]
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.lorem({ maxCount: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(' ', '@', 'everyone', ':', '*', '<', '#', '1', '.', '[', '](', '//') },
)

/** A text from outside: words, and what the hostile write, in at most so many `pieces`. */
export const anyWords = (pieces = 5): fc.Arbitrary<string> =>
  fc.array(piece, { maxLength: pieces }).map((parts) => parts.join(''))

export const anyHref: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['https://en.wikipedia.org/wiki/Outcome_(probability)', 'https://example.org/a|b?c=<d>&e=`f`'],
      ...[
        'https://example.org/@everyone',
        'https://accme.org@evil.example/',
        `https://example.org/${'long/'.repeat(120)}`,
      ],
      ...[`https://example.org/${'x'.repeat(3000)}`, 'javascript:alert(1)', 'data:text/html,x', '/digests/d1', ''],
      ...['not an address', 'https://bücher.example/ä', 'https://[::1]/'],
    ),
  },
)

const instant = fc.integer({ min: 0, max: 4e9 }).map((s) => new Date(s * 1000).toISOString())
const channel = fc.constantFrom('123456789012345678', 'C024BE91L', 'standards-news', '@everyone')

export const anySpan: fc.Arbitrary<Span> = fc.oneof(
  { weight: 4, arbitrary: anyWords() },
  anyWords(3).map((strong) => ({ strong })),
  anyWords(3).map((em) => ({ em })),
  anyWords(3).map((code) => ({ code })),
  fc.record({ link: anyWords(3), href: anyHref }),
  fc.record({ when: instant, as: fc.constantFrom('day' as const, 'time' as const, 'moment' as const, 'ago' as const) }),
  fc.record({ channel, name: anyWords(1) }),
)
export const anyText = (spans = 6): fc.Arbitrary<Text> => fc.array(anySpan, { maxLength: spans })

const keep = fc.option(fc.nat(5), { nil: undefined })
const kind = <K extends string>(name: K) => fc.constant(name)
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: kind('text'), text: anyText(12), keep }),
  fc.record({ kind: kind('heading'), text: anyWords(), keep }),
  fc.record({ kind: kind('list'), items: fc.array(anyText(), { maxLength: 12 }), ordered: fc.boolean(), keep }),
  fc.record({
    kind: kind('facts'),
    facts: fc.array(fc.record({ name: anyWords(2), value: anyText() }), { maxLength: 12 }),
    keep,
  }),
  fc.record({ kind: kind('quote'), text: anyText(), by: fc.option(anyWords(2), { nil: undefined }), keep }),
  fc.record({ kind: kind('moment'), at: instant, label: anyWords(2), keep }),
  fc.record({ kind: kind('progress'), done: fc.nat(20), total: fc.nat(20), label: anyWords(2), keep }),
  fc.record({ kind: kind('divider'), keep }),
)

const anyPress: fc.Arbitrary<Press> = fc.oneof(
  fc.constantFrom<Press>({ do: 'home' }, { do: 'digest' }, { do: 'news', before: 7 }),
  fc
    .record({ do: kind('track.choose'), track: anyWords(1) })
    .filter(({ track }) => track !== '' && track.isWellFormed() && !track.includes('\0')),
  fc.record({ do: kind('digest.rest'), digest: fc.constant('d1'), from: fc.nat(99) }),
)
const anyButton: fc.Arbitrary<Button> = fc
  .tuple(
    anyWords(2),
    fc.constantFrom(undefined, 'primary' as const, 'danger' as const),
    fc.oneof(
      { weight: 3, arbitrary: anyPress.map((act) => ({ act })) },
      { weight: 1, arbitrary: anyHref.map((href) => ({ href })) },
    ),
  )
  .map(([label, style, what]): Button => ({ label, ...(style ? { style } : {}), ...what }))

/** Any card that the types allow, of any length, its words those of the hostile. */
export const anyCard: fc.Arbitrary<Card> = fc.record(
  {
    title: anyWords(),
    blocks: fc.array(anyBlock, { maxLength: 24, size: 'max' }),
    buttons: fc.array(anyButton, { maxLength: 45 }),
    footer: anyText(8),
    more: anyButton,
  },
  { requiredKeys: ['title', 'blocks'] },
)

/** Every text of a card, wherever it stands. */
export const textsOf = (card: Card): Text[] => [...card.blocks.flatMap(blockTexts), card.footer ?? []]

function blockTexts(block: Block): readonly Text[] {
  switch (block.kind) {
    case 'text':
      return [block.text]
    case 'quote':
      return [block.text, [block.by ?? '']]
    case 'list':
      return block.items
    case 'facts':
      return block.facts.flatMap(({ name, value }) => [[name], value])
    case 'heading':
      return [[block.text]]
    case 'moment':
    case 'progress':
      return [[block.label]]
    case 'divider':
      return []
  }
}

const anyOption = (i: number): fc.Arbitrary<Option> =>
  fc.record(
    { value: fc.constant(`v${i}`), label: anyWords(3), hint: anyWords(2) },
    { requiredKeys: ['value', 'label'] },
  )
const anyOptions = (least: number): fc.Arbitrary<Option[]> =>
  fc.integer({ min: least, max: 25 }).chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => anyOption(i))))

const anyInput = fc.oneof(
  fc.record(
    {
      kind: fc.constantFrom('text' as const, 'paragraph' as const),
      value: anyWords(20),
      placeholder: anyWords(3),
      max: fc.integer({ min: 1, max: 5000 }),
    },
    { requiredKeys: ['kind'] },
  ),
  anyOptions(1).chain((options) =>
    fc.record(
      { kind: kind('one'), options: fc.constant(options), value: fc.constantFrom('v0', 'v3', 'gone', '') },
      { requiredKeys: ['kind', 'options'] },
    ),
  ),
  anyOptions(2).chain((options) =>
    fc.record(
      { kind: kind('many'), options: fc.constant(options), values: fc.subarray(['v0', 'v1', 'v9', 'gone']) },
      { requiredKeys: ['kind', 'options'] },
    ),
  ),
  fc.record({
    kind: fc.constantFrom('channel' as const, 'role' as const),
    value: fc.constantFrom('', '12345678901234567', 'C024BE91L'),
  }),
)
const anyField = (i: number): fc.Arbitrary<Field> =>
  fc
    .tuple(
      fc.record({ label: anyWords(3), hint: anyWords(3), optional: fc.boolean() }, { requiredKeys: ['label'] }),
      anyInput,
    )
    .map(([base, input]): Field => ({ ...base, ...input, name: `f${i}` }))

/** Any form of one to five fields, with as many options as a field may have. */
export const anyForm: fc.Arbitrary<Form> = fc
  .integer({ min: 1, max: 5 })
  .chain((n) => fc.tuple(anyWords(3), fc.tuple(...Array.from({ length: n }, (_, i) => anyField(i)))))
  .map(([title, fields]) => ({ id: 'digest.when:s1', title, fields }))
