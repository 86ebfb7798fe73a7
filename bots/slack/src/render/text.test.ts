import { code, em, hostOf, link, type Span, strong, type Text, t, when } from '@cme-commons/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../../../test/support/any-card.ts'
import { leaksOf, type Run, readMrkdwn } from '../../../../test/support/slack-reader.ts'
import { clip, splitText } from './split.ts'
import { drawText, linkTo } from './text.ts'

test('words, marks, links and moments', () => {
  expect(drawText(t`${strong('3 new items')} for ${em('you')}: say ${code('/cme digest')}.`)).toBe(
    '*3 new items* for _you_: say `/cme digest`.',
  )
  expect(drawText([link('ACCME & friends', 'https://example.org/a?b=1&c=2')])).toBe(
    '<https://example.org/a?b=1&amp;c=2|ACCME &amp; friends>',
  )
  expect(drawText([when('2026-11-23T14:00:00.000Z')])).toBe(
    '<!date^1795442400^{date_short_pretty} {time}|Mon 23 Nov 2026, 14:00 UTC>',
  )
  expect(drawText([when('2026-11-23T14:00:00.000Z', 'day')])).toContain('^{date_short_pretty}|')
  expect(drawText(['in ', { channel: 'C0123456789', name: 'news' }])).toBe('in <#C0123456789>')
  expect(drawText(['in ', { channel: 'x|y', name: 'news' }])).toBe('in #news')
})

test.each([
  ['<!channel> <@U123> <!subteam^S1>', '&lt;!channel&gt; &lt;@U123&gt; &lt;!subteam^S1&gt;'],
  ['<http://evil.example|Slack>', '&lt;http://evil.example|Slack&gt;'],
  ['@here @Channel', '@\u2060here @\u2060Channel'],
  ['*bold* ~gone~ `code`', '∗bold∗ ∼gone∼ ˋcodeˋ'],
  ['_em_ snake_case', 'ˍemˍ snake_case'],
  ['a\n> quote', 'a\n\u2060&gt; quote'],
  ['\u202egnp.exe\u200b', 'gnp.exe'],
])('%j shows these characters and does nothing', (words, drawn) => {
  expect(drawText([words])).toBe(drawn)
})

test('nothing comes together across two spans', () => {
  expect(drawText(['@', 'here'])).toBe('@\u2060here')
  expect(drawText(['*', 'bold', '*', '<', '!channel>'])).toBe('∗bold∗&lt;!channel&gt;')
})

test('a link goes where it says, or nowhere', () => {
  expect(drawText([link('a|b>c', 'https://example.org/x|y>z w')])).toBe('<https://example.org/x%7Cy%3Ez%20w|a∣b&gt;c>')
  expect(drawText([link('here', 'javascript:alert(1)')])).toBe('here')
  expect(drawText([link('', 'https://example.org/x')])).toBe('<https://example.org/x|example.org>')
  expect(drawText([link('long', `https://example.org/${'x'.repeat(3000)}`)])).toBe('long')
})

test('a mark beside a letter still counts', () => {
  expect(readMrkdwn(drawText(['pre', strong('fix'), 'ed', strong('a'), em('b')])).map(({ as }) => as)).toEqual([
    'plain',
    'strong',
    'plain',
    'strong',
    'plain',
    'em',
  ])
  expect(drawText([strong(' padded ')])).toBe(' *padded* ')
  expect(drawText([strong('two\nlines')])).toBe('*two lines*')
})

/** As a person reads it: look-alikes are what they look like, what cannot be seen is not there, blanks are one. */
const seen = (words: string): string =>
  words
    .toWellFormed()
    .replaceAll('\u2217', '*')
    .replaceAll('\u223c', '~')
    .replaceAll('\u02cb', '`')
    .replaceAll('\u02cd', '_')
    .replaceAll('\u2223', '|')
    .replace(
      /[\p{Cc}\s\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}]/gu,
      '',
    )

const meant = (span: Span): [string, string] | undefined => {
  if (typeof span === 'string') return ['plain', span]
  if ('strong' in span) return ['strong', span.strong]
  if ('em' in span) return ['em', span.em]
  if ('code' in span) return ['code', span.code]
  if ('link' in span) {
    const to = linkTo(span.href)
    if (!to) return ['plain', span.link]
    return [to, seen(span.link) ? span.link : hostOf(span.href)]
  }
  if ('channel' in span) return /^C/.test(span.channel) ? ['channel', ''] : ['plain', `#${span.name ?? span.channel}`]
  if ('role' in span) return ['plain', `@${span.name ?? span.role}`]
  return [String(Math.floor(Date.parse(span.when) / 1000)), '']
}
const read = (run: Run): [string, string] => {
  if (run.as === 'link') return [run.to, run.words]
  if (run.as === 'date') return [String(run.at), '']
  return run.as === 'channel' ? ['channel', ''] : [run.as, 'words' in run ? run.words : run.whom]
}
/** Neighbours of one kind are one; what shows nothing is left out. */
function merged(runs: readonly ([string, string] | undefined)[]): string[] {
  const out: [string, string][] = []
  for (const run of runs) {
    if (!run) continue
    const [as, words] = [run[0], seen(run[1])]
    if (!words && ['plain', 'strong', 'em', 'code'].includes(as)) continue
    if (out.at(-1)?.[0] === as) out.at(-1)![1] += words
    else out.push([as, words])
  }
  return out.map((run) => run.join(': '))
}

test('any text reads as it was meant: the same words in the same marks, no other link, nobody called', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const drawn = drawText(text)
      expect(leaksOf({ text: drawn })).toEqual([])
      expect(merged(readMrkdwn(drawn).map(read))).toEqual(merged(text.map(meant)))
    }),
    { numRuns: 1000 },
  )
})

test('any text in parts fits each part and loses no word', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1700, max: 2900 }), (text, max) => {
      const parts = splitText(text, max)
      for (const part of parts) expect(drawText(part).length).toBeLessThanOrEqual(max)
      const words = (texts: readonly Text[]) =>
        seen(
          texts
            .flat()
            .map((span) => meant(span)![1])
            .join(''),
        )
      expect(words(parts)).toBe(words([text]))
      expect(clip(text, 300).length).toBeLessThanOrEqual(300)
    }),
  )
})

test('what is cut says so, and is cut between words', () => {
  expect(clip(['one two three four'], 12)).toBe('one two…')
  expect(splitText(['word '.repeat(700)], 2900).map((part) => drawText(part).length)).toEqual([2900, 600])
})
