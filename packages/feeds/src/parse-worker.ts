import { enableCompileCache } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import type { Read } from './document.ts'
import { trouble } from './trouble.ts'
import type { Hints } from './types.ts'

/** What the pool sends: one document. */
export type Job = { id: number; bytes: Uint8Array; hints: Hints; mostItems: number }
/** What comes back for each document. */
export type Report = { kind: 'started'; id: number } | { kind: 'read'; id: number; read: Read }

// A thread starts sooner, and without the compiler for TypeScript, from what the program keeps compiled.
if (workerData?.compiled) enableCompileCache(workerData.compiled)
const { readDocument } = await import('./document.ts')

const report = (message: Report) => parentPort!.postMessage(message)

parentPort!.on('message', async ({ id, bytes, hints, mostItems }: Job) => {
  report({ kind: 'started', id })
  const read = await readDocument(bytes, hints, mostItems).catch(() => ({
    trouble: trouble('bad-xml', 'The document cannot be read as a feed; check the address.'),
  }))
  report({ kind: 'read', id, read })
})
