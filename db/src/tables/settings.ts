import type { Instant } from '@cme-commons/core'

/** One value that moderators set for a space: `news`, `fallback`, `trackRole/program` … */
export interface SpaceSettingTable {
  space: string
  name: string
  value: string
}

/** What a member has prepared but not saved: the latest of each kind. `id` tells it from the one before; `body` is JSON. */
export interface DraftTable {
  space: string
  member: string
  kind: string
  id: string
  body: string
  at: Instant
}

export interface SettingTables {
  space_settings: SpaceSettingTable
  drafts: DraftTable
}
