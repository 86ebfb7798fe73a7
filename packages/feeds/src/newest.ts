import type { Instant } from '@cme-commons/core'

type Dates = { published?: Instant; updated?: Instant }

/**
 * The `most` newest by date, in the order they came. What has no date counts like what is dated next to it, and without any dates the first
 * ones are kept; half of the places are for what has a date, so that a block of others cannot push the news out.
 */
export function newest<T extends Dates>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items]
  const when = assumed(items.map(dateOf))
  const ranked = items.map((item, place) => ({ item, place, when: when[place]! }))
  ranked.sort((a, b) => (a.when < b.when ? 1 : a.when > b.when ? -1 : a.place - b.place))
  const dated = ranked.filter(({ item }) => dateOf(item)).slice(0, Math.ceil(most / 2))
  return [...new Set([...dated, ...ranked])]
    .slice(0, most)
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

const dateOf = ({ published, updated }: Dates): Instant | undefined => published ?? updated

/** The dates with the gaps filled by the nearest one, by the one before where two are equally near. */
function assumed(dates: readonly (Instant | undefined)[]): string[] {
  const filled: string[] = []
  let last = -1
  const fill = (next: number) => {
    for (let place = last + 1; place < next; place++) {
      const isNextNearer = next < dates.length && (last < 0 || next - place < place - last)
      filled.push(dates[isNextNearer ? next : last] ?? '')
    }
  }
  for (const [place, date] of dates.entries()) {
    if (!date) continue
    fill(place)
    filled.push(date)
    last = place
  }
  fill(dates.length)
  return filled
}
