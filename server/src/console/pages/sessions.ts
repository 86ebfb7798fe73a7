import { signedIn } from '@cme-commons/app'
import { html } from 'hono/html'
import { actButtons } from '../card.ts'
import { moment, table } from '../table.ts'
import type { PageMaker } from './index.ts'

/** Where the moderator herself is signed in, and how she ends it. */
export const sessionsPage: PageMaker = async ({ db, real }, visitor) => {
  const { session, actor, zone } = visitor
  const rows = await signedIn(db.read, actor, real())
  return {
    title: 'Where you are signed in',
    section: '/console/sessions',
    body: html`<p>You are signed out after two hours without use, and after twelve hours in any case; at once when you are no moderator any more.</p>
${table(
  'Where you are signed in',
  ['Browser', 'Since', 'Last used', 'End it'],
  rows.map(({ id, browser, since, seen }) => [
    id === session.id ? html`${browser} <span class="mark is-good">this one</span>` : browser,
    moment(since, zone),
    moment(seen, zone),
    actButtons(visitor, [
      { label: `Sign out ${id === session.id ? 'here' : `of ${browser}`}`, act: { do: 'console.end', session: id } },
    ]),
  ]),
  'You are signed in nowhere.',
)}
<h2>All at once</h2>
${actButtons(visitor, [{ label: 'Sign out everywhere', style: 'danger', act: { do: 'console.end' } }])}`,
  }
}
