import type { Press } from '../action.ts'
import type { Command } from '../command.ts'

/** The commands about conferences, in the order in which help lists them. */
export const conferenceCommands: readonly Command[] = [
  {
    name: 'dates',
    usage: 'dates [all | here | found]',
    summary: 'Your deadlines and meetings, by month, with what to do',
    parse: (rest) => {
      if (/^found\b/i.test(rest)) return { do: 'found' }
      return { do: /^all\b/i.test(rest) ? 'dates.all' : /^here\b/i.test(rest) ? 'dates.here' : 'dates' }
    },
  },
  {
    name: 'calendar',
    usage: 'calendar [new | end]',
    summary: 'Your dates in your own calendar program, by an address that you make and end',
    parse: (rest) => ({
      do: /^new\b/i.test(rest) ? 'calendar.new' : /^end\b/i.test(rest) ? 'calendar.end' : 'calendar',
    }),
  },
  {
    name: 'conferences',
    usage: 'conferences [name]',
    summary: 'The conferences of the field; follow one, or say that you go',
    parse: conferencesCommand,
  },
  {
    name: 'channel',
    usage: 'channel [open | archive] [conference]',
    summary: 'Moderators: the channel of a conference: open it, see what comes in it, close it',
    parse: (rest) => {
      const [, to, name = ''] = /^(?:(open|archive|show)\b)?\s*([\s\S]*)$/i.exec(rest) ?? []
      const verb = to?.toLowerCase()
      return { do: 'channels', ...(verb && verb !== 'show' ? { to: verb } : {}), ...(name ? { name } : {}) }
    },
  },
  {
    name: 'deadlines',
    usage: 'deadlines for <day of your activity>',
    summary: 'What hangs on the date of an activity, for example /cme deadlines for 2027-06-14',
    parse: (rest) => {
      const text = rest.replace(/^for\b\s*/i, '')
      return text ? { do: 'deadlines', text } : { do: 'deadlines' }
    },
  },
  {
    name: 'meet',
    usage: 'meet [conference]',
    summary: 'Be introduced to people who go as well; you choose what they see',
    parse: (name) => (name ? { do: 'meet', name } : { do: 'meet' }),
  },
  {
    name: 'here',
    usage: 'here [conference]',
    summary: 'Who else is at the meeting, by track: those who let it be shown',
    parse: (name) => (name ? { do: 'present', name } : { do: 'present' }),
  },
  {
    name: 'ask',
    usage: 'ask <question>',
    summary: 'Ask a question for a meeting, with or without your name; moderators release it',
    most: 500,
    parse: (text) => (text ? { do: 'ask', text } : { do: 'ask' }),
  },
  {
    name: 'disclose',
    usage: 'disclose',
    summary: 'What to say about financial relationships when you speak of products',
    parse: () => ({ do: 'disclose' }),
  },
  {
    name: 'keepsake',
    usage: 'keepsake [conference]',
    summary: 'What is worth keeping of a meeting: sessions, questions, what was starred',
    parse: (name) => (name ? { do: 'keepsake', name } : { do: 'keepsake' }),
  },
  {
    name: 'questions',
    usage: 'questions [conference]',
    summary: 'Moderators: what members ask for a meeting',
    parse: (name) => (name ? { do: 'questions', name } : { do: 'questions' }),
  },
  {
    name: 'recap',
    usage: 'recap [star <words or link>]',
    summary: 'Moderators: star what is worth keeping of a meeting, edit the recap and post it',
    most: 500,
    parse: recapCommand,
  },
]

function conferencesCommand(rest: string): Press {
  const [, verb = '', name = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? []
  switch (verb.toLowerCase()) {
    case 'add':
      return { do: 'plan.form', form: 'conference' }
    case 'import':
      return { do: 'plan.form', form: 'import' }
    case 'reminders':
      return { do: 'plan.reminders' }
    case 'log':
      return { do: 'plan.log' }
    case 'show':
      return name ? { do: 'conferences', name } : { do: 'conferences' }
    default:
      return rest ? { do: 'conferences', name: rest } : { do: 'conferences' }
  }
}

function recapCommand(rest: string): Press {
  const [, verb = '', words = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? []
  if (verb.toLowerCase() === 'star') return words ? { do: 'recap.star', text: words } : { do: 'recap.star' }
  const name = verb.toLowerCase() === 'show' ? words : rest
  return name ? { do: 'recap', name } : { do: 'recap' }
}
