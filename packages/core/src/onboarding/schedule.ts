import type { Segment } from './activity.ts'

/** Most parts a schedule may have, days it may last, minutes a part may take and characters it may need when written out. */
export const SCHEDULE_LIMITS = { parts: 60, days: 14, minutes: 600, text: 3000 } as const

const BREAK = /\b(?:break|lunch|coffee|tea|dinner|breakfast|reception|pause|registration desk)\b/i
const MARKS: readonly [RegExp, Segment['kind']][] = [
  [/\s*\((?:not|non)[- ]?certified\)\s*$/i, 'non-certified'],
  [/\s*\(break\)\s*$/i, 'break'],
  [/\s*\(education\)\s*$/i, 'education'],
]

/**
 * The parts of a schedule written one a line: `45 Cases from the clinic`, `30 Lunch`, `20 Product theatre (non-certified)`, `Day 2`
 * for the next day, `+ 45 Second room` for what runs at the same time. The error names the line.
 */
export function readSchedule(said: string): { schedule: Segment[] } | { error: string } {
  const schedule: Segment[] = []
  let day = 1
  const lines = said.split('\n').map((line) => line.trim())
  for (const [i, line] of lines.entries()) {
    if (!line) continue
    const next = /^day\s+(\d{1,2}):?$/i.exec(line)
    if (next) {
      day = Number(next[1])
      if (day < 1 || day > SCHEDULE_LIMITS.days)
        return { error: `Line ${i + 1}: a day is 1 to ${SCHEDULE_LIMITS.days}.` }
      continue
    }
    const [, plus, minutes, title] = /^(\+\s*)?(\d{1,3})\s*(?:min(?:utes?)?\.?)?\s*[:,–-]?\s+(\S.*)$/i.exec(line) ?? []
    if (!title || Number(minutes) < 1 || Number(minutes) > SCHEDULE_LIMITS.minutes)
      return { error: `Line ${i + 1}: write minutes and what happens, as in 45 Cases from the clinic.` }
    const parallel = plus && schedule.at(-1)?.day === day ? { parallel: true } : {}
    schedule.push({ day, minutes: Number(minutes), ...titled(title), ...parallel })
  }
  if (schedule.length > SCHEDULE_LIMITS.parts) return { error: `Put it into at most ${SCHEDULE_LIMITS.parts} parts.` }
  if (scheduleText(schedule).length > SCHEDULE_LIMITS.text)
    return { error: 'Use shorter titles; the schedule is too long to be kept.' }
  return { schedule }
}

function titled(said: string): Pick<Segment, 'kind' | 'title'> {
  for (const [mark, kind] of MARKS)
    if (mark.test(said) && said.replace(mark, '').trim())
      return { kind, title: said.replace(mark, '').trim().slice(0, 120) }
  return { kind: BREAK.test(said) ? 'break' : 'education', title: said.slice(0, 120) }
}

/** The schedule as its lines: reading them gives the same parts again. */
export function scheduleText(schedule: readonly Segment[]): string {
  let day = 1
  return schedule
    .flatMap((segment) => {
      const head = segment.day === day ? [] : [`Day ${segment.day}`]
      day = segment.day
      const { kind } = titled(segment.title)
      const mark = kind === segment.kind ? '' : ` (${segment.kind})`
      return [...head, `${segment.parallel ? '+ ' : ''}${segment.minutes} min: ${segment.title}${mark}`]
    })
    .join('\n')
}
