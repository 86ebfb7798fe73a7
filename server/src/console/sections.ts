import type { Press } from '@cme-commons/core'

/** The parts of the console in the order of its menu. */
export const SECTIONS = [
  ['/console', 'Overview'],
  ['/console/suggestions', 'Suggestions'],
  ['/console/sources', 'Sources'],
  ['/console/items', 'Items'],
  ['/console/digests', 'Digests'],
  ['/console/members', 'Members'],
  ['/console/conferences', 'Conferences'],
  ['/console/deliveries', 'Deliveries'],
  ['/console/settings', 'Settings'],
  ['/console/audit', 'Audit'],
  ['/console/sessions', 'Signed in'],
] as const
export type Section = (typeof SECTIONS)[number][0]

export const sectionName = (path: Section): string => SECTIONS.find(([one]) => one === path)![1]

const BY_VERB: readonly (readonly [RegExp, Section])[] = [
  [/^(suggest|suggestions)(\.|$)/, '/console/suggestions'],
  [/^(source|sources)(\.|$)/, '/console/sources'],
  [/^(item|news|found|search)(\.|$)/, '/console/items'],
  [/^digest(\.|$)/, '/console/digests'],
  [/^(funnel|stalled|roles|reviews)(\.|$)/, '/console/members'],
  [
    /^(dates?|conferences?|edition|going|follow|deadlines|plan|calendar|channels?|questions|recap|present|meet|met|disclose)(\.|:|$)/,
    '/console/conferences',
  ],
  [/^(delivery)(\.|$)/, '/console/deliveries'],
  [/^(setup|keys)(\.|$)/, '/console/settings'],
  [/^console(\.|$)/, '/console/sessions'],
]

/** The part of the console to which an action, or the form of this id, belongs. */
export const sectionOf = (verb: string): Section => BY_VERB.find(([form]) => form.test(verb))?.[1] ?? '/console'

/** What changes nothing when it is looked at, or asks a form: a link of its own, which can be kept, shared and gone back to. */
const READS = new Set<string>(
  `news news.item news.why search sources source what help suggestions suggestions.open suggestions.edit
   suggestions.decline digest digest.when digest.what digest.preview digest.rest digest.why funnel funnel.step
   stalled roles roles.find roles.member reviews reviews.open reviews.file reviews.form dates dates.all date
   conferences conference edition plan.form plan.log plan.reminders follow.form setup setup.form setup.log keys keys.form delivery
   calendar item.edit item.relabel item.summary item.history item.why found found.open sources.offer channels
   channel channel.form channel.coming channel.item questions questions.open recap recap.form calendar.sources
   calendar.changes`.split(/\s+/),
)
export const isRead = (press: Press): boolean => READS.has(press.do)
