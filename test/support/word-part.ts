import { inflateRawSync } from 'node:zlib'

/** The text of one part of a Word document, which is a ZIP archive. */
export function partOf(zip: Uint8Array, name: string): string {
  const bytes = Buffer.from(zip)
  for (let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0; ) {
    const [size, length, extra, note] = [
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ]
    if (bytes.toString('utf8', at + 46, at + 46 + length) === name) {
      const head = bytes.readUInt32LE(at + 42)
      const data = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28)
      const part = bytes.subarray(data, data + size)
      return (bytes.readUInt16LE(at + 10) === 0 ? part : inflateRawSync(part)).toString('utf8')
    }
    const next = at + 46 + length + extra + note
    at = bytes.toString('latin1', next, next + 4) === 'PK\u0001\u0002' ? next : -1
  }
  throw new Error(`no ${name}`)
}
