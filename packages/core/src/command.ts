import type { Press } from './action.ts'
import { aliases } from './command-aliases.ts'
import { nearest } from './nearest.ts'

/** A command as `/cme <name>`; `usage` shows what may follow, of which it takes `most` characters (300 when it doesn't say). */
export type Command = { name: string; usage: string; summary: string; most?: number; parse: (rest: string) => Press }

const MOST = 300
/** The longest text that is explained: more than either platform lets a person type after a command. */
export const MOST_TO_EXPLAIN = 10_000

const digestVerbs = ['start', 'here', 'preview', 'when', 'what', 'snooze', 'pause', 'resume', 'stop'] as const

/** Every command of the product, in the order in which help lists them. */
export const commands: readonly Command[] = [
  { name: 'home', usage: 'home', summary: 'What you can do next', parse: () => ({ do: 'home' }) },
  {
    name: 'news',
    usage: 'news [topic, body, region or track]',
    summary: 'The latest standards news, for example /cme news EACCME',
    parse: (about) => (about ? { do: 'news', about } : { do: 'news' }),
  },
  {
    name: 'search',
    usage: 'search <words>',
    summary: 'Search all the news, for example /cme search "financial relationships" body:accme',
    parse: (text) => (text ? { do: 'search', text } : { do: 'search' }),
  },
  {
    name: 'digest',
    usage: `digest [${digestVerbs.join(' | ')}]`,
    summary: 'Your digest: when it comes, what is in it; /cme digest here sets one up for this channel',
    parse: digestCommand,
  },
  {
    name: 'track',
    usage: 'track [name]',
    summary: 'Choose the track you work in',
    parse: (track) => (track ? { do: 'track.choose', track } : { do: 'tracks' }),
  },
  {
    name: 'region',
    usage: 'region <us | eu | ca | intl>',
    summary: 'Choose where you work',
    parse: (region) => (region ? { do: 'region.choose', region } : { do: 'tracks' }),
  },
  {
    name: 'sources',
    usage: 'sources',
    summary: 'Where the news comes from, and how each source is doing',
    parse: () => ({ do: 'sources' }),
  },
  {
    name: 'what',
    usage: 'what <letters or term>',
    summary: 'What the letters of the field mean, for example /cme what ECMEC',
    parse: (term) => (term ? { do: 'what', term } : { do: 'what' }),
  },
  {
    name: 'explain',
    usage: 'explain <text>',
    summary: 'Explains the letters in any text you paste',
    most: MOST_TO_EXPLAIN,
    parse: (text) => (text ? { do: 'explain', text } : { do: 'explain' }),
  },
  {
    name: 'path',
    usage: 'path',
    summary: 'Your pathway: the steps, what is next and what is still locked',
    parse: () => ({ do: 'path' }),
  },
  {
    name: 'step',
    usage: 'step <name>',
    summary: 'One step of your pathway, for example /cme step fundamentals',
    parse: (step) => (step ? { do: 'step', step: step.toLowerCase().replace(/\s+/g, '-') } : { do: 'path' }),
  },
  {
    name: 'progress',
    usage: 'progress',
    summary: 'Where you are, what is next and how long it takes, and your milestones',
    parse: () => ({ do: 'progress' }),
  },
  {
    name: 'summary',
    usage: 'summary',
    summary: 'What you did so far, as a record to keep: steps, dates, evidence and planned hours',
    parse: () => ({ do: 'summary' }),
  },
  {
    name: 'needs',
    usage: 'needs [review]',
    summary: 'Your needs assessment: what is there, what is missing, what to mend',
    parse: (verb) => ({ do: verb.toLowerCase() === 'review' ? 'needs.review' : 'needs.show' }),
  },
  {
    name: 'activity',
    usage: 'activity',
    summary: 'Your mock activity, planned on your needs assessment',
    parse: () => ({ do: 'activity.show' }),
  },
  {
    name: 'reviews',
    usage: 'reviews',
    summary: 'Mentors and moderators: mock activities that wait for peer review',
    parse: () => ({ do: 'reviews' }),
  },
  {
    name: 'funnel',
    usage: 'funnel [track]',
    summary: 'Moderators: who is under way, step by step',
    parse: (pathway) => (pathway ? { do: 'funnel', pathway } : { do: 'funnel' }),
  },
  {
    name: 'stalled',
    usage: 'stalled',
    summary: 'Moderators: who has not moved for a week or more, and where',
    parse: () => ({ do: 'stalled' }),
  },
  {
    name: 'mentors',
    usage: 'mentors [name]',
    summary: 'Moderators: who mentors and who moderates; give a role or take it',
    parse: (name) => (name ? { do: 'roles.find', name } : { do: 'roles' }),
  },
  {
    name: 'stop',
    usage: 'stop [digest | nudges]',
    summary: 'What comes unasked, and how to stop it',
    parse: stopCommand,
  },
  {
    name: 'my-data',
    usage: 'my-data [read | erase]',
    summary: 'All that is kept about you: see it, save it, erase it',
    parse: myDataCommand,
  },
  {
    name: 'link',
    usage: 'link [code]',
    summary: 'Be one member here and in another community: shows a code, or takes the one shown there',
    parse: (code) => (code ? { do: 'link', code } : { do: 'link' }),
  },
  { name: 'unlink', usage: 'unlink', summary: 'Undo a link', parse: () => ({ do: 'unlink' }) },
  {
    name: 'suggest',
    usage: 'suggest [link]',
    summary: 'Suggest a page for the digest; the moderators decide, and you hear',
    most: 2000,
    parse: (text) => (text ? { do: 'suggest', text } : { do: 'suggest' }),
  },
  {
    name: 'suggestions',
    usage: 'suggestions',
    summary: 'Moderators: pages that members suggest for the digest',
    parse: () => ({ do: 'suggestions' }),
  },
  {
    name: 'dates',
    usage: 'dates [all | here]',
    summary: 'Your deadlines and meetings, by month, with what to do',
    parse: (rest) => ({ do: /^all\b/i.test(rest) ? 'dates.all' : /^here\b/i.test(rest) ? 'dates.here' : 'dates' }),
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
    name: 'deadlines',
    usage: 'deadlines for <day of your activity>',
    summary: 'What hangs on the date of an activity, for example /cme deadlines for 2027-06-14',
    parse: (rest) => {
      const text = rest.replace(/^for\b\s*/i, '')
      return text ? { do: 'deadlines', text } : { do: 'deadlines' }
    },
  },
  {
    name: 'setup',
    usage: 'setup',
    summary: 'Moderators: time zone, channels and roles of this community',
    parse: () => ({ do: 'setup' }),
  },
  { name: 'help', usage: 'help', summary: 'All commands', parse: () => ({ do: 'help' }) },
]
const THANKS = new Set(['thanks', 'thank', 'thankyou', 'thx', 'ty', 'cheers'])

function stopCommand(rest: string): Press {
  const what = rest.toLowerCase()
  if (/\b(?:nudges?|nudging|reminders?|reminding)\b/.test(what)) return { do: 'nudges.stop' }
  return /\b(?:digests?|news)\b/.test(what) ? { do: 'digest.stop' } : { do: 'stop' }
}

function digestCommand(rest: string): Press {
  const [verb = '', ...words] = rest.toLowerCase().split(/\s+/)
  switch (verb) {
    case '':
    case 'show':
      return { do: 'digest' }
    case 'here':
      return { do: 'digest.start', here: 'yes' }
    case 'snooze':
      return words[0] ? { do: 'digest.snooze', until: words[0] } : { do: 'digest.snooze' }
    case 'start':
    case 'preview':
    case 'when':
    case 'what':
    case 'pause':
    case 'resume':
    case 'stop':
      return { do: `digest.${verb}` }
    default:
      return { do: 'unknown', said: `digest ${rest}` }
  }
}

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

function myDataCommand(rest: string): Press {
  const verb = rest.toLowerCase()
  if (verb === 'erase') return { do: 'my-data.erase' }
  return { do: verb === 'read' ? 'my-data.read' : 'my-data' }
}

/** What a person typed after `/cme` (or to the bot in private, with or without `/cme`) as an action; never throws. */
export function parseCommand(text: string): Press {
  const said = text
    .trim()
    .replace(/^\/?cme\b\s*/i, '')
    .slice(0, MOST_TO_EXPLAIN)
  if (said === '') return { do: 'home' }
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(said) ?? []
  const name = word.toLowerCase()
  if (THANKS.has(name.replace(/\W+$/, ''))) return { do: 'thanks' }
  const command = commands.find((c) => c.name === (aliases[name] ?? name))
  if (!command) return { do: 'unknown', said: said.slice(0, MOST) }
  return command.parse(rest.slice(0, command.most ?? MOST).trim())
}

/** The command whose name is closest to what was typed, if one is close enough to be meant. */
export function nearestCommand(said: string): Command | undefined {
  const name = said.trim().split(/\s+/)[0]?.toLowerCase() ?? ''
  const names = [
    ...commands.map((c) => [c.name, c] as const),
    ...Object.entries(aliases).map(([alias, to]) => [alias, commands.find((c) => c.name === to)!] as const),
  ]
  return nearest(name, names)
}
