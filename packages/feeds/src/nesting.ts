/** The elements that are open, innermost last. Closing one that is not open is noticed without searching. */
export type Nesting<T extends { raw: string }> = {
  top(): T | undefined
  size(): number
  push(element: T): void
  has(raw: string): boolean
  /** Closes the innermost element of that name and everything inside it; hands back what was closed. */
  close(raw: string): T[]
}

export function createNesting<T extends { raw: string }>(): Nesting<T> {
  const stack: T[] = []
  const open = new Map<string, number>()
  const has = (raw: string) => (open.get(raw) ?? 0) > 0
  return {
    has,
    top: () => stack.at(-1),
    size: () => stack.length,
    push(element) {
      stack.push(element)
      open.set(element.raw, (open.get(element.raw) ?? 0) + 1)
    },
    close(raw) {
      const closed: T[] = []
      while (has(raw)) {
        const last = stack.pop()!
        open.set(last.raw, open.get(last.raw)! - 1)
        closed.push(last)
        if (last.raw === raw) break
      }
      return closed
    },
  }
}
