import { html } from 'hono/html'
import { answerHtml } from '../ask.ts'
import type { Shown } from '../frame.ts'
import type { ConsoleHouse } from '../house.ts'
import type { Visitor } from '../session.ts'
import { auditPage } from './audit.ts'
import { conferencesPage } from './conferences.ts'
import { deliveriesPage, deliveryPage } from './deliveries.ts'
import { digestsPage } from './digests.ts'
import { itemPage, itemsPage } from './items.ts'
import { memberPage, membersPage } from './members.ts'
import { overviewPage } from './overview.ts'
import { sessionsPage } from './sessions.ts'
import { sourcePage, sourcesPage } from './sources.ts'

/** Makes what a page shows of the visitor's space; nothing when there is no such thing. */
export type PageMaker = (house: ConsoleHouse, visitor: Visitor, query: URLSearchParams) => Promise<Shown | undefined>

const suggestionsPage: PageMaker = async (house, visitor) => ({
  title: 'Suggestions',
  section: '/console/suggestions',
  body: html`<p>Pages that members suggest for the digest. Whoever suggested one hears what you decide.</p>
${answerHtml(visitor, await house.perform(visitor.actor, { do: 'suggestions' }))}`,
})

const settingsPage: PageMaker = async (house, visitor) => ({
  title: 'Settings',
  section: '/console/settings',
  body: html`<p>What each change will do is shown before it is saved.</p>
${answerHtml(visitor, await house.perform(visitor.actor, { do: 'setup' }))}
${answerHtml(visitor, await house.perform(visitor.actor, { do: 'roles' }))}
${answerHtml(visitor, await house.perform(visitor.actor, { do: 'keys' }))}`,
})

/** The pages by their addresses. */
export const pages: Readonly<Record<string, PageMaker>> = {
  '/console': overviewPage,
  '/console/suggestions': suggestionsPage,
  '/console/sources': sourcesPage,
  '/console/source': sourcePage,
  '/console/items': itemsPage,
  '/console/item': itemPage,
  '/console/digests': digestsPage,
  '/console/members': membersPage,
  '/console/member': memberPage,
  '/console/conferences': conferencesPage,
  '/console/deliveries': deliveriesPage,
  '/console/delivery': deliveryPage,
  '/console/settings': settingsPage,
  '/console/audit': auditPage,
  '/console/sessions': sessionsPage,
}
