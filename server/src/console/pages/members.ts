import { progressOf } from '@cme-commons/app'
import { cut, pathCard, progressCard, trackName } from '@cme-commons/core'
import { heldRoles, memberIn, membersNamed, membersOf } from '@cme-commons/db'
import { html } from 'hono/html'
import { cardHtml } from '../../html/card.ts'
import { timeHtml } from '../../html/text.ts'
import { answerHtml } from '../ask.ts'
import { finder, input, table } from '../table.ts'
import { funnelChart } from './charts.ts'
import type { PageMaker } from './index.ts'

const MOST = 100

/** How the onboarding goes: the funnel of each pathway, who has stalled, what waits for review, and every member by name. */
export const membersPage: PageMaker = async (house, visitor, query) => {
  const { db, content } = house
  const { space, zone, actor } = visitor
  const words = (query.get('q') ?? '').trim().replaceAll('\0', '').slice(0, 100)
  const asked = query.get('pathway') ?? ''
  const { pathways } = content.onboarding
  const pathway = pathways.find(({ id }) => id === asked) ?? pathways.find(({ track }) => track === undefined)!
  const found = words ? await membersNamed(db.read, space.id, words, MOST) : await membersOf(db.read, space.id)
  const roles = new Map((await heldRoles(db.read, space.id)).map(({ member, role }) => [member, role]))
  return {
    title: 'Members',
    section: '/console/members',
    body: html`<ul class="tabs" aria-label="Pathways">${pathways.map(
      ({ id, name }) =>
        html`<li><a class="button" href="/console/members?pathway=${id}"${id === pathway.id ? html` aria-current="true"` : ''}>${name}</a></li>`,
    )}</ul>
<div class="columns">${await funnelChart(house, visitor, pathway)}
${answerHtml(visitor, await house.perform(actor, { do: 'funnel', pathway: pathway.id }))}</div>
<div class="columns"><section id="stalled" aria-label="Who has stalled">${answerHtml(visitor, await house.perform(actor, { do: 'stalled' }))}</section>
<section id="reviews" aria-label="What waits for review">${answerHtml(visitor, await house.perform(actor, { do: 'reviews' }))}</section></div>
<h2 id="all">Every member</h2>
${finder('/console/members', input('q', 'Name', words))}
${table(
  'Members',
  ['Name', 'Track', 'Role', 'Known since'],
  found
    .slice(0, MOST)
    .map(({ id, name, track, made_at }) => [
      html`<a href="/console/member?id=${id}">${cut(name ?? 'A member without a name', 80)}</a>`,
      track ? trackName(content, track) : '',
      roles.get(id) ?? '',
      timeHtml(made_at, 'day', zone),
    ]),
  words ? 'Nobody of that name is known here.' : 'Nobody is known here yet.',
)}
${found.length > MOST ? html`<p class="soft">And more: look for a name.</p>` : ''}
<p><a class="button" href="/console/members.csv">Export all as a table (CSV)</a></p>`,
  }
}

/** One member: what she did on her pathway in this space, and her roles. */
export const memberPage: PageMaker = async (house, visitor, query) => {
  const { db, content, now } = house
  const id = (query.get('id') ?? '').replaceAll('\0', '')
  const member = await memberIn(db.read, visitor.space.id, id)
  const progress = member && (await progressOf(db.read, content, member.id, now(), visitor.space.id))
  if (!member || !progress) return undefined
  const { path, milestones, started, track } = progress
  const standing = { milestones, elsewhere: 0, ...(started ? { started } : {}), ...(track ? { track } : {}) }
  const steps = pathCard(path, content.onboarding, track)
  // Without the words that are said to her.
  const blocks = steps.blocks.filter(({ kind }) => kind === 'progress' || kind === 'list')
  return {
    title: cut(member.name ?? 'A member without a name', 80),
    section: '/console/members',
    body: html`<p>What this member began and did in this community. Answers, and lines on steps, stay private.</p>
<div class="columns">${cardHtml({ ...progressCard(path, standing), title: 'Progress', buttons: [] }, visitor.zone)}
${answerHtml(visitor, await house.perform(visitor.actor, { do: 'roles.member', member: member.id }))}</div>
${cardHtml({ title: 'Steps', blocks }, visitor.zone)}`,
  }
}
