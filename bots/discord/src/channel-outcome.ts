import type { Outcome, Work } from '@cme-commons/core'
import { type Classified, outcomeOf } from './errors.ts'

const ROLE = '(Server Settings, Roles)'

/** What the bot may not do, by what it was asked for, and who lets it. */
const MAY_NOT: Readonly<Record<string, string>> = {
  open: `The bot may not open channels: give its role "Manage Channels" ${ROLE}, or create the channel yourself and name it when you open it.`,
  topic: `The bot may not set the topic there: give its role "Manage Channels" ${ROLE}, or set it yourself.`,
  archive: `The bot may not close the channel: give its role "Manage Roles" ${ROLE}, or take "Send Messages" from everyone there yourself.`,
  event: `The bot may not add events: give its role "Create Events" ${ROLE}.`,
}
const TWO_FACTOR =
  'The server asks for two-factor authentication of those who manage it: whoever owns the bot’s application switches it on for the own account.'
const FORUM =
  'Discord did not take a forum there: only a community server has them. Switch that on under Server Settings, Enable Community, or open it without a forum.'

/** What an error means for a work on a channel or for an event: a missing permission is told as what it is, and the rest goes on. */
export function channelOutcome(work: Work, what: Classified): Outcome {
  const kind = Object.keys(MAY_NOT).find((name) => name in work)
  const refused = (say: string) => outcomeOf({ ...what, fate: 'refused', say })
  if (!kind) return outcomeOf(what)
  if (what.code === '60003') return refused(TWO_FACTOR)
  if (what.code === '50013' || what.code === '403') return refused(MAY_NOT[kind]!)
  const nowhere = 'open' in work || 'event' in work
  if ('open' in work && work.open.forum && (what.code === '50035' || what.code === '50024')) return refused(FORUM)
  if ('open' in work && work.open.adopt && what.fate === 'channel')
    return refused('The bot cannot see that channel: give its role "View Channel" there, or choose another.')
  if (what.code === '50001' && nowhere) return refused(MAY_NOT[kind]!)
  return nowhere && what.fate === 'channel' ? refused(what.say) : outcomeOf(what)
}
