/**
 * Who acts: a person of one space, as the edge that heard her knows her. `channel` is where it was said, if not in private. A moderator
 * or mentor is one by her platform or by a role that is kept here; `appointed` says that a moderator is one by the latter alone.
 */
export type Actor = {
  space: string
  user: string
  name?: string
  zone?: string
  locale?: string
  moderator?: boolean
  mentor?: boolean
  appointed?: boolean
  channel?: string
}
