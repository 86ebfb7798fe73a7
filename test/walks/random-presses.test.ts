import { perform } from '@cme-commons/app'
import {
  type Action,
  type Actor,
  dayIn,
  encodeAction,
  overCard,
  overForm,
  type Press,
  type Reply,
  ready,
} from '@cme-commons/core'
import { documentOf, findMember, inTx, type Tx } from '@cme-commons/db'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { freshSqlite } from '../support/databases.ts'
import { knowledge, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T15:00:00.000Z'
const content = knowledge
const submits = (list: ReturnType<typeof needsAnswers>): Action[] => list.map((one) => ({ do: 'form.submit', ...one }))
const cleared = needsAnswers(hypertension).map(({ form, answers }) => ({
  form,
  answers: Object.fromEntries(Object.keys(answers).map((name) => [name, ''])),
}))
const reviews: Press[] = ['reviews.open', 'reviews.file', 'reviews.approve', 'reviews.return'].flatMap((verb) =>
  ['rev1', 'rev9'].map((review) => ({ do: verb, review }) as Press),
)
/** What may happen at any moment, whatever is on the screen: old buttons, forms sent late, commands. */
const anything: Action[] = [
  ...submits(needsAnswers(hypertension)),
  ...submits(needsAnswers(hypertension)),
  ...submits(cleared),
  ...submits(activityAnswers(hypertensionActivity, hypertension)),
  ...(['show', 'statements', 'file', 'submit', 'withdraw', 'reopen', 'history'] as const).map(
    (verb): Press => ({ do: `activity.${verb}` }),
  ),
  { do: 'activity.form', form: 'activity.basics' },
  { do: 'needs.show' },
  { do: 'needs.review', from: 3 },
  { do: 'needs.file', from: 99 },
  { do: 'reviews' },
  ...reviews,
  { do: 'form.submit', form: 'reviews.rate:rev1:1', answers: { comment: 'Well.', gap: '3' } },
]

const reachesDraft = (action: Action) =>
  action.do.startsWith('activity.') || (action.do === 'form.submit' && action.form.startsWith('activity.'))

async function oneStep(tx: Tx, actor: Actor, action: Action): Promise<Reply> {
  const member = await findMember(tx, actor.space, actor.user)
  const row = member && (await documentOf(tx, member.id, 'needs'))
  const before = member && (await documentOf(tx, member.id, 'activity'))
  const open = ready(JSON.parse(row?.body ?? '{}'), dayIn(NOW, 'UTC'), content.onboarding.rules)
  const reply = await perform({ tx, now: NOW, content, actor }, action)
  if (reachesDraft(action) && !open) {
    expect(reply).toMatchObject({ refuse: 'needs-first' })
    expect(member && (await documentOf(tx, member.id, 'activity'))).toEqual(before)
  }
  const over = 'ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))
  expect(over).toEqual([])
  if (!('ask' in reply)) expect(reply.say.buttons?.length ?? 0).toBeGreaterThan(0)
  return reply
}

test('a thousand random walks: the draft is never reached without a ready assessment, nothing is a dead end or too large', async () => {
  const db = await (await freshSqlite()).open()
  await worldOn(db, NOW)
  let walks = 0
  const follow = fc.record({ press: fc.nat(19) })
  const step = fc.oneof({ weight: 2, arbitrary: follow }, { weight: 3, arbitrary: fc.constantFrom(...anything) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), fc.boolean(), async (steps, prepared) => {
      const actor = { space: 'try', user: `walker-${walks++}`, zone: 'UTC', moderator: walks % 2 === 0 }
      await inTx(db, async (tx) => {
        for (const action of prepared ? submits(needsAnswers(hypertension)) : []) await oneStep(tx, actor, action)
        let buttons: Press[] = [{ do: 'needs.show' }]
        for (const next of steps) {
          const action = 'press' in next ? buttons[next.press % buttons.length]! : next
          const reply = await oneStep(tx, actor, action)
          const acts = 'ask' in reply ? [] : (reply.say.buttons ?? []).flatMap((one) => ('act' in one ? [one.act] : []))
          buttons = acts.filter(({ do: verb }) => /^(?:needs|activity|reviews)/.test(verb))
          if (buttons.length === 0) buttons = [{ do: 'needs.show' }]
        }
      })
    }),
    { numRuns: 1000 },
  )
}, 120_000)
