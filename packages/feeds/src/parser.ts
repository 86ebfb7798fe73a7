import { getCompileCacheDir } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Read } from './document.ts'
import type { Job, Report } from './parse-worker.ts'
import { trouble } from './trouble.ts'
import type { Hints } from './types.ts'

export type ParserOptions = { parseMs: number; parseMb: number }
export type Parser = {
  /** Takes the bytes over: they are empty afterwards. */
  parse(bytes: Uint8Array, hints: Hints, mostItems: number): Promise<Read>
  close(): Promise<void>
}

/** Memory that can be handed to the thread: small buffers share theirs with others. */
const owned = (bytes: Uint8Array) => (bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes))

type Waiting = { job: Job; done: (read: Read) => void }

const START_MS = 15_000
/** A thread holds some forty megabytes: it is let go when no document came for so long. */
const IDLE_MS = 5_000

const stopped = (say: string): Read => ({ trouble: trouble('parser-stopped', say) })

/**
 * Parses documents one after another in a thread of its own, so that no document can hold up or end the program. The thread
 * stays warm while documents come; it is killed when one document takes longer than `parseMs` or more memory than `parseMb`, and the next
 * document gets a new one. The time counts from when the thread begins on a document, not from when that began to wait.
 */
export function createParser({ parseMs, parseMb }: ParserOptions): Parser {
  const queue: Waiting[] = []
  let worker: Worker | undefined
  let current: Waiting | undefined
  let timer: NodeJS.Timeout | undefined
  let lastId = 0
  let isClosed = false

  const settle = (read: Read) => {
    clearTimeout(timer)
    const done = current?.done
    current = undefined
    done?.(read)
    next()
  }

  /** Ends the thread and settles what it was working on. */
  const abandon = (say: string) => {
    const old = worker
    worker = undefined
    old?.removeAllListeners()
    old?.on('error', () => undefined)
    void old?.terminate()
    settle(stopped(say))
  }

  const limit = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(
      abandon,
      ms,
      `Parsing took longer than ${parseMs / 1000} seconds and was stopped; use a smaller feed.`,
    )
  }

  const hear = (report: Report) => {
    if (report.id !== current?.job.id) return
    if (report.kind === 'started') limit(parseMs)
    else settle(report.read)
  }

  const start = () => {
    const fresh = new Worker(new URL('./parse-worker.ts', import.meta.url), {
      execArgv: [],
      workerData: { compiled: getCompileCacheDir() },
      resourceLimits: { maxOldGenerationSizeMb: parseMb, maxYoungGenerationSizeMb: 32 },
    })
    fresh.on('message', hear)
    fresh.on('error', () => abandon(`Parsing needed more than ${parseMb} MB of memory or failed; use a smaller feed.`))
    fresh.on('exit', () => worker === fresh && abandon('The parser ended unexpectedly; it is tried again later.'))
    return fresh
  }

  /** Nothing to do: the thread holds up nobody's exit, and ends after a while. */
  const idle = () => {
    worker?.unref()
    timer = setTimeout(() => {
      worker?.removeAllListeners()
      void worker?.terminate()
      worker = undefined
    }, IDLE_MS).unref()
  }

  const next = () => {
    if (current) return
    current = queue.shift()
    if (!current) return idle()
    if (isClosed) return settle(stopped('The reader was closed before this document was parsed.'))
    worker ??= start()
    worker.ref()
    limit(START_MS)
    worker.postMessage(current.job, [current.job.bytes.buffer as ArrayBuffer])
  }

  return {
    parse: (bytes, hints, mostItems) =>
      new Promise((done) => {
        queue.push({ job: { id: ++lastId, bytes: owned(bytes), hints, mostItems }, done })
        next()
      }),
    async close() {
      isClosed = true
      clearTimeout(timer)
      const old = worker
      if (current) abandon('The reader was closed before this document was parsed.')
      worker = undefined
      await old?.terminate()
    },
  }
}
