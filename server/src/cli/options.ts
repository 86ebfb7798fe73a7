import { InvalidArgumentError } from 'commander'

/** A day or a moment as an instant in UTC. A day means its end, so that "until 31 January" has it in. */
export function moment(value: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(value)
  const time = Date.parse(day ? `${value}T23:59:59.999Z` : /^\d{4}-\d{2}-\d{2}T.*Z$/.test(value) ? value : 'x')
  if (Number.isNaN(time) || (day && new Date(time).toISOString().slice(0, 10) !== value))
    throw new InvalidArgumentError('write a day as in 2027-01-31, or a moment as in 2027-01-31T08:00:00Z.')
  return new Date(time).toISOString()
}

/** The start of a day, or a moment, as an instant in UTC. */
export const since = (value: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${moment(value).slice(0, 10)}T00:00:00.000Z` : moment(value)

/** Collects an option that may be given several times. */
export const several = (value: string, before: string[] = []): string[] => [
  ...before,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
]
