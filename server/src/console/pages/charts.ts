import { DAY, funnelOf, type Pathway, plus } from '@cme-commons/core'
import { answersFor, editionsOf, itemsByTopic, nudgeAnswers, stepCounts } from '@cme-commons/db'
import { html } from 'hono/html'
import { barChart, stackedBars } from '../../html/chart/bar-chart.ts'
import type { Html } from '../../html/html.ts'
import type { ConsoleHouse } from '../house.ts'
import type { Visitor } from '../session.ts'

const WEEKS = 8

/** How many began and did each step of a pathway; of the newcomers' when none is said. */
export async function funnelChart({ db, content }: ConsoleHouse, { space }: Visitor, which?: Pathway): Promise<Html> {
  const pathway = which ?? content.onboarding.pathways.find(({ track }) => track === undefined)!
  const counts = await stepCounts(
    db.read,
    space.id,
    pathway.steps.map(({ id }) => id),
  )
  const steps = funnelOf(pathway, counts)
  return barChart({
    title: `Onboarding: ${pathway.name}`,
    unit: 'members who began it',
    bars: steps.map(({ step, begun, done }) => ({ label: step.name, value: begun, note: `${done} done` })),
    whole: Math.max(1, ...steps.map(({ begun }) => begun)),
  })
}

/** How much news came by topic in the last weeks. */
export async function topicsChart({ db, content, now }: ConsoleHouse, { space }: Visitor): Promise<Html> {
  const rows = await itemsByTopic(db.read, space.id, plus(now(), -WEEKS * 7 * DAY))
  if (rows.length === 0) return html``
  const nameOf = (id: string) => content.topics.find((topic) => topic.id === id)?.name ?? id
  const shown = rows.slice(0, 10)
  const rest = rows.slice(10).reduce((sum, { count }) => sum + count, 0)
  return barChart({
    title: `News of the last ${WEEKS} weeks by topic`,
    unit: 'items',
    bars: [
      ...shown.map(({ topic, count }) => ({ label: nameOf(topic), value: count })),
      ...(rest > 0 ? [{ label: 'All other topics', value: rest }] : []),
    ],
  })
}

/** What nudges brought: who did something after one, who stopped them. */
export async function nudgesChart({ db }: ConsoleHouse, { space }: Visitor): Promise<Html> {
  const { nudged, did, stopped } = await nudgeAnswers(db.read, space.id)
  if (nudged === 0) return html``
  return barChart({
    title: 'What nudges brought',
    unit: 'newcomers',
    bars: [
      { label: 'Were nudged', value: nudged },
      { label: 'Did something afterwards', value: did },
      { label: 'Stopped the nudges', value: stopped },
    ],
    whole: nudged,
  })
}

const EDITIONS = 8

/** What people answered when they were told of an edition: who goes, and who may. */
export async function goingChart({ db, now }: ConsoleHouse, { space }: Visitor): Promise<Html> {
  const ahead = (await editionsOf(db.read, space.id)).filter(({ year }) => year >= Number(now().slice(0, 4)))
  const shown = []
  for (const { id, name } of ahead.slice(0, EDITIONS)) shown.push({ name, ...(await answersFor(db.read, id)) })
  if (shown.every(({ going, maybe }) => going + maybe === 0)) return html``
  return stackedBars({
    title: 'Who goes, as people answered',
    unit: 'members',
    labels: shown.map(({ name }) => name),
    series: [
      { name: 'Going', values: shown.map(({ going }) => going), tone: 'good' },
      { name: 'Maybe', values: shown.map(({ maybe }) => maybe), tone: 2 },
    ],
  })
}
