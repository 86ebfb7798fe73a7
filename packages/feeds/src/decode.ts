import iconv from 'iconv-lite'
import { charsetDecoder, isUtf8, isWestern } from './charsets.ts'
import { decodeEbcdic, isEbcdic } from './ebcdic.ts'

/**
 * The text of a document in whatever charset it came. A byte order mark decides; else the charset of the header, then the
 * one the document declares, each only if the bytes bear it out; else UTF-8, else windows-1252. NUL characters are dropped.
 */
export function decode(bytes: Uint8Array, contentType?: string): string {
  const text = decodeBytes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), contentType)
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const whole = plain.includes('\0') ? plain.replaceAll('\0', '') : plain
  return /[\x80-\x9f]/.test(whole) ? whole.replace(/[\x80-\x9f]/g, fromWindows) : whole
}

/** Controls of the upper range are windows-1252's quotes and dashes that somebody copied as they were. */
const fromWindows = (control: string) => iconv.decode(Buffer.from([control.charCodeAt(0)]), 'windows-1252')

function decodeBytes(bytes: Buffer, contentType?: string): string {
  if (isEbcdic(bytes)) return decodeEbcdic(bytes)
  const wide = byteOrder(bytes)
  if (wide) return charsetDecoder(wide)!(bytes)
  const named = [headerCharset(contentType), declaredCharset(bytes)].filter((name) => name !== undefined)
  const utf8 = utf8In(bytes)
  // Servers and their programs put a charset on everything; bytes that are UTF-8 by accident practically do not occur.
  if (utf8 !== undefined && (named.length === 0 || named.some(isUtf8) || (!isAscii(utf8) && isSingleByte(named[0]!))))
    return utf8
  const tries = named.filter((name) => !isUtf8(name) && !/^(utf|ucs)-?(16|32|2|4)|^(cs)?unicode/i.test(name))
  // The western ones are what is said without thinking.
  for (const name of [...tries.filter((name) => !isWestern(name)), ...tries.filter(isWestern)]) {
    const text = charsetDecoder(name)?.(bytes)
    if (text !== undefined && mostlyReadable(text)) return text
  }
  return utf8 ?? iconv.decode(bytes, 'windows-1252')
}

/** The text of bytes that are UTF-8, though some character may be cut in half: two whole ones for each of these prove it. */
function utf8In(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const text = bytes.toString('utf8')
    const { broken, beyond } = counted(text)
    return broken * 2 <= beyond ? text : undefined
  }
}

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text)

const HIGH = Buffer.from(Array.from({ length: 128 }, (_, i) => 128 + i))

/** True for a charset in which each byte is a character. */
const isSingleByte = (name: string): boolean => charsetDecoder(name)?.(HIGH).length === HIGH.length

/** True when at most one in ten of the characters beyond ASCII could not be decoded: a text cut in mid-character stays what it is. */
function mostlyReadable(text: string): boolean {
  const { broken, beyond } = counted(text)
  return broken * 10 <= beyond
}

function counted(text: string): { broken: number; beyond: number } {
  let broken = 0
  let beyond = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 0xfffd) broken++
    else if (unit > 0x7f) beyond++
  }
  return { broken, beyond }
}

const WIDE: [string, number[]][] = [
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0x00, 0x3c]],
  ['utf-32le', [0x3c, 0x00, 0x00, 0x00]],
  ['utf-16be', [0x00, 0x3c, 0x00]],
  ['utf-16le', [0x3c, 0x00]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
]

/** The charset that a byte order mark gives away, or a `<` in two or four bytes at the start, or zeros in every other byte. */
function byteOrder(bytes: Buffer): string | undefined {
  const marked = WIDE.find(([, start]) => start.every((byte, i) => bytes[i] === byte))?.[0]
  if (marked) return marked
  const head = bytes.subarray(0, 64)
  const inFours = /^(?:(\0{3}[^\0]){4}|([^\0]\0{3}){4})/.exec(head.toString('latin1'))
  if (inFours) return inFours[1] ? 'utf-32be' : 'utf-32le'
  const zeros = (odd: number) => head.filter((byte, i) => byte === 0 && i % 2 === odd).length
  const [even, odd] = [zeros(0), zeros(1)]
  if (Math.max(even, odd) < head.length / 4 || Math.min(even, odd) > 0) return undefined
  return even > odd ? 'utf-16be' : 'utf-16le'
}

const headerCharset = (contentType: string | undefined) =>
  /charset\s*=\s*["']?\s*([\w.:+-]+)/i.exec(contentType ?? '')?.[1]

/** The charset named by the XML declaration, or by an HTML meta element, in the first bytes. */
function declaredCharset(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, 2048)
  const xml = /<\?xml\s[^>]{0,200}?encoding\s*=\s*["']?\s*([\w.:+-]+)/i.exec(head)
  return (xml ?? /<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:+-]+)/i.exec(head))?.[1]
}
