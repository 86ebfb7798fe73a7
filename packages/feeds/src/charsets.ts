import iconv from 'iconv-lite'

const plainName = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')
export const isUtf8 = (name: string) => /^(x?utf8|u8|unicode11utf8|utf8ucs.*)$/.test(plainName(name))
export const isWestern = (name: string) =>
  /^(usascii|ascii|us|ansix341968|646|iso88591|88591|latin1|l1|isoir100|csisolatin1|windows1252|cp1252|1252|ansi)$/.test(
    plainName(name),
  )

/** Names in use that neither library knows, as one of them calls the same thing. */
const ALIASES = new Map<string, string>(
  Object.entries({
    'windows-1252': [
      'ansi',
      'iso88591',
      '88591',
      '8859',
      'iso8859',
      'latin',
      'latin1',
      'ascii',
      'usascii',
      'us',
      '646',
    ],
    'windows-1254': ['iso88599'],
    'windows-874': ['iso885911', 'tis620', 'tis62025290'],
    shift_jis: ['xsjis', 'sjis', 'mskanji', 'csshiftjis', 'shiftjis2004', 'shiftjisx0213', 'sjisx0213', 'xmacjapanese'],
    cp932: ['windows31j'],
    'euc-jp': ['ujis', 'xeucjp', 'eucjisx0213', 'eucjis', 'eucjis2004', 'jisx0213'],
    'iso-2022-jp': ['iso2022jp', 'iso2022jp1', 'iso2022jp2', 'iso2022jp3', 'iso2022jpext', 'csiso2022jp'],
    'euc-kr': ['xeuckr', 'ksx1001', 'xmackorean'],
    cp949: ['xwindows949', 'uhc'],
    gbk: ['xgbk'],
    gb2312: ['gb231280', 'euccn', 'xeuccn', 'eucgb2312cn', 'xmacsimpchinese'],
    big5: ['xbig5', 'xxbig5', 'cnbig5', 'big5tw', 'xmactradchinese'],
    'big5-hkscs': ['hkscs'],
    'x-mac-roman': ['xmacroman', 'mac', 'macroman', 'macintosh', 'csmacintosh'],
    'x-mac-cyrillic': ['xmaccyrillic', 'maccyrillic', 'xmacukrainian', 'macukraine'],
    macromania: ['macromanian', 'xmacromanian'],
    maccenteuro: ['maclatin2', 'maccentraleurope', 'xmacce'],
    rk1048: ['kz1048', 'strk10482002'],
    pt154: ['ptcp154', 'cyrillicasian', 'cp154'],
    cp1125: ['ruscii', 'cp866u'],
    cp861: ['cpis'],
  }).flatMap(([known, names]) => names.map((name) => [name, known] as const)),
)

/** A decoder for a charset by any of its names, or nothing when nobody knows it. Bytes it cannot read become U+FFFD. */
export function charsetDecoder(name: string): ((bytes: Buffer) => string) | undefined {
  const plain = plainName(name.replace(/[-_:](19|20)\d\d$/, ''))
  if (/^hz(gb|gb2312)?$/.test(plain)) return decodeHz
  if (/^(cs)?iso2022kr$/.test(plain)) return decodeIso2022Kr
  const names = [ALIASES.get(plain), name, plain, plain.replace(/^(x|cs|ibm)/, ''), plain.replace(/^(cp|ibm|x)?/, 'cp')]
  for (const each of names) {
    if (!each) continue
    if (iconv.encodingExists(each) && !isRaw(each)) return (bytes) => iconv.decode(bytes, each)
    try {
      const decoder = new TextDecoder(each)
      return (bytes) => decoder.decode(bytes)
    } catch {}
  }
  return undefined
}

/** iconv-lite also "decodes" base64 and hex, which are no charsets. */
const isRaw = (name: string) => /^(base64|hex|binary|internal)$/.test(plainName(name))

/** The bytes with the high bit set, as the eight-bit form of a seven-bit code has them. */
const raised = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte | 0x80))

/** HZ: GB2312 in seven bits between `~{` and `~}`. */
const decodeHz = (bytes: Buffer) =>
  bytes
    .toString('latin1')
    .replace(/~\{([^~]*)(?:~\}|$)/g, (_, pairs: string) => iconv.decode(raised(Buffer.from(pairs, 'latin1')), 'gb2312'))
    .replace(/~~/g, '~')

/** ISO-2022-KR: KS X 1001 in seven bits between shift-out and shift-in. */
const decodeIso2022Kr = (bytes: Buffer) =>
  bytes
    .toString('latin1')
    .split('\x0e')
    .map((part, i) => {
      const end = i === 0 ? 0 : part.indexOf('\x0f')
      const korean = i === 0 ? '' : part.slice(0, end < 0 ? undefined : end)
      const rest = i === 0 ? part : end < 0 ? '' : part.slice(end + 1)
      return iconv.decode(raised(Buffer.from(korean, 'latin1')), 'euc-kr') + rest
    })
    .join('')
    .replace('\x1b$)C', '')
