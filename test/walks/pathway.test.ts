import {
  type Action,
  decodeAction,
  encodeAction,
  overCard,
  overForm,
  type Press,
  plain,
  type Reply,
} from '@cme-commons/core'
import { beginStep, findMember, finishStep, inTx, progressOfMember } from '@cme-commons/db'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeEachDatabase, freshSqlite } from '../support/databases.ts'
import { knowledge, sara, titleOf, worldOn } from '../support/world.ts'

const NOON = '2026-11-23T12:00:00.000Z'
const LATER = '2026-11-25T12:00:00.000Z'
const { pathways, questions, samples, finder } = knowledge.onboarding
const newcomer = pathways.find(({ track }) => track === undefined)!
const cardOf = (reply: Reply) => {
  if ('ask' in reply) throw new Error('a form')
  return reply.say
}
const optionsOf = (id: string) => questions.find((one) => one.id === id)!.options
const rightOf = (id: string) => optionsOf(id).findIndex(({ right }) => right)
const wrongsOf = (id: string) => optionsOf(id).flatMap(({ right }, i) => (right ? [] : [i]))
const checkOfStep = (id: string) => {
  const { proof } = pathways.flatMap(({ steps }) => steps).find((step) => step.id === id)!
  if (proof.kind !== 'check') throw new Error('no check')
  return proof
}
const attest = { said: 'Ask who the accredited provider is before anything else.' }

describeEachDatabase((fresh) => {
  async function open() {
    const world = await worldOn(await (await fresh()).open(), NOON)
    const kept = async () => {
      const member = (await findMember(world.db.read, 'try', 'sara'))!
      return { track: member.track, ...(await progressOfMember(world.db.read, member.id)) }
    }
    /** Presses twice: what is kept after the second press is what was kept after the first. */
    const twice = async (action: Action, now = NOON): Promise<Reply> => {
      const reply = await world.press(sara, action, now)
      const once = await kept()
      await world.press(sara, action, LATER)
      const again = await kept()
      const marks = again.marks.map((mark) => ({ ...mark, at: '' }))
      expect({ ...again, marks }).toEqual({ ...once, marks: once.marks.map((mark) => ({ ...mark, at: '' })) })
      return reply
    }
    return { ...world, kept, twice }
  }

  test('a newcomer walks from the welcome to the end of what needs no document, each press twice', async () => {
    const { say, twice, kept } = await open()
    const welcome = cardOf(await say(sara, '/cme start', NOON))
    expect(welcome.buttons!.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Find my track', 'Start onboarding']),
    )
    const form = await twice({ do: 'path.find' })
    if (!('ask' in form)) throw new Error('no form')
    const speaksFor = (track: string) =>
      Object.fromEntries(
        finder.map(({ id, options }) => [id, String(options.findIndex(({ speaks }) => speaks[0] === track))]),
      )
    const found = await twice({ do: 'form.submit', form: form.ask.id, answers: speaksFor('program') })
    expect(titleOf(found)).toBe('Your answers speak for Program Developers')
    const [mine] = cardOf(found).buttons!
    await twice((mine as { act: Press }).act)
    expect(plain(cardOf(await twice({ do: 'path.start' })))).toContain('→ Understand CME Fundamentals: next')

    const proof = checkOfStep('fundamentals')
    for (const question of proof.questions)
      await twice({ do: 'answer', step: 'fundamentals', question, option: rightOf(question) })
    expect(plain(cardOf(await say(sara, 'path', NOON)))).toContain('✓ Understand CME Fundamentals: done')

    await twice({ do: 'form.submit', form: 'step.tell:communities', answers: attest })
    await twice({ do: 'form.submit', form: 'step.tell:planning-webinar', answers: { ...attest, day: '2026-11-20' } })
    const sample = samples[0]!
    await twice({ do: 'sample', sample: sample.id })
    const flawed = sample.parts.filter(({ flaw }) => flaw).map(({ id }) => id)
    const told = await twice({ do: 'form.submit', form: `sample.mark:${sample.id}`, answers: { parts: flawed } })
    expect(titleOf(told)).toBe(`${flawed.length} of ${flawed.length} flaws found`)

    const { steps } = await kept()
    expect(steps.filter(({ done_at }) => done_at === NOON).map(({ step }) => step)).toEqual(
      expect.arrayContaining(['fundamentals', 'communities', 'planning-webinar', 'sample-activities']),
    )
    const progress = plain(cardOf(await say(sara, 'progress', NOON)))
    expect(progress).toContain('Engage in conferences and networks: ##. 2 of 3')
    expect(progress).toContain('Needs assessment first')
    await twice({ do: 'track.choose', track: 'edtech' })
    expect((await kept()).steps).toEqual(steps)
  })

  test('a sample counts when its flaws were found, or were explained and marked anew; one form sent twice is one try', async () => {
    const { press, twice, kept } = await open()
    for (const question of checkOfStep('fundamentals').questions)
      await press(sara, { do: 'answer', step: 'fundamentals', question, option: rightOf(question) }, NOON)
    const [one, other] = samples
    const flawed = (sample: typeof one) => sample!.parts.filter(({ flaw }) => flaw).map(({ id }) => id)
    const [sound, too] = one!.parts.filter(({ flaw }) => !flaw).map(({ id }) => id)
    const mark = (sample: typeof one, parts: readonly string[]) =>
      twice({ do: 'form.submit', form: `sample.mark:${sample!.id}`, answers: { parts } })
    const isDone = async () => (await kept()).steps.some(({ step, done_at }) => step === 'sample-activities' && done_at)

    const missed = cardOf(await mark(one, flawed(one).slice(1)))
    expect(missed.buttons![0]).toMatchObject({ label: 'Mark it again', style: 'primary' })
    expect(plain(missed)).toContain('○ Missed')
    expect(await isDone()).toBe(false)
    await mark(other, [...flawed(other).slice(1)])
    expect(await isDone()).toBe(false)
    expect(plain(cardOf(await press(sara, { do: 'path' }, NOON)))).not.toContain('✓ Review Sample')
    const again = cardOf(await mark(one, [...flawed(one), sound!, too!]))
    expect(plain(again)).toContain('Marked, but sound as written')
    expect(await isDone()).toBe(true)
    expect(cardOf(await mark(other, flawed(other).slice(2))).buttons![0]!.label).not.toBe('Mark it again')
  })

  test('a step with a form of its own keeps what was filled in, shows it and lets it be changed', async () => {
    const { press, twice, kept, db } = await open()
    await press(sara, { do: 'track.choose', track: 'program' }, NOON)
    const member = (await findMember(db.read, 'try', 'sara'))!.id
    const id = 'prog-evaluation'
    expect(await press(sara, { do: 'step.tell', step: id }, NOON)).toMatchObject({ refuse: 'locked' })
    await inTx(db, async (tx) => {
      const before = pathways.flatMap(({ steps }) => steps).map((step) => step.id)
      for (const step of before.filter((step) => step !== id)) {
        await beginStep(tx, { member, space: 'try' }, step, NOON)
        await finishStep(tx, member, step, NOON)
      }
    })
    const asked = await press(sara, { do: 'step.tell', step: id }, NOON)
    if (!('ask' in asked)) throw new Error('no form')
    expect(asked.ask.fields.map(({ kind }) => kind)).toEqual(['text', 'text', 'one', 'one', 'paragraph'])
    const answers = { measure: ' Charts ', baseline: '31 %, March 2026', 'follow-up': 'quarter', comparison: 'x' }
    expect(await press(sara, { do: 'form.submit', form: asked.ask.id, answers }, NOON)).toMatchObject({
      refuse: 'bad-answer',
      fields: { comparison: expect.stringContaining('choose one'), sentence: expect.stringContaining('empty') },
    })
    const whole = { ...answers, comparison: 'matched', sentence: 'From __ to __ of __ learners.' }
    expect(titleOf(await twice({ do: 'form.submit', form: asked.ask.id, answers: whole }))).toMatch(/^Done/)
    expect(plain(cardOf(await press(sara, { do: 'step', step: id }, NOON)))).toMatch(
      /The measure: Charts[\s\S]*When do you look again\?: 60 to 90 days after/,
    )
    const changed = await press(sara, { do: 'step.tell', step: id }, NOON)
    if (!('ask' in changed)) throw new Error('no form')
    expect(changed.ask.fields[3]).toMatchObject({ value: 'matched' })
    await twice({ do: 'form.submit', form: asked.ask.id, answers: { ...whole, comparison: 'none' } })
    const row = (await kept()).steps.find(({ step }) => step === id)!
    expect(JSON.parse(row.answers!)).toEqual({ ...whole, measure: 'Charts', comparison: 'none' })
    expect(row.done_at).toBe(NOON)
  })

  test('wrong answers teach, three in a row offer the resource again, and only enough right ones pass', async () => {
    const { press, kept } = await open()
    const { questions: asked } = checkOfStep('fundamentals')
    const answer = (question: string, option: number) =>
      press(sara, { do: 'answer', step: 'fundamentals', question, option }, NOON)
    const [first, second] = asked
    const wrong = cardOf(await answer(first!, wrongsOf(first!)[0]!))
    expect(wrong.title).toBe('Not quite')
    expect(plain(wrong)).toContain(optionsOf(first!)[wrongsOf(first!)[0]!]!.because)
    expect(plain(cardOf(await answer(first!, wrongsOf(first!)[1]!)))).not.toContain('Three in a row')
    expect(plain(cardOf(await answer(second!, wrongsOf(second!)[0]!)))).toContain('Three in a row')
    for (const question of asked.slice(2)) await answer(question, wrongsOf(question)[0]!)
    expect((await kept()).steps.every(({ done_at }) => done_at === null)).toBe(true)
    for (const question of asked) await answer(question, rightOf(question))
    expect((await kept()).steps[0]).toMatchObject({ step: 'fundamentals', done_at: NOON, wrong_run: 0 })
    await answer(first!, wrongsOf(first!)[0]!)
    expect((await kept()).answers.every(({ right }) => right === 1)).toBe(true)
  })

  test('what comes too early, too late or not at all is refused with what to do', async () => {
    const { press } = await open()
    const does = (action: Action) => press(sara, action, NOON)
    const early: Action[] = [
      { do: 'samples' },
      { do: 'step.tell', step: 'planning-webinar' },
      { do: 'form.submit', form: 'step.tell:planning-webinar', answers: { ...attest, day: '2026-11-20' } },
      { do: 'form.submit', form: `sample.mark:${samples[0]!.id}`, answers: { parts: ['gap'] } },
      { do: 'check', step: 'prog-needs' },
    ]
    for (const action of early)
      expect(await does(action)).toMatchObject({ refuse: 'locked', say: { buttons: expect.any(Array) } })
    const unknown: Action[] = [
      { do: 'step', step: 'long-gone' },
      { do: 'answer', step: 'fundamentals', question: 'long-gone', option: 0 },
      { do: 'answer', step: 'fundamentals', question: checkOfStep('fundamentals').questions[0]!, option: 9 },
      { do: 'form.submit', form: 'step.tell:long-gone', answers: attest },
      { do: 'step.tell', step: 'fundamentals' },
    ]
    for (const action of unknown)
      expect(await does(action)).toMatchObject({ refuse: 'gone', say: { buttons: expect.any(Array) } })
    const short = await does({ do: 'form.submit', form: 'step.tell:communities', answers: { said: 'yes' } })
    expect(short).toMatchObject({ refuse: 'bad-answer', fields: { said: expect.stringContaining('own words') } })
  })

  test('a day that lies ahead is not attended yet', async () => {
    const { press } = await open()
    for (const question of checkOfStep('fundamentals').questions)
      await press(sara, { do: 'answer', step: 'fundamentals', question, option: rightOf(question) }, NOON)
    const answers = { ...attest, day: '2026-12-24' }
    const form = 'step.tell:planning-webinar'
    expect(await press(sara, { do: 'form.submit', form, answers }, NOON)).toMatchObject({
      refuse: 'bad-answer',
      fields: { day: expect.stringContaining('lies ahead') },
    })
  })
})

test('two thousand random presses never throw, never do a locked step, and every view fits', async () => {
  const { press, db } = await worldOn(await (await freshSqlite()).open(), NOON)
  const all = pathways.flatMap(({ steps }) => steps)
  const step = fc.constantFrom(...all.map(({ id }) => id), ...newcomer.steps.map(({ id }) => id), 'long-gone')
  const sample = fc.constantFrom(...samples.map(({ id }) => id), 'long-gone')
  const checks = all.flatMap(({ id, proof }) =>
    proof.kind === 'check' ? proof.questions.map((question) => ({ step: id, question })) : [],
  )
  const early = checks.filter(({ step }) => step === 'fundamentals')
  const right = fc
    .constantFrom(...checks, ...early, ...early, ...early, ...early)
    .map((at) => ({ do: 'answer' as const, ...at, option: rightOf(at.question) }))
  const parts = fc.subarray(samples.flatMap(({ parts }) => parts.map(({ id }) => id)))
  const said = fc.oneof(fc.constant(attest.said), fc.string())
  const day = fc.oneof(fc.constant('2026-11-20'), fc.string())
  const action: fc.Arbitrary<Action> = fc.oneof(
    fc.constantFrom<Action>(
      { do: 'home' },
      { do: 'path' },
      { do: 'path.start' },
      { do: 'path.find' },
      { do: 'progress' },
      { do: 'samples' },
    ),
    { weight: 6, arbitrary: right },
    fc.record({ do: fc.constant('step' as const), step }),
    fc.record({ do: fc.constant('step.tell' as const), step }),
    fc.record({ do: fc.constant('check' as const), step }),
    fc.record({ do: fc.constant('answer' as const), step, question: fc.string(), option: fc.nat(9) }),
    fc.record({ do: fc.constant('sample' as const), sample }),
    fc.record({ do: fc.constant('sample.mark' as const), sample }),
    fc.record({
      do: fc.constant('track.choose' as const),
      track: fc.constantFrom('program', 'edtech', 'academic', 'x'),
    }),
    fc
      .record({ step, said, day })
      .map(({ step, ...answers }): Action => ({ do: 'form.submit', form: `step.tell:${step}`, answers })),
    fc
      .record({ sample, parts })
      .map(({ sample, parts }): Action => ({ do: 'form.submit', form: `sample.mark:${sample}`, answers: { parts } })),
  )
  const presses = fc.sample(action, { numRuns: 2000, seed: 3 })
  for (const one of presses) {
    const reply = await press(sara, one, NOON)
    if ('ask' in reply) expect(overForm(reply.ask)).toEqual([])
    else {
      expect(overCard(reply.say, (act) => encodeAction(act as Press))).toEqual([])
      expect(reply.say.buttons?.length ?? 0).toBeGreaterThan(0)
      for (const button of reply.say.buttons ?? [])
        if ('act' in button) expect(decodeAction(encodeAction(button.act))).toBeDefined()
    }
    if (one.do === 'form.submit' || one.do === 'answer') await sound()
  }
  // The needs assessment is not among the presses, so all beyond the first four stays locked.
  expect([...(await done())].sort()).toEqual(['communities', 'fundamentals', 'planning-webinar', 'sample-activities'])

  async function done(): Promise<Set<string>> {
    const member = (await findMember(db.read, 'try', 'sara'))!
    const { steps } = await progressOfMember(db.read, member.id)
    return new Set(steps.filter(({ done_at }) => done_at).map(({ step }) => step))
  }
  async function sound() {
    const now = await done()
    for (const id of now) for (const before of all.find((step) => step.id === id)!.after) expect(now).toContain(before)
  }
}, 60_000)
