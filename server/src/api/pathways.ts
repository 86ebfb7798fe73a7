import type { Knowledge, Pathway, Step } from '@cme-commons/core'
import type { Context } from 'hono'
import { problem } from '../problem.ts'
import { jsonAnswer } from './answer.ts'
import type { Kept } from './kept.ts'

/** A pathway as the API tells it; the shape is `pathway` of the schemas. */
export const pathwayJson = ({ id, name, track, steps, source, checked, confidence }: Pathway, content: Knowledge) => ({
  id,
  name,
  track: track ?? null,
  minutes: steps.reduce((sum, step) => sum + step.minutes, 0),
  steps: steps.map((step) => stepJson(step, content)),
  source,
  checked,
  confidence,
})

const stepJson = (step: Step, { onboarding }: Knowledge) => ({
  id: step.id,
  name: step.name,
  partOf: step.partOf ?? null,
  purpose: step.purpose,
  todo: step.todo,
  proof: step.proof.kind === 'artefact' ? step.proof.artefact : step.proof.kind,
  after: step.after,
  unlocks: step.unlocks ?? null,
  minutes: step.minutes,
  resources: onboarding.resources
    .filter(({ id }) => step.resources.includes(id))
    .map(({ id, name, href, minutes, cost, checked }) => ({ id, name, href, minutes, cost, checked })),
  source: step.source,
  checked: step.checked,
  confidence: step.confidence,
})

/** All pathways, the newcomer's first. */
export const pathwaysJson = (content: Knowledge) => ({
  pathways: [...content.onboarding.pathways]
    .sort((a, b) => Number(a.track !== undefined) - Number(b.track !== undefined))
    .map((pathway) => pathwayJson(pathway, content)),
})

/** `GET /v1/pathways/{id}` */
export const onePathway = (content: Knowledge, kept: Kept) => (c: Context) =>
  kept(c, async () => {
    const found = content.onboarding.pathways.find(({ id }) => id === c.req.param('id'))
    return found
      ? jsonAnswer(pathwayJson(found, content))
      : problem(c, 404, 'No pathway has this id: GET /v1/pathways lists them.')
  })
