import { type Completes, cut, type Knowledge, LIMITS, type Option } from '@cme-commons/core'
import { allSources, type Read } from '@cme-commons/db'
import { conferencesIn } from './conferences/catalog.ts'

const MOST = 25

/** What is completed, and for whom: a space has conferences of its own. */
export type Typed = { what: Completes; typed: string; space: string }

/** The best 25 ways to complete what was typed: names that begin so first, then those that have it in them. */
export async function complete(db: Read, content: Knowledge, { what, typed, space }: Typed): Promise<Option[]> {
  const said = typed.trim().toLowerCase()
  const names = await namesOf(db, content, what, space)
  const place = ({ value, label }: Option): number => {
    const [id, name] = [value.toLowerCase(), label.toLowerCase()]
    if (id.startsWith(said) || name.startsWith(said)) return 0
    return name.split(/\W+/).some((word) => word.startsWith(said))
      ? 1
      : name.includes(said) || id.includes(said)
        ? 2
        : 3
  }
  return names
    .map((option) => ({ option, place: place(option) }))
    .filter(({ place }) => place < 3)
    .sort((a, b) => a.place - b.place || a.option.label.localeCompare(b.option.label, 'en'))
    .slice(0, MOST)
    .map(({ option: { value, label } }) => ({ value, label: cut(label, LIMITS.option.label) }))
}

async function namesOf(db: Read, content: Knowledge, what: Completes, space: string): Promise<Option[]> {
  const named = (list: readonly { id: string; name: string }[]): Option[] =>
    list.map(({ id, name }) => ({ value: id, label: name }))
  switch (what) {
    case 'term':
      return content.onboarding.glossary.map(({ letters, name }) => ({
        value: letters,
        label: letters === name ? name : `${letters}: ${name}`,
      }))
    case 'step':
      return content.onboarding.pathways.flatMap(({ steps }) => named(steps))
    case 'source':
      return named(await allSources(db))
    case 'about':
      return [
        ...content.bodies.map(({ id, name, names }) => ({ value: id, label: [name, ...names].join(', ') })),
        ...named([...content.topics.filter(({ id }) => id !== 'off-topic'), ...content.tracks, ...content.regions]),
      ]
    case 'topic':
      return named(content.topics)
    case 'track':
      return named(content.tracks)
    case 'region':
      return named(content.regions)
    case 'conference':
      return (await conferencesIn(db, space, content)).map(({ id, short }) => ({ value: id, label: short }))
  }
}
