/** Who acts: a person of one space, as the edge that heard her knows her. `channel` is where it was said, if not in private. */
export type Actor = {
  space: string
  user: string
  name?: string
  zone?: string
  locale?: string
  moderator?: boolean
  channel?: string
}
