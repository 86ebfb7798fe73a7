import { hostOf, plainAddress } from '@cme-commons/core'
import type { SourceTable } from '@cme-commons/db'
import { unread } from './sources.ts'

/** A source that somebody brought: on, and counted as one that carries much else besides. */
export const addedSource = (id: string, name: string, url: string, now: string, by = 'an operator'): SourceTable => ({
  ...unread(id, now),
  name,
  url,
  mixed: 1,
  enabled: 1,
  switched: 1,
  reason: `added by ${by}`,
})

/** A name for commands: `https://www.example.org/feed/` is `example-org`. */
export const sourceSlug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** The source that has this name or this address already. */
export const sameSource = (all: readonly SourceTable[], id: string, url: string): SourceTable | undefined =>
  all.find((source) => source.id === id || (source.url !== null && plainAddress(source.url) === plainAddress(url)))

/** A name for a source at an address that no other has. */
export function freeId(all: readonly SourceTable[], url: string): string {
  const first = sourceSlug(hostOf(url)) || 'source'
  const taken = new Set(all.map(({ id }) => id))
  for (let i = 1; ; i++) {
    const id = i === 1 ? first : `${first}-${i}`
    if (!taken.has(id)) return id
  }
}
