import {
  countedSteps,
  type Knowledge,
  type Pathway,
  type Proof,
  type Step,
  topicName,
  trackName,
} from '@cme-commons/core'
import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import { publicPage } from './frame.ts'
import { outward, provenance, shareLink } from './parts.ts'

/** The four tracks of the field with their topics, and the pathways through its basics. */
export function pathwaysPage(content: Knowledge, site: string): Html {
  const { pathways } = content.onboarding
  const [first, ...rest] = [...pathways].sort((a, b) => Number(a.track !== undefined) - Number(b.track !== undefined))
  return publicPage({
    title: 'Tracks and pathways',
    description: 'First steps in continuing medical education, and what follows on each professional track.',
    site,
    path: '/pathways',
    room: '/pathways',
    body: html`<header class="lead"><h1>Tracks and pathways</h1>
<p>Everybody begins with the same first steps; then a track decides what follows, and which news matters. In Slack and Discord the steps are worked through one by one, with <code>/cme start</code>.</p></header>
${first ? pathwayCard(first, 2) : ''}
<h2>The tracks</h2>
<div class="cards">${content.tracks.map((track) => {
      const pathway = rest.find((one) => one.track === track.id)
      return html`<section class="paper" id="${track.id}"><h3>${track.name}</h3>
<p>${track.summary}</p>
<p class="labels">${track.topics.slice(0, 6).map((id, i) => html`${i > 0 ? ' · ' : ''}<a href="/news?topic=${id}">${topicName(content, id)}</a>`)}</p>
<ul class="plain"><li><a href="/news?track=${track.id}">News for this track</a></li>${pathway ? html`<li><a href="/pathways/${pathway.id}">Its pathway: ${pathway.name}</a>, ${lengthOf(pathway)}</li>` : ''}</ul></section>`
    })}</div>`,
  })
}

/** One pathway with each of its steps: why, what to do, with what, and how it is shown to be done. */
export function pathwayPage(content: Knowledge, site: string, id: string): Html | undefined {
  const pathway = content.onboarding.pathways.find((one) => one.id === id)
  if (!pathway) return undefined
  const path = `/pathways/${pathway.id}`
  return publicPage({
    title: pathway.name,
    description: `${pathway.name}: ${pathway.steps.map(({ name }) => name).join(', ')}.`.slice(0, 200),
    site,
    path,
    room: '/pathways',
    body: html`<header class="lead"><h1>${pathway.name}</h1>
<p>${lengthOf(pathway)}${pathway.track ? html`, for <a href="/pathways#${pathway.track}">${trackName(content, pathway.track)}</a>` : ', for everybody who is new'}. Work through it in Slack or Discord with <code>/cme start</code>: it remembers where you are, asks back, and shows where you went wrong.</p>
<p class="buttons">${shareLink(site, path)}</p></header>
<ol class="steps">${pathway.steps.map((step) => html`<li class="paper${half(step)}" id="${step.id}">${stepHtml(step, pathway, content)}</li>`)}</ol>`,
  })
}

const pathwayCard = (
  pathway: Pathway,
  level: 2,
): Html => html`<section class="paper"><h${level}><a href="/pathways/${pathway.id}">${pathway.name}</a></h${level}>
<p class="meta">${lengthOf(pathway)}</p>
<ol class="path">${pathway.steps.map((step) => html`<li class="${half(step)}"><a href="/pathways/${pathway.id}#${step.id}">${step.name}</a></li>`)}</ol></section>`

function stepHtml(step: Step, pathway: Pathway, content: Knowledge): Html {
  const resources = content.onboarding.resources.filter(({ id }) => step.resources.includes(id))
  const after = step.after.flatMap((id) =>
    content.onboarding.pathways.flatMap((one) =>
      one.steps.filter((other) => other.id === id).map((other) => ({ other, in: one.id })),
    ),
  )
  const part = pathway.steps.find(({ id }) => id === step.partOf)
  return html`<h2>${step.name}</h2>
<p class="meta">About ${minutes(step.minutes)}${part ? `, the first half of “${part.name}”` : ''}</p>
<p>${step.purpose}</p>
<h3>What to do</h3><ul>${step.todo.map((one) => html`<li>${one}</li>`)}</ul>
${
  resources.length > 0
    ? html`<h3>With</h3><ul>${resources.map(({ name, href, minutes: takes, cost }) => html`<li>${outward(name, href)} <span class="soft">(${minutes(takes)}${cost === 'free' ? '' : `, ${COSTS[cost]}`})</span></li>`)}</ul>`
    : ''
}
<dl class="facts"><div><dt>Shown by</dt><dd>${PROOFS[step.proof.kind]}</dd></div>${after.length > 0 ? html`<div><dt>Comes after</dt><dd>${after.map(({ other, in: of }, i) => html`${i > 0 ? ', ' : ''}<a href="${of === pathway.id ? '' : `/pathways/${of}`}#${other.id}">${other.name}</a>`)}</dd></div>` : ''}${step.unlocks ? html`<div><dt>Opens</dt><dd>${step.unlocks}</dd></div>` : ''}</dl>
${provenance(step)}`
}

const PROOFS: Readonly<Record<Proof['kind'], string>> = {
  attest: 'a line in your own words',
  check: 'a few questions; wrong answers explain themselves',
  form: 'a short form',
  artefact: 'something you make, looked over by rules and by colleagues',
  attend: 'the day on which you took part',
}
const COSTS = { paid: 'paid', members: 'for members', varies: 'cost varies' } as const

const minutes = (n: number): string => (n < 90 ? `${n} minutes` : `${Math.round(n / 30) / 2} hours`)

const lengthOf = (pathway: Pathway): string =>
  `${countedSteps(pathway).length} steps, about ${minutes(pathway.steps.reduce((sum, step) => sum + step.minutes, 0))}`

/** A step that is counted with another has no number of its own. */
const half = ({ partOf }: Step): string => (partOf ? ' half' : '')
