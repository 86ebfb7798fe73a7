import type { Press } from './action.ts'
import { CONFERENCE_PARAMETERS, CONFERENCE_REQUIRED } from './conferences/action-parameters.ts'

/** The parameters of each action in the order in which a button's id carries them; an optional one is left empty. */
const PARAMETERS: { [P in Press as P['do']]: readonly Exclude<keyof P, 'do'>[] } = {
  home: [],
  help: [],
  unknown: ['said'],
  tracks: [],
  'track.choose': ['track'],
  'region.choose': ['region'],
  news: ['about', 'before'],
  'news.item': ['item'],
  'news.why': ['item'],
  search: ['text', 'from'],
  sources: [],
  what: ['term'],
  explain: ['text'],
  digest: [],
  'digest.start': ['here'],
  'digest.when': ['subscription'],
  'digest.what': ['subscription'],
  'digest.preview': ['subscription'],
  'digest.now': ['subscription'],
  'digest.snooze': ['subscription', 'until'],
  'digest.pause': ['subscription'],
  'digest.resume': ['subscription'],
  'digest.stop': ['subscription'],
  'digest.rest': ['digest', 'from'],
  'digest.why': ['digest', 'subscription'],
  'digest.less': ['digest', 'subscription'],
  'digest.mute': ['topic', 'subscription'],
  'digest.track': ['subscription'],
  'digest.quiet': ['subscription', 'to'],
  path: [],
  'path.find': [],
  'path.start': [],
  progress: [],
  summary: [],
  'summary.file': ['from'],
  step: ['step'],
  'step.tell': ['step'],
  check: ['step', 'question'],
  answer: ['step', 'question', 'option'],
  samples: [],
  sample: ['sample'],
  'sample.mark': ['sample'],
  stop: [],
  thanks: [],
  'nudges.stop': [],
  'reminders.stop': [],
  'nudges.snooze': [],
  'nudges.resume': [],
  'my-data': [],
  'my-data.read': ['from'],
  'my-data.erase': [],
  'my-data.confirm': [],
  link: ['code'],
  'link.code': [],
  'link.confirm': ['link', 'home'],
  'link.cancel': ['link'],
  'link.home': [],
  unlink: [],
  'unlink.confirm': ['keep'],
  'needs.show': [],
  'needs.form': ['form'],
  'needs.review': ['from'],
  'needs.file': ['from'],
  'activity.show': [],
  'activity.form': ['form'],
  'activity.statements': [],
  'activity.file': ['from'],
  'activity.submit': [],
  'activity.withdraw': [],
  'activity.reopen': [],
  'activity.history': [],
  reviews: [],
  'reviews.open': ['review'],
  'reviews.file': ['review', 'from'],
  'reviews.form': ['review', 'part'],
  'reviews.approve': ['review'],
  'reviews.return': ['review'],
  setup: [],
  'setup.form': ['form', 'draft'],
  'setup.save': ['draft'],
  'setup.log': [],
  'setup.welcome': ['channel'],
  suggest: ['text', 'href'],
  suggestions: [],
  'suggestions.open': ['suggestion'],
  'suggestions.approve': ['suggestion'],
  'suggestions.edit': ['suggestion'],
  'suggestions.decline': ['suggestion'],
  'item.edit': ['item'],
  'item.relabel': ['item'],
  'item.summary': ['item'],
  'item.pin': ['item', 'until'],
  'item.unpin': ['item'],
  'item.hide': ['item', 'why'],
  'item.show': ['item'],
  'item.merge': ['item', 'into'],
  'item.split': ['item', 'off'],
  'item.history': ['item', 'before'],
  'item.undo': ['change'],
  'item.why': ['change'],
  found: ['from'],
  'found.open': ['found'],
  'found.take': ['found', 'edition'],
  'found.drop': ['found'],
  'sources.add': ['url'],
  'sources.offer': ['offer'],
  'sources.take': ['offer', 'at'],
  'sources.leave': ['offer'],
  funnel: ['pathway'],
  'funnel.step': ['step', 'state', 'from'],
  stalled: ['from'],
  roles: ['from'],
  'roles.find': ['name'],
  'roles.member': ['member'],
  'roles.give': ['member', 'role'],
  'roles.take': ['member', 'role'],
  console: [],
  'console.end': ['session'],
  keys: [],
  'keys.form': [],
  'keys.end': ['key'],
  delivery: ['key'],
  'delivery.retry': ['key'],
  'delivery.drop': ['key'],
  source: ['source'],
  'source.pause': ['source'],
  'source.resume': ['source'],
  'source.add': ['url', 'name'],
  'source.move': ['source', 'url'],
  ...CONFERENCE_PARAMETERS,
}
const REQUIRED: Partial<Record<Press['do'], number>> = {
  unknown: 1,
  'track.choose': 1,
  'region.choose': 1,
  'news.item': 1,
  'news.why': 1,
  'digest.rest': 2,
  'digest.why': 1,
  'digest.less': 1,
  'digest.mute': 1,
  step: 1,
  'step.tell': 1,
  check: 1,
  answer: 3,
  sample: 1,
  'sample.mark': 1,
  'needs.form': 1,
  'activity.form': 1,
  'reviews.open': 1,
  'reviews.file': 1,
  'reviews.form': 2,
  'reviews.approve': 1,
  'reviews.return': 1,
  'setup.form': 1,
  'setup.save': 1,
  'suggestions.open': 1,
  'suggestions.approve': 1,
  'suggestions.edit': 1,
  'suggestions.decline': 1,
  'item.edit': 1,
  'item.relabel': 1,
  'item.summary': 1,
  'item.pin': 1,
  'item.unpin': 1,
  'item.hide': 1,
  'item.show': 1,
  'item.merge': 1,
  'item.split': 1,
  'item.undo': 1,
  'item.why': 1,
  'found.open': 1,
  'found.take': 1,
  'found.drop': 1,
  'sources.offer': 1,
  'sources.take': 1,
  'sources.leave': 1,
  'funnel.step': 1,
  'link.confirm': 2,
  'link.cancel': 1,
  'unlink.confirm': 1,
  'roles.member': 1,
  'roles.give': 2,
  'roles.take': 2,
  'keys.end': 1,
  delivery: 1,
  'delivery.retry': 1,
  'delivery.drop': 1,
  source: 1,
  'source.pause': 1,
  'source.resume': 1,
  'source.add': 1,
  'source.move': 2,
  ...CONFERENCE_REQUIRED,
}
const NUMBERS = new Set(['before', 'part', 'from', 'option', 'at'])
const VERSION = 'cme1'
/** The largest number a database column holds everywhere. */
const MOST = 2 ** 31 - 1

/** The id of a button that performs `press`: `cme1:digest.mute:outcomes:s7`. State stays in the database, so it is short. */
export function encodeAction(press: Press): string {
  const values = press as Record<string, string | number | undefined>
  const parts = PARAMETERS[press.do].map((name) => encodeURIComponent(String(values[name] ?? '').toWellFormed()))
  while (parts.at(-1) === '') parts.pop()
  return [VERSION, press.do, ...parts].join(':')
}

/** The action of a pressed button, or nothing when the id is not one of ours (too old, forged, damaged). */
export function decodeAction(id: string): Press | undefined {
  const [version, verb = '', ...parts] = id.split(':')
  if (version !== VERSION || !Object.hasOwn(PARAMETERS, verb)) return undefined
  const names: readonly string[] = PARAMETERS[verb as Press['do']]
  const required = REQUIRED[verb as Press['do']] ?? 0
  if (parts.length > names.length || parts.length < required) return undefined
  const press: Record<string, string | number> = { do: verb }
  for (const [i, part] of parts.entries()) {
    const value = decoded(part)
    if (value === undefined || (value === '' && i < required)) return undefined
    if (value === '') continue
    const name = names[i]!
    if (!NUMBERS.has(name)) press[name] = value
    else if (/^\d{1,10}$/.test(value) && Number(value) <= MOST) press[name] = Number(value)
    else return undefined
  }
  return press as Press
}

function decoded(part: string): string | undefined {
  try {
    const value = decodeURIComponent(part)
    return value.includes('\0') ? undefined : value
  } catch {
    return undefined
  }
}
