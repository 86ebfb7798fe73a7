import type { Knowledge } from '@cme-commons/core'

/** What whoever embeds a list may say about it. Unknown or wrong words are left out: a frame on somebody's page shows no errors. */
export type EmbedOptions = {
  theme: 'auto' | 'light' | 'dark'
  /** Six digits, as in `0b6b62`. */
  accent?: string
  size: 'small' | 'medium' | 'large'
  count: number
  filters: URLSearchParams
  title: boolean
}

const MOST = 20
const FILTERS = { news: ['topic', 'body', 'region', 'track'], dates: ['track', 'region'] } as const

export function embedOptions(kind: keyof typeof FILTERS, query: string, content: Knowledge): EmbedOptions {
  const said = new URLSearchParams(query)
  const count = Number(said.get('count') ?? 5)
  const accent = /^#?([0-9a-f]{6})$/i.exec(said.get('accent') ?? '')?.[1]?.toLowerCase()
  const known: Record<string, readonly { id: string }[]> = {
    topic: content.topics.filter(({ id }) => id !== 'off-topic'),
    body: content.bodies,
    region: content.regions,
    track: content.tracks,
  }
  const filters = new URLSearchParams()
  for (const name of FILTERS[kind]) {
    const ids = (said.get(name) ?? '').split(',').filter((id) => known[name]!.some((one) => one.id === id))
    if (ids.length > 0) filters.set(name, [...new Set(ids)].join(','))
  }
  return {
    theme: one(said.get('theme'), ['auto', 'light', 'dark'] as const),
    size: one(said.get('size'), ['medium', 'small', 'large'] as const),
    count: Number.isInteger(count) ? Math.min(MOST, Math.max(1, count)) : 5,
    title: said.get('title') !== 'off',
    filters,
    ...(accent ? { accent } : {}),
  }
}

const one = <T extends string>(said: string | null, known: readonly [T, ...T[]]): T =>
  known.find((name) => name === said) ?? known[0]
