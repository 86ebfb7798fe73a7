import type { Action, Answers, ConferenceAction, FormReply, Reply } from '@cme-commons/core'
import type { Ctx } from '../ctx.ts'
import { showConference, showConferences, showDate, showEdition } from './catalog.ts'
import { answer, askFollow, follow, showHere, stopFollow, submitFollow } from './follow.ts'
import { showLog } from './log.ts'
import { showAll, showChain, showMine } from './mine.ts'
import { askPlan, changePlan, submitPlan } from './plan.ts'
import { savePlan, showPolicies } from './plan-save.ts'

const VERBS: Record<ConferenceAction['do'], true> = {
  dates: true,
  'dates.all': true,
  'dates.here': true,
  date: true,
  conferences: true,
  conference: true,
  edition: true,
  going: true,
  follow: true,
  'follow.form': true,
  'follow.stop': true,
  deadlines: true,
  'plan.form': true,
  'plan.change': true,
  'plan.save': true,
  'plan.log': true,
  'plan.reminders': true,
}
export const isAboutConferences = (action: Action): action is ConferenceAction => Object.hasOwn(VERBS, action.do)

/** Answers what people do about conferences and dates. */
export async function conferencesReply(ctx: Ctx, action: ConferenceAction): Promise<Reply> {
  switch (action.do) {
    case 'dates':
      return showMine(ctx, action.from)
    case 'dates.all':
      return showAll(ctx, action.from)
    case 'dates.here':
      return showHere(ctx)
    case 'date':
      return showDate(ctx, action.date)
    case 'conferences':
      return showConferences(ctx, action.name, action.from)
    case 'conference':
      return showConference(ctx, action.conference)
    case 'edition':
      return showEdition(ctx, action.edition, action.from)
    case 'going':
      return answer(ctx, action.edition, action.answer)
    case 'follow':
      return follow(ctx, action.scope, action.kind, action.here)
    case 'follow.form':
      return askFollow(ctx, action.scope, action.here)
    case 'follow.stop':
      return stopFollow(ctx, action.scope, action.here)
    case 'deadlines':
      return showChain(ctx, action.text)
    case 'plan.form':
      return askPlan(ctx, action.form, action.of, action.draft)
    case 'plan.change':
      return changePlan(ctx, action.of, action.to)
    case 'plan.save':
      return savePlan(ctx, action.draft)
    case 'plan.log':
      return showLog(ctx, action.of)
    case 'plan.reminders':
      return showPolicies(ctx)
  }
}

/** True for the forms of conferences and dates. */
export const isConferenceForm = (form: string): boolean => form.startsWith('plan.') || form.startsWith('follow:')

export const submitConferenceForm = (ctx: Ctx, form: string, answers: Answers): Promise<FormReply> =>
  form.startsWith('plan.') ? submitPlan(ctx, form, answers) : submitFollow(ctx, form, answers)
