/** The entry whose key is within two edits (one for short keys) of `word`. */
export const nearest = <T>(word: string, entries: readonly (readonly [string, T])[]): T | undefined =>
  allNearest(word, entries)[0]

/** All entries whose keys are equally near to `word`, in their order; none when none is within two edits (one for short keys). */
export function allNearest<T>(word: string, entries: readonly (readonly [string, T])[]): T[] {
  let least = Infinity
  let found: T[] = []
  for (const [key, value] of entries) {
    const distance = edits(word.toLowerCase(), key.toLowerCase())
    if (distance > (key.length < 5 ? 1 : 2) || distance > least) continue
    found = distance < least ? [value] : [...found, value]
    least = distance
  }
  return found
}

/** Edit distance with neighbouring letters swapped counted once. */
function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      row[j] = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
