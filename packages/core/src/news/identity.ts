import type { Instant } from '../time.ts'
import type { FeedItem } from './item.ts'
import { cleanLink } from './link.ts'

/** By what the entries of a source are known: as long as its guids are good by those first, then by link, day and title alone. */
export type KnownBy = 'guid' | 'link'

/**
 * The names under which each entry of one document is known, strongest first: an entry is an old acquaintance when any of them is.
 * So a feed may change its guids, its links or its titles, one at a time, and nothing comes twice. A guid or a link that several
 * entries of the document share names none of them alone.
 */
export function namesOf(items: readonly FeedItem[], by: KnownBy = 'guid'): string[][] {
  const guids = count(items.map((item) => item.id))
  const links = count(items.map(linkOf))
  return items.map((item) => {
    const link = linkOf(item)
    const names: string[] = []
    if (by === 'guid') {
      if (item.id && guids.get(item.id) === 1) names.push(`guid ${item.id}`)
      else if (item.id && link && links.get(link) === 1) names.push(`guid ${item.id} at ${link}`)
    }
    if (link && links.get(link) === 1) names.push(`link ${link}`)
    if (names.length === 0) names.push(titleName(item, link))
    return names
  })
}

/** What is left to know an entry by that has neither guid nor link of its own: its title and day. */
export const titleName = (item: FeedItem, link = linkOf(item)): string =>
  `title ${fold(item.title)} of ${item.published?.slice(0, 10) ?? 'no day'} ${link ?? ''}`

/**
 * Whether an entry whose guid nobody knows is another one than the item known by its link: it has another title and another day. A page
 * that tells of each year's deadline is news each year.
 */
export const isAnother = (entry: FeedItem, stored: { title: string; published: Instant }): boolean =>
  !sameTitle(entry.title, stored.title) && entry.published?.slice(0, 10) !== stored.published.slice(0, 10)

/** What an entry is known by when its site moved and took guids and links with it: a telling title of the same day. */
export function movedName(item: FeedItem, site = ''): string | undefined {
  const story = item.published && storyOf(item.title, site)
  return story ? `moved ${story} of ${item.published!.slice(0, 10)}` : undefined
}

/** More of a reading's guids than this that repeat or change, and at least so many of late, and they name nothing any more. */
const MOST_BAD = 0.05
const LEAST_BAD = 2

/** Whether the guids of a source are no names: `bad` of the `seen` in this reading, `lately` bad ones in all. */
export const areGuidsBad = ({ seen, bad, lately }: { seen: number; bad: number; lately: number }): boolean =>
  bad > seen * MOST_BAD && lately >= LEAST_BAD

/** Whether two titles are the same but for case and punctuation. */
export const sameTitle = (one: string, other: string): boolean => fold(one) === fold(other)

/**
 * What makes two entries of different sources the same story: their titles, but for case, punctuation and the site's name at the
 * end. Nothing for titles too short to be told apart ("News", "Newsletter May").
 */
export function storyOf(title: string, site = ''): string | undefined {
  const ending = fold(site)
  const [head = title] = title.split(/\s+[|»–—]\s+|\s+-\s+(?=[^-]*$)/)
  const rest = title.slice(head.length).replace(/^[\s|»–—-]+/, '')
  const folded = fold(rest && fold(rest) === ending ? head : title)
  return folded.split(' ').length >= 4 && folded.length >= 20 ? folded : undefined
}

/** The page of an entry; a site's front page is nobody's. */
function linkOf(item: FeedItem): string | undefined {
  const link = item.link ? cleanLink(item.link) : undefined
  return link && /[/?]/.test(link) ? link : undefined
}

const fold = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

function count(values: readonly (string | undefined)[]): Map<string, number> {
  const counted = new Map<string, number>()
  for (const value of values) if (value) counted.set(value, (counted.get(value) ?? 0) + 1)
  return counted
}
