import { type Action, helpCard, type Reply, unknownCard } from '@cme-commons/core'
import type { Ctx } from './ctx.ts'
import * as digests from './digests.ts'
import { explainText, what } from './glossary.ts'
import { latestNews, oneItem, sources } from './news.ts'
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
    case 'form.submit':
      return digests.submitted(ctx, action.form, action.answers)
  }
}
