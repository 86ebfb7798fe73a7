import { createHash } from 'node:crypto'
import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { megabytes, trouble, troubleError } from './trouble.ts'

export const acceptEncoding = 'gzip, br, deflate'

const decoders = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['br', createBrotliDecompress],
])

/** A document's bytes and their SHA-256 in hex. */
export type Body = { bytes: Uint8Array; hash: string }

/**
 * Reads a response to its end, unpacking on the way. Counts the unpacked bytes as they come and stops at `maxBytes`, so a
 * bomb never unfolds. Fails with a trouble error, or with the socket's own; either way the stream is destroyed.
 */
export async function readBody(
  source: Readable,
  encoding: string | undefined,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Body> {
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name && name !== 'identity')
  const chunks: Uint8Array[] = []
  const hash = createHash('sha256')
  let length = 0
  const collect = async (stream: AsyncIterable<Uint8Array>) => {
    for await (const chunk of stream) {
      length += chunk.length
      if (length > maxBytes) throw troubleError(tooLarge(maxBytes))
      hash.update(chunk)
      chunks.push(chunk)
    }
  }
  const unpack = codings.length ? await decoderFor(codings, source) : undefined
  if (unpack) await pipeline(source, unpack, collect, { signal })
  else await pipeline(source, collect, { signal })
  return { bytes: Buffer.concat(chunks, length), hash: hash.digest('hex') }
}

export const tooLarge = (maxBytes: number) =>
  trouble('too-large', `The document is larger than ${megabytes(maxBytes)}; use a feed with fewer items.`)

async function decoderFor(codings: string[], source: Readable): Promise<Transform> {
  const name = codings[0]!
  if (codings.length > 1 || (name !== 'deflate' && !decoders.has(name)))
    throw troubleError(
      trouble('not-a-feed', `The server packs its answer in a way that cannot be read (${codings.join(', ')}).`),
    )
  if (name !== 'deflate') return decoders.get(name)!()
  // Servers mean zlib or raw deflate by the same word; a zlib stream starts with a nibble of 8.
  const first = await firstByte(source)
  return first === undefined || (first & 0x0f) === 8 ? createInflate() : createInflateRaw()
}

async function firstByte(source: Readable): Promise<number | undefined> {
  for await (const chunk of source.iterator({ destroyOnReturn: false })) {
    source.unshift(chunk)
    return chunk[0]
  }
  return undefined
}
