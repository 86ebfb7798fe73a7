import type { Tx } from '../tx.ts'
import { delivery } from './0001-delivery.ts'
import { news } from './0002-news.ts'
import { tryOut } from './0003-try.ts'
import { progress } from './0004-progress.ts'
import { documents } from './0005-documents.ts'

export type Migration = readonly [name: string, up: (tx: Tx) => Promise<void>]

/** In order; a step that was published never changes. Add a file and a line here. */
export const migrations: readonly Migration[] = [
  ['0001-delivery', delivery],
  ['0002-news', news],
  ['0003-try', tryOut],
  ['0004-progress', progress],
  ['0005-documents', documents],
]
