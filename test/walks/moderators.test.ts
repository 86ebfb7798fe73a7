import { exportMembers, rewind } from '@cme-commons/app'
import {
  type Action,
  type Actor,
  encodeAction,
  type Instant,
  overCard,
  overForm,
  type Press,
  plain,
  plus,
  type Reply,
} from '@cme-commons/core'
import {
  addToken,
  eraseMember,
  findMember,
  giveRole,
  inTx,
  makeMember,
  putSpace,
  roleHistory,
  rolesOf,
  tokensOfMember,
} from '@cme-commons/db'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, moderator, sara, titleOf, worldOn } from '../support/world.ts'

/** Monday. */
const NOW = '2026-11-23T15:00:00.000Z'
const DAY = 86_400_000
const later = (days: number): Instant => plus(NOW, days * DAY)
const member = (user: string, space = 'try'): Actor => ({ space, user, name: user, zone: 'UTC' })
const elsewhere: Actor = { ...moderator, space: 'other' }

const words = (reply: Reply): string => ('ask' in reply ? reply.ask.title : plain(reply.say))
const labels = (reply: Reply): string[] => ('ask' in reply ? [] : (reply.say.buttons ?? []).map(({ label }) => label))
const refusal = (reply: Reply) => ('refuse' in reply ? reply.refuse : undefined)
const fundamentals = knowledge.onboarding.pathways
  .flatMap(({ steps }) => steps)
  .find(({ id }) => id === 'fundamentals')!
const FUNDAMENTALS = (fundamentals.proof.kind === 'check' ? fundamentals.proof.questions : []).map((question) => ({
  question,
  option: knowledge.onboarding.questions.find(({ id }) => id === question)!.options.findIndex(({ right }) => right),
}))
const told: Action = {
  do: 'form.submit',
  form: 'step.tell:communities',
  answers: { said: 'Ask who the accredited provider is first.' },
}

describeEachDatabase((fresh) => {
  const open = async () => {
    const db = await (await fresh()).open()
    const world = await worldOn(db, NOW)
    await inTx(db, (tx) =>
      putSpace(tx, { id: 'other', platform: 'try', name: 'Other', zone: 'UTC', moderators: null, made_at: NOW }),
    )
    const press = async (actor: Actor, action: Action, now = NOW): Promise<Reply> => {
      const reply = await world.press(actor, action, now)
      expect('ask' in reply ? overForm(reply.ask) : overCard(reply.say, (act) => encodeAction(act as Press))).toEqual(
        [],
      )
      return reply
    }
    const say = (actor: Actor, text: string, now = NOW) => world.say(actor, text, now)
    const idOf = async (actor: Actor) => (await findMember(db.read, actor.space, actor.user))!.id
    return { ...world, press, say, idOf }
  }

  /** Twelve members begin the step; of them some do it, after as many days as their number. */
  async function walkers(world: Awaited<ReturnType<typeof open>>, doing = [1, 2, 3, 4, 9]) {
    for (let n = 1; n <= 12; n++) {
      await world.press(member(`w${n}`), { do: 'step', step: 'communities' })
      if (doing.includes(n)) await world.press(member(`w${n}`), told, later(n))
    }
    return doing
  }

  test('the funnel counts what members do, with their median of days, and who stands behind each number', async () => {
    const world = await open()
    await walkers(world)
    const { press, db } = world
    await press(member('w1'), told, later(20))
    const funnel = await world.say(moderator, '/cme funnel', later(10))
    const rows = await db.read.selectFrom('step_progress').selectAll().where('step', '=', 'communities').execute()
    const days = rows
      .flatMap(({ begun_at, done_at }) => (done_at ? [(Date.parse(done_at) - Date.parse(begun_at)) / DAY] : []))
      .sort((a, b) => a - b)
    expect(words(funnel)).toContain(
      `Join CME Professional Communities: ${rows.length} began, ${days.length} done, median ${days[2]} days`,
    )
    expect(words(funnel)).toContain('12 members began.')
    expect(labels(funnel)).toContain('Join CME Professional Communities')
    const behind = await press(moderator, { do: 'funnel.step', step: 'communities' })
    for (const user of ['w5', 'w6', 'w12', 'w1', 'w9']) expect(words(behind)).toMatch(new RegExp(`- ${user}:`))
    expect(words(behind)).toMatch(/w9: Wed 2 Dec 2026\n- w4/)
    const track = await world.say(moderator, 'funnel program')
    expect(titleOf(track)).toContain('Program Developers')
    expect(refusal(await world.say(moderator, 'funnel nowhere'))).toBe('unknown-name')
  })

  test('whatever members press, and whatever a clock takes back, the counts are those of what is kept', async () => {
    const { press, db } = await open()
    const steps = knowledge.onboarding.pathways.find(({ track }) => track === undefined)!.steps
    const presses = fc.record({
      who: fc.constantFrom<Actor>(sara, member('ana'), member('ben'), member('cleo', 'other')),
      action: fc.oneof(
        fc.constantFrom<Action>(told, { do: 'needs.show' }, { do: 'samples' }, { do: 'path' }),
        fc.constantFrom(...needsAnswers(hypertension)).map((one): Action => ({ do: 'form.submit', ...one })),
        fc.constantFrom(...steps).map(({ id }): Action => ({ do: 'step', step: id })),
        fc
          .constantFrom(...FUNDAMENTALS)
          .map((question): Action => ({ do: 'answer', step: 'fundamentals', ...question })),
      ),
      day: fc.nat(30),
    })
    const check = async () => {
      const rows = await db.read.selectFrom('step_progress').selectAll().execute()
      const plain = new Map<string, number>()
      const whole = (await db.read.selectFrom('onboardings').selectAll().execute()).map(
        ({ space, started_at, finished_at }) => ({ space, step: '', begun_at: started_at, done_at: finished_at }),
      )
      for (const { space, step, begun_at, done_at } of [...rows, ...whole]) {
        const days = done_at ? Math.max(0, Math.floor((Date.parse(done_at) - Date.parse(begun_at)) / DAY)) : -1
        const key = `${space} ${step} ${days}`
        plain.set(key, (plain.get(key) ?? 0) + 1)
      }
      const counted = await db.read.selectFrom('step_counts').selectAll().where('members', '<>', 0).execute()
      expect(new Map(counted.map(({ space, step, days, members }) => [`${space} ${step} ${days}`, members]))).toEqual(
        plain,
      )
      return rows.length
    }
    for (const { who, action, day } of fc.sample(presses, { numRuns: 200, seed: 7 }))
      await press(who, action, later(day))
    expect(await check()).toBeGreaterThan(8)
    await inTx(db, (tx) => rewind(tx, later(9)))
    await check()
  })

  test('long lists come page by page, and say how many more there are', async () => {
    const { press } = await open()
    for (let n = 1; n <= 45; n++)
      await press(member(`p${String(n).padStart(2, '0')}`), { do: 'step', step: 'communities' }, plus(NOW, n))
    const glance = await press(moderator, { do: 'funnel.step', step: 'communities' })
    expect(words(glance)).toContain('and 37 more')
    expect(labels(glance)).toContain('Under way: all 45')
    const seen: string[] = []
    for (let from = 0; from < 45; from += 20) {
      const page = await press(moderator, { do: 'funnel.step', step: 'communities', state: 'open', from })
      seen.push(...[...words(page).matchAll(/^- (p\d+):/gm)].map(([, user]) => user!))
    }
    expect(seen).toEqual(Array.from({ length: 45 }, (_, i) => `p${String(i + 1).padStart(2, '0')}`))
    const stalled = await press(moderator, { do: 'stalled' }, later(8))
    expect(titleOf(stalled)).toBe('Stalled for a week or longer: 45 members')
    expect(words(stalled)).toContain('and 25 more')
    expect(words(await press(moderator, { do: 'stalled', from: 40 }, later(8)))).toContain('Members 41 to 45 of 45')
  })

  test('who did nothing for a week has stalled, the longest first, until she does something', async () => {
    const world = await open()
    const { press } = world
    await press(member('early'), { do: 'step', step: 'communities' })
    await press(member('late'), { do: 'step', step: 'fundamentals' }, later(2))
    await press(member('lively'), { do: 'step', step: 'fundamentals' })
    await press(member('lively'), { do: 'answer', step: 'fundamentals', question: 'fun-needs', option: 0 }, later(9))
    expect(titleOf(await world.say(moderator, 'stalled', later(5)))).toBe('Nobody has stalled')
    const stalled = await world.say(moderator, 'stalled', later(10))
    expect(titleOf(stalled)).toBe('Stalled for a week or longer: 2 members')
    expect(words(stalled)).toMatch(
      /early: Understand CME Fundamentals, since Mon 23 Nov 2026 \(10 days\)\n- late: .* \(8 days\)/,
    )
    await press(member('early'), told, later(10))
    expect(words(await world.say(moderator, 'stuck', later(10)))).not.toContain('early')
    await press(member('late'), { do: 'nudges.stop' }, later(10))
    expect(titleOf(await world.say(moderator, 'stalled', later(10)))).toBe('Nobody has stalled')
  })

  test('moderators of another space see nothing of this one, and members nothing at all', async () => {
    const world = await open()
    await walkers(world)
    const { press, idOf, db } = world
    await press(elsewhere, { do: 'home' })
    for (const action of [
      { do: 'funnel' },
      { do: 'funnel.step', step: 'communities' },
      { do: 'funnel.step', step: 'communities', state: 'done' },
      { do: 'stalled' },
      { do: 'roles' },
      { do: 'roles.find', name: 'w' },
    ] as const) {
      expect(words(await press(elsewhere, action, later(30)))).not.toMatch(/\bw\d|12|began\./)
      expect(refusal(await press(member('w1'), action, later(30)))).toBe('moderators-only')
    }
    const w1 = await idOf(member('w1'))
    for (const act of ['roles.give', 'roles.take'] as const)
      expect(refusal(await press(elsewhere, { do: act, member: w1, role: 'mentor' }))).toBe('gone')
    expect(refusal(await press(elsewhere, { do: 'roles.member', member: w1 }))).toBe('gone')
    const lines: string[] = []
    for await (const chunk of exportMembers(db.read, 'other', knowledge)) lines.push(...chunk.map(String))
    expect(lines).toHaveLength(2)
    expect(lines.join()).not.toMatch(/\bw\d/)
  })

  test('a mentor reviews and sees nothing else of the moderators’; every change of roles is kept', async () => {
    const world = await open()
    const { press, say, idOf, db } = world
    for (const one of needsAnswers(hypertension)) await press(sara, { do: 'form.submit', ...one })
    for (const one of activityAnswers(hypertensionActivity, hypertension))
      await press(sara, { do: 'form.submit', ...one })
    await press(sara, { do: 'activity.submit' })
    const ana = member('ana')
    expect(refusal(await say(ana, 'reviews'))).toBe('moderators-only')
    expect(titleOf(await say(moderator, 'mentors'))).toBe('Mentors and moderators')
    expect(words(await press(moderator, { do: 'roles.find' }))).toBe('Choose a member')
    const found = await press(moderator, { do: 'form.submit', form: 'roles.find', answers: { name: 'AN' } })
    expect(titleOf(found)).toBe('ana')
    for (const name of ['na', '%', '\u0301', '…'])
      expect(titleOf(await press(moderator, { do: 'form.submit', form: 'roles.find', answers: { name } }))).not.toBe(
        'ana',
      )
    const give: Action = { do: 'roles.give', member: await idOf(ana), role: 'mentor' }
    expect(words(await press(moderator, give))).toContain('She is a mentor now')
    expect(words(await press(moderator, give))).toContain('She is a mentor already.')
    expect((await world.sent()).filter(({ key }) => key.startsWith('role/'))).toHaveLength(1)

    expect(words(await say(ana, 'reviews'))).toContain('Sara: MOCK: From reading to next step')
    expect(titleOf(await press(ana, { do: 'reviews.form', review: 'rev1', part: 1 }))).not.toContain('Mentors')
    await press(ana, { do: 'form.submit', form: 'reviews.rate:rev1:2', answers: { comment: 'Who extracts the data?' } })
    await press(ana, { do: 'reviews.return', review: 'rev1' })
    expect(words(await press(sara, { do: 'activity.show' }))).toContain('Who extracts the data?')
    for (const text of ['funnel', 'stalled', 'mentors', 'mentors sara', 'digest here'])
      expect(refusal(await say({ ...ana, channel: 'standards-news' }, text))).toBe('moderators-only')
    expect(refusal(await press(ana, { do: 'form.submit', form: 'roles.find', answers: { name: 'a' } }))).toBe(
      'moderators-only',
    )
    expect(refusal(await press(ana, give))).toBe('moderators-only')

    const take: Action = { ...give, do: 'roles.take' }
    expect(words(await press(moderator, take, later(1)))).toContain('She is no mentor any more.')
    await press(moderator, take, later(1))
    expect(refusal(await say(ana, 'reviews'))).toBe('moderators-only')
    const mo = await idOf(moderator)
    expect(await roleHistory(db.read, 'try', 0, 9)).toMatchObject([
      { name: 'ana', role: 'mentor', given_by: mo, at: NOW, taken_by: mo, taken_at: later(1) },
    ])
    expect(words(await say(moderator, 'mentors'))).toContain(
      'ana: mentor given Mon 23 Nov 2026 by Mo, taken Tue 24 Nov 2026 by Mo',
    )
  })

  test('the last moderator whom the product keeps stays, unless the platform names another', async () => {
    const world = await open()
    const { press, say, idOf, db } = world
    const [ines, omar] = [member('ines'), member('omar')]
    const fresh = { name: 'ines', track: null, region: null, zone: null, made_at: NOW }
    await inTx(db, async (tx) => {
      const { id } = await makeMember(tx, 'try', 'ines', fresh)
      await giveRole(tx, { space: 'try', member: id, role: 'moderator' }, NOW)
    })
    await say(omar, 'home')
    const [own, other] = [await idOf(ines), await idOf(omar)]
    const take = (member: string): Action => ({ do: 'roles.take', member, role: 'moderator' })
    expect(words(await say(ines, 'mentors'))).toContain('ines: since Mon 23 Nov 2026, given by the installation')
    expect(refusal(await press(ines, take(own)))).toBe('last-moderator')
    await press(ines, { do: 'roles.give', member: other, role: 'moderator' })
    await Promise.all([press(ines, take(other)), press(omar, take(own))])
    const left = [...(await rolesOf(db.read, 'try', own)), ...(await rolesOf(db.read, 'try', other))]
    expect(left).toEqual(['moderator'])
    const last = (await rolesOf(db.read, 'try', own)).length > 0 ? own : other
    const token = { space: 'try', made_at: NOW, made_by: 'test', expires_at: later(30) }
    for (const [scopes, hash] of [
      ['moderate', 'a'],
      ['progress', 'b'],
    ] as const)
      await inTx(db, (tx) => addToken(tx, { ...token, member: last, scopes, hash }))
    await press(moderator, take(own))
    await press(moderator, take(other))
    // What opened more than her own is shut with the role.
    const still = (await tokensOfMember(db.read, last)).filter(({ revoked_at }) => revoked_at === null)
    expect(still.map(({ scopes }) => scopes)).toEqual(['progress'])
    expect(await rolesOf(db.read, 'try', own)).toEqual([])
    expect(refusal(await say(ines, 'funnel'))).toBe('moderators-only')
  })

  test('who erased her data stays a number without a name', async () => {
    const world = await open()
    await walkers(world)
    const { press, say, idOf, db } = world
    const [under, did] = [await idOf(member('w12')), await idOf(member('w9'))]
    await press(moderator, { do: 'roles.give', member: did, role: 'mentor' })
    await inTx(db, (tx) => eraseMember(tx, under, NOW))
    await inTx(db, (tx) => eraseMember(tx, did, NOW))
    const funnel = words(await say(moderator, 'funnel', later(10)))
    expect(funnel).toContain('12 began, 5 done, median 3 days')
    expect(funnel).toContain('Counted without a name: 2 members who erased their data.')
    const behind = words(await press(moderator, { do: 'funnel.step', step: 'communities' }))
    expect(behind).not.toMatch(/w12|w9/)
    expect(behind.match(/Besides, one member who erased their data\./g)).toHaveLength(2)
  })
})
