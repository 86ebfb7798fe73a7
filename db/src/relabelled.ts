import type { ItemEdit } from '@cme-commons/core'
import type { ItemTable } from './tables/news.ts'

/** Labels as an edit leaves them. */
export const relabelledBy = <
  T extends Pick<ItemTable, 'topic' | 'body' | 'region' | 'tracks' | 'action' | 'action_date'>,
>(
  labels: T,
  edit: ItemEdit,
): T => ({
  ...labels,
  topic: edit.topic ?? labels.topic,
  body: (edit.body ?? labels.body) || null,
  region: edit.region ?? labels.region,
  tracks: edit.tracks ?? labels.tracks,
  action: edit.action ?? labels.action,
  action_date: (edit.action_date ?? labels.action_date) || null,
})

/** Whether a space shows an item by itself. */
export const shownBy = ({ hidden, shown_in }: ItemEdit): boolean => hidden === 0 && shown_in === null
