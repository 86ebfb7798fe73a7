import type { Block, Button, Card, Field, Form, Press, Span, Text } from '@cme-commons/core'
import fc from 'fast-check'

/** Words as they come from feeds, names and forms, and as somebody writes them who wants to break out. */
const HOSTILE = [
  '<!channel>',
  '<!here|here>',
  '<@U12345678>',
  '<#C12345678|general>',
  '<!subteam^S1|team>',
  '<http://evil.example|Slack>',
  '<https://evil.example>',
  '@here',
  '@Channel',
  '@everyone',
  '<@&123456789>',
  '[click](https://evil.example)',
  '*bold* _em_ ~gone~ `code`',
  '```\nblock\n```',
  '*',
  '_',
  '~',
  '`',
  '**x**',
  '||hidden||',
  '# title',
  '> quoted',
  '&gt; quoted',
  '&lt;!channel&gt;',
  'a\n> b\n- c',
  '\u202egnp.exe',
  '\u2066x\u2069',
  'zero\u200bwidth\ufeff',
  'line\u2028end\r\nmore',
  '\u0000\u0007',
  '\ud83d',
  '👩‍⚕️ e\u0301',
  'snake_case_word',
  ' padded ',
  '',
  'ACCME opens a call for comment: responses are due 15 March 2027.',
]
export const anyWords: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...HOSTILE), { maxLength: 5 }).map((words) => words.join('')) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...HOSTILE), { maxLength: 5 }).map((words) => words.join(' ')) },
)
const longWords = fc
  .tuple(anyWords, fc.integer({ min: 1, max: 40 }))
  .map(([words, times]) => `${words} word`.repeat(times))

const instant = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())
export const anyHref: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.webUrl({ withFragments: true, withQueryParameters: true, size: 'small' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'javascript:alert(1)',
      'https://example.org/a|b>c d<e',
      'https://example.org/?a=1&b=2&lt;3',
      'http://example.org/*_~`',
      'https://example.org/\u202ex"\\^{}',
      '/own/path',
      'ftp://example.org/x',
      'https://',
      '',
    ),
  },
)
export const anySpan: fc.Arbitrary<Span> = fc.oneof(
  anyWords,
  longWords,
  anyWords.map((strong) => ({ strong })),
  anyWords.map((em) => ({ em })),
  anyWords.map((code) => ({ code })),
  fc.record({ link: anyWords, href: anyHref }),
  fc.record({ when: instant, as: fc.constantFrom('day', 'time', 'moment', 'ago') }),
  fc.record({ channel: fc.constantFrom('C12345678', 'bad>id', '123'), name: fc.option(anyWords, { nil: undefined }) }),
  fc.record({ role: fc.constant('123'), name: fc.option(anyWords, { nil: undefined }) }),
)
export const anyText: fc.Arbitrary<Text> = fc.array(anySpan, { maxLength: 6 })
const manyTexts = fc.oneof(fc.array(anyText, { maxLength: 6 }), fc.array(anyText, { minLength: 30, maxLength: 60 }))

const anyPress: fc.Arbitrary<Press> = fc.oneof(
  fc.constantFrom<Press>({ do: 'home' }, { do: 'news' }, { do: 'help' }),
  anyWords.map((term): Press => ({ do: 'what', term })),
  longWords.map((said): Press => ({ do: 'unknown', said })),
  fc.record({ digest: anyWords, from: fc.nat(99) }).map((rest): Press => ({ do: 'digest.rest', ...rest })),
)
export const anyButton: fc.Arbitrary<Button> = fc
  .tuple(
    fc.oneof(anyWords, longWords),
    fc.constantFrom(undefined, 'primary', 'danger'),
    anyPress,
    anyHref,
    fc.boolean(),
  )
  .map(
    ([label, style, act, to, opens]) =>
      ({ label, ...(style ? { style } : {}), ...(opens ? { href: to } : { act }) }) as Button,
  )

const keep = fc.option(fc.nat(5), { nil: undefined })
const anyBlock: fc.Arbitrary<Block> = fc
  .tuple(
    fc.oneof(
      anyText.map((text) => ({ kind: 'text', text })),
      fc.oneof(anyWords, longWords).map((text) => ({ kind: 'heading', text })),
      fc.record({ kind: fc.constant('list'), items: manyTexts, ordered: fc.boolean(), bare: fc.boolean() }),
      fc.record({
        kind: fc.constant('facts'),
        facts: fc.array(fc.record({ name: anyWords, value: anyText }), { maxLength: 8 }),
      }),
      fc.record({ kind: fc.constant('quote'), text: anyText, by: fc.option(anyWords, { nil: undefined }) }),
      fc.record({ kind: fc.constant('moment'), at: instant, label: anyWords }),
      fc.record({ kind: fc.constant('progress'), done: fc.nat(40), total: fc.nat(40), label: anyWords }),
      fc.constant({ kind: 'divider' }),
    ),
    keep,
  )
  .map(([block, keep]) => ({ ...block, keep }) as Block)

/** Any card the types allow, from nothing at all to far more than any platform shows. */
export const anyCard: fc.Arbitrary<Card> = fc.record(
  {
    title: fc.oneof(anyWords, longWords),
    blocks: fc.oneof(fc.array(anyBlock, { maxLength: 8 }), fc.array(anyBlock, { maxLength: 70 })),
    buttons: fc.oneof(fc.array(anyButton, { maxLength: 7 }), fc.array(anyButton, { maxLength: 60 })),
    footer: anyText,
    more: anyButton,
  },
  { requiredKeys: ['title', 'blocks'] },
)

/** Every running text of a card, in order: of its blocks, then its footer. */
export const textsOf = (card: Card): Text[] => [
  ...card.blocks.flatMap((block): readonly Text[] => {
    if (block.kind === 'text' || block.kind === 'quote') return [block.text]
    if (block.kind === 'list') return block.items
    return block.kind === 'facts' ? block.facts.map(({ value }) => value) : []
  }),
  ...(card.footer ? [card.footer] : []),
]

const anyOption = fc.record(
  { value: fc.string({ minLength: 1, maxLength: 75 }), label: anyWords, hint: anyWords },
  { requiredKeys: ['value', 'label'] },
)
const options = fc.oneof(
  fc.array(anyOption, { minLength: 1, maxLength: 12 }),
  fc.array(anyOption, { minLength: 90, maxLength: 230 }),
)
const anyField: fc.Arbitrary<Field> = fc
  .tuple(
    fc.record(
      { name: fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/), label: anyWords, hint: anyWords, optional: fc.boolean() },
      { requiredKeys: ['name', 'label'] },
    ),
    fc.oneof(
      fc.record(
        {
          kind: fc.constantFrom('text', 'paragraph'),
          value: fc.oneof(anyWords, longWords),
          placeholder: anyWords,
          max: fc.integer({ min: 1, max: 9000 }),
        },
        { requiredKeys: ['kind'] },
      ),
      options.chain((options) =>
        fc.record({
          kind: fc.constant('one'),
          options: fc.constant(options),
          value: fc.constantFrom(options[0]?.value, 'gone', undefined),
        }),
      ),
      options.chain((options) =>
        fc.record({
          kind: fc.constant('many'),
          options: fc.constant(options),
          values: fc.subarray(options.map(({ value }) => value)),
        }),
      ),
      fc.record({ kind: fc.constantFrom('channel', 'role'), value: fc.constantFrom('C12345678', undefined) }),
    ),
  )
  .map(([base, rest]) => ({ ...base, ...rest }) as Field)

/** Any form the types allow. */
export const anyForm: fc.Arbitrary<Form> = fc.record(
  { id: anyWords, title: anyWords, submit: anyWords, fields: fc.array(anyField, { maxLength: 5 }) },
  { requiredKeys: ['id', 'title', 'fields'] },
)
