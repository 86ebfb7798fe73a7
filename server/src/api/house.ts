import type { Instant, Knowledge } from '@cme-commons/core'
import type { Db } from '@cme-commons/db'

/** What the API and the pages need from the product they stand in. */
export type ApiHouse = {
  db: Db
  content: Knowledge
  now(): Instant
  /** Where our pages are, without a slash at the end. */
  site: string
  /** Whether the try-out page is on. */
  tryOut: boolean
  /** Whether what this process does besides answering is running. */
  atWork(): boolean
  log: ErrorLog
}

export type ErrorLog = { error(data: object, message: string): void }
