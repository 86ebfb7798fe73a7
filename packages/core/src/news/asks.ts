import type { Day } from '../time.ts'
import { findDates } from './find-dates.ts'
import type { DateSense, Labels, ReadDay, Why } from './item.ts'

/**
 * An action word where it stands, in characters; `tells` when without a date it tells of something rather than asks for it; `sense` is
 * what a day beside it is.
 */
export type ActionHit = {
  cue: string
  weight: number
  sense: DateSense
  tells: boolean
  where: 'title' | 'text'
  at: number
  end: number
}
export type Ask = {
  labels: Pick<Labels, 'actionRequired' | 'actionDate'>
  why: readonly Why[]
  /** Every day to come that stands beside an action word, the soonest first. */
  days?: readonly ReadDay[]
}
type Dated = ActionHit & { day: Day; words: string; gap: number; place: number }

/** Whether the item asks its reader for something, and until when: an action word, and the day that stands beside it. */
export function asks(hits: readonly ActionHit[], piece: { title: string; text: string }, today: Day): Ask {
  const no: Ask = { labels: { actionRequired: false }, why: [] }
  if (hits.length === 0) return no
  const dated: Dated[] = []
  const past = new Set<ActionHit>()
  for (const where of ['title', 'text'] as const) {
    const here = hits.filter((hit) => hit.where === where)
    if (here.length === 0) continue
    const text = where === 'title' ? piece.title : piece.text
    const near = (at: number) => here.some((hit) => at > hit.at - APART.before - LONGEST && at < hit.end + APART.after)
    const dates = findDates(text, today, near)
    for (const hit of here) {
      const date = dates.find((d) => beside(text, hit, d.at, d.end) && !(d.range && hit.weight === 1))
      if (!date) continue
      if (date.day >= today)
        dated.push({
          ...hit,
          day: date.day,
          words: text.slice(date.at, date.end),
          gap: gapOf(hit, date),
          place: date.at,
        })
      else past.add(hit)
    }
  }
  const loose = hits.filter(
    (hit) => !past.has(hit) && !hit.tells && (hit.weight >= 3 || (hit.weight === 2 && hit.where === 'title')),
  )
  const inTitle = dated.filter((hit) => hit.where === 'title')
  const [first] = (inTitle.length > 0 ? inTitle : dated).toSorted((a, b) =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : 0,
  )
  const cue = loose.find((hit) => hit.where === 'title') ?? first ?? loose[0]
  if (!cue) return no
  const why: Why[] = [{ label: 'action', value: 'yes', cue: cue.cue, where: cue.where }]
  if (!first) return { labels: { actionRequired: true }, why }
  const sense = senseOf(first, dated, hits)
  why.push({
    label: 'date',
    value: first.day,
    cue: first.words,
    where: first.where,
    ...(sense === 'due' ? {} : { sense }),
  })
  return { labels: { actionRequired: true, actionDate: first.day }, why, days: daysOf(dated, hits, piece) }
}

/** Each day once, with what it is and the sentence that names it. */
function daysOf(
  dated: readonly Dated[],
  hits: readonly ActionHit[],
  piece: { title: string; text: string },
): ReadDay[] {
  const days = new Map<Day, ReadDay>()
  for (const one of dated.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)))
    if (!days.has(one.day)) {
      const text = one.where === 'title' ? piece.title : piece.text
      days.set(one.day, { day: one.day, sense: senseOf(one, dated, hits), sentence: sentenceAt(text, one.place) })
    }
  return [...days.values()]
}

/** Characters of a sentence that are kept before and after a day. */
const AROUND = 200

/** The sentence in which something stands, cut to what is near. */
function sentenceAt(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - AROUND), at)
  const after = text.slice(at, at + AROUND)
  const begin = Math.max(...[...before.matchAll(/[.!?]\s+(?=\p{Lu})|\n/gu)].map((m) => m.index + m[0].length), 0)
  const end = /[.!?](?=\s+\p{Lu}|\s*$)|\n/u.exec(after.slice(3))
  const whole = before.slice(begin) + (end ? after.slice(0, end.index + 4) : after)
  return whole.replace(/\s+/g, ' ').trim()
}

const gapOf = (hit: ActionHit, { at, end }: { at: number; end: number }): number =>
  at >= hit.end ? at - hit.end : hit.at - end

/** What the day is: as the action word closest to it says, the longer one of two. What is due where comments are called for are comments. */
function senseOf(first: Dated, dated: readonly Dated[], hits: readonly ActionHit[]): DateSense {
  const beside = dated.filter(
    ({ day, where, words }) => day === first.day && where === first.where && words === first.words,
  )
  const [closest] = beside.toSorted((a, b) => a.gap - b.gap || b.weight - a.weight)
  if (closest!.sense !== 'due') return closest!.sense
  return [...beside, ...hits.filter(({ where }) => where === 'title')].some(({ sense }) => sense === 'comments')
    ? 'comments'
    : 'due'
}

/** How many characters may stand between an action word and a date after or before it. */
const APART = { after: 60, before: 25 }
/** A range of two spelled-out dates has no more characters than this. */
const LONGEST = 75

/** The date follows within seven words of the same clause, or stands right before ("31 March deadline"). */
function beside(text: string, hit: ActionHit, at: number, end: number): boolean {
  if (at >= hit.end) {
    const between = text.slice(hit.end, at)
    return (
      between.length < APART.after &&
      !/[;!?]|\.\s|,(?!\s*(?:on\s|at\s|by\s)?$)/.test(between) &&
      between.trim().split(/\s+/).length <= 7
    )
  }
  if (end > hit.at) return false
  const between = text.slice(end, hit.at)
  return between.length < APART.before && !/[;:!?,.]/.test(between)
}
