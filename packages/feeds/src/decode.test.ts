import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readText } from '../test/read.ts'
import { decode } from './decode.ts'

const document = (charset: string | undefined, title: string) =>
  `<?xml version="1.0"${charset ? ` encoding="${charset}"` : ''}?>\n<rss version="2.0"><channel><title>${title}</title></channel></rss>`

const titleOf = async (bytes: Uint8Array, contentType?: string) => (await readText(bytes, { contentType })).title

test.each([
  ['utf-8', 'Kurse für Ärzte – 医学'],
  ['UTF8', 'Kurse für Ärzte'],
  ['iso-8859-1', 'Kurse für Ärzte'],
  ['latin1', 'Formação médica'],
  ['ISO_8859-1', 'Formação médica'],
  ['l1', 'Formação médica'],
  ['us-ascii', 'CME news'],
  ['windows-1252', '“CME” – news €'],
  ['cp1252', '“CME” – news €'],
  ['iso-8859-2', 'Łódź: szkolenia'],
  ['iso-8859-4', 'Tālākizglītība'],
  ['iso-8859-5', 'Новости'],
  ['iso-8859-6', 'أخبار'],
  ['iso-8859-7', 'Ιατρική εκπαίδευση'],
  ['iso-8859-8', 'חדשות'],
  ['iso-8859-9', 'Tıp eğitimi'],
  ['iso-8859-13', 'Žinios'],
  ['iso-8859-15', 'Œuvre à 10 €'],
  ['windows-1250', 'Příští školení'],
  ['windows-1251', 'Новости медицины'],
  ['cp1251', 'Новости'],
  ['windows-1253', 'Ιατρική'],
  ['windows-1254', 'Tıp eğitimi'],
  ['windows-1255', 'חדשות'],
  ['windows-1256', 'أخبار'],
  ['windows-1257', 'Žinios'],
  ['windows-1258', 'Chương Đào'],
  ['windows-874', 'ข่าว'],
  ['tis-620', 'ข่าว'],
  ['koi8-r', 'Новости медицины'],
  ['koi8-u', 'Новини їжі'],
  ['ibm866', 'Новости'],
  ['cp437', 'Déjà vu'],
  ['437', 'Déjà vu'],
  ['cp850', 'Déjà vu'],
  ['macintosh', 'Déjà vu'],
  ['x-mac-roman', 'Déjà vu'],
  ['x-mac-cyrillic', 'Новости'],
  ['shift_jis', '医学教育ニュース'],
  ['x-sjis', '医学教育ニュース'],
  ['Shift-JIS', '医学教育ニュース'],
  ['euc-jp', '医学教育ニュース'],
  ['x-euc-jp', '医学教育ニュース'],
  ['gb2312', '医学新闻'],
  ['gbk', '醫學新聞'],
  ['x-gbk', '醫學新聞'],
  ['gb18030', '医学新闻㐂'],
  ['big5', '醫學新聞'],
  ['x-x-big5', '醫學新聞'],
  ['big5-hkscs', '醫學新聞'],
  ['euc-kr', '의학 뉴스'],
  ['ks_c_5601-1987', '의학 뉴스'],
  ['cp949', '의학 뉴스'],
])('a document declared as %s reads as %s', async (charset, title) => {
  const known = iconv.encodingExists(charset)
    ? charset
    : (charset as string).replace(/^x-(x-)?/, '').replace('mac-', 'mac')
  expect(await titleOf(iconv.encode(document(charset, title), known))).toBe(title)
})

test('ISO-2022-JP is read', async () => {
  const [head, tail] = document('iso-2022-jp', '|').split('|') as [string, string]
  const kanji = Buffer.from([0x1b, 0x24, 0x42, 0x30, 0x65, 0x33, 0x58, 0x1b, 0x28, 0x42])
  expect(await titleOf(Buffer.concat([Buffer.from(head), kanji, Buffer.from(tail)]))).toBe('医学')
})

test.each([
  ['hz-gb-2312', "~{R=Q'~}~~", '医学~'],
  ['iso-2022-kr', '\x0e@GGP\x0f 1', '의학 1'],
  ['ISO_8859-1:1987', 'CME', 'CME'],
])('%s is read', async (charset, seven, title) => {
  expect(await titleOf(Buffer.from(document(charset, seven)))).toBe(title)
})

test.each([
  ['utf-16le', true],
  ['utf-16be', true],
  ['utf-32le', true],
  ['utf-32be', true],
  ['utf-16le', false],
  ['utf-16be', false],
  ['utf-32le', false],
  ['utf-32be', false],
])('%s with a byte order mark (%s) is seen by its bytes, whatever is declared', async (charset, addBOM) => {
  for (const declared of [charset, 'utf-8', 'utf-16', undefined])
    expect(
      await titleOf(iconv.encode(document(declared, '医学 é'), charset, { addBOM }), 'text/xml; charset=iso-8859-1'),
    ).toBe('医学 é')
})

test('UTF-16 that begins with a blank line is seen by its zeros', async () => {
  for (const charset of ['utf-16le', 'utf-16be'])
    expect(await titleOf(iconv.encode(`\n\n${document('utf-16', '医学')}`, charset))).toBe('医学')
})

test('a byte order mark of UTF-8 is dropped', () => {
  expect(decode(Buffer.from('\ufeff<rss/>'))).toBe('<rss/>')
})

test('the header counts before the declaration', async () => {
  expect(
    await titleOf(iconv.encode(document('koi8-r', 'Новости'), 'windows-1251'), 'text/xml; charset="windows-1251"'),
  ).toBe('Новости')
  expect(await titleOf(iconv.encode(document(undefined, 'Новости'), 'koi8-r'), "text/xml;charset='koi8-r'")).toBe(
    'Новости',
  )
})

test.each([
  ['a header that says UTF-8 over windows-1251', 'windows-1251', 'windows-1251', 'charset=utf-8'],
  ['a header that says latin 1 over UTF-8', 'utf-8', 'utf-8', 'charset=ISO-8859-1'],
  ['a declaration of UTF-16 over UTF-8', 'utf-16', 'utf-8', ''],
  ['a charset nobody knows over UTF-8', 'x-klingon', 'utf-8', 'charset=constructor'],
  ['no charset at all', undefined, 'utf-8', ''],
])('%s does not break the text', async (_name, declared, real, contentType) => {
  expect(await titleOf(iconv.encode(document(declared, 'Новости'), real), `text/xml; ${contentType}`)).toBe('Новости')
})

test('without any valid charset the text is taken for windows-1252', async () => {
  for (const declared of [undefined, 'utf-8', 'utf-16', 'x-klingon', 'us-ascii'])
    expect(await titleOf(iconv.encode(document(declared, '“Über” €'), 'windows-1252'))).toBe('“Über” €')
})

test('one character cut in half does not turn the rest into another charset', async () => {
  const bytes = Buffer.concat([Buffer.from(document('utf-8', 'Новости медицины')), Buffer.from([0xd0])])
  expect(await titleOf(bytes)).toBe('Новости медицины')
})

test.each([undefined, 'utf-8', 'iso-8859-1', 'windows-1251'])(
  'a broken byte or two in a text of few others leave it UTF-8 (declared: %s)',
  async (declared) => {
    for (const stray of [[0x92], [0xe2, 0x80], [0xff, 0xfe]]) {
      const bytes = Buffer.concat([Buffer.from(document(declared, '“ACCME” – é’s')), Buffer.from(stray)])
      for (const header of ['text/xml', 'text/xml; charset=iso-8859-1'])
        expect(await titleOf(bytes, header)).toBe('“ACCME” – é’s')
    }
  },
)

test.each([
  ['a western header over another prolog', 'windows-1251', 'windows-1251', 'charset=ISO-8859-1'],
  ['a western header over a seven-bit one', 'hz-gb-2312', 'hz-gb-2312', 'charset=us-ascii'],
  ['a prolog that was true before a proxy wrote UTF-8', 'windows-1251', 'utf-8', ''],
  ['a header that was true before', 'koi8-r', 'utf-8', 'charset=windows-1251'],
])('%s does not garble the text', async (_name, declared, real, contentType) => {
  const title = real === 'hz-gb-2312' ? '医学' : 'Привет'
  const bytes =
    real === 'hz-gb-2312' ? Buffer.from(document(declared, "~{R=Q'~}")) : iconv.encode(document(declared, title), real)
  expect(await titleOf(bytes, `text/xml; ${contentType}`)).toBe(title)
})

test('western text is not taken for UTF-8 over a sign or two that look like it', async () => {
  const bytes = iconv.encode(document('iso-8859-1', '«CAFÉ» «DEJÀ» «ÜBER»'), 'windows-1252')
  expect(await titleOf(bytes)).toBe('«CAFÉ» «DEJÀ» «ÜBER»')
})

test('NUL characters are dropped', async () => {
  expect(await titleOf(Buffer.from(`\0\0${document('utf-8', 'C\0ME')}\0`))).toBe('CME')
})

test('windows-1252 characters that were taken for controls become what they were meant to be', async () => {
  expect(await titleOf(Buffer.from(document('utf-8', '\x93CME\x94 \x96 news\x85')))).toBe('“CME” – news…')
})

test.each([
  [
    'ebcdic-cp-us',
    'Médecine [1]',
    '4c6fa7949340a58599a28996957e7ff14bf07f4085958396848995877e7f85828384898360839760a4a27f6f6e254c99a2a26e4c838881959585936e4ca389a393856ed45184858389958540baf1bb4c61a389a393856e4c61838881959585936e4c6199a2a26e',
  ],
  [
    'ibm500',
    'Médecine [1]!',
    '4c6fa7949340a58599a28996957e7ff14bf07f4085958396848995877e7f898294f5f0f07f6f6e254c99a2a26e4c838881959585936e4ca389a393856ed451848583899585404af15a4f4c61a389a393856e4c61838881959585936e4c6199a2a26e',
  ],
  [
    'ibm1140',
    'Cours à 10 €',
    '4c6fa7949340a58599a28996957e7ff14bf07f4085958396848995877e7f898294f1f1f4f07f6f6e254c99a2a26e4c838881959585936e4ca389a393856ec396a499a2404440f1f0409f4c61a389a393856e4c61838881959585936e4c6199a2a26e',
  ],
  [
    'cp875',
    'Ιατρική',
    '4c6fa7949340a58599a28996957e7ff14bf07f4085958396848995877e7f8397f8f7f57f6f6e254c99a2a26e4c838881959585936e4ca389a393856e498abbae9c9db34c61a389a393856e4c61838881959585936e4c6199a2a26e',
  ],
])('a document in EBCDIC (%s) is seen by its bytes', async (_charset, title, hex) => {
  expect(await titleOf(Buffer.from(hex, 'hex'))).toBe(title)
})

test('UTF-32 that begins with a blank line is seen by its zeros', async () => {
  for (const charset of ['utf-32le', 'utf-32be'])
    expect(await titleOf(iconv.encode(`\n${document(undefined, '医学')}`, charset, { addBOM: false }))).toBe('医学')
})

test('the euro and the letter ghe of newer Macintosh sets are read', async () => {
  const bytes = (charset: string, byte: number) => {
    const [before, after] = document(charset, '|').split('|') as [string, string]
    return Buffer.concat([Buffer.from(before), Buffer.from([byte]), Buffer.from(after)])
  }
  expect(await titleOf(bytes('macintosh', 0xdb))).toBe('€')
  expect(await titleOf(bytes('x-mac-cyrillic', 0xa2))).toBe('Ґ')
  expect(await titleOf(bytes('cp_is', 0x80))).toBe('Ç')
})
