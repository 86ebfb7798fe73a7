import { type Action, type Answers, type Card, plain, plus, type Reply } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, moderator, sara, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T15:00:00.000Z'
const DAY = 86_400_000
const { pathways, questions, samples } = knowledge.onboarding
const said = 'Ask who the accredited provider is before anything else.'
const cardOf = (reply: Reply): Card => {
  if ('ask' in reply) throw new Error('a form')
  return reply.say
}
const labels = (reply: Reply) => (cardOf(reply).buttons ?? []).map(({ label }) => label)

describeEachDatabase((fresh) => {
  test('the last step of each pathway offers the summary, which tells what was done, when, and shown by what', async () => {
    const world = await worldOn(await (await fresh()).open(), NOW)
    let day = 0
    const does = (action: Action) => world.press(sara, action, plus(NOW, day * DAY))
    const submit = (form: string, answers: Answers) => does({ do: 'form.submit', form, answers })
    const newcomer = pathways.find(({ track }) => track === undefined)!
    const program = pathways.find(({ track }) => track === 'program')!

    /** Does a step as it asks to be shown; answers what was said last. */
    async function walk(id: string): Promise<Reply> {
      const { proof } = pathways.flatMap(({ steps }) => steps).find((step) => step.id === id)!
      day++
      await does({ do: 'step', step: id })
      switch (proof.kind) {
        case 'attest':
          return submit(`step.tell:${id}`, { said })
        case 'attend':
          return submit(`step.tell:${id}`, { said, day: '2026-11-20' })
        case 'form': {
          const form = await does({ do: 'step.tell', step: id })
          if (!('ask' in form)) throw new Error('no form')
          const filled = form.ask.fields.map((field) => [
            field.name,
            'options' in field ? (field.kind === 'many' ? [field.options[0]!.value] : field.options[0]!.value) : said,
          ])
          return submit(form.ask.id, Object.fromEntries(filled))
        }
        case 'check': {
          let last: Reply | undefined
          for (const question of proof.questions) {
            const option = questions.find((one) => one.id === question)!.options.findIndex(({ right }) => right)
            last = await does({ do: 'answer', step: id, question, option })
          }
          return last!
        }
        case 'artefact': {
          if (proof.artefact === 'sample-review') {
            const sample = samples[0]!
            const parts = sample.parts.filter(({ flaw }) => flaw).map(({ id }) => id)
            return submit(`sample.mark:${sample.id}`, { parts })
          }
          const forms =
            proof.artefact === 'needs-assessment'
              ? needsAnswers(hypertension)
              : activityAnswers(hypertensionActivity, hypertension)
          for (const { form, answers } of forms) await submit(form, answers)
          return proof.artefact === 'needs-assessment' ? does({ do: 'path' }) : does({ do: 'activity.submit' })
        }
      }
    }
    async function all(steps: readonly { id: string; after: readonly string[] }[]): Promise<Reply> {
      let last: Reply | undefined
      const done = new Set<string>()
      const left = [...steps]
      while (left.length > 0) {
        const at = left.findIndex(({ after }) => !left.some(({ id }) => after.includes(id) && !done.has(id)))
        const { id } = left.splice(at, 1)[0]!
        last = await walk(id)
        if (left.length > 0) expect(labels(last)).not.toContain('My summary')
        done.add(id)
      }
      return last!
    }

    expect(plain(cardOf(await world.say(sara, 'summary', NOW)))).toContain('Nothing to sum up yet')
    expect(labels(await all(newcomer.steps))).toContain('My summary')
    const short = plain(cardOf(await does({ do: 'summary' })))
    expect(short).toContain('First steps in CME: ##### 5 of 5')
    expect(short).toContain('nothing was measured')
    expect(short).toContain('Supports CPD for CME Team')
    expect(short).toMatch(/It is no certificate and carries no credit/)

    await does({ do: 'track.choose', track: 'program' })
    expect(plain(cardOf(await world.say(moderator, 'funnel', plus(NOW, day * DAY))))).toContain('Nobody has done all')
    expect(labels(await all(program.steps))).toContain('My summary')
    expect(labels(await does({ do: 'progress' }))).toContain('My summary')
    const funnel = plain(cardOf(await world.say(moderator, 'funnel', plus(NOW, day * DAY))))
    expect(funnel).toContain('One has done all there is')

    let page = await does({ do: 'summary.file' })
    let text = plain(cardOf(page))
    for (let from = 0; labels(page)[0]?.startsWith('Next'); ) {
      const [next] = cardOf(page).buttons!
      if (!next || !('act' in next) || next.act.do !== 'summary.file' || next.act.from === from) break
      from = next.act.from!
      page = await does(next.act)
      text += plain(cardOf(page))
    }
    for (const { name } of [...newcomer.steps, ...program.steps]) expect(text).toContain(`${name}: done`)
    expect(text).toContain('Understand CME Fundamentals: done Tue 24 Nov 2026')
    expect(text).toContain('9 of 9 right in the end')
    expect(text).toContain(`Own words: ${said}`)
    expect(text).toContain('Attended: 20 November 2026')
    expect(text).toContain(`MOCK activity (an exercise) “${hypertensionActivity.title}”: handed in for peer review`)
    const minutes = [...newcomer.steps, ...program.steps].reduce((sum, one) => sum + one.minutes, 0)
    expect(text).toContain(`about ${Math.floor(minutes / 60)} hours`)
    expect(text).not.toMatch(/is accredited|complies|certified/)
  })
})
