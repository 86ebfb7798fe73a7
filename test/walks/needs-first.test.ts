import { artefactDone } from '@cme-commons/app'
import {
  type Action,
  type Actor,
  encodeAction,
  overCard,
  overForm,
  type Press,
  plain,
  type Reply,
} from '@cme-commons/core'
import { documentOf, findMember, inTx, putSpace, reviewsOf } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, moderator, sara, titleOf, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T15:00:00.000Z'
const OTHER = { id: 'other', platform: 'try', name: 'Other', zone: 'UTC', moderators: null }
const { rubric } = knowledge.onboarding

const fits = (reply: Reply) =>
  expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])
const words = (reply: Reply): string => ('ask' in reply ? reply.ask.title : plain(reply.say))
const buttons = (reply: Reply): string[] => ('ask' in reply ? [] : (reply.say.buttons ?? []).map(({ label }) => label))
const refusal = (reply: Reply) => ('refuse' in reply ? reply.refuse : undefined)

describeEachDatabase((fresh) => {
  const open = async () => {
    const db = await (await fresh()).open()
    const world = await worldOn(db, NOW)
    /** Does everything twice, as a person with a slow connection would; both answers fit every platform. */
    const twice = async (actor: Actor, action: Action) => {
      fits(await world.press(actor, action, NOW))
      const again = await world.press(actor, action, NOW)
      fits(again)
      return again
    }
    const submit = (
      actor: Actor,
      { form, answers }: { form: string; answers: Extract<Action, { do: 'form.submit' }>['answers'] },
    ) => twice(actor, { do: 'form.submit', form, answers })
    const member = async (actor = sara) => (await findMember(db.read, 'try', actor.user))!.id
    const bodies = async () => {
      const id = await member()
      const [needs, activity] = [await documentOf(db.read, id, 'needs'), await documentOf(db.read, id, 'activity')]
      return {
        needs: JSON.parse(needs?.body ?? '{}'),
        activity: JSON.parse(activity?.body ?? '{}'),
        state: activity?.state,
      }
    }
    const done = async (kind: string) => inTx(db, async (tx) => artefactDone(tx, await member(), kind))
    return { db, world, twice, submit, member, bodies, done }
  }

  test('without a needs assessment the mock activity is refused, with what is missing and the button to it', async () => {
    const { world, twice, submit } = await open()
    const refused = await world.say(sara, '/cme activity', NOW)
    expect(refused).toMatchObject({
      refuse: 'needs-first',
      say: { buttons: [expect.objectContaining({ act: { do: 'needs.form', form: 'needs.practice' } }), {}, {}] },
    })
    const forms = needsAnswers(hypertension)
    for (const one of forms.filter(({ form }) => form !== 'needs.baseline')) await submit(sara, one)
    for (const act of ['activity.show', 'activity.statements', 'activity.submit', 'activity.file'] as const) {
      const reply = await twice(sara, { do: act })
      expect(refusal(reply)).toBe('needs-first')
      expect(words(reply)).toMatch(/baseline/i)
      expect(buttons(reply)[0]).toBe('Continue: Baseline')
    }
    const [basics] = activityAnswers(hypertensionActivity, hypertension)
    expect(refusal(await submit(sara, basics!))).toBe('needs-first')
    expect(refusal(await twice(sara, { do: 'activity.form', form: 'activity.basics' }))).toBe('needs-first')
    await submit(sara, forms.find(({ form }) => form === 'needs.baseline')!)
    expect(titleOf(await twice(sara, { do: 'activity.show' }))).toMatch(/^MOCK: /)
  })

  test('a half-filled form is kept, an answer that cannot be read is told at its field and loses nothing', async () => {
    const { world, submit, bodies } = await open()
    const reply = await submit(sara, {
      form: 'needs.practice',
      answers: { learners: 'Forty family physicians', currentDate: 'the other day' },
    })
    expect(reply).toMatchObject({ refuse: 'bad-answer', fields: { currentDate: expect.stringContaining('2025-06') } })
    expect((await bodies()).needs).toEqual({ learners: 'Forty family physicians' })
    const later = await world.press(sara, { do: 'needs.form', form: 'needs.practice' }, '2026-12-09T08:00:00.000Z')
    expect(later).toMatchObject({
      ask: { fields: expect.arrayContaining([expect.objectContaining({ value: 'Forty family physicians' })]) },
    })
    expect(words(await world.say(sara, 'needs', NOW))).toContain('1 of 24')
    expect(refusal(await submit(sara, { form: 'needs.nothing', answers: {} }))).toBe('gone')
  })

  test('forms sent at the same moment are all kept', async () => {
    const { world, bodies } = await open()
    await world.say(sara, 'needs', NOW)
    const all = needsAnswers(hypertension).filter(({ form }) => !form.startsWith('needs.objectives'))
    await Promise.all(all.map((one) => world.press(sara, { do: 'form.submit', ...one }, NOW)))
    const { objectives: _, ...rest } = hypertension
    expect((await bodies()).needs).toEqual(rest)
  })

  test.each(['in order', 'backwards'])(
    'from empty to approved, everything twice, forms %s: the same end',
    async (order) => {
      const { db, world, twice, submit, bodies, done, member } = await open()
      const sorted = <T>(list: T[]) => (order === 'backwards' ? list.reverse() : list)
      await twice(sara, { do: 'needs.show' })
      for (const one of sorted(needsAnswers(hypertension))) {
        await twice(sara, { do: 'needs.form', form: one.form })
        await submit(sara, one)
      }
      expect((await bodies()).needs).toEqual(hypertension)
      expect(await done('needs-assessment')).toBe(true)
      expect(titleOf(await world.say(sara, 'needs review', NOW))).toBe('Nothing stands against it')
      expect(refusal(await twice(sara, { do: 'activity.submit' }))).toBe('not-complete')
      for (const one of sorted(activityAnswers(hypertensionActivity, hypertension))) {
        await twice(sara, { do: 'activity.form', form: one.form })
        await submit(sara, one)
      }
      expect((await bodies()).activity).toEqual(hypertensionActivity)
      expect(words(await twice(sara, { do: 'activity.statements' }))).toContain('AMA PRA Category 1 Credit(s)™')
      expect(await done('activity-draft')).toBe(false)
      await twice(sara, { do: 'activity.submit' })
      expect(await done('activity-draft')).toBe(true)
      expect(refusal(await twice(sara, { do: 'activity.form', form: 'activity.basics' }))).toBe('handed-in')

      expect(refusal(await world.say(sara, 'reviews', NOW))).toBe('moderators-only')
      const queue = await twice(moderator, { do: 'reviews' })
      expect(words(queue)).toContain('Sara: MOCK: From reading to next step')
      const review = 'rev1'
      await twice(moderator, { do: 'reviews.open', review })
      await twice(moderator, { do: 'reviews.file', review })
      expect(refusal(await twice(moderator, { do: 'reviews.approve', review }))).toBe('not-complete')
      expect(refusal(await twice(moderator, { do: 'reviews.return', review }))).toBe('not-complete')
      await submit(moderator, { form: `reviews.rate:${review}:2`, answers: { comment: 'Say who extracts the data.' } })
      await twice(moderator, { do: 'reviews.return', review })
      const returned = await twice(sara, { do: 'activity.show' })
      expect(words(returned)).toContain('Say who extracts the data.')
      await twice(sara, { do: 'activity.submit' })

      const again = 'rev2'
      for (const part of [1, 2]) {
        const form = await twice(moderator, { do: 'reviews.form', review: again, part })
        if (!('ask' in form)) throw new Error('no form')
        const answers = Object.fromEntries(
          form.ask.fields.map((field) => [
            field.name,
            'options' in field ? field.options.at(-1)!.value : 'Well planned.',
          ]),
        )
        await submit(moderator, { form: form.ask.id, answers })
      }
      await twice(moderator, { do: 'reviews.approve', review: again })
      expect(await bodies()).toEqual({ needs: hypertension, activity: hypertensionActivity, state: 'approved' })
      const row = (await documentOf(db.read, await member(), 'activity'))!
      expect((await reviewsOf(db.read, row.id)).map(({ decision }) => decision).sort()).toEqual([
        'approved',
        'returned',
      ])
      expect(words(await twice(sara, { do: 'activity.history' }))).toContain('Well planned.')
      expect(titleOf(await twice(moderator, { do: 'reviews' }))).toBe('No mock activity waits for review')
      expect((await world.sent()).map(({ key }) => key).sort()).toEqual([
        'review/rev1/author',
        'review/rev1/moderators',
        'review/rev2/author',
        'review/rev2/moderators',
      ])
      let page = await twice(sara, { do: 'activity.file' })
      for (let i = 0; i < 20 && buttons(page)[0]?.startsWith('Next'); i++) {
        expect(words(page)).toContain('MOCK')
        page = await twice(
          sara,
          ('ask' in page ? [] : page.say.buttons!).map((b) => ('act' in b ? b.act : { do: 'home' as const }))[0]!,
        )
      }
      expect(words(page)).toContain(`approved, ${rubric.reduce((n, { levels }) => n + levels.at(-1)!.points, 0)} of`)
    },
  )

  test('what was handed in can be taken back and changed, and no moderator reviews her own', async () => {
    const { db, twice, submit, bodies } = await open()
    const own = { ...moderator, user: sara.user }
    for (const one of needsAnswers(hypertension)) await submit(own, one)
    for (const one of activityAnswers(hypertensionActivity, hypertension)) await submit(own, one)
    await twice(own, { do: 'activity.submit' })
    expect(refusal(await twice(own, { do: 'reviews.form', review: 'rev1', part: 1 }))).toBe('own-work')
    expect(refusal(await twice(own, { do: 'reviews.approve', review: 'rev1' }))).toBe('own-work')
    await twice(own, { do: 'activity.reopen' })
    expect((await bodies()).state).toBe('submitted')
    await twice(own, { do: 'activity.withdraw' })
    await submit(own, { form: 'activity.basics', answers: { title: 'Another title' } })
    expect((await bodies()).activity.title).toBe('Another title')
    await inTx(db, (tx) => putSpace(tx, { ...OTHER, made_at: NOW }))
    const elsewhere = { ...moderator, space: OTHER.id }
    expect(titleOf(await twice(elsewhere, { do: 'reviews' }))).toBe('No mock activity waits for review')
    expect(refusal(await twice(elsewhere, { do: 'reviews.open', review: 'rev1' }))).toBe('gone')
    const late = await twice(moderator, { do: 'reviews.approve', review: 'rev1' })
    expect(words(late)).toContain('Taken back by its author.')
  })
})
