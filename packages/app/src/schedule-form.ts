import { type Answers, type Filter, isZone, type Knowledge, nearestZone, type Schedule } from '@cme-commons/core'

type Checked<T> = { value: T } | { fields: Record<string, string> }

const TIME = /^([01]?\d|2[0-3])[:.h]([0-5]\d)$/
const one = (answers: Answers, name: string): string => {
  const answer = answers[name]
  return (typeof answer === 'string' ? answer : (answer?.[0] ?? '')).trim()
}
const many = (answers: Answers, name: string): string[] => {
  const answer = answers[name]
  return typeof answer === 'string' ? (answer ? [answer] : []) : [...(answer ?? [])]
}

/** The answers of the "when" form as a schedule, or what is wrong at which field. */
export function checkWhen(answers: Answers): Checked<Schedule> {
  const fields: Record<string, string> = {}
  const [, cadence, day] = /^(daily|weekdays|weekly|monthly)(?:-(\d{1,2}))?$/.exec(one(answers, 'rhythm')) ?? []
  if (!cadence) fields.rhythm = 'Choose one of the days offered.'
  const at = timeOf(one(answers, 'at'))
  if (!at) fields.at = 'Write a time of day as in 08:00 or 17:30.'
  const zone = one(answers, 'zone')
  if (!isZone(zone)) fields.zone = unknownZone(zone)
  const said = one(answers, 'quiet')
  const [from, to] = said.split(/\s*(?:-|–|to)\s*/).map(timeOf)
  if (said && !(from && to)) fields.quiet = 'Write quiet hours as in 20:00-07:00, or leave the field empty.'
  if (Object.keys(fields).length > 0) return { fields }
  return {
    value: {
      cadence: cadence as Schedule['cadence'],
      ...(day ? { day: Number(day) } : {}),
      at: at!,
      zone,
      ...(from && to && from !== to ? { quiet: { from, to } } : {}),
    },
  }
}

/** What to say about a zone name that the machine's zone data does not have. */
export function unknownZone(zone: string): string {
  const near = nearestZone(zone)
  return `${zone ? `“${zone.slice(0, 40)}” is not a time zone` : 'Name your time zone'}; ${near ? `did you mean ${near}?` : 'write it as in America/Chicago or Europe/Brussels.'}`
}

/** Quiet hours as typed, `20:00-07:00`: null for none, undefined for what cannot be read. */
export function quietHoursOf(said: string): { from: string; to: string } | null | undefined {
  if (!said.trim()) return null
  const [from, to, more] = said.split(/\s*(?:-|–|to)\s*/).map(timeOf)
  return from && to && from !== to && more === undefined ? { from, to } : undefined
}

function timeOf(said: string): string | undefined {
  const [, hour, minute] = TIME.exec(said.trim()) ?? []
  return hour && minute ? `${hour.padStart(2, '0')}:${minute}` : undefined
}

/** The answers of the "what" form as a filter, or what is wrong at which field. Topics that are not ticked are muted. */
export function checkWhat(answers: Answers, content: Knowledge): Checked<Filter> {
  const fields: Record<string, string> = {}
  const known = (name: string, list: readonly { id: string }[]): string[] => {
    const ids = many(answers, name)
    const stranger = ids.find((id) => !list.some((entry) => entry.id === id))
    if (stranger !== undefined) fields[name] = `“${stranger.slice(0, 40)}” is not one of those offered.`
    return list.map((entry) => entry.id).filter((id) => ids.includes(id))
  }
  const offered = content.topics.filter((topic) => topic.id !== 'off-topic')
  const topics = known('topics', offered)
  if (topics.length === 0) fields.topics = 'Tick at least one topic; to get nothing at all, stop or pause the digest.'
  const max = Number(one(answers, 'max'))
  if (!Number.isInteger(max) || max < 1 || max > 20) fields.max = 'Write a whole number from 1 to 20.'
  const filter: Filter = {
    bodies: known('bodies', content.bodies),
    topics: [],
    regions: known('regions', content.regions),
    tracks: known('tracks', content.tracks),
    muted: offered.map((topic) => topic.id).filter((id) => !topics.includes(id)),
    max,
  }
  return Object.keys(fields).length > 0 ? { fields } : { value: filter }
}
