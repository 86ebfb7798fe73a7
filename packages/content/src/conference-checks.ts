import { type ConferenceKnowledge, isZone, type Region, type Track } from '@cme-commons/core'
import { type Blame, notADay } from './checks.ts'

type Around = { tracks: readonly Pick<Track, 'id'>[]; regions: readonly Pick<Region, 'id'>[] }

/** Everything that the schemas of conferences and deadlines cannot see: references, doubles, days, and dates that nobody announced. */
export function checkConferences(
  { catalog, deadlines, chain, holidays, disclosure }: ConferenceKnowledge,
  around: Around,
  today: string | undefined,
  blame: Blame,
): void {
  const known = (file: string, path: PropertyKey[], list: readonly { id: string }[], kind: string, id: string) => {
    if (!list.some((one) => one.id === id))
      blame(file, path, `there is no ${kind} with the id \`${id}\`; correct it or add the ${kind}.`)
  }
  const checked = (file: string, path: PropertyKey[], day: string) => {
    const say = notADay(day, today)
    if (say) blame(file, [...path, 'checked'], say)
  }
  checked('disclosure.yaml', [], disclosure.checked)
  const names = new Set<string>()
  const once = (file: string, path: PropertyKey[], id: string) => {
    if (names.has(id)) blame(file, [...path, 'id'], `the id \`${id}\` is used twice; give this entry another one.`)
    names.add(id)
  }
  const placed = (file: string, path: PropertyKey[], one: { region: string; tracks?: readonly string[] }) => {
    known(file, [...path, 'region'], around.regions, 'region', one.region)
    for (const [k, id] of (one.tracks ?? []).entries()) known(file, [...path, 'tracks', k], around.tracks, 'track', id)
  }

  for (const [i, conference] of catalog.entries()) {
    const file = 'conferences.yaml'
    once(file, [i], conference.id)
    placed(file, [i], conference)
    checked(file, [i], conference.checked)
    for (const [k, usual] of conference.usual.entries()) {
      checked(file, [i, 'usual', k], usual.checked)
      if (conference.usual.findIndex(({ kind }) => kind === usual.kind) < k)
        blame(file, [i, 'usual', k, 'kind'], `\`${usual.kind}\` stands twice in \`usual\`; keep it once.`)
    }
    for (const [k, { day, to, confidence, checked: on }] of conference.past.entries()) {
      checked(file, [i, 'past', k], on)
      if (confidence !== 'verified')
        blame(file, [i, 'past', k, 'confidence'], 'a past date is told as a fact; read it, or leave it out.')
      for (const [name, one] of [
        ['day', day],
        ['to', to],
      ] as const) {
        const say = one && notADay(one, on)
        if (say)
          blame(
            file,
            [i, 'past', k, name],
            one > on ? `${one} was not past when somebody looked; moderators enter dates to come.` : say,
          )
      }
      if (to && (!day || to <= day)) blame(file, [i, 'past', k, 'to'], '`to` comes after `day`; correct it.')
    }
  }
  for (const [i, deadline] of deadlines.entries()) {
    const file = 'deadlines.yaml'
    const path = ['standing', i]
    once(file, path, deadline.id)
    placed(file, path, deadline)
    checked(file, path, deadline.checked)
    if (notADay(`2027-${two(deadline.month)}-${two(deadline.day)}`, undefined))
      blame(file, [...path, 'day'], 'not every year has this day; correct it.')
    if (!isZone(deadline.zone))
      blame(file, [...path, 'zone'], `\`${deadline.zone}\` is not a time zone; write it as in America/Chicago.`)
    if (deadline.calendar) known(file, [...path, 'calendar'], holidays, 'calendar', deadline.calendar)
  }
  for (const [i, step] of chain.entries()) {
    const file = 'deadlines.yaml'
    once(file, ['chain', i], step.id)
    placed(file, ['chain', i], step)
    checked(file, ['chain', i], step.checked)
    if ('next' in step) known(file, ['chain', i, 'next'], deadlines, 'standing deadline', step.next)
  }
  for (const [i, { id, from, to, days, checked: on }] of holidays.entries()) {
    const file = 'holidays.yaml'
    once(file, [i], id)
    checked(file, [i], on)
    const wrong = days.find(
      (day) => notADay(day, undefined) || Number(day.slice(0, 4)) < from || Number(day.slice(0, 4)) > to,
    )
    if (wrong) blame(file, [i, 'days'], `${wrong} is no day of the years ${from} to ${to}; correct it.`)
    if (today && to < Number(today.slice(0, 4)) + 2)
      blame(file, [i, 'to'], `the years end in ${to}; add those to come, two years ahead at least.`)
  }
}

const two = (n: number): string => String(n).padStart(2, '0')
