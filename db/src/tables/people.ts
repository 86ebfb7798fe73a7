/**
 * A Slack workspace, a Discord server or the try-out space. `moderators` is the address their notices go to; `left_at` is when the
 * program was taken out of it, while it is.
 */
export interface SpaceTable {
  id: string
  platform: string
  name: string
  zone: string
  moderators: string | null
  made_at: string
  left_at: string | null
}

export interface MemberTable {
  id: string
  name: string | null
  track: string | null
  region: string | null
  zone: string | null
  made_at: string
}

export interface IdentityTable {
  space: string
  user: string
  member: string
}

/** A member's name from one of its words on, folded, by which she is found in a space. */
export interface MemberNameTable {
  space: string
  word: string
  member: string
}

export interface PeopleTables {
  spaces: SpaceTable
  members: MemberTable
  identities: IdentityTable
  member_names: MemberNameTable
}
