import type {
  Action,
  Answers,
  FormReply,
  IntroductionAction,
  QuestionAction,
  RecapAction,
  Reply,
} from '@cme-commons/core'
import type { Ctx } from '../ctx.ts'
import { joinHere, leaveHere, showHereNow } from './here.ts'
import * as introductions from './introductions.ts'
import * as questions from './questions.ts'
import * as queue from './questions-queue.ts'
import * as recap from './recap.ts'

type MeetingAction = IntroductionAction | QuestionAction | RecapAction

const VERBS: Record<MeetingAction['do'], true> = {
  meet: true,
  'meet.form': true,
  'meet.leave': true,
  'meet.round': true,
  met: true,
  present: true,
  'present.join': true,
  'present.leave': true,
  ask: true,
  questions: true,
  'questions.open': true,
  'questions.release': true,
  'questions.edit': true,
  'questions.decline': true,
  'questions.answered': true,
  'questions.too': true,
  disclose: true,
  'disclose.post': true,
  recap: true,
  'recap.star': true,
  'recap.unstar': true,
  'recap.form': true,
  'recap.post': true,
  keepsake: true,
}
export const isAboutMeetings = (action: Action): action is MeetingAction => Object.hasOwn(VERBS, action.do)

/** Answers what people do at an edition of a conference: meet, ask, and keep. */
export async function meetingReply(ctx: Ctx, action: MeetingAction): Promise<Reply> {
  switch (action.do) {
    case 'meet':
      return introductions.showMeet(ctx, action)
    case 'meet.form':
      return introductions.askMeet(ctx, action.edition)
    case 'meet.leave':
      return introductions.leaveMeet(ctx, action.edition)
    case 'meet.round':
      return introductions.startRound(ctx, action.edition)
    case 'met':
      return introductions.answerDidYouMeet(ctx, action.edition, action.round, action.answer)
    case 'present':
      return showHereNow(ctx, action, action.from)
    case 'present.join':
      return joinHere(ctx, action.edition)
    case 'present.leave':
      return leaveHere(ctx, action.edition)
    case 'ask':
      return questions.ask(ctx, action.edition, action.text)
    case 'questions':
      return queue.showQuestions(ctx, action, action.from)
    case 'questions.open':
      return queue.openQuestion(ctx, action.question)
    case 'questions.release':
      return queue.release(ctx, action.question)
    case 'questions.edit':
      return queue.askEdit(ctx, action.question)
    case 'questions.decline':
      return queue.askWhyNot(ctx, action.question)
    case 'questions.answered':
      return queue.markAnswered(ctx, action.question)
    case 'questions.too':
      return questions.wantToKnow(ctx, action.question)
    case 'disclose':
      return questions.showDisclosure(ctx)
    case 'disclose.post':
      return questions.postDisclosure(ctx)
    case 'recap':
      return recap.showRecap(ctx, action)
    case 'recap.star':
      return recap.star(ctx, action)
    case 'recap.unstar':
      return recap.unstar(ctx, action.star)
    case 'recap.form':
      return recap.askRecap(ctx, action.edition)
    case 'recap.post':
      return recap.postRecap(ctx, action.edition)
    case 'keepsake':
      return recap.showKeepsake(ctx, action, action.from)
  }
}

/** True for the forms of meetings. */
export const isMeetingForm = (form: string): boolean =>
  /^(?:meet:|ask(?:$|:)|questions\.|recap(?:\.star)?(?:$|:))/.test(form)

export function submitMeetingForm(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  if (form.startsWith('meet:')) return introductions.submitMeet(ctx, form, answers)
  if (form.startsWith('questions.')) return queue.submitQuestion(ctx, form, answers)
  if (form.startsWith('recap.star')) return recap.submitStar(ctx, form, answers)
  return form.startsWith('recap') ? recap.submitRecap(ctx, form, answers) : questions.submitAsk(ctx, form, answers)
}
