import type { Instant } from '@cme-commons/core'

/** The `most` newest by date, in the order they came. What has no date counts as new: dropping it would lose it for good. */
export function newest<T extends { published?: Instant; updated?: Instant }>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items]
  const when = ({ published, updated }: T) => published ?? updated ?? '9999'
  return items
    .map((item, place) => ({ item, place, when: when(item) }))
    .sort((a, b) => (a.when < b.when ? 1 : a.when > b.when ? -1 : a.place - b.place))
    .slice(0, most)
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
