import { upcoming } from '@cme-commons/app'
import { DAY, dayIn, plus } from '@cme-commons/core'
import { deliveriesByDay } from '@cme-commons/db'
import { html } from 'hono/html'
import { stackedColumns } from '../../html/chart/columns.ts'
import type { ChartData } from '../../html/chart/data.ts'
import type { Html } from '../../html/html.ts'
import type { ConsoleHouse } from '../house.ts'
import type { Visitor } from '../session.ts'
import { moment, table } from '../table.ts'
import { attention } from './attention.ts'
import { funnelChart, nudgesChart, topicsChart } from './charts.ts'
import type { PageMaker } from './index.ts'

const DAYS = 14

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

async function deliveriesChart({ db, now }: ConsoleHouse, { space }: Visitor): Promise<Html> {
  const at = now()
  const rows = await deliveriesByDay(db.read, space.id, `${dayIn(plus(at, -(DAYS - 1) * DAY), 'UTC')}T00:00:00.000Z`)
  const labels = Array.from({ length: DAYS }, (_, i) => dayIn(plus(at, (i - DAYS + 1) * DAY), 'UTC'))
  const of = (...states: string[]) =>
    labels.map((day) =>
      rows.filter((row) => row.day === day && states.includes(row.state)).reduce((sum, { count }) => sum + count, 0),
    )
  const data: ChartData = {
    title: 'Deliveries by day and state',
    unit: 'deliveries',
    labels,
    series: [
      { name: 'Arrived', values: of('done'), tone: 'good' },
      { name: 'Waiting', values: of('waiting', 'sending'), tone: 2 },
      { name: 'Failed or too late', values: of('dead', 'expired'), tone: 'bad' },
      { name: 'Not wanted any more', values: of('skipped', 'withdrawn'), tone: 'idle' },
    ],
  } as ChartData
  return stackedColumns(data)
}

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
  'did-you-meet': 'Did you meet?',
  question: 'Question for a channel',
  'question-note': 'Word about a question',
  'question-votes': 'Votes for a question',
  'recap-offer': 'Offer of a recap',
}

async function comingHtml({ db, now, content }: ConsoleHouse, { space, zone }: Visitor): Promise<Html> {
  const at = now()
  const all = await upcoming(db.read, at, plus(at, 7 * DAY), content, space.id)
  const rows = all
    .slice(0, 12)
    .map((one) => [
      moment(one.at, zone),
      one.title ?? WHAT[one.what] ?? 'Work on a channel',
      one.readers === 1 ? (one.to[0] ?? '').replace(/^channel:/, '#').replace(/^user:/, '') : `${one.readers} readers`,
      one.items === undefined ? '' : one.items > 0 ? `${one.items} items so far` : 'if there is news by then',
    ])
  return html`${table('What goes out within a week', ['When', 'What', 'To', 'So far'], rows, 'Nothing is due within a week.')}
${all.length > rows.length ? html`<p class="soft">And ${all.length - rows.length} more.</p>` : ''}`
}
