import type { Press } from './action.ts'
import { aliases } from './command-aliases.ts'
import { conferenceCommands } from './conferences/commands.ts'
import { nearest } from './nearest.ts'

/** A command as `/cme <name>`; `usage` shows what may follow, of which it takes `most` characters (300 when it doesn't say). */
export type Command = { name: string; usage: string; summary: string; most?: number; parse: (rest: string) => Press }

const MOST = 300
/** The longest text that is explained: more than either platform lets a person type after a command. */
export const MOST_TO_EXPLAIN = 10_000

const digestVerbs = ['start', 'here', 'preview', 'when', 'what', 'snooze', 'quiet', 'pause', 'resume', 'stop'] as const

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
    usage: 'sources [add <address>]',
    summary: 'Where the news comes from, and how each source is doing; moderators add one',
    most: 600,
    parse: sourcesCommand,
  },
  {
    name: 'item',
    usage: 'item [id [edit | labels | words | pin | unpin | hide | show | merge | split | history]]',
    summary: 'Moderators: edit one item of the news here; without an id, who changed what',
    parse: itemCommand,
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
    usage: 'stop [digest | nudges | reminders]',
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
  ...conferenceCommands,
  {
    name: 'setup',
    usage: 'setup',
    summary: 'Moderators: time zone, channels and roles of this community',
    parse: () => ({ do: 'setup' }),
  },
  {
    name: 'console',
    usage: 'console',
    summary: 'Moderators: the pages on which you see how this community is served, and put right what is not',
    parse: () => ({ do: 'console' }),
  },
  { name: 'help', usage: 'help', summary: 'All commands', parse: () => ({ do: 'help' }) },
]
const THANKS = new Set(['thanks', 'thank', 'thankyou', 'thx', 'ty', 'cheers'])

function stopCommand(rest: string): Press {
  const what = rest.toLowerCase()
  if (/\breminders\b/.test(what)) return { do: 'reminders.stop' }
  if (/\b(?:nudges?|nudging|reminder|reminding)\b/.test(what)) return { do: 'nudges.stop' }
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
    case 'quiet':
      return words[0] === 'on' || words[0] === 'off' ? { do: 'digest.quiet', to: words[0] } : { do: 'digest.quiet' }
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

function sourcesCommand(rest: string): Press {
  const [, verb = '', url = ''] = /^(\S*)\s*(\S*)/.exec(rest) ?? []
  if (verb.toLowerCase() === 'add') return url ? { do: 'sources.add', url } : { do: 'sources.add' }
  return { do: 'sources' }
}

function itemCommand(rest: string): Press {
  const [, item = '', verb = '', how = ''] = /^(\S*)\s*(\S*)\s*([\s\S]*)$/.exec(rest) ?? []
  if (item === '' || /^(?:show|history)$/i.test(item)) return { do: 'item.history' }
  switch (verb.toLowerCase()) {
    case 'labels':
      return { do: 'item.relabel', item }
    case 'words':
      return { do: 'item.summary', item }
    case 'pin':
      return how ? { do: 'item.pin', item, until: how } : { do: 'item.pin', item }
    case 'unpin':
      return { do: 'item.unpin', item }
    case 'hide':
      return how ? { do: 'item.hide', item, why: how } : { do: 'item.hide', item }
    case 'show':
      return { do: 'item.show', item }
    case 'merge':
      return how ? { do: 'item.merge', item, into: how } : { do: 'item.merge', item }
    case 'split':
      return { do: 'item.split', item }
    case 'history':
      return { do: 'item.history', item }
    default:
      return { do: 'item.edit', item }
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
