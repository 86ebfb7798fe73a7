import { decodeAction, encodeAction, overCard, overForm, type Press, type Reply } from '@cme-commons/core'
import { inTx, putSpace } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { type WalkStep, walkParts, whatIsKept, wholeWalk } from '../support/whole-walk.ts'
import { knowledge, moderator, sara, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T15:00:00.000Z'
const { onboarding } = knowledge
const parts = walkParts(onboarding)
const walk = wholeWalk(onboarding)

const fits = (reply: Reply) =>
  expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])

describeEachDatabase((fresh) => {
  const open = async () => worldOn(await (await fresh()).open(), NOW)
  type World = Awaited<ReturnType<typeof open>>
  const press = async (world: World, { who, action }: WalkStep) => {
    // As an edge does: a button travels as its id.
    const sent = action.do === 'form.submit' ? action : decodeAction(encodeAction(action))!
    const reply = await world.press(who, sent, NOW)
    fits(reply)
    return reply
  }
  const walked = async (steps: readonly WalkStep[]) => {
    const world = await open()
    for (const step of steps) await press(world, step)
    return whatIsKept(world.db)
  }
  let once: ReturnType<typeof whatIsKept> | undefined
  const expected = () => {
    once ??= walked(walk)
    return once
  }

  test('the walk ends with an approved mock activity, every message promised once', async () => {
    const kept = await expected()
    expect(kept.documents.join()).toMatch(/"kind":"activity","state":"approved"/)
    expect(kept.deliveries.map((one) => JSON.parse(one).key)).toEqual([
      'review/rev1/author',
      'review/rev1/moderators',
      'review/rev2/author',
      'review/rev2/moderators',
    ])
    const done = kept.steps.map((one) => JSON.parse(one)).filter((one) => one.done)
    expect(done.map(({ step }) => step)).toEqual(
      onboarding.pathways
        .find(({ track }) => !track)!
        .steps.map(({ id }) => id)
        .sort(),
    )
  })

  test('each button pressed twice and each form sent twice: the same end', async () => {
    expect(await walked(walk.flatMap((step) => [step, step]))).toEqual(await expected())
  })

  test('two presses of the same button at the same moment: the same end', async () => {
    const world = await open()
    for (const step of walk) await Promise.all([press(world, step), press(world, step), press(world, step)])
    expect(await whatIsKept(world.db)).toEqual(await expected())
  })

  test('forms in any order, old ones again later, and everything once more at the end: the same end', async () => {
    const { arrival, fundamentals, steps, halfFilled, needs, draft, handIn, sentBack, mended, rated, approved } = parts
    const back = <T>(list: readonly T[]) => [...list].reverse()
    const [show, answerWrong, ...answers] = fundamentals
    const order = [
      ...arrival,
      ...[show!, answerWrong!, ...back(answers)],
      ...back(needs),
      ...back(steps),
      ...halfFilled,
      ...back(draft),
      ...needs.slice(0, 4),
      ...back(handIn),
      // What waits for review is nobody's to change.
      ...draft,
      ...steps,
      ...sentBack,
      ...sentBack,
      ...fundamentals,
      ...mended,
      ...sentBack,
      ...back(rated),
      ...mended,
      ...approved,
      ...walk,
      ...back(walk),
    ]
    expect(await walked(order)).toEqual(await expected())
  })

  test('all forms of the needs assessment, then all of the draft, sent at one moment: the same end', async () => {
    const world = await open()
    const { arrival, fundamentals, steps, halfFilled, needs, draft, ...rest } = parts
    for (const step of [...arrival, ...fundamentals, ...steps, ...halfFilled]) await press(world, step)
    await Promise.all(needs.map((step) => press(world, step)))
    await Promise.all(draft.map((step) => press(world, step)))
    for (const step of Object.values(rest).flat()) await press(world, step)
    expect(await whatIsKept(world.db)).toEqual(await expected())
  })

  test('approved, sent back and taken back at the same moment: one of them holds, and all that is kept agrees', async () => {
    const { arrival, fundamentals, steps, halfFilled, needs, draft, handIn, rated } = parts
    const rev1 = JSON.parse(JSON.stringify(rated).replaceAll('rev2', 'rev1')) as WalkStep[]
    for (let round = 0; round < 3; round++) {
      const world = await open()
      for (const step of [arrival, fundamentals, steps, halfFilled, needs, draft, handIn, rev1].flat())
        await press(world, step)
      const other = { ...moderator, user: 'mo-2' }
      const race: WalkStep[] = [
        { who: moderator, action: { do: 'reviews.approve', review: 'rev1' } },
        { who: other, action: { do: 'reviews.return', review: 'rev1' } },
        { who: sara, action: { do: 'activity.withdraw' } },
        { who: sara, action: { do: 'activity.submit' } },
      ]
      await Promise.all([...race.slice(round), ...race.slice(0, round)].map((step) => press(world, step)))
      const reviews = await world.db.read.selectFrom('reviews').selectAll().orderBy('id').execute()
      const document = await world.db.read
        .selectFrom('documents')
        .select('state')
        .where('kind', '=', 'activity')
        .executeTakeFirstOrThrow()
      const last = reviews.at(-1)!.decision ?? 'submitted'
      expect(document.state).toBe(last === 'withdrawn' ? 'draft' : last)
      const told = (await world.sent()).map(({ key }) => key).sort()
      const due = reviews.flatMap(({ id, decision }) => [
        ...(decision === 'approved' || decision === 'returned' ? [`review/${id}/author`] : []),
        `review/${id}/moderators`,
      ])
      expect(told).toEqual(due)
    }
  })

  test('buttons of other spaces, other members and nobody change nothing of hers', async () => {
    const world = await open()
    for (const step of walk.slice(0, walk.length - 3)) await press(world, step)
    const before = await whatIsKept(world.db)
    await inTx(world.db, (tx) =>
      putSpace(tx, { id: 'other', platform: 'try', name: 'Other', zone: 'UTC', moderators: null, made_at: NOW }),
    )
    const stranger = { ...moderator, space: 'other', user: 'stranger' }
    for (const review of ['rev1', 'rev2', 'rev3', 'doc1', '%', "' or 1=1"])
      for (const verb of ['open', 'file', 'approve', 'return'] as const) {
        const action = { do: `reviews.${verb}`, review } as Press
        expect(await press(world, { who: stranger, action })).toMatchObject({ refuse: 'gone' })
        expect(await press(world, { who: { ...sara, user: 'peer' }, action })).toMatchObject({
          refuse: 'moderators-only',
        })
      }
    const after = await whatIsKept(world.db)
    const hers = ({ documents, reviews, answers, marks, deliveries }: typeof after) => ({
      documents,
      reviews,
      answers,
      marks,
      deliveries,
    })
    expect(hers(after)).toEqual(hers(before))
  })
})
