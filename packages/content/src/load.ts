import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Day, Knowledge } from '@cme-commons/core'
import { type Blame, check } from './checks.ts'
import { checkConferences } from './conference-checks.ts'
import { conferenceFiles } from './conferences-schema.ts'
import { GLOSSARY, glossary as terms } from './glossary-schema.ts'
import { loadOnboarding } from './load-onboarding.ts'
import { type Problem, readerOf } from './read.ts'
import { files, type SampleItem } from './schema.ts'

const DATA = fileURLToPath(new URL('../data', import.meta.url))

/**
 * The content of a folder (the product's own when none is given), or every problem in it, with file and line. With `today`, a
 * `checked` day in the future is a problem too.
 */
export function load(
  dir: string = DATA,
  today?: Day,
): { knowledge: Knowledge; samples: readonly SampleItem[] } | { problems: Problem[] } {
  const read = readerOf(dir)
  const tracks = read('tracks.yaml', files['tracks.yaml'])
  const regions = read('regions.yaml', files['regions.yaml'])
  const bodies = read('bodies.yaml', files['bodies.yaml'])
  const topics = read('topics.yaml', files['topics.yaml'])
  const sources = read('sources.yaml', files['sources.yaml'])
  const signals = read('signals.yaml', files['signals.yaml'])
  const news = read('sample-news.yaml', files['sample-news.yaml'])
  const glossary = read(GLOSSARY, terms)
  const catalog = read('conferences.yaml', conferenceFiles['conferences.yaml'])
  const deadlines = read('deadlines.yaml', conferenceFiles['deadlines.yaml'])
  const holidays = read('holidays.yaml', conferenceFiles['holidays.yaml'])
  const disclosure = read('disclosure.yaml', conferenceFiles['disclosure.yaml'])
  const all = {
    'tracks.yaml': tracks,
    'regions.yaml': regions,
    'bodies.yaml': bodies,
    'topics.yaml': topics,
    'sources.yaml': sources,
    'signals.yaml': signals,
    'sample-news.yaml': news,
    [GLOSSARY]: glossary,
    'conferences.yaml': catalog,
    'deadlines.yaml': deadlines,
    'holidays.yaml': holidays,
    'disclosure.yaml': disclosure,
  }
  const problems = Object.values(all).flatMap((file) => file.problems)
  if (
    !tracks.value ||
    !regions.value ||
    !bodies.value ||
    !topics.value ||
    !sources.value ||
    !signals.value ||
    !news.value ||
    !glossary.value ||
    !catalog.value ||
    !deadlines.value ||
    !holidays.value ||
    !disclosure.value
  )
    return { problems }
  const content = {
    tracks: tracks.value,
    regions: regions.value,
    bodies: bodies.value,
    topics: topics.value,
    sources: sources.value,
    signals: signals.value,
    glossary: glossary.value,
    conferences: {
      catalog: catalog.value,
      deadlines: deadlines.value.standing,
      chain: deadlines.value.chain,
      holidays: holidays.value,
      disclosure: disclosure.value,
    },
  }
  const blame: Blame = (file, path, say) =>
    problems.push({ file, line: all[file as keyof typeof all].lineOf(path), say })
  check({ ...content, samples: news.value.items }, today, blame)
  checkConferences(content.conferences, content, today, blame)
  const path = loadOnboarding(dir, today, read)
  if ('problems' in path) problems.push(...path.problems.filter((one) => !problems.some((known) => same(known, one))))
  if (problems.length > 0 || 'problems' in path) return { problems }
  const { onboarding } = path
  const hash = createHash('sha256')
  for (const [name, file] of Object.entries(all)) hash.update(`${name}\n${file.text}\n`)
  hash.update(onboarding.version)
  const label = news.value.label
  const samples = news.value.items.map((item) => ({ ...item, label }))
  return { knowledge: { version: hash.digest('hex').slice(0, 12), ...content, onboarding }, samples }
}

/** The glossary is read with both halves of the content. */
const same = (a: Problem, b: Problem): boolean => a.file === b.file && a.line === b.line && a.say === b.say
