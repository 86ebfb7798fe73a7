import { expect, test } from 'vitest'
import { cutText, plainLine, plainText } from './text.ts'

test.each([
  ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
  ['<div><div>One</div></div><h2>Two</h2>Three', 'One\n\nTwo\n\nThree'],
  ['One<br>Two<br/>Three', 'One\nTwo\nThree'],
  ['One<br><br>Two', 'One\n\nTwo'],
  ['One<br />\n<br />\n<br />\nTwo', 'One\n\nTwo'],
  ['<ul><li>One</li><li>Two</li></ul>', 'One\nTwo'],
  ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
  ['<p>One\n  line</p>\n\n<p> Two </p>', 'One line\n\nTwo'],
  ['a<b>b</b>c <i>d</i> e', 'abc d e'],
  ['<a href="http://x/">link</a>, and', 'link, and'],
  ['caf&eacute; &amp; th&#233; &nbsp; &hellip; &copy 2026', 'café & thé … © 2026'],
  ['x &lt; y &amp;&amp; y &gt; z', 'x < y && y > z'],
  ['<script>alert("<p>")</script>a<style>b{}</style>c', 'ac'],
  ['a<script>never closed <p>b</p>', 'a'],
  ['<svg><title>t</title><svg></svg><text>x</text></svg>a', 'a'],
  ['<svg/>a', 'a'],
  ['a<object classid="x"> b', 'a b'],
  ['a <iframe src="x"> b <iframe>c</iframe>d', 'a d'],
  ['std::unique_ptr<S> p', 'std::unique_ptr<S> p'],
  ['<code>std::unique_ptr&lt;S&gt;</code> p', 'std::unique_ptr<S> p'],
  ['<S>struck</S>', 'struck'],
  ['?page=1&copy=2 &amp; more', '?page=1&copy=2 & more'],
  ['<!-- a <p> -->b<!-->c', 'bc'],
  ['<![CDATA[a]]>b', 'ab'],
  ['<p>a</p', 'a'],
  ['a <', 'a <'],
  ['1 < 2 > 1', '1 < 2 > 1'],
  ['<o:p>a</o:p><x-tag>b</x-tag>', 'a\n\nb'],
  ['List<String> of <T>', 'List<String> of <T>'],
  ['<p>List<String></p>', 'List'],
  ['&lt;p&gt;twice&lt;/p&gt; &lt;script&gt;x&lt;/script&gt;', 'twice'],
  ['<@everyone> <!channel> <http://x|y>', '<@everyone> <!channel> <http://x|y>'],
  ['<scr<script>ipt>alert(1)</script>', 'ipt>alert(1)'],
  ['&lt;scr&lt;script&gt;ipt&gt;', 'ipt>'],
])('%s reads %j', (html, text) => {
  expect(plainText(html)).toBe(text)
})

test.each([
  ['a\u202eb\u2066c\u200bd\u200ee\u2060f\ufeffg\u00adh', 'abcdefgh'],
  ['a\u0000b\u0007c\u009fd\ue000', 'abcd\ue000'],
  ['&#8238;a&#x200b;b&#0;', 'ab\ufffd'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['👩\u200d⚕️ doc\u200dtor', '👩\u200d⚕️ doctor'],
  ['a\ud800b', 'a\ufffdb'],
  ['a\u2028b\u2029c', 'a b c'],
  ['a\r\n\r\nb\rc', 'a\n\nb c'],
])('what cannot be seen is stripped from %j', (html, text) => {
  expect(plainText(html)).toBe(text)
})

test('no markup survives, however often it was escaped', () => {
  let html = '<script>alert(1)</script><img src=x onerror=y><b>x</b>'
  for (let times = 0; times < 5; times++) {
    expect(plainText(html)).not.toMatch(/<(script|img|b)\b/i)
    html = html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  }
})

test('a text is cut at a word, never inside a character', () => {
  expect(plainText('word '.repeat(10_000))).toHaveLength(20_000)
  expect(plainText(`<p>${'word '.repeat(10_000)}</p>`)).toMatch(/word…$/)
  expect(cutText('one two three', 9)).toBe('one two…')
  expect(cutText('one two three', 8)).toBe('one two…')
  expect(cutText('𝒳'.repeat(10), 10)).toBe('𝒳𝒳𝒳𝒳…')
  expect(cutText('short', 5)).toBe('short')
})

test('a title is one line', () => {
  expect(plainLine('<p>One</p>\n<p>Two</p>')).toBe('One Two')
})

test('a tag that hides behind an invisible character is no tag afterwards', () => {
  expect(plainText('Call<\u202e/a> now <\u200bscript>')).toBe('Calla> now script>')
})

test('nothing becomes a tag when another one is taken out of it', () => {
  const pieces = [
    '<',
    '</',
    '<!',
    '&lt;',
    '&amp;lt;',
    'i',
    'b',
    '>',
    '/',
    '!',
    '--',
    ' ',
    'x',
    '\u200b',
    '<i>',
    '</b>',
    '<![CDATA[',
    ']]>',
  ]
  let state = 1
  const roll = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return (state >> 8) % most
  }
  for (let i = 0; i < 20_000; i++) {
    const html = Array.from({ length: roll(30) }, () => pieces[roll(pieces.length)]!).join('')
    expect(plainText(html).replaceAll(/<[ABIQSU]>/g, ''), html).not.toMatch(/<(?:!--|[/!]?[ib](?=[\s/>]))/)
  }
})
