import type { Action, Answers, FormReply, ItemAction, Reply } from '@cme-commons/core'
import { askLabels, askSummary, hide, pin, show, submitChange, unpin } from './change.ts'
import { asEditor, desk, type Editor } from './desk.ts'
import { askWhy, history, submitWhy, undo } from './history.ts'
import { merge, split, submitMerge } from './stories.ts'

const VERBS: Record<ItemAction['do'], true> = {
  'item.edit': true,
  'item.relabel': true,
  'item.summary': true,
  'item.pin': true,
  'item.unpin': true,
  'item.hide': true,
  'item.show': true,
  'item.merge': true,
  'item.split': true,
  'item.history': true,
  'item.undo': true,
  'item.why': true,
}
export const isAboutItems = (action: Action): action is ItemAction => Object.hasOwn(VERBS, action.do)

/** Answers what moderators do to items, for their space alone. */
export async function itemsReply(ctx: Editor, action: ItemAction): Promise<Reply> {
  switch (action.do) {
    case 'item.edit':
      return asEditor<Reply>(ctx, action.item, () => desk(ctx, action.item))
    case 'item.relabel':
      return askLabels(ctx, action.item)
    case 'item.summary':
      return askSummary(ctx, action.item)
    case 'item.pin':
      return pin(ctx, action.item, action.until)
    case 'item.unpin':
      return unpin(ctx, action.item)
    case 'item.hide':
      return hide(ctx, action.item, action.why)
    case 'item.show':
      return show(ctx, action.item)
    case 'item.merge':
      return merge(ctx, action.item, action.into)
    case 'item.split':
      return split(ctx, action.item, action.off)
    case 'item.history':
      return history(ctx, action.item, action.before)
    case 'item.undo':
      return undo(ctx, action.change)
    case 'item.why':
      return askWhy(ctx, action.change)
  }
}

export const isItemForm = (form: string): boolean => /^item\.(?:relabel|summary|pin|hide|merge|why):/.test(form)

/** A submitted form of those that moderators fill in about an item. */
export function submitItemForm(ctx: Editor, form: string, answers: Answers): Promise<FormReply> {
  const [, kind = '', id = ''] = /^([a-z.]+):(.*)$/.exec(form) ?? []
  if (kind === 'item.merge') return submitMerge(ctx, id, answers)
  return kind === 'item.why' ? submitWhy(ctx, id, answers) : submitChange(ctx, kind, id, answers)
}
