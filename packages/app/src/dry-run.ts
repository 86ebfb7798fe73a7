import { cueOf, type Filter, type Instant, judge, type Knowledge, plainMoment, type Why } from '@cme-commons/core'
import { filtersInUse, type LabelRow, type Read, type SourceTable } from '@cme-commons/db'
import { finder, madeOf, type Named, OLD_AFTER } from './ingest.ts'
import { changesAmong, tooMany } from './revise.ts'
import { labelsOf } from './rows.ts'

/**
 * What would become of an entry: `known` is in the archive already; so is what is `revised`, whose change would be kept, and `retold`, which
 * would be news again. `archive` would be stored and never told, `unwanted` would be stored and no digest lets it through, `digest` goes
 * into those of so many readers.
 */
export type Fate = 'known' | 'revised' | 'retold' | 'archive' | 'unwanted' | 'digest'
export type Rehearsed = {
  title: string
  link?: string
  published?: Instant
  fate: Fate
  /** Its topic, for what would be stored or news again. */
  topic?: string
  item?: string
  readers: number
  of: number
  why: string
}

/** What reading a source at `now` would store and tell, entry by entry, oldest first, and why not the rest. Changes nothing. */
export async function rehearse(
  db: Read,
  source: SourceTable,
  entries: readonly Named[],
  now: Instant,
  content: Knowledge,
): Promise<Rehearsed[]> {
  const find = await finder(db, source, entries, content)
  const made = entries.map(({ entry }) => madeOf(entry, source, now, content).row)
  const items = entries.map((named, i) => find(named, made[i]!.published))
  const known = new Map(entries.flatMap(({ entry }, i) => (items[i] ? [[items[i], entry] as const] : [])))
  const changes = await changesAmong(db, source, known, content)
  const changed = new Map(changes.map((change) => [change.row.id, change]))
  const redesigned = tooMany(changes)
  const filters = (await filtersInUse(db)).map((row) => ({ ...row, filter: JSON.parse(row.filter) as Filter }))
  const of = filters.reduce((sum, { readers }) => sum + readers, 0)
  const readersOf = (row: LabelRow) => {
    const verdicts = filters.map(({ filter, readers }) => ({ verdict: judge(filter, labelsOf(row)), readers }))
    const through = verdicts.filter(({ verdict }) => verdict.through).reduce((sum, { readers }) => sum + readers, 0)
    const rules = [...new Set(verdicts.flatMap(({ verdict }) => (verdict.through ? [] : [verdict.rule])))].join(', ')
    return { through, rules }
  }
  const met = new Set<string>()
  return entries.map((named, i): Rehearsed => {
    const { title, link, published } = named.entry
    const about = { title, link, published, readers: 0, of }
    const row = made[i]!
    const item = items[i]
    if (item) {
      const change = known.get(item) === named.entry ? changed.get(item) : undefined
      if (!change) return { ...about, fate: 'known', item, why: `It is in the archive already, as ${item}.` }
      const why = `It is in the archive as ${item}, with other words; the change would be kept`
      if (!change.matters || redesigned) return { ...about, fate: 'revised', item, why: `${why} and told to nobody.` }
      const { through: readers } = readersOf({ ...change.row, ...change.labels })
      return { ...about, fate: 'retold', item, topic: change.labels.topic, readers, why: `${why} and be news again.` }
    }
    if (named.own.some((name) => met.has(name)))
      return { ...about, fate: 'known', why: 'It stands in this document twice.' }
    for (const name of named.own) met.add(name)
    const stored = { ...about, topic: row.topic }
    if (row.topic === 'off-topic') {
      const cue = (JSON.parse(row.why) as Why[]).find(({ label }) => label === 'topic')
      return { ...stored, fate: 'archive', why: `It is off topic${cue ? `: ${cueOf(cue)}` : ''}.` }
    }
    if (row.old === 1) {
      const days = OLD_AFTER / 86_400_000
      const why =
        source.read_at === null
          ? 'What a source has when it is first read is old news.'
          : `It is of ${plainMoment(row.published, 'day', 'UTC')}, more than ${days} days ago.`
      return { ...stored, fate: 'archive', why }
    }
    const { through, rules } = readersOf({ ...row, id: '', seq: 0 })
    if (through > 0)
      return { ...stored, fate: 'digest', readers: through, why: rules ? `Left out elsewhere by: ${rules}.` : '' }
    return {
      ...stored,
      fate: 'unwanted',
      why: of > 0 ? `No digest lets it through: ${rules}.` : 'There is no digest yet.',
    }
  })
}
