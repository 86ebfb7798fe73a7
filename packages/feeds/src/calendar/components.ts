import type { ContentLine, Problem } from './lines.ts'

/** A component with its own lines and those inside it; `line` is where it begins. */
export type Component = { name: string; line: number; lines: ContentLine[]; inside: Component[] }

const DEEPEST = 10

const nameIn = ({ text }: ContentLine): string =>
  text
    .slice(text.indexOf(':') + 1)
    .trim()
    .toUpperCase()

/** The calendars of a file as trees of components, or the line where BEGIN and END don't fit together. */
export function components(lines: readonly ContentLine[]): { calendars: Component[] } | { problem: Problem } {
  const calendars: Component[] = []
  const open: Component[] = []
  for (const one of lines) {
    const inner = open.at(-1)
    if (one.name === 'BEGIN') {
      const component = { name: nameIn(one), line: one.line, lines: [], inside: [] }
      if (!inner && component.name !== 'VCALENDAR') return noCalendar(one.line)
      if (open.length === DEEPEST) return wrong(one.line, 'components lie too deep in each other.')
      ;(inner ? inner.inside : calendars).push(component)
      open.push(component)
    } else if (one.name === 'END') {
      const name = nameIn(one)
      if (!inner) return wrong(one.line, `END:${short(name)} ends nothing: take the line out.`)
      if (inner.name !== name)
        return wrong(
          one.line,
          `END:${short(name)} stands where END:${short(inner.name)} has to be (begun on line ${inner.line}).`,
        )
      open.pop()
    } else if (!inner) return noCalendar(one.line)
    else inner.lines.push(one)
  }
  const left = open.at(-1)
  if (left)
    return wrong(
      lines.at(-1)!.line,
      `the file ends in the middle of ${short(left.name)}, begun on line ${left.line}: get it anew.`,
    )
  return calendars.length > 0 ? { calendars } : noCalendar(1)
}

const short = (name: string): string => name.replace(/[^\w-]+/g, '?').slice(0, 40) || '(nothing)'
const wrong = (line: number, say: string) => ({ problem: { line, say } })
const noCalendar = (line: number) =>
  wrong(line, 'this is no iCalendar file: it has to begin with BEGIN:VCALENDAR and end with END:VCALENDAR.')
