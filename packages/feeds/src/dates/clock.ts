import { type Zone, zoneIn } from './zones.ts'

/** A time of day in milliseconds after midnight (up to 24:00), its zone if it names one, and the text before it. */
export type Clock = { ms: number; zone?: Zone; before: string; after: string }

const MERIDIEM = 'a\\.?\\s?m\\b\\.?|p\\.?\\s?m\\b\\.?|π\\.?\\s?μ\\.?|μ\\.?\\s?μ\\.?'
const COLONS = new RegExp(
  `(오전|오후|上午|下午|午前|午後)?\\s*(?<![\\d:+-])(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:[.,](\\d+))?)?(?![\\d:])\\s*(${MERIDIEM})?`,
  'iu',
)
const HOURS = new RegExp(`(오전|오후|上午|下午|午前|午後)?\\s*(?<![\\d:])(\\d{1,2})\\s*(${MERIDIEM})`, 'iu')
const LETTERS =
  /(오전|오후|上午|下午|午前|午後)?\s*(?<!\d)(\d{1,2})\s?(?:h|時|시|时|点)\s?(?:(\d{2})\s?(?:m|分|분)?(?:\s?(\d{2})\s?(?:s|秒|초))?)?(?![\w\d])/iu
const BASIC = /^\s*T?(\d{2})(\d{2})(\d{2})?(?:[.,](\d+))?(?!\d)/

/** The time of day in a text; nothing when there is none, `impossible` when there is one that no clock shows. */
export function clockIn(text: string): Clock | 'impossible' | undefined {
  const found =
    part(COLONS.exec(text), text, (m) => [m[2], m[3], m[4], m[5], m[1] ?? m[6]]) ??
    part(HOURS.exec(text), text, (m) => [m[2], '0', '0', undefined, m[1] ?? m[3]]) ??
    part(LETTERS.exec(text), text, (m) => [m[2], m[3], m[4], undefined, m[1]])
  return found ?? (/\d:\d+:\d/.test(text) && !/[+-]\d+:\d+:\d/.test(text) ? 'impossible' : undefined)
}

/** The time in the rest of an ISO 8601 date, where also `T1015`, `T101530Z` and a bare hour are times. */
export function isoClock(rest: string): Clock | 'impossible' | undefined {
  const hour = /^T?(\d{2})(?=$|Z|[+-])/.exec(rest)
  if (hour) return part(hour, rest, (m) => [m[1], '0', '0', undefined, undefined])
  return clockIn(rest) ?? part(BASIC.exec(rest), rest, (m) => [m[1], m[2], m[3], m[4], undefined])
}

type Parts = (match: RegExpExecArray) => (string | undefined)[]

function part(match: RegExpExecArray | null, text: string, parts: Parts): Clock | 'impossible' | undefined {
  if (!match) return undefined
  const [hours, minutes, seconds, fraction, half] = parts(match)
  const hour = twelve(Number(hours), half)
  const [minute, second] = [Number(minutes ?? 0), Number(seconds ?? 0)]
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return 'impossible'
  const ms = Math.floor(Number(`0.${fraction ?? 0}`) * 1000)
  const after = text.slice(match.index + match[0].length)
  return {
    ms: ((hour * 60 + minute) * 60 + second) * 1000 + ms,
    zone: zoneIn(after),
    before: text.slice(0, match.index),
    after,
  }
}

function twelve(hour: number, half: string | undefined): number {
  if (!half || hour > 12 || hour === 0) return hour
  const afternoon = /^(p|μ|오후|下午|午後)/iu.test(half)
  return (hour % 12) + (afternoon ? 12 : 0)
}
