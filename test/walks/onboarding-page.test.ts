import { type Answers, type Knowledge, needsForms } from '@cme-commons/core'
import { afterAll, expect } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { hypertensionActivity } from '../../packages/core/src/onboarding/fixtures/mock-activity.ts'
import { activityAnswers, needsAnswers } from '../support/answers.ts'
import { browserTest, closeBrowser, type Look, visit } from '../support/browser.ts'
import { hands } from '../support/hands.ts'
import { openTryPage } from '../support/try-page.ts'
import { knowledge } from '../support/world.ts'

afterAll(closeBrowser)

const { pathways, questions, finder, samples, rubric } = knowledge.onboarding as Knowledge['onboarding']
const LETTERS = 'ABCDEF'
const optionsOf = (id: string) => questions.find((one) => one.id === id)!.options
const right = (id: string) => LETTERS[optionsOf(id).findIndex((option) => option.right)]!
const wrong = (id: string) => LETTERS[optionsOf(id).findIndex((option) => !option.right)]!
const fundamentals = pathways.flatMap(({ steps }) => steps).find(({ id }) => id === 'fundamentals')!
  .proof as unknown as {
  questions: string[]
}
const sample = samples[0]!
const flaws = sample.parts.filter(({ flaw }) => flaw).length
const sampleName = sample.title.replace(/^Made-up sample: /, '')

const phone: Look = { width: 390, height: 844 }

for (const [screen, look] of [
  ['desktop', {}],
  ['phone', phone],
] as [string, Look][]) {
  browserTest(
    `a newcomer walks from the door to an approved mock activity (${screen})`,
    async () => {
      const { address } = await openTryPage()
      const { page, errors } = await visit(address, look)
      const ines = hands(page, screen)
      await page.getByText('Who would you like to be?').waitFor()
      await ines.look('door')
      await page.getByRole('button', { name: /^Somebody new/ }).click()
      await page.keyboard.type('Ines')
      await page.keyboard.press('Enter')
      await page.getByText('Welcome to the CME community, Ines').waitFor()
      await ines.look('welcome')

      await ines.press('Find my track', 'Find my track')
      const speaks = finder.map(({ id, options }) => [
        id,
        String(options.findIndex(({ speaks }) => speaks[0] === 'program')),
      ])
      await ines.fill(Object.fromEntries(speaks))
      await ines.look('finder')
      await ines.send('Your answers speak for Program Developers')
      await ines.look('found')
      await ines.press('Program Developers', 'Good to see you, Ines')
      await ines.look('home')
      await ines.press('Start onboarding', 'My pathway')
      await ines.look('path')

      await ines.press('Understand CME Fundamentals', 'Understand CME Fundamentals')
      await ines.look('step')
      await ines.press('Answer the questions', 'Question 1 of 9')
      await ines.look('question')
      await ines.press(wrong(fundamentals.questions[0]!), 'Not quite')
      expect(await ines.card()).toContain(
        optionsOf(fundamentals.questions[0]!)
          .find((one) => !one.right)!
          .because.slice(0, 20),
      )
      await ines.look('wrong')
      await ines.press('Try it again', 'Question 1 of 9')
      for (const [i, question] of fundamentals.questions.entries()) {
        await ines.press(right(question), 'Right')
        if (i === 0) await ines.look('right')
        if (i + 1 < fundamentals.questions.length) await ines.press('Next question', `Question ${i + 2} of 9`)
      }
      await ines.look('fundamentals-done')

      await ines.press('Join CME Professional Communities', 'Join CME Professional Communities')
      await ines.look('communities')
      await ines.press('I did it', 'What you learned')
      await ines.fill({ said: 'yes' })
      expect(await ines.sendWrong()).toMatchObject({
        field: 'said',
        says: expect.stringContaining('own words'),
        seen: true,
      })
      await ines.look('attest-wrong')
      await ines.fill({ said: 'Joined SACME; the discussion was on who reads outcome reports.' })
      await ines.send('Join CME Professional Communities')
      await ines.look('communities-done')
      await ines.press('Review Sample CME Activities', 'Review Sample CME Activities')
      await ines.press('Choose a sample', 'Choose a sample to review')
      await ines.look('samples')
      await ines.press(sampleName, sample.title)
      await ines.look('sample')
      await ines.press('Mark what is wrong', 'What is wrong?')
      await ines.fill({
        parts: [sample.parts.find(({ flaw }) => flaw)!.id, sample.parts.find(({ flaw }) => !flaw)!.id],
      })
      await ines.look('marking')
      await ines.send('flaws found')
      await ines.look('told')
      await ines.press('Read this one again', sample.title)
      await ines.press('Mark what is wrong', 'What is wrong?')
      for (const { id, flaw } of sample.parts)
        await page.locator(`#form [name="parts"][value="${id}"]`).setChecked(flaw !== undefined)
      await ines.send(`${flaws} of ${flaws} flaws found`)
      await ines.press('Attend a CME Planning Webinar', 'Attend a CME Planning Webinar')
      await ines.press('I did it', 'What you attended')
      await ines.fill({ day: '2027-01-01', said: 'A panel on baselines: ask for the figure before the format.' })
      expect(await ines.sendWrong()).toMatchObject({
        field: 'day',
        says: expect.stringContaining('lies ahead'),
        seen: true,
      })
      await ines.look('webinar-ahead')
      await ines.fill({ day: '2026-11-20' })
      await ines.send('Attend a CME Planning Webinar')

      await ines.say('/cme activity', 'First the needs assessment')
      await ines.look('refused-empty')
      await ines.say('/cme needs', 'Your needs assessment')
      await ines.look('needs-empty')
      const forms = needsAnswers(hypertension)
      const practice = forms[0]!
      await ines.press('Continue: Current practice', 'Current practice')
      await ines.fill({ learners: practice.answers.learners!, currentDate: 'the other day' })
      await ines.look('needs-form')
      expect(await ines.sendWrong()).toMatchObject({
        field: 'currentDate',
        says: expect.stringContaining('2025-06'),
        seen: true,
      })
      await ines.look('needs-form-wrong')
      await page.locator('#form').getByRole('button', { name: 'Cancel' }).click()
      await ines.say('/cme needs', 'Your needs assessment')
      await ines.look('needs-half')

      await moveDays(3)
      await page.reload()
      await page.locator('.message .card').first().waitFor()
      await ines.say('/cme needs', 'Your needs assessment')
      await ines.press('Continue: Current practice', 'Current practice')
      expect(await page.getByLabel('Who are the learners?').inputValue()).toBe(practice.answers.learners)
      await ines.fill(practice.answers)
      await ines.send('Your needs assessment')
      for (const { form, answers } of forms
        .slice(1)
        .filter(({ form }) => form !== 'needs.baseline' && !/-[23]$/.test(form))) {
        const { title } = needsForms({}).find(({ id }) => id === form)!
        const label = (await page
          .locator('.message')
          .last()
          .getByRole('button', { name: `Continue: ${title}` })
          .count())
          ? `Continue: ${title}`
          : title
        await ines.press(label, title)
        if (form !== 'needs.objectives') await ines.look(form)
        await ines.fill(answers)
        if (form === 'needs.objectives') await ines.look(form)
        await ines.send('Your needs assessment')
      }
      await ines.look('needs-but-baseline')
      await ines.say('/cme activity', 'First the needs assessment')
      expect(await ines.card()).toMatch(/baseline/i)
      await ines.look('refused-baseline')
      await ines.press('Why, and how to mend it', 'to mend')
      await ines.look('findings')
      await ines.press('Mend: Baseline', 'Baseline')
      await ines.look('needs-baseline')
      await ines.fill(forms.find(({ form }) => form === 'needs.baseline')!.answers)
      await ines.send('Your needs assessment')
      await ines.press('Objectives 3 and 4', 'Objectives 3 and 4')
      await ines.fill(forms.find(({ form }) => form === 'needs.objectives-2')!.answers)
      await ines.send('Your needs assessment')
      await ines.look('needs-ready')
      await ines.press('Review it', 'Nothing stands against it')
      await ines.look('sound')

      await ines.press('Draft the mock activity', 'MOCK: an activity')
      await ines.look('activity-empty')
      const drafts: [string, Answers][] = activityAnswers(hypertensionActivity, hypertension).map(
        ({ form, answers }) => [form, answers],
      )
      const titles = [
        'Title, format, date',
        'Schedule and credit',
        'Objectives and outcome',
        'Disclosure plan',
        'Who provides it',
      ]
      for (const [i, [form, answers]] of drafts.entries()) {
        const buttons = await page.locator('.message').last().getByRole('button').allTextContents()
        const label = buttons.find((one) => one.includes(titles[i]!))!
        await ines.press(label, titles[i]!)
        await ines.fill(answers)
        await ines.look(form)
        await ines.send('MOCK: From reading')
      }
      await ines.look('activity-ready')
      await ines.press('Statements', 'MOCK statements')
      await ines.look('statements')
      expect(await ines.card()).toContain('AMA PRA Category 1 Credit(s)™')
      await ines.press('The mock activity', 'MOCK: From reading')
      await ines.press('Hand it in for peer review', 'MOCK: From reading')
      await ines.look('handed-in')
      await ines.press('Planning file', 'MOCK')
      await ines.look('file')

      const moderators = await visit(`${address}?as=moderator`, look)
      const mo = hands(moderators.page, `${screen}-mo`)
      await moderators.page.locator('.message .card').first().waitFor()
      await moveDays(1)
      await moderators.page.goto(`${address}?as=moderator&in=moderators`)
      await moderators.page.getByText('MOCK activity handed in').waitFor()
      await mo.look('note')
      await mo.say('/cme reviews', 'One mock activity waits')
      await mo.look('queue')
      await mo.press('1. Ines', 'MOCK: From reading')
      await mo.look('open')
      const parts = await moderators.page
        .locator('.message')
        .last()
        .getByRole('button', { name: /^Review, part/ })
        .allTextContents()
      await mo.press(parts[1]!, 'Review, part 2')
      await mo.look('rubric')
      await mo.fill({ comment: 'Say who extracts the data.' })
      await mo.send('MOCK: From reading')
      await mo.press('Send back', 'MOCK: From reading')
      await mo.look('sent-back')

      await moveDays(1)
      await page.reload()
      await page.getByText('MOCK: sent back with comments').waitFor()
      await ines.look('told-returned')
      await ines.press('The mock activity', 'MOCK: From reading')
      await ines.look('returned')
      await ines.press('Who provides it', 'Who provides it')
      await ines.fill({ provider: 'Example Valley Health, quality department' })
      await ines.send('MOCK: From reading')
      await ines.press('Hand it in for peer review', 'MOCK: From reading')

      await mo.say('/cme reviews', 'One mock activity waits')
      await mo.press('1. Ines', 'MOCK: From reading')
      for (const [i, label] of parts.entries()) {
        await mo.press(label, `Review, part ${i + 1}`)
        const shown = await moderators.page
          .locator('#form select, #form input[type=radio]')
          .evaluateAll((all) => all.map((one) => one.getAttribute('name')!))
        const best = [...new Set(shown)].map((name) => [
          name,
          String(rubric.find(({ id }) => id === name)!.levels.at(-1)!.points),
        ])
        await mo.fill({ ...Object.fromEntries(best), comment: 'Well planned.' })
        await mo.send('MOCK: From reading')
      }
      await mo.look('rated')
      await mo.press('Approve', 'MOCK: From reading')
      await mo.look('approved')
      await mo.press('All that wait', 'No mock activity waits')

      await moveDays(1)
      await page.reload()
      await page.getByText('MOCK: approved in peer review').waitFor()
      await ines.press('The mock activity', 'MOCK: From reading')
      await ines.look('approved')
      await ines.press('Reviews', 'MOCK: reviews so far')
      await ines.look('history')
      await ines.say('/cme path', 'My pathway')
      await ines.look('path-end')
      await ines.say('/cme progress', 'My progress')
      await ines.look('progress')
      expect((await ines.card()).replaceAll('\u00a0', ' ')).toMatch(/First steps in CME \S+ 5 of 5/)
      expect([...errors, ...moderators.errors]).toEqual([])

      async function moveDays(days: number) {
        for (let i = 0; i < days; i++)
          expect(
            await page.evaluate(
              async () =>
                (
                  await fetch('/try/clock', {
                    method: 'POST',
                    headers: { 'content-type': 'application/json' },
                    body: '{"by":86400}',
                  })
                ).status,
            ),
          ).toBe(200)
      }
    },
    150_000,
  )
}
