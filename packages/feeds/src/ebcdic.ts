/** The characters of the bytes 40 to FF in code page 37, EBCDIC's Latin-1. */
const LATIN =
  ' \xa0âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="' +
  'Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×' +
  '{ABCDEFGHI\xadôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\x9f'

/** The same in code page 875, EBCDIC's Greek. */
const GREEK =
  ' ΑΒΓΔΕΖΗΘΙ[.<(+!&ΚΛΜΝΞΟΠΡΣ]$*);^-/ΤΥΦΧΨΩΪΫ|,%_>?¨ΆΈΉ\xa0ΊΌΎΏ`:#@\'="' +
  '΅abcdefghiαβγδεζ°jklmnopqrηθικλμ´~stuvwxyzνξοπρσ£άέήϊίόύϋώςτυφχψ' +
  '{ABCDEFGHI\xadωΐΰ‘―}JKLMNOPQR±½\x1a·’¦\\\x1aSTUVWXYZ²§\x1a\x1a«¬0123456789³©\x1a\x1a»\x9f'

/** Where code page 500 differs from 37. */
const INTERNATIONAL: Record<number, string> = { 74: '[', 79: '!', 90: ']', 95: '^', 176: '¢', 186: '¬', 187: '|' }
/** Code page 1140 is 37 with a euro sign. */
const EURO: Record<number, string> = { 159: '€' }

/** Controls end lines or part words; the others mean nothing in a document. */
const control = (byte: number) => (byte === 0x25 || byte === 0x15 ? '\n' : byte === 0x0d ? '\r' : ' ')

function read(bytes: Buffer, table: string, differing: Record<number, string> = {}): string {
  const units = Uint16Array.from({ length: 256 }, (_, byte) =>
    (byte < 0x40 ? control(byte) : (differing[byte] ?? table[byte - 0x40]!)).charCodeAt(0),
  )
  const text = Buffer.alloc(bytes.length * 2)
  for (let i = 0; i < bytes.length; i++) text.writeUInt16LE(units[bytes[i]!]!, i * 2)
  return text.toString('utf16le')
}

/** True for bytes that begin with `<?xml` as a mainframe writes it. */
export const isEbcdic = (bytes: Buffer): boolean => bytes.subarray(0, 5).toString('hex') === '4c6fa79493'

/** The text of an EBCDIC document, in the code page its declaration names; letters and figures are the same in all of them. */
export function decodeEbcdic(bytes: Buffer): string {
  const head = read(bytes.subarray(0, 200), LATIN)
  const name = (/encoding\s*=\s*["']\s*([\w-]+)/i.exec(head)?.[1] ?? '').toLowerCase()
  if (name.endsWith('875')) return read(bytes, GREEK)
  if (name.endsWith('1140')) return read(bytes, LATIN, EURO)
  return read(bytes, LATIN, /(500|[-_](be|ch))$/.test(name) ? INTERNATIONAL : {})
}
