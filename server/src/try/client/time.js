const formats = new Map()

function format(zone, options) {
  const key = zone + JSON.stringify(options)
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }))
  return formats.get(key)
}

const read = (at, zone, options) => format(zone, options).format(new Date(at)).replace(',', '')

export const time = (at, zone) => read(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
export const day = (at, zone) => read(at, zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
export const shortDay = (at, zone) => read(at, zone, { weekday: 'short', day: 'numeric', month: 'short' })
export const longDay = (at, zone) => read(at, zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
export const moment = (at, zone) => `${day(at, zone)}, ${time(at, zone)}`
export const shortMoment = (at, zone) => `${shortDay(at, zone)}, ${time(at, zone)}`

/** `America/New_York` as `New York`. */
export const placeOf = (zone) => zone.split('/').at(-1).replaceAll('_', ' ')

/** "3 days ago", "in 2 hours", seen from `now`. */
export function ago(at, now) {
  const seconds = (Date.parse(at) - Date.parse(now)) / 1000
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  for (const [unit, size] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ]) {
    if (Math.abs(seconds) >= size) return words.format(Math.round(seconds / size), unit)
  }
  return 'just now'
}

/** Hours and minutes of the wall clock in `zone`, for the hands of the clock. */
export function hands(at, zone) {
  const [hours, minutes] = time(at, zone).split(':').map(Number)
  return { hour: ((hours % 12) + minutes / 60) * 30, minute: minutes * 6 }
}
