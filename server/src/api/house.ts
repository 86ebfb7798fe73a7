import type { Instant, Knowledge } from '@cme-commons/core'
import type { Db, Tx } from '@cme-commons/db'
import type { Managing } from '../webhooks/manage.ts'
import type { Gate } from './gate.ts'

/** What the API and the pages need from the product they stand in. */
export type ApiHouse = {
  db: Db
  content: Knowledge
  now(): Instant
  /** Where our pages are, without a slash at the end. */
  site: string
  /** Whether the try-out page is on. */
  tryOut: boolean
  /** How one joins the community, for its pages. */
  join?: { slack?: Platform; discord?: Platform }
  /** Whether what this process does besides answering is running. */
  atWork(): boolean
  /** The chat platforms that this process hears. */
  heard?(): readonly { platform: 'slack' | 'discord'; connected: boolean }[]
  log: ErrorLog
  /** Runs a transaction, and wakes whoever delivers what it promised. */
  act<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** What webhooks are checked and sealed with. */
  webhooks: Pick<Managing, 'seal' | 'poster' | 'own'>
  /** How often who may ask, and for which other sites; without it nobody is counted and none may. */
  gate?: Gate
}

/** A chat platform that is connected: the address of an invitation, and whether others may install the app. */
export type Platform = { href?: string; install?: boolean }

export type ErrorLog = { error(data: object, message: string): void }
