/** One content line: unfolded, with the number of the first line of the file that it stands on. */
export type ContentLine = { line: number; name: string; text: string }
export type Problem = { line: number; say: string }

/** The most bytes of a calendar. */
export const MOST_CALENDAR_BYTES = 2 * 1_048_576
const LONGEST = 100_000

/**
 * The content lines of an iCalendar text (RFC 5545, 3.1), whatever ends its lines. A line that is no `NAME:VALUE` gets the name '' and
 * is for the caller to judge: where it stands decides whether it matters.
 */
export function contentLines(text: string): ContentLine[] {
  const lines: { line: number; parts: string[] }[] = []
  for (const [i, physical] of text.split(/\r\n|\n|\r/).entries()) {
    const last = lines.at(-1)
    if (last && /^[ \t]/.test(physical)) last.parts.push(physical.slice(1))
    else if (physical.trim() !== '') lines.push({ line: i + 1, parts: [physical] })
  }
  return lines.map(({ line, parts }) => {
    const text = parts.join('').slice(0, LONGEST)
    const [, name = ''] = /^([A-Za-z0-9-]{1,60})[;:]/.exec(text) ?? []
    return { line, name: name.toUpperCase(), text }
  })
}
