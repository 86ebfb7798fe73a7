import { nameOf, upcoming } from '@cme-commons/app'
import { DAY, plus } from '@cme-commons/core'
import { html } from 'hono/html'
import type { Html } from '../../html/html.ts'
import type { ConsoleHouse } from '../house.ts'
import type { Visitor } from '../session.ts'
import { type Cell, moment, table } from '../table.ts'
import { attention } from './attention.ts'
import { funnelChart, nudgesChart, topicsChart } from './charts.ts'
import { deliveriesChart } from './deliveries-chart.ts'
import type { PageMaker } from './index.ts'

/** What needs attention first, then how the community is served: deliveries, what comes next, the funnel, the news. */
export const overviewPage: PageMaker = async (house, visitor) => ({
  title: 'Overview',
  section: '/console',
  body: html`<section aria-labelledby="first"><h2 id="first">What needs you first</h2>
${attentionHtml(await attention(house, visitor))}</section>
<section aria-labelledby="coming"><h2 id="coming">What goes out within a week</h2>
${await comingHtml(house, visitor)}</section>
<section class="charts" aria-labelledby="served"><h2 id="served">How the community is served</h2>
${await deliveriesChart(house, visitor)}${await funnelChart(house, visitor)}${await topicsChart(house, visitor)}${await nudgesChart(house, visitor)}</section>
<section aria-labelledby="say"><h2 id="say">Type a command</h2>
<form class="finder" method="post" action="/console/say"><input type="hidden" name="csrf" value="${visitor.session.csrf}"><label><span>As in the chat</span><input name="text" placeholder="/cme news EACCME" autocomplete="off" maxlength="3000"></label><button class="button">Send</button></form></section>`,
})

const attentionHtml = (points: Awaited<ReturnType<typeof attention>>): Html =>
  points.length === 0
    ? html`<p class="fine">Nothing needs you: what was promised arrived, every source answers, and nobody waits.</p>`
    : html`<ul class="attention">${points.map(
        ({ href, what, say, grave }) =>
          html`<li class="${grave ? 'is-grave' : 'is-waiting'}"><a href="${href}">${what}</a><span>${say}</span></li>`,
      )}</ul>`

const WHAT: Readonly<Record<string, string>> = {
  digest: 'Digest',
  'nothing-new': 'Word that nothing is new',
  message: 'Message',
  role: 'Role of the platform',
  welcome: 'Welcome',
  nudge: 'Nudge',
  stalled: 'Who has stalled',
  reminder: 'Reminder of a date',
  'date-news': 'News about a date',
  'edition-news': 'News about a conference',
  'usual-dates': 'Usual dates of a month',
  webhook: 'Call of a program',
  introduction: 'Introduction',
  introductions: 'Introductions, as things stand',
  'did-you-meet': 'Did you meet?',
  question: 'Question for a channel',
  'question-note': 'Word about a question',
  'question-votes': 'Votes for a question',
  'recap-offer': 'Offer of a recap',
}

async function comingHtml({ db, now, content }: ConsoleHouse, { space, zone }: Visitor): Promise<Html> {
  const at = now()
  const all = await upcoming(db.read, at, plus(at, 7 * DAY), content, space.id)
  const rows: Cell[][] = []
  for (const one of all.slice(0, 12)) {
    const [first = ''] = one.to
    const whom =
      one.readers === 1 ? await nameOf(db.read, { space: space.id, ...idOf(first) }) : `${one.readers} readers`
    const soFar = one.decision
      ? one.decision === 'hold'
        ? 'held by a moderator'
        : 'left out by a moderator'
      : one.items === undefined
        ? ''
        : one.items > 0
          ? `${one.items} ${one.items === 1 ? 'item' : 'items'} so far`
          : 'if there is news by then'
    rows.push([moment(one.at, zone), one.title ?? WHAT[one.what] ?? 'Work on a channel', whom, soFar])
  }
  return html`${table('What goes out within a week', ['When', 'What', 'To', 'So far'], rows, 'Nothing is due within a week.')}
${all.length > rows.length ? html`<p class="soft">And ${all.length - rows.length} more.</p>` : ''}`
}

const idOf = (address: string): { user: string } | { channel: string } => {
  const id = address.slice(address.indexOf(':') + 1)
  return address.startsWith('channel:') ? { channel: id } : { user: id }
}
