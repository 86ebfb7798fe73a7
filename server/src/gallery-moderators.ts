import {
  fileCard,
  findMemberForm,
  findStep,
  foundMembersCard,
  funnelCard,
  funnelOf,
  type GivenRole,
  type Knowledge,
  lastModeratorCard,
  memberRolesCard,
  pathOf,
  RECORD_NOTE,
  roleGivenCard,
  rolesCard,
  type StepCount,
  type StepRecord,
  stalledCard,
  stepDoneCard,
  stepListCard,
  stepMembersCard,
  summaryCard,
  summaryFile,
  summaryOf,
  t,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const NOW = '2026-11-23T14:00:00.000Z'
const on = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T14:00:00.000Z`
const names = ['Ana Souza', 'Ben Okafor', 'Chitra Rao', 'Dana Weiss', 'Emeka Obi', 'Fatima Haddad', 'Greta Lund', 'Hal']
const people = (many: number, first: number) =>
  Array.from({ length: many }, (_, i) => ({ name: names[i % names.length]!, at: on(first + (i % 8)) }))

/** What moderators see: the funnel, who has stalled, roles. Names and numbers are made up. */
export function moderatorViews({ onboarding }: Knowledge): Shown[] {
  const newcomer = onboarding.pathways.find(({ track }) => track === undefined)
  const others = onboarding.pathways.filter((one) => one !== newcomer)
  const counts: StepCount[] = newcomer!.steps.flatMap(({ id }, i) => [
    { step: id, members: 12 - 2 * i },
    { step: id, days: i, members: 60 - 10 * i },
    { step: id, days: i + 3, members: 60 - 10 * i },
  ])
  const funnel = funnelOf(newcomer!, counts)
  const totals = { begun: 132, finished: 8, stalled: 21, most: 1000, erased: 3 }
  const [first] = funnel
  const stalled = people(20, 2).map((one, i) => ({ ...one, step: newcomer!.steps[i % newcomer!.steps.length]!.name }))
  const given = (member: string, name: string, role: GivenRole['role'], by?: string): GivenRole => ({
    member,
    name,
    role,
    at: on(12),
    ...(by ? { by } : {}),
  })
  const held = [given('m1', 'Mo', 'moderator'), given('m2', 'Ana Souza', 'mentor', 'Mo')]
  const taken = { ...given('m3', 'Ben Okafor', 'mentor', 'Mo'), taken: { by: 'Mo', at: on(20) } }
  const ana = { member: 'm2', name: 'Ana Souza', track: 'Program Developers', seen: on(3) }
  return [
    { view: 'funnel', card: funnelCard(newcomer!, funnel, totals, others) },
    {
      view: 'funnel/empty',
      card: funnelCard(
        newcomer!,
        funnelOf(newcomer!, []),
        { begun: 0, finished: 0, stalled: 0, most: 1000, erased: 0 },
        others,
      ),
    },
    {
      view: 'funnel/step',
      card: stepMembersCard(
        first!,
        { members: people(8, 2), from: 0, total: 12 },
        { members: people(3, 9), from: 0, total: 3 },
        { open: 0, done: 2 },
        newcomer!,
      ),
    },
    {
      view: 'funnel/step-list',
      card: stepListCard(first!.step, 'open', { members: people(20, 2), from: 20, total: 45 }, 0),
    },
    { view: 'stalled', card: stalledCard({ members: stalled, from: 0, total: 1000, most: 1000 }, NOW) },
    { view: 'stalled/none', card: stalledCard({ members: [], from: 0, total: 0 }, NOW) },
    { view: 'roles', card: rolesCard(held, [taken, ...held], { more: true }) },
    { view: 'roles/none', card: rolesCard([], []) },
    { view: 'roles/find', form: findMemberForm() },
    { view: 'roles/found', card: foundMembersCard('ana', [ana, { member: 'm9', seen: on(4) }], true) },
    { view: 'roles/found-none', card: foundMembersCard('anna', [], false) },
    { view: 'roles/member', card: memberRolesCard(ana, [held[1]!], 'She is a mentor now, and is told so.') },
    { view: 'roles/last', card: lastModeratorCard() },
    { view: 'roles/told-mentor', card: roleGivenCard('mentor', 'Try-out space') },
    { view: 'roles/told-moderator', card: roleGivenCard('moderator', 'Try-out space') },
  ]
}

/** The record that a member keeps of what she did. */
export function summaryViews(content: Knowledge): Shown[] {
  const { onboarding } = content
  const newcomer = onboarding.pathways.find(({ track }) => track === undefined)
  const done = (step: string, i: number): StepRecord => ({
    step,
    begun: on(3 + i),
    done: on(4 + i),
    ...(step === 'communities' ? { said: 'Ask who the accredited provider is before anything else.' } : {}),
    ...(step === 'planning-webinar' ? { said: 'Ask for the baseline first.', day: '2026-11-06' } : {}),
  })
  const records = newcomer!.steps.map(({ id }, i) => done(id, i))
  const { step } = findStep(onboarding, 'fundamentals')!
  const answers = step.proof.kind === 'check' ? step.proof.questions : []
  const [sample] = onboarding.samples
  const made = {
    name: 'Sara',
    community: 'Try-out space',
    track: 'program',
    started: on(3),
    answers: answers.map((question, i) => ({ step: step.id, question, chosen: 0, right: i > 0 })),
    marks: [{ sample: sample!.id, marked: sample!.parts.filter(({ flaw }) => flaw).map(({ id }) => id) }],
    documents: {
      'needs-assessment': t`Needs assessment (an exercise): nothing that blocks stands against it in the review`,
      'activity-draft': t`MOCK activity (an exercise) “The first hour”: approved in peer review`,
    },
  }
  const whole = summaryOf(onboarding, { ...made, records })
  const file = summaryFile(whole, content, NOW)
  const turn = (from: number) => ({ do: 'summary.file' as const, from })
  const back = { label: 'In short', act: { do: 'summary' as const } }
  const frame = { lead: '', footer: [RECORD_NOTE] }
  const last = newcomer!.steps.at(-1)!
  return [
    { view: 'summary', card: summaryCard(whole, content) },
    {
      view: 'summary/none',
      card: summaryCard(summaryOf(onboarding, { ...made, documents: {}, records: [] }), content),
    },
    { view: 'summary/file', card: fileCard(file, 0, turn, back, [], frame) },
    { view: 'summary/file-end', card: fileCard(file, file.sections.length - 2, turn, back, [], frame) },
    { view: 'step/done-last', card: stepDoneCard(last, pathOf(onboarding, 'program', records)) },
  ]
}
