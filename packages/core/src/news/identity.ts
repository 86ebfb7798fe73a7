import type { FeedItem } from './item.ts'
import { cleanLink } from './link.ts'

/**
 * The names under which each entry of one document is known, strongest first: an entry is an old acquaintance when any of them is.
 * So a feed may change its guids, its links or its titles, one at a time, and nothing comes twice. A guid or a link that several
 * entries of the document share names none of them alone.
 */
export function namesOf(items: readonly FeedItem[]): string[][] {
  const guids = count(items.map((item) => item.id))
  const links = count(items.map(linkOf))
  return items.map((item) => {
    const link = linkOf(item)
    const names: string[] = []
    if (item.id && guids.get(item.id) === 1) names.push(`guid ${item.id}`)
    else if (item.id && link && links.get(link) === 1) names.push(`guid ${item.id} at ${link}`)
    if (link && links.get(link) === 1) names.push(`link ${link}`)
    if (names.length === 0)
      names.push(`title ${fold(item.title)} of ${item.published?.slice(0, 10) ?? 'no day'} ${link ?? ''}`)
    return names
  })
}

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

const linkOf = (item: FeedItem): string | undefined => (item.link ? cleanLink(item.link) : undefined)

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
