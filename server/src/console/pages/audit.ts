import { auditLines, namesOfMembers } from '@cme-commons/db'
import { html } from 'hono/html'
import { answerHtml } from '../ask.ts'
import { showHref } from '../card.ts'
import { moment, table } from '../table.ts'
import type { PageMaker } from './index.ts'

const PAGE = 50

/** What was changed in this community, by whom, the latest first; and who changed what of its conferences. */
export const auditPage: PageMaker = async (house, visitor, query) => {
  const { db } = house
  const before = Number(query.get('before'))
  const lines = await auditLines(db.read, {
    space: visitor.space.id,
    ...(Number.isInteger(before) && before > 0 ? { before: Math.min(before, 2 ** 31 - 1) } : {}),
    limit: PAGE + 1,
  })
  const page = lines.slice(0, PAGE)
  const names = await namesOfMembers(db.read, [...new Set(page.map(({ actor }) => actor))])
  return {
    title: 'Audit',
    section: '/console/audit',
    body: html`<p>What was changed, the latest first. Lines are added and never changed; they name nobody who was erased.</p>
${table(
  'Audit',
  ['What', 'By', 'When', 'Detail'],
  page.map(({ what, actor, at, detail }) => [
    wordsOf(what),
    names.get(actor) ?? (/^m\d+$/.test(actor) ? 'A member' : actor),
    moment(at, visitor.zone),
    detailHtml(what, detail),
  ]),
  'Nothing was changed yet.',
)}
${lines.length > PAGE ? html`<p><a class="button" href="/console/audit?before=${page.at(-1)!.seq}">Earlier ones</a></p>` : ''}
<h2>Conferences and dates</h2>
${answerHtml(visitor, await house.perform(visitor.actor, { do: 'plan.log' }))}`,
  }
}

const WORDS: Readonly<Record<string, string>> = {
  'console.in': 'Signed in to the console',
  'console.out': 'Signed out of the console',
  'delivery.retried': 'A delivery was sent again',
  'delivery.dropped': 'A delivery was dropped',
  'source.added': 'A source was added',
  'source.paused': 'A source was paused',
  'source.resumed': 'A source was switched on',
  'source.moved': 'A source got a new address',
  'source.not-moved': 'A source leads to the address of another, so it kept its own',
  'suggestion.approved': 'A suggestion was approved',
  'suggestion.declined': 'A suggestion was declined',
  'token.added': 'A key to the API was made',
  'token.revoked': 'A key to the API was ended',
  'member.erased': 'A member erased their data',
  'console.link': 'A link to the console was made',
  'introductions.round': 'Members were introduced',
  'question.released': 'A question was released',
  'question.answered': 'A question was answered',
  'question.declined': 'A question was declined',
  'recap.posted': 'A recap was posted',
  'restore.dropped': 'What waited before a restore was dropped',
  'restore.released': 'What waited before a restore goes out',
  'space.left': 'The bot was removed',
  'webhook.added': 'A webhook was added',
  'webhook.changed': 'A webhook was changed',
  'webhook.removed': 'A webhook was removed',
  'webhook.rotated': 'A webhook got a new secret',
  'welcome.posted': 'A welcome was posted',
  'calendar.open': 'The community’s calendar was opened',
  'calendar.close': 'The community’s calendar was closed',
}
const wordsOf = (what: string): string =>
  WORDS[what] ?? (what.startsWith('setup.') ? `Setting: ${what.slice(6)}` : what.replaceAll('.', ' '))

/** What a line is about: as a link where its detail is our id of something that can be shown. */
function detailHtml(what: string, detail: string) {
  const act = what.startsWith('question.')
    ? ({ do: 'questions.open', question: detail } as const)
    : what.startsWith('suggestion.')
      ? ({ do: 'suggestions.open', suggestion: detail } as const)
      : what === 'recap.posted'
        ? ({ do: 'edition', edition: detail } as const)
        : undefined
  return act ? html`<a href="${showHref(act)}">Show it</a>` : said(detail)
}

/** A detail that is data, as words. */
function said(detail: string): string {
  if (!detail.startsWith('{')) return detail
  const entries = Object.entries(JSON.parse(detail) as Record<string, unknown>)
  return entries
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
}
