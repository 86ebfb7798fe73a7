import { type Actor, type Answers, DAY, MINUTE, type Press, plus } from '@cme-commons/core'
import {
  documentsOf,
  eraseMember,
  findMember,
  inTx,
  progressOfMember,
  putAnswer,
  stepCounts,
  subscriptionAt,
} from '@cme-commons/db'
import { expect, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { membersReferred, tracesIn } from '../support/traces.ts'
import { confirmOf, onDiscord, onSlack, onTry, threeSpaces, words } from '../support/two-sides.ts'
import { entry, titleOf } from '../support/world.ts'

/** Monday, 23 November 2026, 10:00 in New York. */
const NOW = '2026-11-23T15:00:00.000Z'
const NEXT_MONDAY_8 = '2026-11-30T13:00:00.000Z'

/** Every column that refers to a member, and goes with her into a link. A new one has to be linked and unlinked as well. */
const REFERRED = [
  'attendees.member',
  'channel_decisions.decided_by',
  'check_answers.member',
  'company.member',
  'conference_channels.opened_by',
  'date_history.changed_by',
  'documents.member',
  'drafts.member',
  'follows.member',
  'identities.member',
  'introduced.member',
  'introductions.member',
  'item_date_decisions.decided_by',
  'item_history.changed_by',
  'linked.member',
  'member_names.member',
  'onboardings.member',
  'question_votes.member',
  'questions.decided_by',
  'questions.member',
  'recaps.changed_by',
  'reviews.reviewer',
  'roles.given_by',
  'roles.member',
  'roles.taken_by',
  'sample_marks.member',
  'source_offers.member',
  'stars.starred_by',
  'step_progress.member',
  'subscriptions.member',
  'suggestions.decided_by',
  'suggestions.member',
  'tokens.member',
]

describeEachDatabase((fresh) => {
  async function world() {
    const spaces = await threeSpaces(await (await fresh()).open(), NOW)
    const submit = (actor: Actor, list: readonly { form: string; answers: Answers }[], at: string) =>
      list.reduce(
        (before, one) => before.then(() => spaces.press(actor, { do: 'form.submit', ...one }, at)),
        Promise.resolve<unknown>(undefined),
      )
    const read = (actor: Actor, step: string, at: string) => spaces.act(actor, { do: 'step', step }, at)
    const tell = (actor: Actor, step: string, at: string) =>
      spaces.press(
        actor,
        { do: 'form.submit', form: `step.tell:${step}`, answers: { said: 'I joined two lists.' } },
        at,
      )
    return { ...spaces, submit, read, tell }
  }

  test('a code shown on one side and typed on the other makes one member, who is told there', async () => {
    const { act, code, member, tick, arrived } = await world()
    await act(onSlack, { do: 'path.start' }, NOW)
    await tick(NOW)
    const letters = await code(onSlack, NOW)
    const preview = await act(onDiscord, { do: 'link', code: letters.toLowerCase() }, plus(NOW, 9 * MINUTE))
    expect(words(preview)).toContain(
      'The code was made by Sara Kim in Northern society (Slack). Go on only if that is you.',
    )
    expect(await member(onSlack)).not.toBe(await member(onDiscord))
    expect(words(await act(onDiscord, confirmOf(preview, 'there'), plus(NOW, 10 * MINUTE)))).toContain(
      'What comes unasked comes to Northern society (Slack)',
    )
    expect(await member(onSlack)).toBe(await member(onDiscord))
    const before = arrived.length
    const told = await tick(plus(NOW, 11 * MINUTE))
    expect(told.map(({ space, to, title }) => [space, to, title])).toEqual([
      ['T1', 'USARA', 'You are linked with another community'],
    ])
    expect(arrived.length).toBe(before + 1)
    expect(words(await act(onDiscord, { do: 'path' }, NOW))).toBe(words(await act(onSlack, { do: 'path' }, NOW)))
    expect(words(await act(onSlack, { do: 'link' }, NOW))).toContain('CME colleagues (Discord)')
  })

  test('what is done on either side is done, on the earlier day; right answers stay right; it is counted once', async () => {
    const { db, read, tell, link, member, press } = await world()
    await read(onSlack, 'fundamentals', NOW)
    await read(onDiscord, 'fundamentals', plus(NOW, DAY))
    const answer = { step: 'fundamentals', question: 'fun-who-accredited', chosen: 1 }
    const both = { slack: (await member(onSlack))!, discord: (await member(onDiscord))! }
    await inTx(db, async (tx) => {
      await putAnswer(tx, { member: both.slack, ...answer, right: 1, at: NOW })
      await putAnswer(tx, { member: both.discord, ...answer, right: 0, at: plus(NOW, DAY) })
      await putAnswer(tx, { member: both.discord, ...answer, question: 'fun-other', right: 1, at: plus(NOW, DAY) })
      for (const id of [both.slack, both.discord])
        await tx
          .updateTable('step_progress')
          .set({ done_at: plus(NOW, id === both.slack ? 2 * DAY : DAY) })
          .where('member', '=', id)
          .execute()
    })
    await tell(onSlack, 'communities', NOW)
    const at = plus(NOW, 3 * DAY)
    await link(onSlack, onDiscord, 'here', at)
    const { started, steps, answers } = await progressOfMember(db.read, (await member(onSlack))!)
    expect(started).toBe(NOW)
    expect(steps.find(({ step }) => step === 'fundamentals')).toMatchObject({
      begun_at: NOW,
      done_at: plus(NOW, DAY),
      space: 'G1',
    })
    expect(answers.map(({ question, right }) => [question, right]).sort()).toEqual([
      ['fun-other', 1],
      ['fun-who-accredited', 1],
    ])
    const counted = await db.read.selectFrom('step_counts').selectAll().where('members', '<>', 0).execute()
    const kept = await db.read.selectFrom('step_progress').select(['space', 'step']).execute()
    expect(counted.filter(({ step }) => step !== '').reduce((sum, { members }) => sum + members, 0)).toBe(kept.length)
    expect(await stepCounts(db.read, 'T1', [''])).toEqual([])
    expect(words(await press(onSlack, { do: 'progress' }, at))).toBe(
      words(await press(onDiscord, { do: 'progress' }, at)),
    )
  })

  test('the documents that are further along go on; the others are set aside and still told; the review stays where it is', async () => {
    const { db, submit, press, act, code, member, say } = await world()
    await submit(onSlack, needsAnswers(hypertension), NOW)
    await submit(onSlack, activityAnswers(hypertensionActivity, hypertension), NOW)
    await press(onSlack, { do: 'activity.submit' }, NOW)
    await submit(onDiscord, needsAnswers(hypertension).slice(0, 1), plus(NOW, DAY))
    const at = plus(NOW, 2 * DAY)
    const preview = await act(onDiscord, { do: 'link', code: await code(onSlack, at) }, at)
    expect(words(preview)).toContain(
      'The needs assessment (ready) and mock activity (handed in) from Northern society (Slack) go on',
    )
    expect(words(preview)).toContain('The needs assessment (draft) from CME colleagues (Discord) is set aside')
    await act(onDiscord, confirmOf(preview, 'here'), at)
    expect(words(await act(onDiscord, { do: 'activity.show' }, at))).toContain('Handed in.')
    const documents = await documentsOf(db.read, (await member(onDiscord))!)
    expect(documents.map(({ kind, space, set_aside_at }) => [kind, space, set_aside_at !== null])).toEqual([
      ['needs', 'T1', false],
      ['activity', 'T1', false],
      ['needs', 'G1', true],
    ])
    expect(words(await act(onSlack, { do: 'my-data' }, at))).toContain('needs assessment (draft)')
    const mentor: Actor = { space: 'T1', user: 'UMENTOR', mentor: true }
    const elsewhere: Actor = { space: 'G1', user: '900', mentor: true }
    expect(words(await say(mentor, 'reviews', at))).toContain('sara-k')
    expect(words(await say(elsewhere, 'reviews', at))).not.toContain('sara-k')
  })

  test('one digest, once, to the side that she chose, and nothing of it twice', async () => {
    const { db, act, publish, tick, link } = await world()
    await publish([entry(0)], NOW)
    await act(onSlack, { do: 'digest.start' }, NOW)
    await act(onDiscord, { do: 'digest.start' }, NOW)
    await act(
      onDiscord,
      {
        do: 'form.submit',
        form: 'digest.when:s2',
        answers: { rhythm: 'daily', at: '08:00', zone: 'UTC', quiet: '' },
      } as never,
      NOW,
    )
    await publish([entry(1)], plus(NOW, MINUTE))
    const morning = '2026-11-24T08:00:00.000Z'
    expect((await tick(morning)).filter(({ title }) => title.includes('new')).map(({ space }) => space)).toEqual(['G1'])
    await publish([entry(2)], plus(morning, MINUTE))
    await link(onDiscord, onSlack, 'here', plus(morning, 2 * MINUTE))
    await tick(plus(morning, 3 * MINUTE))
    expect(await tick('2026-11-25T08:00:00.000Z')).toEqual([])
    const monday = (await tick(NEXT_MONDAY_8)).filter(({ to }) => to === 'USARA' || to === '801')
    expect(monday.map(({ space }) => space)).toEqual(['T1'])
    expect(JSON.stringify(monday[0]!.card)).toContain('rule 2 ')
    expect(JSON.stringify(monday[0]!.card)).not.toContain('rule 1 ')
    // What she asks about her digest on the other side is about this one.
    expect(words(await act(onDiscord, { do: 'digest' }, NEXT_MONDAY_8))).toContain('Where: Northern society (Slack)')
    await act(onDiscord, { do: 'digest.resume', subscription: 's2' }, NEXT_MONDAY_8)
    expect((await subscriptionAt(db.read, 'G1', 'user:801'))?.paused).toBe(1)
    // And it moves, with its times, when she says so.
    expect(words(await act(onDiscord, { do: 'link.home' }, plus(NEXT_MONDAY_8, MINUTE)))).toContain(
      'It comes here from now on.',
    )
    await publish([entry(3)], plus(NEXT_MONDAY_8, 2 * MINUTE))
    const next = await tick(plus(NEXT_MONDAY_8, 7 * DAY))
    expect(next.filter(({ title }) => title.includes('new')).map(({ space }) => space)).toEqual(['G1'])
  })

  test('a digest that waits when she links is not sent beside the other one, and its news is not lost', async () => {
    const { act, publish, plan, tick, link } = await world()
    await publish([entry(0)], NOW)
    await act(onSlack, { do: 'digest.start' }, NOW)
    await publish([entry(1)], plus(NOW, MINUTE))
    await plan(NEXT_MONDAY_8)
    await link(onSlack, onDiscord, 'here', NEXT_MONDAY_8)
    const sent = [...(await tick(plus(NEXT_MONDAY_8, MINUTE))), ...(await tick(plus(NEXT_MONDAY_8, 7 * DAY)))]
    const digests = sent.filter(({ card }) => JSON.stringify(card).includes('rule 1 '))
    expect(digests.map(({ space }) => space)).toEqual(['G1'])
  })

  test('welcomes and nudges come once, to the side she chose, and a stop on one side holds', async () => {
    const { act, link, tick } = await world()
    await act(onSlack, { do: 'path.start' }, NOW)
    await act(onDiscord, { do: 'news' }, NOW)
    await link(onSlack, onDiscord, 'here', NOW)
    const sent = [
      ...(await tick(NOW)),
      ...(await tick('2026-11-26T15:00:00.000Z')),
      ...(await tick('2026-11-27T15:00:00.000Z')),
    ]
    expect(sent.map(({ title }) => title)).toEqual(['You are linked with another community'])
    const stopped = await world()
    await stopped.act(onSlack, { do: 'nudges.stop' }, NOW)
    await stopped.act(onTry, { do: 'path.start' }, NOW)
    await stopped.link(onSlack, onTry, 'here', NOW)
    expect(words(await stopped.act(onTry, { do: 'stop' }, NOW))).toContain('Nudges: stopped.')
  })

  test('a code that is wrong, used, over or typed by somebody else opens nothing, and says the same for each', async () => {
    const { act, code, member } = await world()
    const stranger: Actor = { space: 'G1', user: '999' }
    const nothing = async (actor: Actor, letters: string, at: string) =>
      expect(await act(actor, { do: 'link', code: letters }, at)).toMatchObject({
        refuse: 'bad-answer',
        say: { title: 'This code opens nothing' },
      })
    await nothing(stranger, 'BCDF-GHJK-9', NOW)
    const late = await code(onSlack, NOW)
    await nothing(stranger, late, plus(NOW, 10 * MINUTE))
    const replaced = await code(onSlack, NOW)
    const used = await code(onSlack, NOW)
    await nothing(stranger, replaced, NOW)
    expect(await act(onSlack, { do: 'link', code: used }, NOW)).toMatchObject({
      refuse: 'bad-answer',
      say: { title: 'Type it on the other side' },
    })
    const preview = await act(onDiscord, { do: 'link', code: used }, NOW)
    await nothing(stranger, used, NOW)
    expect(await act(stranger, confirmOf(preview, 'here'), NOW)).toMatchObject({ refuse: 'gone' })
    await act(onDiscord, confirmOf(preview, 'here'), NOW)
    await nothing(onTry, used, NOW)
    expect(await member(stranger)).not.toBe(await member(onSlack))
    const given = await act(onTry, { do: 'link', code: await code(onSlack, NOW) }, NOW)
    await act(onTry, { do: 'link.cancel', link: (confirmOf(given, 'here') as { link: string }).link }, NOW)
    expect(await act(onTry, confirmOf(given, 'here'), NOW)).toMatchObject({ refuse: 'gone' })
    const old = await act(onTry, { do: 'link', code: await code(onSlack, NOW) }, NOW)
    expect(await act(onTry, confirmOf(old, 'here'), plus(NOW, 10 * MINUTE))).toMatchObject({ refuse: 'gone' })
  })

  test('five codes that open nothing are enough for a day, also at the same moment; of these codes only hashes are kept', async () => {
    const { db, act, code } = await world()
    const right = await code(onSlack, NOW)
    expect(Object.keys(await tracesIn(db, [right.replace('-', ''), right]))).toEqual([])
    const guess = (n: number, at = NOW) => act(onDiscord, { do: 'link', code: `GUESS${n}` }, at)
    const replies = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => guess(n)))
    expect(replies.filter((reply) => 'refuse' in reply && reply.refuse === 'bad-answer')).toHaveLength(5)
    expect(await act(onDiscord, { do: 'link', code: right }, NOW)).toMatchObject({ refuse: 'too-many' })
    expect(titleOf(await act(onTry, { do: 'link', code: right }, NOW))).toBe('Be one member in both?')
    const tomorrow = plus(NOW, DAY + MINUTE)
    expect(titleOf(await act(onDiscord, { do: 'link', code: await code(onSlack, tomorrow) }, tomorrow))).toBe(
      'Be one member in both?',
    )
  })

  test('confirmed twice at the same moment, and beside other presses, it is one link', async () => {
    const { db, act, press, code, member, tick } = await world()
    await act(onSlack, { do: 'digest.start' }, NOW)
    await act(onDiscord, { do: 'path.start' }, NOW)
    const preview = await act(onDiscord, { do: 'link', code: await code(onSlack, NOW) }, NOW)
    const confirm = confirmOf(preview, 'here')
    const presses: [Actor, Press][] = [
      [onDiscord, confirm],
      [onSlack, { do: 'step', step: 'fundamentals' }],
      [onDiscord, confirm],
      [onDiscord, { do: 'step', step: 'communities' }],
      [onSlack, { do: 'digest' }],
      [onDiscord, { do: 'digest.start' }],
    ]
    const replies = await Promise.all(presses.map(([actor, action]) => press(actor, action, NOW)))
    expect([titleOf(replies[0]!), titleOf(replies[2]!)]).toEqual(Array(2).fill('You are one member in all of these'))
    const id = (await member(onSlack))!
    expect(await member(onDiscord)).toBe(id)
    const { steps } = await progressOfMember(db.read, id)
    expect(steps.map(({ step }) => step).sort()).toEqual(['communities', 'fundamentals'])
    expect((await tick(NOW)).map(({ title }) => title)).toEqual(['You are linked with another community'])
    const active = await db.read.selectFrom('subscriptions').selectAll().where('paused', '=', 0).execute()
    expect(active.map(({ space }) => space)).toEqual(['G1'])
  })

  test('two workspaces, and one community after another, are one member; all other sides are told', async () => {
    const { act, link, member, tick } = await world()
    const southern: Actor = { space: 'T2', user: 'USARA2', name: 'Sara Kim' }
    const neighbour: Actor = { space: 'try', user: 'sara-too' }
    await link(onSlack, southern, 'there', NOW)
    await link(southern, onDiscord, 'there', NOW)
    await link(onTry, neighbour, 'here', NOW)
    expect(new Set([await member(onSlack), await member(southern), await member(onDiscord)]).size).toBe(1)
    expect(await member(onTry)).toBe(await member(neighbour))
    const told = await tick(NOW)
    expect(told.map(({ space, to }) => `${space}/${to}`).sort()).toEqual([
      'T1/USARA',
      'T1/USARA',
      'T2/USARA2',
      'try/sara',
    ])
    expect(words(await act(southern, { do: 'link' }, NOW))).toContain('CME colleagues (Discord)')
    expect(titleOf(await act(southern, { do: 'unlink' }, NOW))).toBe('Unlink?')
  })

  test('linked and then erased, nothing is left of either side', async () => {
    const { db, act, code, submit, link, member, press } = await world()
    await submit(onSlack, needsAnswers(hypertension), NOW)
    await submit(onDiscord, needsAnswers(hypertension).slice(0, 2), NOW)
    for (const actor of [onSlack, onDiscord]) await act(actor, { do: 'digest.start' }, NOW)
    const ids = [(await member(onSlack))!, (await member(onDiscord))!]
    await act(onTry, { do: 'link', code: 'NOTHING' }, NOW)
    await link(onSlack, onDiscord, 'here', NOW)
    await act(
      onTry,
      {
        do: 'link',
        code: await code(onSlack, NOW),
      },
      NOW,
    )
    await press(onDiscord, { do: 'form.submit', form: 'my-data.erase', answers: { word: 'ERASE' } }, NOW)
    expect(await findMember(db.read, 'T1', 'USARA')).toBeUndefined()
    expect(await tracesIn(db, [...ids, 'USARA', '801', 'Sara Kim', 'sara-k'])).toEqual({})
    expect(await db.read.selectFrom('linked').selectAll().execute()).toEqual([])
    const tried = (await findMember(db.read, 'try', 'sara'))!
    expect(await inTx(db, (tx) => eraseMember(tx, tried.id, NOW))).toBe(true)
    expect(await db.read.selectFrom('link_tries').selectAll().execute()).toEqual([])
    expect(await membersReferred(db)).toEqual(REFERRED)
  })
})
