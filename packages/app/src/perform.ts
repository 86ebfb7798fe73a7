import { type Action, helpCard, type Reply, unknownCard } from '@cme-commons/core'
import type { Ctx } from './ctx.ts'
import * as digests from './digests.ts'
import { explainText, what } from './glossary.ts'
import { latestNews, oneItem, sources } from './news.ts'
import * as activity from './onboarding/activity.ts'
import { answerQuestion, askQuestion } from './onboarding/check.ts'
import { askNeeds, needsAsFile, reviewNeeds, showNeeds, submitNeeds } from './onboarding/needs.ts'
import * as path from './onboarding/path.ts'
import { askProof, submitProof } from './onboarding/proof.ts'
import * as reviews from './onboarding/review-queue.ts'
import * as samples from './onboarding/samples.ts'
import { chooseRegion, chooseTrack, home, memberOf, tracks } from './people.ts'

/** One action in, one reply out, inside the transaction of `ctx`: the same for every surface. */
export async function perform(ctx: Ctx, action: Action): Promise<Reply> {
  await memberOf(ctx)
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
    case 'sources':
      return sources(ctx)
    case 'what':
      return what(ctx, action.term)
    case 'explain':
      return explainText(ctx, action.text)
    case 'digest':
      return digests.show(ctx)
    case 'digest.start':
      return digests.begin(ctx, action.here !== undefined)
    case 'digest.when':
      return digests.askWhen(ctx, action.subscription)
    case 'digest.what':
      return digests.askWhat(ctx, action.subscription)
    case 'digest.preview':
      return digests.preview(ctx, action.subscription)
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
    case 'path':
      return path.showPath(ctx)
    case 'path.find':
      return path.askTrack(ctx)
    case 'path.start':
      return path.startPath(ctx)
    case 'progress':
      return path.showProgress(ctx)
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
    case 'form.submit':
      if (action.form === 'path.find') return path.foundTrack(ctx, action.answers)
      if (action.form.startsWith('step.tell:')) return submitProof(ctx, action.form, action.answers)
      if (action.form.startsWith('sample.mark:')) return samples.submitMarks(ctx, action.form, action.answers)
      if (action.form.startsWith('needs.')) return submitNeeds(ctx, action.form, action.answers)
      if (action.form.startsWith('activity.')) return activity.submitActivity(ctx, action.form, action.answers)
      if (action.form.startsWith('reviews.')) return reviews.submitRating(ctx, action.form, action.answers)
      return digests.submitted(ctx, action.form, action.answers)
  }
}
