import { type Action, helpCard, KEY_FORM, type Reply, ROLE_FORM, unknownCard } from '@cme-commons/core'
import { submitWelcome, welcome } from './channel-welcome.ts'
import { channelsReply, isAboutChannels, isChannelForm, submitChannelForm } from './channels/perform.ts'
import { foundReply, isAboutFound, isFoundForm, submitFound } from './conferences/found.ts'
import { isAboutMeetings, isMeetingForm, meetingReply, submitMeetingForm } from './conferences/introductions-perform.ts'
import { calendarReply, isAboutCalendars } from './conferences/my-calendar.ts'
import { conferencesReply, isAboutConferences, isConferenceForm, submitConferenceForm } from './conferences/perform.ts'
import { consoleReply } from './console.ts'
import type { Ctx } from './ctx.ts'
import { deliveryReply } from './deliveries.ts'
import { sendNow } from './digest-now.ts'
import * as digests from './digests.ts'
import { explainText, what } from './glossary.ts'
import { explainItem } from './item-story.ts'
import { isAboutItems, isItemForm, itemsReply, submitItemForm } from './items/perform.ts'
import { keysReply, submitKey } from './keys.ts'
import { linkReply } from './links/code.ts'
import { isForModerators, moderatorsOnly, moderatorsReply } from './moderators.ts'
import { aboutMyData, isAboutMyData, submitErasing } from './my-data.ts'
import { latestNews, oneItem, sources } from './news.ts'
import * as activity from './onboarding/activity.ts'
import { answerQuestion, askQuestion } from './onboarding/check.ts'
import * as company from './onboarding/company.ts'
import { askNeeds, needsAsFile, reviewNeeds, showNeeds, submitNeeds } from './onboarding/needs.ts'
import * as path from './onboarding/path.ts'
import { askProof, submitProof } from './onboarding/proof.ts'
import * as reviews from './onboarding/review-queue.ts'
import * as samples from './onboarding/samples.ts'
import { readSummary, showSummary } from './onboarding/summary.ts'
import { chooseRegion, home, tracks } from './people.ts'
import { submitFind, withRoles } from './roles.ts'
import { search } from './search.ts'
import * as setup from './setup.ts'
import { sourceCareReply } from './source-care.ts'
import { isAboutSources, sourceReply, submitSource } from './source-offers.ts'
import * as suggestions from './suggestions.ts'
import { withTheirs } from './their-digest.ts'
import { chooseTrack } from './track.ts'

/** One action in, one reply out, inside the transaction of `ctx`: the same for every surface. */
export async function perform(heard: Ctx, action: Action): Promise<Reply> {
  if (isAboutMyData(action)) return aboutMyData(heard, action)
  if (action.do === 'form.submit' && action.form === 'my-data.erase') return submitErasing(heard, action.answers)
  const ctx = await withRoles(heard)
  if (isForModerators(action)) return moderatorsReply(ctx, action)
  if (isAboutItems(action)) return itemsReply(ctx, action)
  if (isAboutSources(action)) return sourceReply(ctx, action)
  if (isAboutFound(action)) return foundReply(ctx, action)
  if (isAboutCalendars(action)) return calendarReply(ctx, action)
  if (isAboutChannels(action)) return channelsReply(ctx, action)
  if (isAboutMeetings(action)) return meetingReply(ctx, action)
  if (isAboutConferences(action)) return conferencesReply(ctx, action)
  switch (action.do) {
    case 'home':
      return home(ctx)
    case 'help':
      return { say: helpCard(), private: true }
    case 'unknown':
      return { refuse: 'unknown-command', say: unknownCard(action.said) }
    case 'tracks':
      return tracks(ctx)
    case 'track.choose':
      return chooseTrack(ctx, action.track)
    case 'region.choose':
      return chooseRegion(ctx, action.region)
    case 'news':
      return latestNews(ctx, action.about, action.before)
    case 'news.item':
      return oneItem(ctx, action.item)
    case 'news.why':
      return explainItem(ctx, action.item)
    case 'search':
      return search(ctx, action.text, action.from)
    case 'sources':
      return sources(ctx)
    case 'what':
      return what(ctx, action.term)
    case 'explain':
      return explainText(ctx, action.text)
    case 'digest':
      return digests.show(ctx)
    case 'digest.start':
      return digests.begin(ctx, action.here)
    case 'digest.when':
      return digests.askWhen(ctx, action.subscription)
    case 'digest.what':
      return digests.askWhat(ctx, action.subscription)
    case 'digest.preview':
      return digests.preview(ctx, action.subscription)
    case 'digest.now':
      return withTheirs(ctx, action.subscription, (own) => sendNow(ctx, own))
    case 'digest.snooze':
      return digests.doSnooze(ctx, action.subscription, action.until)
    case 'digest.pause':
      return digests.doPause(ctx, true, action.subscription)
    case 'digest.resume':
      return digests.doPause(ctx, false, action.subscription)
    case 'digest.stop':
      return digests.doStop(ctx, action.subscription)
    case 'digest.rest':
      return digests.rest(ctx, action.digest, action.from)
    case 'digest.why':
      return digests.why(ctx, action.digest, action.subscription)
    case 'digest.less':
      return digests.less(ctx, action.digest, action.subscription)
    case 'digest.mute':
      return digests.mute(ctx, action.topic, action.subscription)
    case 'digest.track':
      return digests.followTrack(ctx, action.subscription)
    case 'digest.quiet':
      return digests.doQuiet(ctx, action.subscription, action.to)
    case 'path':
      return path.showPath(ctx)
    case 'path.find':
      return path.askTrack(ctx)
    case 'path.start':
      return path.startPath(ctx)
    case 'progress':
      return path.showProgress(ctx)
    case 'summary':
      return showSummary(ctx)
    case 'summary.file':
      return readSummary(ctx, action.from)
    case 'step':
      return path.showStep(ctx, action.step)
    case 'step.tell':
      return askProof(ctx, action.step)
    case 'check':
      return askQuestion(ctx, action.step, action.question)
    case 'answer':
      return answerQuestion(ctx, action.step, action.question, action.option)
    case 'samples':
      return samples.showSamples(ctx)
    case 'sample':
      return samples.showSample(ctx, action.sample)
    case 'sample.mark':
      return samples.askMarks(ctx, action.sample)
    case 'stop':
      return company.showStops(ctx)
    case 'thanks':
      return company.thanks(ctx)
    case 'nudges.stop':
      return company.setNudges(ctx, false)
    case 'nudges.resume':
      return company.setNudges(ctx, true)
    case 'reminders.stop':
      return company.endReminders(ctx)
    case 'nudges.snooze':
      return company.snooze(ctx)
    case 'needs.show':
      return showNeeds(ctx)
    case 'needs.form':
      return askNeeds(ctx, action.form)
    case 'needs.review':
      return reviewNeeds(ctx, action.from)
    case 'needs.file':
      return needsAsFile(ctx, action.from)
    case 'activity.show':
      return activity.showActivity(ctx)
    case 'activity.form':
      return activity.askActivity(ctx, action.form)
    case 'activity.statements':
      return activity.activityStatements(ctx)
    case 'activity.file':
      return activity.activityAsFile(ctx, action.from)
    case 'activity.submit':
      return activity.submitForReview(ctx)
    case 'activity.withdraw':
      return activity.openAgain(ctx, 'submitted')
    case 'activity.reopen':
      return activity.openAgain(ctx, 'approved')
    case 'activity.history':
      return activity.activityHistory(ctx)
    case 'reviews':
      return reviews.showQueue(ctx)
    case 'reviews.open':
      return reviews.openReview(ctx, action.review)
    case 'reviews.file':
      return reviews.reviewFile(ctx, action.review, action.from)
    case 'reviews.form':
      return reviews.askRating(ctx, action.review, action.part)
    case 'reviews.approve':
      return reviews.decide(ctx, action.review, 'approved')
    case 'reviews.return':
      return reviews.decide(ctx, action.review, 'returned')
    case 'link':
    case 'link.code':
    case 'link.confirm':
    case 'link.cancel':
    case 'link.home':
    case 'unlink':
    case 'unlink.confirm':
      return linkReply(ctx, action)
    case 'setup':
      return setup.setup(ctx)
    case 'setup.form':
      return setup.askSetup(ctx, action.form, action.draft)
    case 'setup.save':
      return setup.saveSetup(ctx, action.draft)
    case 'setup.log':
      return setup.setupLog(ctx)
    case 'setup.welcome':
      return welcome(ctx, action.channel)
    case 'suggest':
      return suggestions.suggest(action.text, action.href)
    case 'suggestions':
      return suggestions.showSuggestions(ctx)
    case 'suggestions.open':
      return suggestions.openOne(ctx, action.suggestion)
    case 'suggestions.approve':
      return suggestions.approve(ctx, action.suggestion)
    case 'suggestions.edit':
      return suggestions.askEdit(ctx, action.suggestion)
    case 'suggestions.decline':
      return suggestions.askReason(ctx, action.suggestion)
    case 'console':
    case 'console.end':
      return consoleReply(ctx, action)
    case 'keys':
    case 'keys.form':
    case 'keys.end':
      return keysReply(ctx, action)
    case 'delivery':
    case 'delivery.retry':
    case 'delivery.drop':
      return deliveryReply(ctx, action)
    case 'source':
    case 'source.pause':
    case 'source.resume':
    case 'source.add':
    case 'source.move':
      return sourceCareReply(ctx, action)
    case 'form.submit':
      if (action.form === ROLE_FORM) return ctx.actor.moderator ? submitFind(ctx, action.answers) : moderatorsOnly
      if (action.form === KEY_FORM) return submitKey(ctx, action.answers)
      if (action.form === 'path.find') return path.foundTrack(ctx, action.answers)
      if (action.form.startsWith('step.tell:')) return submitProof(ctx, action.form, action.answers)
      if (action.form.startsWith('sample.mark:')) return samples.submitMarks(ctx, action.form, action.answers)
      if (action.form.startsWith('needs.')) return submitNeeds(ctx, action.form, action.answers)
      if (action.form.startsWith('activity.')) return activity.submitActivity(ctx, action.form, action.answers)
      if (action.form === 'setup.welcome') return submitWelcome(ctx, action.answers)
      if (action.form.startsWith('setup.')) return setup.submitSetup(ctx, action.form, action.answers)
      if (action.form === 'suggest') return suggestions.submitSuggestion(ctx, action.answers)
      if (action.form === 'sources.add') return submitSource(ctx, action.answers)
      if (isFoundForm(action.form)) return submitFound(ctx, action.form, action.answers)
      if (isItemForm(action.form)) return submitItemForm(ctx, action.form, action.answers)
      if (isChannelForm(action.form)) return submitChannelForm(ctx, action.form, action.answers)
      if (isMeetingForm(action.form)) return submitMeetingForm(ctx, action.form, action.answers)
      if (isConferenceForm(action.form)) return submitConferenceForm(ctx, action.form, action.answers)
      if (action.form.startsWith('suggestions.')) return suggestions.submitDecision(ctx, action.form, action.answers)
      if (action.form.startsWith('reviews.')) return reviews.submitRating(ctx, action.form, action.answers)
      return digests.submitted(ctx, action.form, action.answers)
  }
}
