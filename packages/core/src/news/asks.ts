import type { Day } from '../time.ts'
import { findDates } from './find-dates.ts'
import type { Labels, Why } from './item.ts'

/** An action word where it stands, in characters; `tells` when without a date it tells of something rather than asks for it. */
export type ActionHit = {
  cue: string
  weight: number
  tells: boolean
  where: 'title' | 'text'
  at: number
  end: number
}
export type Ask = { labels: Pick<Labels, 'actionRequired' | 'actionDate'>; why: readonly Why[] }
type Dated = ActionHit & { day: Day; words: string }

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
      if (date.day >= today) dated.push({ ...hit, day: date.day, words: text.slice(date.at, date.end) })
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
  why.push({ label: 'date', value: first.day, cue: first.words, where: first.where })
  return { labels: { actionRequired: true, actionDate: first.day }, why }
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
  return between.length < APART.before && !/[;!?,.]/.test(between)
}
