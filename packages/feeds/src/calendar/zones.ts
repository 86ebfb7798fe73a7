import { isZone } from '@cme-commons/core'
import { findIana } from 'windows-iana'
import type { Component } from './components.ts'

/** From the name of a zone in a file to its name in the IANA database; nothing when there is none. */
export type Zones = (name: string) => string | undefined

/**
 * The zones of a calendar: names of the IANA database, also with a path before them, those of Windows, and what a VTIMEZONE says it is.
 * The rules inside a VTIMEZONE are not followed: they are often those of the year in which the program was made.
 */
export function zonesOf(calendar: Component): Zones {
  const located = new Map<string, string>()
  for (const { name, lines } of calendar.inside) {
    const said = (wanted: string) =>
      lines
        .find((line) => line.name === wanted)
        ?.text.replace(/^[^:]*:/, '')
        .trim()
    const [id, location] = [said('TZID'), said('X-LIC-LOCATION')]
    if (name === 'VTIMEZONE' && id && location) located.set(id, location)
  }
  return (name) => known(name) ?? known(located.get(name) ?? '')
}

function known(name: string): string | undefined {
  if (/^(?:utc|gmt|z|etc\/utc)$/i.test(name)) return 'UTC'
  if (isZone(name)) return name
  const [path] = /[A-Za-z_]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?$/.exec(name) ?? []
  if (path && isZone(path)) return path
  return findIana(name as Parameters<typeof findIana>[0])[0]
}
