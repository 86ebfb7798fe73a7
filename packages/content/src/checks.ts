import type { Body, Region, Signals, Source, Topic, Track } from '@cme-commons/core'
import { parse } from 'css-what'
import type { SampleItem } from './schema.ts'

/** Says a problem about the value at `path` of a file. */
export type Blame = (file: string, path: readonly PropertyKey[], say: string) => void
export type Content = {
  tracks: readonly Track[]
  regions: readonly Region[]
  bodies: readonly Body[]
  topics: readonly Topic[]
  sources: readonly Source[]
  signals: Signals
  samples: readonly Omit<SampleItem, 'label'>[]
}

/** Everything that a schema of one file cannot see: references, doubles, promises that contradict each other. */
export function check(content: Content, today: string | undefined, blame: Blame): void {
  const ids = {
    track: unique('tracks.yaml', content.tracks, blame),
    region: unique('regions.yaml', content.regions, blame),
    body: unique('bodies.yaml', content.bodies, blame),
    topic: unique('topics.yaml', content.topics, blame),
  }
  unique('sources.yaml', content.sources, blame)
  unique('sample-news.yaml', content.samples, blame, ['items'])
  const wants = (file: string, path: readonly PropertyKey[], kind: keyof typeof ids, id: string | undefined) => {
    if (id !== undefined && !ids[kind].has(id))
      blame(file, path, `there is no ${kind} with the id \`${id}\`; correct it or add the ${kind}.`)
  }
  content.tracks.forEach((track, i) => {
    track.topics.forEach((id, k) => {
      wants('tracks.yaml', [i, 'topics', k], 'topic', id)
      if (content.topics.some((topic) => topic.id === id && !topic.tracks.includes(track.id)))
        blame(
          'tracks.yaml',
          [i, 'topics', k],
          `\`${id}\` does not name the track \`${track.id}\`; say the same in topics.yaml.`,
        )
    })
  })
  content.regions.forEach((region, i) => {
    wants('regions.yaml', [i, 'topic'], 'topic', region.topic)
  })
  content.bodies.forEach((body, i) => {
    wants('bodies.yaml', [i, 'region'], 'region', body.region)
    wants('bodies.yaml', [i, 'topic'], 'topic', body.topic)
  })
  content.topics.forEach((topic, i) => {
    topic.tracks.forEach((id, k) => {
      wants('topics.yaml', [i, 'tracks', k], 'track', id)
      if (content.tracks.some((track) => track.id === id && !track.topics.includes(topic.id)))
        blame(
          'topics.yaml',
          [i, 'tracks', k],
          `the track \`${id}\` does not list \`${topic.id}\`; say the same in tracks.yaml.`,
        )
    })
    wants('topics.yaml', [i, 'region'], 'region', topic.region)
    reachable(topic, i, content, blame)
  })
  content.sources.forEach((source, i) => {
    wants('sources.yaml', [i, 'body'], 'body', source.body)
    wants('sources.yaml', [i, 'region'], 'region', source.region)
    wants('sources.yaml', [i, 'topic'], 'topic', source.topic)
    proven(source, i, blame)
    selectable(source, i, blame)
  })
  content.samples.forEach((item, i) => {
    wants('sample-news.yaml', ['items', i, 'topic'], 'topic', item.topic)
    wants('sample-news.yaml', ['items', i, 'body'], 'body', item.body)
    wants('sample-news.yaml', ['items', i, 'region'], 'region', item.region)
  })
  wants('signals.yaml', ['otherwise'], 'topic', content.signals.otherwise)
  senses(content.signals, blame)
  if (!ids.topic.has('off-topic'))
    blame('topics.yaml', [], 'the topic `off-topic` is missing; add it, the classifier needs it.')
  doubles(content, blame)
  days(content, today, blame)
}

function unique(file: string, list: readonly { id: string }[], blame: Blame, under: PropertyKey[] = []): Set<string> {
  const seen = new Set<string>()
  list.forEach(({ id }, i) => {
    if (seen.has(id)) blame(file, [...under, i, 'id'], `the id \`${id}\` is used twice; give this entry another one.`)
    seen.add(id)
  })
  return seen
}

function reachable(topic: Topic, i: number, { tracks }: Content, blame: Blame): void {
  if (topic.id === 'off-topic') {
    if (topic.cues.length > 0)
      blame('topics.yaml', [i, 'cues'], 'cues of `off-topic` belong into offTopic of signals.yaml; move them there.')
    return
  }
  if (!topic.cues.some((cue) => cue.weight >= 3))
    blame('topics.yaml', [i, 'cues'], `no cue of \`${topic.id}\` weighs 3 or more, so no item would reach it; add one.`)
  if (topic.tracks.length === 0 && !tracks.some((track) => track.topics.includes(topic.id)))
    blame('topics.yaml', [i, 'tracks'], `no track gets \`${topic.id}\`, so nobody would read it; name a track.`)
}

function proven(source: Source, i: number, blame: Blame): void {
  const file = 'sources.yaml'
  if (source.enabled && source.confidence !== 'verified')
    blame(
      file,
      [i, 'enabled'],
      `\`${source.id}\` is enabled but not verified; set enabled: false with a reason, or read it and set confidence: verified.`,
    )
  if (!source.enabled && !source.reason)
    blame(
      file,
      [i, 'enabled'],
      `\`${source.id}\` is disabled without a reason; add \`reason\` with what was seen and what to do.`,
    )
  if (source.url !== undefined && !/^https?:\/\/[^\s/]+\.[^\s/]+/.test(source.url))
    blame(file, [i, 'url'], `\`${source.url}\` is not an http(s) address; correct it.`)
  if (source.kind === 'feed' && !source.url && !source.sample)
    blame(file, [i, 'kind'], `\`${source.id}\` is a feed without \`url\`; add it, or make it kind: manual.`)
}

/** Selectors stand with pages alone and are CSS; behind an @ stands the attribute to take. */
function selectable({ id, kind, page, url }: Source, i: number, blame: Blame): void {
  const file = 'sources.yaml'
  if (!page) return
  if (kind !== 'page' || !url)
    blame(
      file,
      [i, 'page'],
      `\`${id}\` has selectors but is no page with a \`url\`; make it kind: page, or remove them.`,
    )
  for (const [part, said] of Object.entries(page)) {
    const [css, attribute] = said.split('@')
    if (!isSelector(css!) || (attribute !== undefined && (part === 'list' || !/^[a-z][\w:-]*$/i.test(attribute))))
      blame(file, [i, 'page', part], `"${said}" is no CSS selector that can be used; correct it.`)
  }
}

function isSelector(css: string): boolean {
  try {
    return parse(css.trim()).length > 0
  } catch {
    return false
  }
}

function doubles({ topics, signals, bodies }: Content, blame: Blame): void {
  const owner = new Map<string, string>()
  topics.forEach((topic, i) => {
    topic.cues.forEach((cue, k) => {
      const key = sameness(cue.says)
      const other = owner.get(key)
      if (other)
        blame(
          'topics.yaml',
          [i, 'cues', k],
          `the cue "${cue.says}" already belongs to \`${other}\`; keep it in one place.`,
        )
      else owner.set(key, topic.id)
    })
  })
  signals.offTopic.forEach((cue, k) => {
    const other = owner.get(sameness(cue.says))
    if (other)
      blame(
        'signals.yaml',
        ['offTopic', k],
        `"${cue.says}" is also a cue of \`${other}\`; it cannot speak for and against the field.`,
      )
  })
  for (const list of ['action', 'field', 'offTopic'] as const) twice(signals[list], list, blame)
  const names = new Map<string, string>()
  bodies.forEach((body, i) => {
    body.names.forEach((name, k) => {
      const other = names.get(name)
      if (other)
        blame(
          'bodies.yaml',
          [i, 'names', k],
          `the name "${name}" already belongs to \`${other}\`; keep it in one place.`,
        )
      else names.set(name, body.id)
    })
  })
}

/** Each phrase that gives a day its sense is an action cue, and gives it one. */
function senses(signals: Signals, blame: Blame): void {
  const lists = ['starts', 'after', 'comments'] as const
  const owner = new Map<string, string>()
  for (const list of lists)
    signals[list]?.forEach((says, k) => {
      if (!signals.action.some((cue) => cue.says === says))
        blame('signals.yaml', [list, k], `"${says}" is no action cue; write it as it stands under \`action\`.`)
      if (owner.has(says))
        blame('signals.yaml', [list, k], `"${says}" already stands in \`${owner.get(says)}\`; keep it in one place.`)
      owner.set(says, list)
    })
}

function twice(cues: readonly { says: string }[], list: string, blame: Blame): void {
  const seen = new Set<string>()
  cues.forEach(({ says }, k) => {
    if (seen.has(sameness(says))) blame('signals.yaml', [list, k], `"${says}" stands twice in \`${list}\`; remove one.`)
    seen.add(sameness(says))
  })
}

/** What makes two cues the same: capitals count only where they count in matching. */
const sameness = (says: string): string => {
  if (!/[=\p{Lu}]/u.test(says)) return says.replaceAll('-', ' ')
  return says
    .split(/[\s-]+/)
    .map((word) => (word.startsWith('=') || /\p{Lu}.*\p{Lu}/u.test(word) ? word : word.toLowerCase()))
    .join(' ')
}

/** Why `checked` cannot be that day, or nothing when it can. */
export function notADay(day: string, today: string | undefined): string | undefined {
  const at = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day)
    return `${day} is not a day of the calendar; correct it.`
  if (today && day > today) return `${day} lies in the future; \`checked\` is the day on which somebody looked.`
  return undefined
}

function days(content: Content, today: string | undefined, blame: Blame): void {
  const lists = {
    'tracks.yaml': content.tracks,
    'regions.yaml': content.regions,
    'bodies.yaml': content.bodies,
    'topics.yaml': content.topics,
    'sources.yaml': content.sources,
  }
  const one = (file: string, path: PropertyKey[], day: string) => {
    const say = notADay(day, today)
    if (say) blame(file, path, say)
  }
  for (const [file, list] of Object.entries(lists))
    list.forEach(({ checked }, i) => {
      one(file, [i, 'checked'], checked)
    })
  one('signals.yaml', ['checked'], content.signals.checked)
}
