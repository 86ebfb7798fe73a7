import type { LinkSide } from '../people/link.ts'
import { cut, strong, type Text, t } from '../text.ts'

const PLATFORMS: Readonly<Record<string, string>> = { slack: 'Slack', discord: 'Discord', try: 'try-out page' }

export type LinkPlace = Pick<LinkSide, 'place' | 'platform'>
export type LinkWho = LinkPlace & Pick<LinkSide, 'name'>

/** A community as it is told from another: `Northern society (Slack)`. */
export const placeInWords = ({ place, platform }: LinkPlace): string =>
  `${cut(place, 50)} (${PLATFORMS[platform] ?? platform})`
/** A person as a card speaks of her: by the name she has in a community. */
export const who = (side: LinkWho): Text =>
  t`${strong(side.name ? cut(side.name, 60) : 'a member')} in ${strong(placeInWords(side))}`

/** The same where her name is not known: by the community alone. */
export const named = (side: LinkWho): Text => (side.name ? who(side) : t`${strong(placeInWords(side))}`)
