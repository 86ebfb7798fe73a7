import { rewind, upcoming } from '@cme-commons/app'
import { type Actor, type Instant, type Press, plain } from '@cme-commons/core'
import { type Db, deliveryOf, inTx, putSpace } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { companyWorld, type Sent } from '../support/company-world.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, moderator, sara, titleOf } from '../support/world.ts'

/** Monday, 23 November 2026, 10:00 in New York. */
const MONDAY = '2026-11-23T15:00:00.000Z'
const THURSDAY_10 = '2026-11-26T15:00:00.000Z'
const NEXT_MONDAY_9 = '2026-11-30T09:00:00.000Z'
const ines: Actor = { space: 'try', user: 'ines', name: 'Ines', zone: 'Europe/Brussels' }
const answer: Press = { do: 'answer', step: 'fundamentals', question: 'fun-who-accredited', option: 0 }
const first = knowledge.onboarding.pathways.find(({ track }) => track === undefined)!.steps[0]!

describeEachDatabase((fresh) => {
  const open = (start = MONDAY) => companyWorld(fresh, start)
  const coming = async (db: Db, now: Instant, until: Instant) =>
    (await upcoming(db.read, now, until, knowledge)).map(({ at, what, to }) => `${at} ${what} ${to.join(' ')}`)

  test('a newcomer who asks something else first is welcomed once, with one ask', async () => {
    const { say, plan, tick, sent, titles, db } = await open()
    await say(ines, 'what ECMEC', MONDAY)
    expect(await coming(db, MONDAY, MONDAY)).toEqual([`${MONDAY} welcome user:ines`])
    await Promise.all([plan(MONDAY), plan(MONDAY)])
    await tick(MONDAY)
    await tick('2026-11-23T15:01:00.000Z')
    expect(titles()).toEqual(['ines: Welcome to the CME community, Ines'])
    const [{ card }] = sent as [Sent]
    expect(plain(card)).toContain("Let's connect on the latest ACCME updates.")
    expect(card.buttons!.map(({ label }) => label)).toEqual(['Find my track'])
  })

  test('whoever reads the welcome as the answer to her first word gets no second one', async () => {
    const { say, tick, sent } = await open()
    expect(titleOf(await say(ines, 'hello', MONDAY))).toBe('Welcome to the CME community, Ines')
    await say({ ...ines, user: 'leaves' }, 'unsubscribe', MONDAY)
    await say({ ...ines, user: 'reader' }, 'digest start', MONDAY)
    await say({ ...moderator, user: 'runs-it' }, 'what ECMEC', MONDAY)
    await tick(MONDAY)
    expect(sent).toEqual([])
  })

  test('on day 3 at ten of her own time whoever did nothing is nudged once, and finds the step on it', async () => {
    const { press, tick, until, sent, titles, db } = await open()
    await press(sara, { do: 'path.start' }, MONDAY)
    await press({ ...ines, user: 'busy' }, { do: 'path.start' }, MONDAY)
    await press({ ...ines, user: 'busy' }, answer, '2026-11-24T09:00:00.000Z')
    expect(await coming(db, MONDAY, '2026-11-29T00:00:00.000Z')).toEqual([`${THURSDAY_10} nudge user:sara`])
    await tick('2026-11-26T14:59:00.000Z')
    expect(sent).toEqual([])
    await until('2026-11-29T00:00:00.000Z')
    expect(titles()).toEqual(['sara: Sara, your next step is ready'])
    expect(sent[0]!.at).toBe(THURSDAY_10)
    expect(plain(sent[0]!.card)).toContain(`Next is ${first.name}, about 1 hour 30 minutes.`)
    expect(sent[0]!.card.buttons).toMatchObject([
      { label: first.name, act: { do: 'step', step: 'fundamentals' } },
      { label: 'In a week', act: { do: 'nudges.snooze' } },
      { label: 'No more of these', act: { do: 'nudges.stop' } },
    ])
    expect((await deliveryOf(db.read, 'company/m1/day3/2026-11-26'))!.state).toBe('done')
  })

  test('a newcomer who was welcomed and did nothing is nudged as well; one who chose her track is not', async () => {
    const { say, until, titles } = await open()
    await say(ines, 'hello', MONDAY)
    await say({ ...ines, user: 'chose' }, 'hello', MONDAY)
    await say({ ...ines, user: 'chose' }, 'track program', '2026-11-23T15:05:00.000Z')
    await until('2026-12-07T00:00:00.000Z')
    expect(titles()).toEqual(['ines: Ines, your next step is ready'])
  })

  test('quiet hours hold a nudge until their end, and looking at the step does not count as doing it', async () => {
    const { say, press, until, sent } = await open()
    await say(sara, 'digest start', MONDAY)
    const answers = { rhythm: 'weekly-1', at: '08:00', zone: 'America/New_York', quiet: '09:00-17:00' }
    await press(sara, { do: 'form.submit', form: 'digest.when:s1', answers }, MONDAY)
    await press(sara, { do: 'step', step: 'fundamentals' }, MONDAY)
    await until('2026-11-29T00:00:00.000Z')
    expect(sent.map(({ at }) => at)).toEqual(['2026-11-26T22:00:00.000Z'])
  })

  test('what waits to go out is taken back when she does something, stops it or snoozes it meanwhile', async () => {
    const { press, plan, send, sent, db } = await open()
    const members = ['does', 'stops', 'snoozes'].map((user) => ({ ...sara, user }))
    for (const member of members) await press(member, { do: 'path.start' }, MONDAY)
    await plan(THURSDAY_10)
    const [does, stops, snoozes] = members as [Actor, Actor, Actor]
    await press(does, answer, THURSDAY_10)
    await press(stops, { do: 'nudges.stop' }, THURSDAY_10)
    await press(snoozes, { do: 'nudges.snooze' }, THURSDAY_10)
    await send(THURSDAY_10)
    expect(sent).toEqual([])
    const told = await Promise.all(
      ['m1', 'm2', 'm3'].map(async (member) => (await deliveryOf(db.read, `company/${member}/day3/2026-11-26`))!),
    )
    expect(told.map(({ state, trouble }) => `${state}: ${trouble}`)).toEqual([
      'skipped: She went on meanwhile.',
      'skipped: She wants no nudges.',
      'skipped: She snoozed it.',
    ])
  })

  test('"in a week" asks again in a week if still nothing was done, and "no more" is no more', async () => {
    const { press, say, until, sent, titles, db } = await open()
    await press(sara, { do: 'path.start' }, MONDAY)
    await until('2026-11-26T16:00:00.000Z')
    const reply = await press(sara, { do: 'nudges.snooze' }, '2026-11-26T16:00:00.000Z')
    expect(reply).toMatchObject({ private: true, update: true, say: { title: 'Until next week, then' } })
    await press(sara, { do: 'nudges.snooze' }, '2026-11-26T16:00:05.000Z')
    expect(await coming(db, '2026-11-26T16:00:05.000Z', '2026-12-05T00:00:00.000Z')).toEqual([
      '2026-12-03T15:00:00.000Z nudge user:sara',
    ])
    await until('2026-12-04T00:00:00.000Z')
    // Nothing on Monday either: who snoozed is not on the list.
    expect(titles()).toEqual(['sara: Sara, your next step is ready', 'sara: Sara, your next step is ready'])
    expect(sent[1]!.at).toBe('2026-12-03T15:00:00.000Z')
    expect(titleOf(await say(sara, 'stop nudges', '2026-12-04T00:00:00.000Z'))).toBe('No more nudges')
    await until('2027-01-10T00:00:00.000Z')
    expect(sent).toHaveLength(2)
    await press(sara, { do: 'nudges.resume' }, '2027-01-10T00:00:00.000Z')
    await until('2027-01-13T00:00:00.000Z')
    expect(titles().slice(2)).toEqual(['moderators: Stalled for a week or longer: 1 member'])
  })

  test('on day 7 her name is on the moderators’ list of Monday, with the step and since when; twice planned is once', async () => {
    const { press, plan, tick, sent, titles, db } = await open()
    await press(sara, { do: 'path.start' }, '2026-11-16T15:00:00.000Z')
    await press(ines, { do: 'path.start' }, MONDAY)
    await press({ ...sara, user: 'later', name: 'Later' }, { do: 'path.start' }, '2026-11-24T15:00:00.000Z')
    expect((await coming(db, '2026-11-30T08:00:00.000Z', NEXT_MONDAY_9)).filter((one) => /stalled/.test(one))).toEqual([
      `${NEXT_MONDAY_9} stalled channel:moderators`,
    ])
    await tick('2026-11-30T08:59:00.000Z')
    sent.length = 0
    await Promise.all([plan(NEXT_MONDAY_9), plan(NEXT_MONDAY_9)])
    await tick(NEXT_MONDAY_9)
    await tick('2026-11-30T12:00:00.000Z')
    await tick('2026-12-02T12:00:00.000Z')
    expect(titles()).toEqual(['moderators: Stalled for a week or longer: 2 members'])
    const text = plain(sent[0]!.card)
    expect(text).toContain(`NEW SINCE LAST WEEK\n\n- Ines at “${first.name}” since Mon 23 Nov 2026`)
    expect(text).toContain(`FOR LONGER\n\n- Sara at “${first.name}” since Mon 16 Nov 2026`)
    expect(text).not.toContain('Later')
  })

  test('who snoozed over one list is new on the next', async () => {
    const { press, until, sent } = await open()
    await press(sara, { do: 'path.start' }, MONDAY)
    await until('2026-11-26T16:00:00.000Z')
    await press(sara, { do: 'nudges.snooze' }, '2026-11-26T16:00:00.000Z')
    await until('2026-12-07T09:00:00.000Z')
    expect(plain(sent.at(-1)!.card)).toContain(`NEW SINCE LAST WEEK\n\n- Sara at “${first.name}” since Mon 23 Nov 2026`)
  })

  test('a week in which nobody stands still sends nothing, and whoever goes on before it is sent is not on it', async () => {
    const { press, plan, send, tick, sent, db } = await open()
    await tick(NEXT_MONDAY_9)
    await press(sara, { do: 'path.start' }, MONDAY)
    await plan('2026-12-07T09:00:00.000Z')
    await press(sara, answer, '2026-12-07T09:00:01.000Z')
    await send('2026-12-07T09:00:02.000Z')
    expect(sent).toEqual([])
    expect((await deliveryOf(db.read, 'company/try/week/2026-12-07T09:00:00.000Z'))!.trouble).toBe(
      'Nobody has stalled any more.',
    )
  })

  test('more names than a card holds are counted, with the way to all of them', async () => {
    const { press, tick, sent } = await open()
    for (let n = 1; n <= 18; n++)
      await press(
        { ...sara, user: `u${n}`, name: `Member ${n}` },
        { do: 'path.start' },
        `2026-11-23T15:00:${n + 10}.000Z`,
      )
    await tick(NEXT_MONDAY_9)
    const { card } = sent.find(({ to }) => to === 'moderators')!
    expect(card.title).toBe('Stalled for a week or longer: 18 members')
    expect(plain(card)).toContain('And 3 more.')
    expect(card.buttons).toMatchObject([{ label: 'Show all 18', act: { do: 'stalled' } }])
  })

  test('after three days of outage only what is still useful is sent', async () => {
    const { press, say, tick, titles } = await open()
    await press(sara, { do: 'path.start' }, MONDAY)
    await press({ ...sara, user: 'long-ago' }, { do: 'path.start' }, '2026-11-19T15:00:00.000Z')
    await say(ines, 'what ECMEC', '2026-11-26T12:00:00.000Z')
    await say({ ...ines, user: 'gave-up' }, 'what ECMEC', '2026-11-23T12:00:00.000Z')
    // Away from Thursday morning to Sunday afternoon.
    await tick('2026-11-29T15:00:00.000Z')
    expect(titles().sort()).toEqual([
      'gave-up: Welcome to the CME community, Ines',
      'ines: Welcome to the CME community, Ines',
      'sara: Sara, your next step is ready',
    ])
    await tick('2026-11-29T15:01:00.000Z')
    await tick('2026-12-02T10:00:00.000Z')
    expect(titles().slice(3)).toEqual(['moderators: Stalled for a week or longer: 2 members'])
  })

  test('two processes that tick at once, and one that was killed between plan and send, send each once', async () => {
    const { press, plan, send, tick, titles, database } = await open()
    for (let n = 1; n <= 120; n++) await press({ ...sara, user: `u${n}`, name: `M${n}` }, { do: 'path.start' }, MONDAY)
    if (database.dialect === 'postgres') {
      const other = await database.open()
      await Promise.all([plan(THURSDAY_10), plan(THURSDAY_10, other), plan(THURSDAY_10)])
      await Promise.all([send(THURSDAY_10), send(THURSDAY_10, other)])
    } else await Promise.all([plan(THURSDAY_10), plan(THURSDAY_10)])
    await tick('2026-11-26T15:01:00.000Z')
    await tick('2026-11-26T15:02:00.000Z')
    expect(new Set(titles()).size).toBe(120)
    expect(titles()).toHaveLength(120)
  })

  test('a space without moderators’ address gets no list, one that was left gets nothing', async () => {
    const { press, tick, sent, db } = await open()
    const space = { id: 'quiet', platform: 'try', name: 'Quiet', zone: 'UTC', moderators: null, made_at: MONDAY }
    await inTx(db, (tx) => putSpace(tx, space))
    await inTx(db, (tx) => putSpace(tx, { ...space, id: 'left', moderators: 'channel:moderators' }))
    await press({ ...sara, space: 'quiet' }, { do: 'path.start' }, '2026-11-16T15:00:00.000Z')
    await press({ ...sara, space: 'left' }, { do: 'path.start' }, MONDAY)
    await inTx(db, (tx) => tx.updateTable('spaces').set({ left_at: MONDAY }).where('id', '=', 'left').execute())
    await tick(THURSDAY_10)
    await tick(NEXT_MONDAY_9)
    expect(sent).toEqual([])
  })

  test('back to real time, what was sent and done ahead of it is undone and comes again', async () => {
    const { press, until, titles, db, tick } = await open()
    await press(sara, { do: 'path.start' }, MONDAY)
    await press({ ...sara, user: 'ahead' }, { do: 'home' }, MONDAY)
    await until('2026-11-27T00:00:00.000Z')
    await press(sara, { do: 'nudges.stop' }, '2026-11-27T00:00:00.000Z')
    await press({ ...sara, user: 'ahead' }, { do: 'path.start' }, '2026-11-27T00:00:00.000Z')
    await press({ ...ines, user: 'nobody' }, { do: 'help' }, '2026-11-27T00:00:00.000Z')
    await inTx(db, (tx) => rewind(tx, MONDAY))
    const both = `${THURSDAY_10} nudge user:ahead user:sara`
    expect(await coming(db, MONDAY, '2026-11-28T00:00:00.000Z')).toEqual([both])
    await tick(THURSDAY_10)
    expect(titles()).toEqual(Array(4).fill(expect.stringContaining('your next step is ready')))
  })

  test('"stop" offers what there is to stop, "thanks" says what is next', async () => {
    const { say, press } = await open()
    const labels = async (said: string) => {
      const reply = await say(sara, said, MONDAY)
      return 'say' in reply ? reply.say.buttons!.map(({ label }) => label) : []
    }
    expect(await labels('unsubscribe')).toEqual(['No more nudges'])
    await say(sara, 'digest start', MONDAY)
    expect(await labels('stop')).toEqual(['Stop my digest', 'Snooze my digest', 'No more nudges'])
    await press(sara, { do: 'nudges.stop' }, MONDAY)
    expect(await labels('/cme stop')).toEqual(['Stop my digest', 'Snooze my digest', 'Nudge me again'])
    expect(await labels('thanks')).toEqual([first.name, 'What can I do next?'])
  })
})
