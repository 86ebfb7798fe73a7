import { type Edge, type Outcome, type Work, withMark } from '@cme-commons/core'
import { markNote, TOPIC } from './channel.ts'
import { classify, outcomeOf } from './errors.ts'
import type { Desk } from './letter.ts'

type At = Desk & { edge: Edge; channel: string }
const DONE: Outcome = { done: true }

export async function setTopic({ slack, edge, channel }: At, topic: string): Promise<Outcome> {
  const mark = await edge.recall(markNote(channel))
  await slack.conversations.setTopic({ channel, topic: mark ? withMark(topic, mark, TOPIC) : topic.slice(0, TOPIC) })
  return DONE
}

/** One of each title: it is added, or led elsewhere. */
export async function setBookmark(
  { slack, channel: channel_id }: At,
  { title, href: link }: { title: string; href: string },
): Promise<Outcome> {
  const { bookmarks = [] } = await slack.bookmarks.list({ channel_id })
  const there = bookmarks.find((one) => one.title === title)
  if (!there) await slack.bookmarks.add({ channel_id, title, link, type: 'link' })
  else if (there.link !== link) await slack.bookmarks.edit({ channel_id, bookmark_id: there.id!, link })
  return DONE
}

export async function archive({ slack, channel }: At): Promise<Outcome> {
  try {
    await slack.conversations.archive({ channel })
  } catch (error) {
    const { code } = classify(error)
    if (code !== 'already_archived' && code !== 'is_archived') throw error
  }
  return DONE
}

const OWN_RULES: Partial<Record<string, string>> = {
  open: 'The workspace lets only some people create channels: an administrator lets the app, under Workspace settings, Permissions; or create the channel yourself, invite the app with /invite, and name it when you open it.',
  topic: 'The workspace lets only some people set a topic: set it yourself.',
  archive: 'The workspace lets only some people archive channels: archive it yourself.',
  bookmark: 'The app may not change the bookmarks of this channel: add it yourself.',
}

/** What an error means for a work on a channel: a rule of the workspace is told as what it is; a channel that is not open yet is not gone. */
export function channelOutcome(work: Work, error: unknown): Outcome {
  const what = classify(error)
  const [rule] = Object.keys(OWN_RULES).filter((kind) => kind in work)
  const say = rule && /^(?:restricted_action|permission_denied|user_is_restricted)$/.test(what.code) && OWN_RULES[rule]
  const fate = say || ('open' in work && (what.fate === 'channel' || what.fate === 'person')) ? 'refused' : what.fate
  return outcomeOf({ ...what, fate, say: say || what.say })
}
