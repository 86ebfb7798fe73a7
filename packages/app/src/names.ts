import { type Knowledge, nearest } from '@cme-commons/core'

type Named = { id: string; name: string; names?: readonly string[] }

/**
 * The entry that a person means by an id, a name or (for bodies) one of its short names, in any case. A slip of the finger is forgiven in
 * long words only: ACGME is not ACCME, and "uk" is not "us".
 */
export function findNamed<T extends Named>(list: readonly T[], said: string): T | undefined {
  const wanted = said.trim().toLowerCase()
  if (!wanted) return undefined
  const keys = list.flatMap((entry) =>
    [entry.id, entry.name, ...(entry.names ?? [])].map((key) => [key.toLowerCase(), entry] as const),
  )
  const exact = keys.find(([key]) => key === wanted)?.[1]
  const begun = keys.filter(([key]) => wanted.length >= 3 && key.startsWith(wanted)).map(([, entry]) => entry)
  return exact ?? (new Set(begun).size === 1 ? begun[0] : undefined) ?? guess(said.trim(), keys)
}

const guess = <T>(said: string, keys: readonly (readonly [string, T])[]): T | undefined =>
  said.length >= 7 && said !== said.toUpperCase()
    ? nearest(
        said,
        keys.filter(([key]) => key.length >= 7),
      )
    : undefined

export type About = { kind: 'topic' | 'body' | 'region' | 'track'; id: string; name: string }

/** What "/cme news <said>" is about: a topic, a body, a region or a track of the content. */
export function findAbout(content: Knowledge, said: string): About | undefined {
  const lists = {
    body: content.bodies,
    topic: content.topics.filter((topic) => topic.id !== 'off-topic'),
    track: content.tracks,
    region: content.regions,
  } as const
  for (const kind of ['body', 'topic', 'track', 'region'] as const) {
    const found = findNamed<Named>(lists[kind], said)
    if (found) return { kind, id: found.id, name: found.name }
  }
  return undefined
}
