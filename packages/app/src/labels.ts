import {
  type Classifier,
  classify,
  compile,
  type FeedItem,
  type Instant,
  type Knowledge,
  type Labels,
  type ReadDay,
  type Source,
} from '@cme-commons/core'
import type { SourceTable } from '@cme-commons/db'

const classifiers = new WeakMap<Knowledge, Classifier>()

/** The compiled words of the content, compiled once. */
export function classifierOf(content: Knowledge): Classifier {
  const classifier = classifiers.get(content) ?? compile(content)
  classifiers.set(content, classifier)
  return classifier
}

/** The labels of an entry of a source, by its words and by what is known of the source. */
export function relabelled(
  entry: FeedItem,
  row: SourceTable,
  published: Instant,
  content: Knowledge,
): Labels & { days?: readonly ReadDay[] } {
  const source = content.sources.find((source) => source.id === row.id) ?? sourceOf(row)
  const { title, text, categories } = entry
  return classify(classifierOf(content), { title, text, categories, source }, published.slice(0, 10))
}

/** Labels as the columns of an item. */
export const labelColumns = (labels: Labels) => ({
  topic: labels.topic,
  body: labels.body ?? null,
  region: labels.region,
  tracks: `,${labels.tracks.join(',')},`,
  action: labels.actionRequired ? 1 : 0,
  action_date: labels.actionDate ?? null,
  why: JSON.stringify(labels.why),
})

/** A source that an operator added, in the shape of the content's. */
const sourceOf = (row: SourceTable): Source => ({
  id: row.id,
  name: row.name,
  url: row.url ?? undefined,
  kind: row.kind as Source['kind'],
  enabled: true,
  body: row.body ?? undefined,
  region: row.region ?? undefined,
  topic: row.topic ?? undefined,
  mixed: row.mixed === 1,
  sample: row.sample === 1,
  source: row.url ?? '',
  checked: '',
  confidence: 'uncertain',
})
