import { constants, open } from 'node:fs/promises'
import type { Trouble } from '@cme-commons/core'
import { megabytes, trouble } from './trouble.ts'

const fail = (say: string) => ({ trouble: trouble('bad-address', say) })

/** Reads a document from disk. Refuses by size before reading, and anything that is not a plain file. */
export async function readFile(
  path: string,
  maxBytes = 15 * 1_048_576,
): Promise<{ bytes: Uint8Array } | { trouble: Trouble }> {
  try {
    // Without O_NONBLOCK, opening a FIFO waits for somebody to write into it.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stat = await file.stat()
    if (stat.isDirectory()) return fail(`${path} is a folder; name a file.`)
    if (!stat.isFile()) return fail(`${path} is not a plain file; name a feed document.`)
    if (stat.size > maxBytes)
      return {
        trouble: trouble(
          'too-large',
          `${path} has ${megabytes(stat.size)}; the most that is read is ${megabytes(maxBytes)}.`,
        ),
      }
    const bytes = Buffer.alloc(stat.size)
    const { bytesRead } = await file.read(bytes, 0, stat.size, 0)
    return { bytes: bytes.subarray(0, bytesRead) }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return fail(`There is no file ${path}; check the path.`)
    if (code === 'EACCES' || code === 'EPERM') return fail(`${path} may not be read; check its permissions.`)
    if (code === 'ENXIO') return fail(`${path} is not a plain file; name a feed document.`)
    return fail(`${path} cannot be read (${code ?? 'unknown error'}).`)
  }
}
