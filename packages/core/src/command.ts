import type { Press } from './action.ts'
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
    name: 'progress',
    usage: 'progress',
    summary: 'Where you are, what is next and how long it takes, and your milestones',
    parse: () => ({ do: 'progress' }),
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
    summary: 'Moderators: mock activities that wait for peer review',
    parse: () => ({ do: 'reviews' }),
  },
  { name: 'help', usage: 'help', summary: 'All commands', parse: () => ({ do: 'help' }) },
]
const aliases: Record<string, string> = {
  tracks: 'track',
  digests: 'digest',
  start: 'home',
  hello: 'home',
  hi: 'home',
  feeds: 'sources',
  regions: 'region',
  define: 'what',
  glossary: 'what',
  pathway: 'path',
  steps: 'path',
  onboarding: 'path',
  milestones: 'progress',
}

function digestCommand(rest: string): Press {
  const [verb = '', ...words] = rest.toLowerCase().split(/\s+/)
  switch (verb) {
    case '':
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

/** What a person typed after `/cme` (or to the bot in private, with or without `/cme`) as an action; never throws. */
export function parseCommand(text: string): Press {
  const said = text
    .trim()
    .replace(/^\/?cme\b\s*/i, '')
    .slice(0, MOST_TO_EXPLAIN)
  if (said === '') return { do: 'home' }
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(said) ?? []
  const name = word.toLowerCase()
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
