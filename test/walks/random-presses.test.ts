import { perform } from '@cme-commons/app'
import {
  type Action,
  type Actor,
  type Answers,
  commands,
  dayIn,
  decodeAction,
  encodeAction,
  type Form,
  overCard,
  overForm,
  type Press,
  type Reply,
  ready,
} from '@cme-commons/core'
import { changeDocument, documentOf, findMember, holdDocument, inTx, makeMember, type Tx } from '@cme-commons/db'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { freshSqlite } from '../support/databases.ts'
import { wholeWalk } from '../support/whole-walk.ts'
import { knowledge, random, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T15:00:00.000Z'
/** `WALKS=10000` walks them all; a run of the whole suite takes a part, which is the same each time. */
const WALKS = Number(process.env.WALKS ?? 2_500)
/** So many walks share a transaction. */
const BATCH = 500

const submits = (list: ReturnType<typeof needsAnswers>): Action[] => list.map((one) => ({ do: 'form.submit', ...one }))
const cleared = needsAnswers(hypertension).map(({ form, answers }) => ({
  form,
  answers: Object.fromEntries(Object.keys(answers).map((name) => [name, ''])),
}))
const activityVerbs = ['show', 'statements', 'file', 'submit', 'withdraw', 'reopen', 'history'] as const
const reviewVerbs = ['open', 'file', 'approve', 'return'] as const
/** Reviews of other members, of nobody, and what a forged button may name. */
const reviewIds = ['rev1', 'rev2', 'rev77', 'doc1', '../rev1', "rev1' or '1'='1", '%', '\u{1f600}']
/** What may happen at any moment, whatever is on the screen: old buttons, forms sent late, commands, forged ids. */
const anything: Action[] = [
  ...submits(needsAnswers(hypertension)),
  ...submits(cleared),
  ...submits(activityAnswers(hypertensionActivity, hypertension)),
  ...submits(activityAnswers(hypertensionActivity, hypertension)),
  ...activityVerbs.map((verb): Press => ({ do: `activity.${verb}` })),
  { do: 'activity.submit' },
  { do: 'activity.form', form: 'activity.basics' },
  { do: 'activity.form', form: 'activity.nothing' },
  { do: 'activity.file', from: 2 ** 31 - 1 },
  { do: 'needs.form', form: 'activity.basics' },
  { do: 'needs.review', from: 3 },
  { do: 'needs.file', from: 99 },
  {
    do: 'form.submit',
    form: 'activity.basics',
    answers: { title: ['a', 'list'], format: 'nonsense', start: '31 June' },
  },
  { do: 'form.submit', form: 'needs.baseline', answers: { baselineDate: 'before', baselineTiming: 'never' } },
  { do: 'form.submit', form: 'needs.', answers: {} },
  { do: 'form.submit', form: 'reviews.rate:rev1:1', answers: { comment: 'Well.', gap: '3' } },
  { do: 'form.submit', form: 'reviews.rate:rev1:9', answers: {} },
  { do: 'form.submit', form: 'reviews.rate:', answers: {} },
  ...reviewIds.flatMap((review): Action[] => [
    ...reviewVerbs.map((verb): Press => ({ do: `reviews.${verb}`, review })),
    { do: 'reviews.form', review, part: 1 },
  ]),
  ...wholeWalk(knowledge.onboarding).map(({ action }) => action),
  ...commands.map(({ parse }) => parse('')),
  { do: 'step', step: 'no-such-step' },
  { do: 'sample.mark', sample: 'no-such-sample' },
  { do: 'answer', step: 'fundamentals', question: 'no-such-question', option: 99 },
]

const WORDS = [
  '',
  'Forty family physicians',
  '2025-06',
  '52 %',
  '45 Cases',
  '<!channel> @everyone',
  'x'.repeat(1600),
  '0',
  '\n',
]
/** What somebody fills in who chooses and writes as she likes: `luck` decides. */
function filled({ fields }: Form, luck: number): Answers {
  let n = luck
  const next = (of: number) => {
    n = (n * 1_103_515_245 + 12_345) % 2 ** 31
    return n % of
  }
  return Object.fromEntries(
    fields.map((field) => {
      if (!('options' in field)) return [field.name, WORDS[next(WORDS.length)]!]
      const chosen = field.options.filter(() => next(3) === 0).map(({ value }) => value)
      return [field.name, field.kind === 'many' ? chosen : (chosen[0] ?? '')]
    }),
  )
}

const reachesDraft = (action: Action) =>
  action.do.startsWith('activity.') || (action.do === 'form.submit' && action.form.startsWith('activity.'))

const judged = new Map<string, boolean>()
/** Whether nothing stands against a needs assessment; most walkers have one of a few. */
function isReady(body: string): boolean {
  const known = judged.get(body) ?? ready(JSON.parse(body), dayIn(NOW, 'UTC'), knowledge.onboarding.rules)
  judged.set(body, known)
  return known
}

async function drafts(tx: Tx, actor: Actor) {
  const member = await findMember(tx, actor.space, actor.user)
  const row = member && (await documentOf(tx, member.id, 'needs'))
  return { open: isReady(row?.body ?? '{}'), activity: member && (await documentOf(tx, member.id, 'activity')) }
}

async function oneStep(tx: Tx, actor: Actor, action: Action): Promise<Reply> {
  const before = reachesDraft(action) ? await drafts(tx, actor) : undefined
  const reply = await perform({ tx, now: NOW, content: knowledge, actor, random }, action)
  if (before && !before.open) {
    expect(reply).toMatchObject({ refuse: 'needs-first' })
    expect((await drafts(tx, actor)).activity).toEqual(before.activity)
  }
  const over = 'ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))
  if (over.length > 0) expect.fail(`${JSON.stringify(action)} is answered beyond the limits: ${over.join('; ')}`)
  if (!('ask' in reply) && !reply.say.buttons?.some((button) => 'act' in button))
    expect.fail(`${JSON.stringify(action)} leads to a dead end: ${reply.say.title}`)
  return reply
}

const step = fc.oneof(
  // A button of the last card, or a form that is open, filled in at random.
  { weight: 5, arbitrary: fc.record({ last: fc.nat(2 ** 20) }) },
  // A button of any card so far.
  { weight: 2, arbitrary: fc.record({ old: fc.nat(2 ** 20) }) },
  { weight: 4, arbitrary: fc.constantFrom(...anything) },
)
type Step = { last: number } | { old: number } | Action

async function walk(tx: Tx, actor: Actor, steps: readonly Step[]) {
  const seen: Press[] = [{ do: 'home' }]
  let here: Press[] = seen
  let form: Form | undefined
  for (const next of steps) {
    let action: Action
    if ('do' in next) action = next
    else if ('last' in next && form) action = { do: 'form.submit', form: form.id, answers: filled(form, next.last) }
    else if ('last' in next && here.length > 0) action = here[next.last % here.length]!
    else action = seen[('old' in next ? next.old : next.last) % seen.length]!
    const reply = await oneStep(tx, actor, action)
    form = 'ask' in reply ? reply.ask : undefined
    if ('ask' in reply) continue
    // As an edge does: a button travels as its id, and comes back as the same action.
    here = (reply.say.buttons ?? []).flatMap((button) =>
      'act' in button ? [decodeAction(encodeAction(button.act))!] : [],
    )
    seen.push(...here)
  }
}

/** A member whose needs assessment is ready. */
async function prepared(tx: Tx, actor: Actor) {
  const fresh = { name: null, track: 'program', region: null, zone: 'UTC', made_at: NOW }
  const { id: member } = await makeMember(tx, actor.space, actor.user, fresh)
  const row = await holdDocument(tx, { member, space: actor.space, kind: 'needs' }, NOW)
  await changeDocument(tx, row.id, { body: JSON.stringify(hypertension), state: 'ready' }, NOW)
}

test('random walks: no draft without a ready assessment, no dead end, nothing too large', async () => {
  const db = await (await freshSqlite()).open()
  await worldOn(db, NOW)
  let walks = 0
  for (let batch = 0; batch < WALKS / BATCH; batch++)
    await inTx(db, (tx) =>
      fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 16 }), fc.boolean(), async (steps, sound) => {
          const actor = { space: 'try', user: `walker-${walks++}`, zone: 'UTC', moderator: walks % 3 === 0 }
          if (sound) await prepared(tx, actor)
          await walk(tx, actor, steps)
        }),
        { numRuns: BATCH, seed: (fc.readConfigureGlobal().seed ?? 0) + batch },
      ),
    )
  expect(walks).toBeGreaterThanOrEqual(WALKS)
}, 120_000)
