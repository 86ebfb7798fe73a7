import type { Form } from '../form.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Item } from '../news/item.ts'
import { cut } from '../text.ts'

export const SUMMARY_MAX = 600
export const WHY_EDIT_MAX = 300
const NOBODY = 'none'

const options = (list: readonly { id: string; name: string }[]) =>
  list.slice(0, 24).map(({ id, name }) => ({ value: id, label: cut(name, 75) }))

/** The labels of an item, as they are in the community now. `none` is for a body that it has not. */
export const relabelForm = (item: Item, knowledge: Knowledge): Form => ({
  id: `item.relabel:${item.id}`,
  title: 'Labels',
  submit: 'Save',
  fields: [
    {
      name: 'topic',
      label: 'Topic',
      kind: 'one',
      options: options(knowledge.topics.filter(({ id }) => id !== 'off-topic')),
      value: item.topic,
    },
    {
      name: 'body',
      label: 'Body',
      kind: 'one',
      options: [{ value: NOBODY, label: 'None' }, ...options(knowledge.bodies)],
      value: item.body ?? NOBODY,
    },
    { name: 'region', label: 'Region', kind: 'one', options: options(knowledge.regions), value: item.region },
    {
      name: 'tracks',
      label: 'Tracks',
      hint: 'Whom it concerns; none ticked: nobody in particular',
      kind: 'many',
      optional: true,
      options: options(knowledge.tracks),
      values: item.tracks,
    },
    {
      name: 'action',
      label: 'Does it ask for something?',
      hint: 'By when, as in 2027-03-15; “yes” without a day; empty for no',
      kind: 'text',
      optional: true,
      max: 10,
      value: item.actionRequired ? (item.actionDate ?? 'yes') : '',
    },
  ],
})

/** Title and summary as the community shows them; left as they are, they follow the source. */
export const summaryForm = (item: Item): Form => ({
  id: `item.summary:${item.id}`,
  title: 'Title and summary',
  submit: 'Save',
  fields: [
    {
      name: 'title',
      label: 'Title',
      hint: 'Empty: as its source has it',
      kind: 'text',
      optional: true,
      max: 200,
      value: cut(item.title, 200),
    },
    {
      name: 'summary',
      label: 'Summary',
      hint: 'Shown instead of its first sentences. Empty: those',
      kind: 'paragraph',
      optional: true,
      max: SUMMARY_MAX,
      value: item.summary ?? '',
    },
    { name: 'why', label: 'Why', hint: 'For the other moderators', kind: 'text', optional: true, max: WHY_EDIT_MAX },
  ],
})

export const pinForm = ({ id }: Pick<Item, 'id'>): Form => ({
  id: `item.pin:${id}`,
  title: 'Pin',
  submit: 'Pin',
  fields: [
    {
      name: 'until',
      label: 'Until',
      hint: 'A day as in 2027-03-15, or 14 for two weeks; a year at most',
      kind: 'text',
      value: '14',
      max: 10,
    },
    { name: 'why', label: 'Why', hint: 'For the other moderators', kind: 'text', optional: true, max: WHY_EDIT_MAX },
  ],
})

export const hideForm = ({ id }: Pick<Item, 'id'>): Form => ({
  id: `item.hide:${id}`,
  title: 'Hide',
  submit: 'Hide',
  fields: [
    {
      name: 'why',
      label: 'Why',
      hint: 'For the other moderators; kept with your name',
      kind: 'text',
      max: WHY_EDIT_MAX,
    },
  ],
})

export const mergeForm = ({ id }: Pick<Item, 'id'>): Form => ({
  id: `item.merge:${id}`,
  title: 'Same story as',
  submit: 'Merge',
  fields: [
    {
      name: 'into',
      label: 'The other item',
      hint: 'Its id as on its card (i123), or its link',
      kind: 'text',
      max: 500,
    },
    { name: 'why', label: 'Why', hint: 'For the other moderators', kind: 'text', optional: true, max: WHY_EDIT_MAX },
  ],
})

export const whyForm = (change: string): Form => ({
  id: `item.why:${change}`,
  title: 'Why',
  submit: 'Save',
  fields: [
    { name: 'why', label: 'Why it was changed', hint: 'For the other moderators', kind: 'text', max: WHY_EDIT_MAX },
  ],
})
